"""The periods in which a bill may be disputed: those of the law, and the carrier's own where it was told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tools.law.store import LawStore
from tools.paperwork.bill_models import BillInput
from tools.result import Figure, Message


def clocks_of(given: BillInput, on: date, store: LawStore) -> tuple[Message, ...]:
    """What ends when.

    Args:
        on: day of entry or import, at which the law is read.
    """
    found = _united_states(given, on, store) if given.destination == "us" else _taiwan(given, on, store)
    if given.window_days is not None:
        days = {"days": _count(given.window_days, "bill_window")}
        if given.bill_date is None:
            found.append(Message(code="bill_clock_window", figures=days))
        else:
            last = given.bill_date + timedelta(days=given.window_days)
            found.append(Message(code="bill_clock_window_until", figures=days | {"day": _day(last, "bill_window")}))
    else:
        found.append(Message(code="bill_clock_ask"))
    return tuple(found)


def _united_states(given: BillInput, on: date, store: LawStore) -> list[Message]:
    name = "us.liquidation.protest_days"
    days = int(store.number(name, on))
    figures = {"days": _count(days, name)}
    if given.liquidation_date is None:
        return [Message(code="bill_clock_protest", figures=figures)]
    last = given.liquidation_date + timedelta(days=days)
    return [Message(code="bill_clock_protest_until", figures=figures | {"day": _day(last, name)})]


def _taiwan(given: BillInput, on: date, store: LawStore) -> list[Message]:
    review, refund = "tw.penalty.review_days", "tw.penalty.refund_years"
    days, years = int(store.number(review, on)), int(store.number(refund, on))
    figures = {"days": _count(days, review), "years": Figure(value=Decimal(years), unit="count", of=refund)}
    if given.tax_memo_date is None:
        return [Message(code="bill_clock_review", figures=figures)]
    last = given.tax_memo_date + timedelta(days=days)
    return [Message(code="bill_clock_review_until", figures=figures | {"day": _day(last, review)})]


def _count(value: int, of: str) -> Figure:
    return Figure(value=Decimal(value), unit="count", of=of)


def _day(value: date, of: str) -> Figure:
    return Figure(value=value, unit="date", of=of)
