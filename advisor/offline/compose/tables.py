"""What every calculation shows alike: its table of lines, its messages, its totals, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from advisor.offline.compose.base import say
from tools.labels import labels
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Line, Message, Result, Sum, Totals
from tools.text import format as write

_CURRENCY = {"tw": "TWD", "us": "USD"}


def currency(result: Result) -> str:
    """Currency in which the authorities of a result collect."""
    return _CURRENCY[result.jurisdiction]


def money(result: Result, amount: Decimal | None, lang: Lang) -> str:
    """An amount of a result as the reader writes it."""
    return write.money(amount if amount is not None else Decimal(0), currency(result), lang)


def named(key: str, lang: Lang) -> str:
    """What a total is called."""
    held = labels().get(key)
    return held.shown[lang] if held else key


def row(*cells: str) -> str:
    """One row of a table."""
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def cited(line: Line, lang: Lang) -> str:
    """The heading a line is reported under and the law it rests on."""
    basis = line.citation[lang] if line.citation else line.legal_basis
    return f"{line.heading}；{basis}" if line.heading and lang == "zh-TW" else f"{line.heading}; {basis}" if line.heading else basis  # fmt: skip


def value_row(result: Result, lang: Lang) -> str | None:
    """The value that everything is computed on, with how it adds up where the result says it."""
    value = result.regime.get("customs_value")
    if isinstance(value, Mapping) and "formula" in value:
        basis = value["citation"][lang] if "citation" in value else str(value.get("legal_basis", ""))
        return row(
            named("customs_value", lang),
            str(value["formula"]),
            money(result, Decimal(str(value["amount"])), lang),
            basis,
        )
    for key in ("customs_value", "entered_value"):
        amount = getattr(result.totals, key)
        if amount is not None:
            return row(named(key, lang), "", money(result, amount, lang), "")
    return None


def line_rows(result: Result, lines: Sequence[Line], lang: Lang) -> list[str]:
    """A row for each line that applies or is reported; several goods are told apart by number."""
    several = len({line.line_no for line in lines if line.line_no is not None}) > 1
    rows = []
    for line in lines:
        if line.applies == "no" and line.amount == 0 and result.jurisdiction == "us":
            continue
        name = f"{line.line_no}. {line.label[lang]}" if several and line.line_no is not None else line.label[lang]
        shown = write.money(line.amount, line.currency, lang)
        rows.append(
            row(
                name,
                line.formula,
                say("line_if", lang, amount=shown) if line.applies == "if" and result.complete else shown,
                cited(line, lang),
            )
        )
    return rows


def sum_rows(result: Result, lang: Lang) -> list[str]:
    """Rows of the sums that are settled."""
    rows = []
    if result.jurisdiction == "us" and result.totals.duty is not None and _several_duties(result):
        rows.append(row(named("duty", lang), "", money(result, result.totals.duty, lang), ""))
    sums: tuple[Sum, ...] = ("total", "landed_cost")
    for key in sums:
        amount = getattr(result.totals, key)
        if amount is not None:
            shown = money(result, amount, lang)
            rows.append(
                row(named(key, lang), result.totals.formula(key), f"**{shown}**" if key == "total" else shown, "")
            )
    return rows


def _several_duties(result: Result) -> bool:
    return sum(line.applies == "yes" and line.key not in _FEES for line in result.lines) > 1


_FEES = ("mpf", "hmf")


def table(result: Result, lang: Lang) -> str:
    """The whole table of a settled result."""
    value = value_row(result, lang)
    return "\n".join(
        [
            say("table_head", lang),
            *([value] if value else []),
            *line_rows(result, result.lines, lang),
            *sum_rows(result, lang),
        ]
    )


def parts(lines: Sequence[Line], lang: Lang, *, zeros: bool = False) -> str:
    """The taxes in a breath, those that come to something; a key of several lines is left to the table, for nothing is added here."""
    owed = [x for x in lines if x.applies != "no" and (x.amount != 0 or (zeros and x.rate))]
    keys = [x.key for x in owed]
    joined = [f"{x.label[lang]} {write.money(x.amount, x.currency, lang)}" for x in owed if keys.count(x.key) == 1]
    return ("、" if lang == "zh-TW" else ", ").join(joined)


def owed(result: Result, lang: Lang) -> str:
    """What the total is made of: each tax in Taiwan; duty and fees in the United States, where the table has the lines."""
    if result.jurisdiction == "tw":
        return parts(result.lines, lang)
    totals = result.totals
    shown = [
        f"{named(key, lang)} {money(result, amount, lang)}"
        for key, amount in (("duty", totals.duty), ("fees", totals.fees))
        if amount is not None
    ]
    return ("、" if lang == "zh-TW" else ", ").join(shown)


def reasons(result: Result, lang: Lang) -> list[str]:
    """Why lines do not apply, each reason once."""
    return [f"- {text}" for text in dict.fromkeys(x.reason.render(lang) for x in result.lines if x.reason is not None)]


def messages(found: Iterable[Message], lang: Lang) -> list[str]:
    """Messages as list items, each said once."""
    return [f"- {text}" for text in dict.fromkeys(m.render(lang) for m in found)]


def regime_messages(result: Result, lang: Lang) -> list[str]:
    """What the regime says of itself: class, reason, stops, whatever carries a text."""
    return [f"- {text}" for text in dict.fromkeys(_texts(result.regime, lang))]


def _texts(value: Any, lang: Lang) -> Iterable[str]:
    if isinstance(value, Mapping):
        text = value.get("text")
        if "code" in value and isinstance(text, Mapping) and lang in text:
            yield str(text[lang])
        else:
            for inner in value.values():
                yield from _texts(inner, lang)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, lang)


def total_words(result: Result, totals: Totals, lang: Lang) -> dict[str, str]:
    """Totals ready for a phrase."""
    base = totals.customs_value if totals.customs_value is not None else totals.entered_value
    return {
        "value": money(result, base, lang), "total": money(result, totals.total, lang),
        "landed_cost": money(result, totals.landed_cost, lang),
    }  # fmt: skip


def allowance_shown(result: Result, lang: Lang) -> list[str]:
    """What a traveller brings in free, where the calculation read it."""
    lines = (*result.lines, *(line for case in result.alternatives for line in case.lines))
    used = next((p for line in lines for p in line.parameters if p.id == "tw.traveller.exemption"), None)
    if used is not None and used.effective_to is not None:  # an allowance of its time is told with the day
        shown = write.money(Decimal(used.value), "TWD", lang)
        return [say("traveller_allowance_then", lang, limit=shown, on=write.day(result.as_of, lang))]
    held = used.value if used else _parameter_in(result.regime, "tw.traveller.exemption")
    if not held:
        return []
    limit = write.money(Decimal(held), "TWD", lang)
    if not any(v.holds(result.as_of) and v.effective_to for v in law().parameter("tw.traveller.exemption").values):
        return [say("traveller_allowance", lang, limit=limit)]
    return [say("traveller_allowance_on", lang, limit=limit, on=write.day(result.as_of, lang))]


def _parameter_in(value: Any, name: str) -> str | None:
    """The value of a parameter somewhere in a regime."""
    if isinstance(value, Mapping):
        if value.get("id") == name:
            return str(value["value"])
        return next((f for inner in value.values() if (f := _parameter_in(inner, name))), None)
    if isinstance(value, list | tuple):
        return next((f for inner in value if (f := _parameter_in(inner, name))), None)
    return None


def why_taxed(low_value: dict[str, Any], lang: Lang) -> list[str]:
    """Why the low-value exemption does not apply, where the calculator says it by a reason of its own."""
    held = {p["id"]: p for p in low_value.get("parameters", ())}
    limit, most = held.get("tw.low_value.limit"), held.get("tw.low_value.exempt_imports_per_half_year")
    reason = low_value.get("reason")
    if low_value.get("exempt") is not False or not reason or limit is None or most is None:
        return []
    words = {"limit": write.money(Decimal(limit["value"]), "TWD", lang), "count": write.plain(Decimal(most["value"]))}
    return [say(f"taxed_{reason}", lang, **words)] if reason in _REASONS else []


def exempt_by(code: str, low_value: dict[str, Any], lang: Lang) -> list[str]:
    """The limit up to which imports are free, where a calculation came out free by it."""
    limit = next((p["value"] for p in low_value.get("parameters", ()) if p["id"] == "tw.low_value.limit"), None)
    if low_value.get("exempt") is not True or limit is None or low_value.get("reason") == "samples":
        return []
    return [say(code, lang, limit=write.money(Decimal(limit), "TWD", lang))]


_REASONS = ("count_used_up", "over_limit", "excluded_goods", "declined")
