"""What one calculation comes to against another, and whether a figure somebody holds of it is right: every word from the engines.

Two quotes are set side by side line by line: what is more, what is new, and what of the law or the facts did it. A claim is
held against the amounts of a quote, against its total as a share of the value, and against the rule on the excess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from tools.inputs import AmountIn, Input, refusal
from tools.labels import label
from tools.law.models import Localized
from tools.result import Alternative, Figure, Line, Message, Result, Totals
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.united_states.inputs import UsQuoteInput

#: facts without which the least that is owed is still known
_CHARGES = {"freight", "insurance"}
_SHARE = Decimal("0.0001")
_STEPS = 10


class DifferenceInput(Input):
    """A calculation, with the one before it or with what is claimed of it."""

    destination: Literal["tw", "us"] = Field(description="tw or us")
    tw: TaiwanQuoteInput | None = Field(None, description="the import into Taiwan as it stands now")
    tw_before: TaiwanQuoteInput | None = Field(None, description="the same as it stood before")
    us: UsQuoteInput | None = Field(None, description="the import into the United States as it stands now")
    us_before: UsQuoteInput | None = Field(None, description="the same as it stood before")
    claimed_amount: AmountIn | None = Field(None, description="an amount it is held to be, in the money of the taxes")
    claimed_percent: AmountIn | None = Field(
        None, description="a share of the value somebody holds it to be, in percent"
    )
    claimed_of: str | None = Field(
        None, max_length=40, description="line the amount is said of; the total when not given"
    )
    exactly: bool = Field(False, description="whether the share is meant to the digit, not about")
    only_excess: bool = Field(False, description="whether it is held that only what exceeds the limit is taxed")

    room: bool = Field(False, description="whether it is asked up to what price the import would be free")

    @model_validator(mode="before")
    @classmethod
    def _something_to_check(cls, raw: Any) -> Any:
        side = raw.get("destination") if isinstance(raw, dict) else None
        if side in ("us", "tw") and raw.get(side) is None:
            raise refusal("is missing", f"the shipment, as quote {side} takes it", side)
        claims = ("claimed_amount", "claimed_percent", "only_excess", "room")
        if side in ("us", "tw") and not raw.get(f"{side}_before") and not any(raw.get(name) for name in claims):
            raise refusal("is missing", "the shipment before, or what is claimed of it", f"{side}_before")
        return raw


class Difference(Input):
    """What is said of it, verdict first, and the calculations it is said of."""

    said: tuple[Message, ...]
    results: tuple[Result, ...] = Field(description="the calculation now, then the one before")


@dataclass(frozen=True, slots=True)
class _Owed:
    """Amounts of a calculation that are settled: all, or the least owed where only charges are open."""

    result: Result
    totals: Totals
    lines: Sequence[Line]

    @property
    def unit(self) -> str:
        return "USD" if self.result.jurisdiction == "us" else "TWD"

    @property
    def value(self) -> Decimal:
        """The value that taxes are shares of."""
        landed, total = self.totals.landed_cost or Decimal(0), self.totals.total or Decimal(0)
        return self.totals.customs_value or self.totals.entered_value or max(landed - total, Decimal(0))

    def figure(self, amount: Decimal, of: str) -> Figure:
        return Figure(value=amount, unit=self.unit, of=of)


def owed(result: Result) -> _Owed | None:
    """What a calculation comes to; None while the facts that are open decide it."""
    if result.totals.total is not None:
        return _Owed(result, result.totals, [x for x in result.lines if x.applies == "yes"])
    open_charges = {m.fact for m in result.missing} <= _CHARGES
    if result.alternatives and (open_charges or result.input.get("route") == "traveller"):
        first: Alternative = result.alternatives[0]
        if first.totals.total is not None:
            return _Owed(result, first.totals, [x for x in first.lines or result.lines if x.applies == "yes"])
    return None


def what_changed(now: Result, before: Result) -> tuple[Message, ...]:
    """The difference between two totals, then what is more or less in it and why; nothing while one of them is open."""
    new, old = owed(now), owed(before)
    if new is None or old is None:
        return _ranges(now, before)
    if new.unit != old.unit:
        return ()
    total, was = new.totals.total or Decimal(0), old.totals.total or Decimal(0)
    figures = {
        "now": new.figure(total, "total"),
        "before": old.figure(was, "total"),
        "difference": new.figure(abs(total - was), "total"),
    }
    code = "change_same" if total == was else "change_more" if total > was else "change_less"
    return (Message(code=code, figures=figures), *_causes(new, old), *_by_line(new, old))


def _ranges(now: Result, before: Result) -> tuple[Message, ...]:
    """Two results that are open between several cases: from what to what either comes, where every case is settled."""
    ends: dict[str, Figure] = {}
    for name, result in (("now", now), ("before", before)):
        totals = [result.totals.total] if result.totals.total is not None else [a.totals.total for a in result.alternatives]  # fmt: skip
        sums = [t for t in totals if t is not None]
        if not sums or len(sums) < len(totals):
            return ()
        unit = "USD" if result.jurisdiction == "us" else "TWD"
        ends |= {f"{name}_{end}": Figure(value=of(sums), unit=unit, of="total") for end, of in (("least", min), ("most", max))}  # fmt: skip
    if now.jurisdiction != before.jurisdiction:
        return ()
    same = all(ends[f"now_{end}"].value == ends[f"before_{end}"].value for end in ("least", "most"))
    one = {name: ends[f"{name}_least"].value == ends[f"{name}_most"].value for name in ("now", "before")}
    code = "change_range_same" if same else "change_range_from_one" if one["before"] else "change_range_to_one" if one["now"] else "change_range"  # fmt: skip
    return (Message(code=code, figures=ends),)


def _causes(new: _Owed, old: _Owed) -> list[Message]:
    """What of the law and the facts made the difference."""
    said: list[Message] = []
    if new.value != old.value and new.value and old.value:
        of = "customs_value" if new.totals.customs_value is not None else "entered_value"
        figures = {"now": new.figure(new.value, of), "before": old.figure(old.value, of)}
        said.append(Message(code=f"change_value_{new.result.jurisdiction}", figures=figures))
    free, was_free = (one.result.regime.get("low_value", {}).get("exempt") for one in (new, old))
    if None not in (free, was_free) and free is not was_free:
        said += _of_limit(new, old, passed=bool(was_free))
    kinds = (new.result.regime.get("name"), old.result.regime.get("name"))
    if {*kinds} == {"formal", "informal"}:
        limit = new.figure(Decimal(str(new.result.regime["limit"])), str(new.result.regime["limit_parameter"]))
        said.append(Message(code=f"change_entry_{kinds[0]}", figures={"limit": limit}))
    return said


def _of_limit(new: _Owed, old: _Owed, *, passed: bool) -> list[Message]:
    """The low-value limit between the two: passed, or no longer passed."""
    limit = next(
        (p for p in (new if passed else old).result.regime["low_value"].get("parameters", ()) if "limit" in p["id"]),
        None,
    )
    if limit is None:
        return []
    most = Decimal(str(limit["value"]))
    over = (new if passed else old).value > most
    code = ("change_limit_passed" if passed else "change_limit_kept") if over else ("change_count_used" if passed else "change_count_left")  # fmt: skip
    return [Message(code=code, figures={"limit": new.figure(most, limit["id"])})]


def _by_line(new: _Owed, old: _Owed) -> list[Message]:
    """Each line that is not what it was."""
    mine, theirs = _lines(new), _lines(old)
    said: list[Message] = []
    for name in dict.fromkeys((*mine, *theirs)):
        here, there = mine.get(name, []), theirs.get(name, [])
        amount, was = (sum((x.amount for x in lines), Decimal(0)) for lines in (here, there))
        if amount == was:
            continue
        line = (here or there)[0]
        figures = {
            "now": new.figure(amount, line.key),
            "before": old.figure(was, line.key),
            "difference": new.figure(abs(amount - was), line.key),
        }
        code = "change_line" if here and there else "change_line_new" if here else "change_line_gone"
        words = {
            "label": line.label,
            "how": _working(here),
            "was": _working(there),
            "basis": line.citation or line.label,
        }
        said.append(Message(code=code, figures=figures, words=words))
    return said


def _lines(one: _Owed) -> dict[str, list[Line]]:
    """Lines of one calculation by what they are called."""
    found: dict[str, list[Line]] = {}
    for line in one.lines:
        if line.formula:
            found.setdefault(line.label.en, []).append(line)
    return found


def _working(lines: Sequence[Line]) -> Localized:
    text = "; ".join(x.formula for x in lines)
    return Localized(**{"zh-TW": text.replace("; ", "；"), "en": text})


def claim_checked(given: DifferenceInput, result: Result) -> tuple[Message, ...]:
    """Whether what is claimed of a calculation is so, verdict first."""
    one = owed(result)
    if one is None:
        return ()
    if given.room:
        return _room(one)
    if given.only_excess:
        return _excess(one)
    if given.claimed_percent is not None:
        return _share(one, given.claimed_percent, exactly=given.exactly)
    return _amount(one, given.claimed_amount, given.claimed_of) if given.claimed_amount is not None else ()


def _room(one: _Owed) -> tuple[Message, ...]:
    """Up to what price the same import would be free, its charges being what they are."""
    limit = next((p for p in one.result.regime.get("low_value", {}).get("parameters", ()) if "limit" in p["id"]), None)
    if limit is None or one.result.input.get("route") == "traveller":
        return ()
    most = Decimal(str(limit["value"]))
    figures = {"limit": one.figure(most, limit["id"]), "value": one.figure(one.value, "customs_value")}
    given = one.result.input
    charges = sum((Decimal(str(given.get(name) or 0)) for name in ("freight", "insurance")), Decimal(0))
    if given.get("currency", "TWD") != "TWD" or not 0 < charges < most:
        return (Message(code="claim_room", figures=figures),)
    more = {"charges": one.figure(charges, "freight_and_insurance"), "price": one.figure(most - charges, "price")}
    return (Message(code="claim_room", figures=figures), Message(code="claim_room_price", figures=more))


def _excess(one: _Owed) -> tuple[Message, ...]:
    """Whether only what exceeds the limit is taxed: of luggage it is so, of parcels it is not."""
    low_value = one.result.regime.get("low_value", {})
    limit = next((p for p in low_value.get("parameters", ()) if "limit" in p["id"]), None)
    if one.result.input.get("route") == "traveller":
        taxed = {"amount": one.figure(one.value, "customs_value")}
        return (Message(code="claim_excess_traveller"), Message(code="claim_value", figures=taxed))
    if limit is None or low_value.get("exempt"):
        return ()
    figures = {
        "value": one.figure(one.value, "customs_value"),
        "limit": one.figure(Decimal(str(limit["value"])), limit["id"]),
    }
    return (Message(code="claim_excess_whole", figures=figures),)


def _share(one: _Owed, claimed: Decimal, *, exactly: bool) -> tuple[Message, ...]:
    """A percentage held against the total, and against the duty alone, as shares of the value."""
    if not one.value:
        return ()
    steps = _STEPS if exactly or claimed != claimed.to_integral_value() else 1  # to a tenth, or to a whole percent
    sums = [("total", one.totals.total), ("duty", one.totals.duty)]
    of = "customs_value" if one.totals.customs_value is not None else "entered_value"
    shown: list[Message] = []
    for name, amount in sums:
        if amount is None:
            continue
        share = (amount / one.value).quantize(_SHARE, rounding=ROUND_HALF_UP)
        figures = {
            "amount": one.figure(amount, name), "value": one.figure(one.value, of),
            "share": Figure(value=share, unit="ratio", of=f"{name}_share"),
            "claimed": Figure(value=claimed / 100, unit="ratio", of="claim"),
        }  # fmt: skip
        words = {"label": _label(name), "of": _label(of)}
        if 2 * steps * abs(share * 100 - claimed) <= 1:
            return (Message(code="claim_share_right", figures=figures, words=words), *_vat(one))
        shown.append(Message(code="claim_share_wrong", figures=figures, words=words))
    return (*shown[:1], *_vat(one))


def _vat(one: _Owed) -> tuple[Message, ...]:
    """That the rates do not simply add up, where the business tax stands on the duty."""
    line = next((x for x in one.lines if x.key == "business_tax" and x.amount and x.formula), None)
    return (Message(code="claim_tax_on_tax", words={"how": _working([line])}),) if line and one.totals.duty else ()


def _amount(one: _Owed, claimed: Decimal, of: str | None) -> tuple[Message, ...]:
    """An amount held against the line it is said of, else against the total and every part of it."""
    said = {"claimed": one.figure(claimed, "claim")}
    if of == "customs_value" and one.totals.customs_value is not None:
        charged = any(Decimal(str(one.result.input.get(name) or 0)) for name in _CHARGES)
        wrong = "claim_base_wrong" if charged else "claim_converted_wrong"
        code = "claim_base_right" if one.value == claimed else wrong
        return (Message(code=code, figures={**said, "amount": one.figure(one.value, of)}),)
    lines = [x for x in one.lines if x.key == of]
    if lines:
        amount = sum((x.amount for x in lines), Decimal(0))
        words = {"label": lines[0].label, "how": _working(lines)}
        code = "claim_line_right" if amount == claimed else "claim_line_wrong"
        base = (
            (Message(code="claim_vat_base"),) if of == "business_tax" and amount != claimed and one.totals.duty else ()
        )
        return (Message(code=code, figures={**said, "amount": one.figure(amount, lines[0].key)}, words=words), *base)
    total = one.totals.total or Decimal(0)
    whole = {**said, "total": one.figure(total, "total")}
    if claimed == total:
        return (Message(code="claim_total_right", figures=whole),)
    parts = [(_label(n), n, a) for n, a in one.totals.model_dump().items() if a and n != "total"]
    parts += [(x.label, x.key, x.amount) for x in one.lines]
    for name, key, amount in parts:
        if amount == claimed:
            figures = {**whole, "amount": one.figure(amount, key)}
            value = key in ("customs_value", "entered_value")
            return (Message(code="claim_value" if value else "claim_part", figures=figures, words={"label": name}),)
    return (Message(code="claim_total_wrong", figures=whole),)


def _label(name: str) -> Localized:
    return label(name)
