"""Before one taps 申報相符 in EZ WAY: does the notice match what was ordered, what is owed, what does either answer do.

A notice is set against the order field by field. An amount may be shown with or without freight, so either is a match.
What confirming or refusing does comes from the law; words to the seller are written for the case. Nothing is confirmed
here, and a notice nobody ordered is never explained away.
Sources: 空運快遞貨物通關辦法第 17 條、第 17 條之 1; 海關緝私條例第 37 條, as the parameters carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from tools.errors import NotFound
from tools.inputs import AmountIn, CountIn, CountryIn, DateIn, Input, RateIn
from tools.law import LawStore, Localized
from tools.law import law as shipped_law
from tools.law.models import Lang
from tools.registry import Tool
from tools.result import Amount, Figure, Message, Result
from tools.taiwan.exchange import exchange_rates
from tools.taiwan.goods_input import CodeIn, TaiwanGoods
from tools.taiwan.inputs import CurrencyIn, TaiwanQuoteInput
from tools.taiwan.quote import quote
from tools.tariff.names import find_lines
from tools.tariff.schedule import schedule
from tools.text.normalise import normalise

Verdict = Literal["match", "mismatch", "unclear", "not_ordered"]
Told = Literal["goods", "quantity", "amount", "sender"]
_LANGS: tuple[Lang, Lang] = ("zh-TW", "en")
_FIELDS: tuple[Told, ...] = ("goods", "quantity", "amount", "sender")
#: how far two amounts in different currencies may lie apart and still be the same
_NEAR = Fraction(1, 33)


class Shown(Input):
    """What the notice shows, or what was ordered; what is not known is left out."""

    goods: str | None = Field(None, max_length=300, description="what the goods are called")
    quantity: AmountIn | None = Field(None, description="number of pieces")
    amount: AmountIn | None = Field(None, description="amount, in `currency`")
    currency: CurrencyIn = Field("TWD", description="ISO 4217 code of the amount")
    sender: str | None = Field(None, max_length=200, description="sender or shop")


class EzWayInput(Input):
    """A notice, the order if there was one, and what a quote needs besides."""

    notice: Shown = Field(description="what the EZ WAY notice shows")
    ordered: Shown | None = Field(None, description="what was ordered and paid; absent when nothing was")
    freight: AmountIn | None = Field(None, description="freight paid, in the order's currency; 0 for none")
    insurance: AmountIn | None = Field(None, description="insurance paid; 0 for none")
    ccc_code: CodeIn | None = Field(None, description="11-digit CCC code of the goods")
    rate: RateIn | None = Field(None, description="duty rate, where it is known")
    country_of_origin: CountryIn | None = None
    exchange_rate: AmountIn | None = Field(None, description="TWD per unit of the order's currency")
    exempt_imports_this_half_year: CountIn | None = None
    as_of: DateIn | None = Field(None, description="import date")


class Difference(Input):
    """One field of the notice that is not as ordered, or cannot be told; `to_seller` is how the buyer writes it."""

    field: Told
    certain: bool
    notice: str
    ordered: str
    message: Message
    to_seller: Message


class EzWayCheck(Input):
    """The verdict, the differences, the tax on the true and on the declared amount, and what either answer does."""

    verdict: Verdict
    on: date
    confirmation_needed: bool
    differences: tuple[Difference, ...]
    not_compared: tuple[Told, ...] = Field(default=(), description="what one of the two does not tell")
    tax: Result | None = Field(default=None, description="the quote on what was really paid")
    tax_as_declared: Result | None = Field(
        default=None, description="the quote on the amount of the notice, where it differs"
    )
    more_or_less: Amount | None = Field(
        default=None, description="tax as declared less tax on what was paid; below zero: too little"
    )
    confirming: tuple[Message, ...]
    refusing: tuple[Message, ...]
    words_to_seller: Message


def check_notice(given: EzWayInput, *, as_of: date, store: LawStore | None = None) -> EzWayCheck:
    """Set a notice against the order.

    Args:
        as_of: the day when the input names none.
    """
    store, day = store or shipped_law(), given.as_of or as_of
    needed = any(v.holds(day) for v in store.parameter("tw.express.ez_way_confirmation").values)
    if given.ordered is None:
        return EzWayCheck(
            verdict="not_ordered", on=day, confirmation_needed=needed, differences=(),
            confirming=(Message(code="ezway_confirm_not_ordered"),), refusing=_refusing(store, day),
            words_to_seller=Message(code="ezway_words_not_ordered"),
        )  # fmt: skip
    differences = tuple(d for d in (_goods(given), _quantity(given), _amount(given, day), _sender(given)) if d)
    certain = [d for d in differences if d.certain]
    blanks = tuple(f for f in _FIELDS if getattr(given.notice, f) is None or getattr(given.ordered, f) is None)
    told = "amount" not in blanks or (given.notice.amount is None and {"goods", "quantity"}.isdisjoint(blanks))
    verdict: Verdict = "mismatch" if certain else "match" if told and not differences else "unclear"
    tax, declared = _taxes(given, day, differences)
    gap = None
    if tax and declared and tax.totals.total is not None and declared.totals.total is not None:
        gap = declared.totals.total - tax.totals.total
    return EzWayCheck(
        verdict=verdict, on=day, confirmation_needed=needed, differences=differences, not_compared=blanks, tax=tax, tax_as_declared=declared,
        more_or_less=gap, confirming=_confirming(store, day, verdict, certain), refusing=_refusing(store, day),
        words_to_seller=_words(verdict, differences, blanks),
    )  # fmt: skip


def _taxes(given: EzWayInput, day: date, differences: tuple[Difference, ...]) -> tuple[Result | None, Result | None]:
    """The quote on what was paid, and on the notice where its amount is another one."""
    ordered = given.ordered
    if ordered is None or ordered.amount is None:
        return None, None
    real = _quote(given, ordered, day, freight=given.freight, insurance=given.insurance)
    other = any(d.field == "amount" and d.certain for d in differences)
    return real, _quote(given, given.notice, day, freight=Decimal(0), insurance=Decimal(0)) if other else None


def _quote(
    given: EzWayInput, shown: Shown, day: date, *, freight: Decimal | None, insurance: Decimal | None
) -> Result | None:
    ordered = given.ordered
    same_money = ordered is not None and shown.currency == ordered.currency
    goods = TaiwanGoods.model_validate(
        {
            "description": shown.goods, "price": shown.amount, "quantity": shown.quantity, "ccc_code": given.ccc_code,
            "rate": given.rate, "country_of_origin": given.country_of_origin,
        }
    )  # fmt: skip
    raw = TaiwanQuoteInput.model_validate(
        {
            "route": "express", "as_of": day, "currency": shown.currency, "goods": [goods], "freight": freight,
            "insurance": insurance, "exempt_imports_this_half_year": given.exempt_imports_this_half_year,
            "exchange_rate": given.exchange_rate if same_money and shown.currency != "TWD" else None,
        }
    )  # fmt: skip
    try:
        return quote(raw, as_of=day)
    except NotFound:
        return None


def _difference(field: Told, notice: str, ordered: str, *, certain: bool) -> Difference:
    words = {"notice": Localized.model_validate(notice), "ordered": Localized.model_validate(ordered)}
    code = f"ezway_{field}_differs" if certain else f"ezway_{field}_unclear"
    return Difference(
        field=field, certain=certain, notice=notice, ordered=ordered, message=Message(code=code, words=words),
        to_seller=Message(code=f"ezway_seller_{field}", words=words),
    )  # fmt: skip


def _goods(given: EzWayInput) -> Difference | None:
    """Whether both name the same goods: the same words, or the same tariff number."""
    assert given.ordered is not None
    notice, ordered = given.notice.goods, given.ordered.goods
    if not notice or not ordered:
        return None
    one, other = (normalise(t).text.casefold().replace(" ", "") for t in (notice, ordered))
    if one in other or other in one:
        return None
    held = schedule("tw")
    found = [{m.line.code[:4] for m in find_lines(text, held, fuzzy=False)} for text in (notice, ordered)]
    if all(found):
        return None if found[0] & found[1] else _difference("goods", notice, ordered, certain=True)
    return _difference("goods", notice, ordered, certain=False)


def _quantity(given: EzWayInput) -> Difference | None:
    assert given.ordered is not None
    notice, ordered = given.notice.quantity, given.ordered.quantity
    if notice is None or ordered is None or notice == ordered:
        return None
    figures = {
        name: Figure(value=value, unit="count", of="quantity")
        for name, value in (("notice", notice), ("ordered", ordered))
    }
    return Difference(
        field="quantity", certain=True, notice=f"{notice:f}", ordered=f"{ordered:f}",
        message=Message(code="ezway_quantity_differs", figures=figures),
        to_seller=Message(code="ezway_seller_quantity", figures=figures),
    )  # fmt: skip


def _amount(given: EzWayInput, day: date) -> Difference | None:
    """Whether the amount is the price, or the price with freight and insurance."""
    assert given.ordered is not None
    notice, ordered = given.notice, given.ordered
    if notice.amount is None or ordered.amount is None:
        return None
    shown = (f"{notice.amount:f} {notice.currency}", f"{ordered.amount:f} {ordered.currency}")
    rates = [_per_unit(given, side.currency, day) for side in (notice, ordered)]
    if notice.currency == ordered.currency:
        rates = [Fraction(1), Fraction(1)]
    if rates[0] is None or rates[1] is None:
        return _difference("amount", *shown, certain=False)
    declared = Fraction(notice.amount) * rates[0]
    charges = Fraction(given.freight or 0) + Fraction(given.insurance or 0)
    paid = [Fraction(ordered.amount) * rates[1], (Fraction(ordered.amount) + charges) * rates[1]]
    near = Fraction(0) if notice.currency == ordered.currency else _NEAR
    if any(abs(declared - p) <= p * near for p in paid):
        return None
    return _difference("amount", *shown, certain=True)


def _per_unit(given: EzWayInput, currency: str, day: date) -> Fraction | None:
    if currency == "TWD":
        return Fraction(1)
    if given.exchange_rate is not None and given.ordered is not None and currency == given.ordered.currency:
        return Fraction(given.exchange_rate)
    held = exchange_rates().rate(currency, day)
    return None if held is None else Fraction(held.sell)


def _sender(given: EzWayInput) -> Difference | None:
    """Another sender is never certain: shops send through forwarders."""
    assert given.ordered is not None
    notice, ordered = given.notice.sender, given.ordered.sender
    if not notice or not ordered:
        return None
    one, other = (normalise(t).text.casefold().strip() for t in (notice, ordered))
    return None if one in other or other in one else _difference("sender", notice, ordered, certain=False)


def _confirming(store: LawStore, day: date, verdict: Verdict, certain: list[Difference]) -> tuple[Message, ...]:
    """What tapping 申報相符 does."""
    found = [Message(code="ezway_confirm_match" if verdict == "match" else "ezway_confirm_checked_first")]
    if certain:
        name = "tw.penalty.false_declaration_multiple"
        figures = {"multiple": Figure(value=store.number(name, day), unit="count", of=name)}
        found = [Message(code="ezway_confirm_mismatch", figures=figures)]
    return tuple(found)


def _refusing(store: LawStore, day: date) -> tuple[Message, ...]:
    """What refusing does, and how long the courier has."""
    name = "tw.express.ez_way_return_days"
    held = next((v for v in store.parameter(name).values if v.holds(day)), None)
    if held is None:
        return (Message(code="ezway_refuse"),)
    figures = {"days": Figure(value=held.number, unit="days", of=name)}
    return (Message(code="ezway_refuse_in_days", figures=figures),)


def _words(verdict: Verdict, differences: tuple[Difference, ...], blanks: tuple[Told, ...]) -> Message:
    """What to write to the seller: to correct what is wrong, to explain what is unclear, or to tell what was not told."""
    if verdict == "match":
        return Message(code="ezway_words_none")
    if not differences:
        return Message(
            code="ezway_words_ask", words={"blanks": _joined([Message(code=f"ezway_field_{b}") for b in blanks])}
        )
    code = "ezway_words_mismatch" if verdict == "mismatch" else "ezway_words_unclear"
    return Message(code=code, words={"wrong": _joined([d.to_seller for d in differences])})


def _joined(messages: Sequence[Message]) -> Localized:
    """Several messages as one list."""
    zh, en = ([m.render(lang) for m in messages] for lang in _LANGS)
    return Localized(**{"zh-TW": "；".join(zh), "en": "; ".join(en)})


TOOL = Tool(
    name="ezway_check",
    use_when=(
        "Sets what an EZ WAY notice shows (goods, count, amount, sender) against what was ordered: match or mismatch, the "
        "tax due, what confirming or refusing does, and words to send the seller. Use it before someone confirms a notice."
    ),
    not_for="confirming a declaration, company imports, post; finding out who sent a parcel.",
    next_step="if it does not match, give the words to the seller and say what not to tap.",
    input_model=EzWayInput,
    run=lambda given, as_of: check_notice(given, as_of=as_of),
    clock="tw",
    triggers={
        "zh-TW": ("申報相符", "申報不符", "ez way 通知", "ezway 通知", "易利委通知", "ez way 金額", "按申報相符", "ez way 跳出", "ez way 上面寫",
                  "易利委顯示", "ez way 顯示"),
        "en": ("ez way notice", "ezway notice", "confirm in ez way", "declaration matches", "ez way shows", "ez way says", "tap confirm"),
    },
    examples=(
        {"notice": {"goods": "石英錶", "quantity": "1", "amount": "3000"}, "ordered": {"goods": "石英錶", "quantity": "1", "amount": "3000"},
         "freight": "200", "insurance": "50", "ccc_code": "9102.11.00.00-6", "as_of": "2026-11-21"},
        {"notice": {"goods": "cotton T-shirt", "amount": "900"}, "ordered": {"goods": "cotton T-shirt", "amount": "2400"},
         "freight": "0", "insurance": "0", "rate": "10.5%", "as_of": "2026-11-21"},
        {"notice": {"goods": "手機殼", "quantity": "3", "amount": "500", "sender": "ABC Trading"}, "as_of": "2026-11-21"},
        {"notice": {"goods": "書", "quantity": "2", "amount": "800"}, "ordered": {"goods": "書", "quantity": "1", "amount": "400"}, "as_of": "2026-11-21"},
        {"notice": {"goods": "watch", "amount": "3000"}, "ordered": {"goods": "watch", "amount": "3000"}, "as_of": "2026-11-21"},
    ),
)  # fmt: skip
