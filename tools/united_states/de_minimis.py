"""Whether the US low-value exemption is open for an origin, a mode and a day, since when, and on what basis.

Computed from the dated table `us.de_minimis.exemption` (19 USC 1321(a)(2)(C) and the acts that suspended it).
Leaves out: goods never eligible (antidumping, quota, excise), and one-person-one-day aggregation.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from tools.errors import NotInForce
from tools.inputs import AmountIn, CountryIn, DateIn, Input
from tools.law import Certainty, LawStore, LawValue, Localized
from tools.law import law as shipped_law
from tools.law.bindings import render
from tools.law.models import Lang
from tools.result import Amount, ParameterUsed

Mode = Literal["express", "air", "ocean", "land", "post"]
EXEMPTION, GIFT = "us.de_minimis.exemption", "us.de_minimis.gift_threshold"


class DeMinimisInput(Input):
    """A parcel to the United States."""

    origin: CountryIn = Field(description="ISO 3166 code of the country of origin")
    mode: Mode = Field(description="how it is carried")
    on: DateIn | None = Field(None, description="entry date")
    value: AmountIn | None = Field(None, description="fair retail value in USD")
    gift: bool = Field(False, description="a bona fide gift between persons")


class DeMinimis(Input):
    """The state of the exemption on a day."""

    origin: str
    mode: Mode
    on: date
    value: Amount | None
    gift: bool
    available: bool
    applies: bool | None = Field(description="whether this value is exempt; null when no value was given")
    threshold: Amount | None = Field(description="USD; null where the law has none any more")
    since: date | None
    basis_since: date | None
    until: date | None
    instead: Localized | None
    why: Localized | None
    legal_basis: str
    citation: Localized
    certainty: Certainty
    statute_ends: date | None
    parameters: tuple[ParameterUsed, ...]


def de_minimis(given: DeMinimisInput, *, as_of: date, store: LawStore | None = None) -> DeMinimis:
    """State of the exemption.

    Args:
        given: origin, mode, day, and where known the value and whether it is a gift.
        as_of: the day when the input names none.

    Raises:
        NotInForce: before the first day held.
    """
    store = store or shipped_law()
    on = given.on or as_of
    if given.gift:
        return _gift(store, given, on)
    value = store.value(EXEMPTION, on, origin=given.origin, mode=given.mode)
    rows = sorted(
        (v for v in store.parameter(EXEMPTION).values if v.scope.covers(given.origin, given.mode)),
        key=lambda v: v.first_day,
    )
    available = bool(value.value)
    since, until = _unbroken(rows, rows.index(value))
    limit = _held(store, "us.de_minimis.threshold", on)
    repeal = _held(store, "us.de_minimis.repeal", on)
    applies = None if given.value is None else available and limit is not None and given.value <= limit.number
    used = [ParameterUsed.of(EXEMPTION, "boolean", value)]
    if limit:
        used.append(ParameterUsed.of("us.de_minimis.threshold", "USD", limit))
    ends = repeal.value if repeal and isinstance(repeal.value, date) else None
    return DeMinimis(
        origin=given.origin, mode=given.mode, on=on, value=given.value, gift=False, available=available,
        applies=applies, threshold=limit.number if limit else None, since=since, basis_since=value.effective_from,
        until=until, instead=_text(store, value, "instead", given, on), why=_text(store, value, "why", given, on),
        legal_basis=value.source.citation.en, citation=value.source.citation, certainty=value.certainty,
        statute_ends=ends, parameters=tuple(used),
    )  # fmt: skip


def _gift(store: LawStore, given: DeMinimisInput, on: date) -> DeMinimis:
    value = store.value(GIFT, on)
    limit = value.number
    return DeMinimis(
        origin=given.origin, mode=given.mode, on=on, value=given.value, gift=True, available=True,
        applies=None if given.value is None else given.value <= limit, threshold=limit,
        since=value.effective_from, basis_since=value.effective_from, until=value.effective_to, instead=None,
        why=_text(store, value, "why", given, on), legal_basis=value.source.citation.en,
        citation=value.source.citation, certainty=value.certainty, statute_ends=None,
        parameters=(ParameterUsed.of(GIFT, "USD", value),),
    )  # fmt: skip


def _unbroken(rows: list[LawValue], at: int) -> tuple[date | None, date | None]:
    """First and last day of the stretch of equal state around one row; None where it has no known edge."""
    first = last = at
    while first > 0 and _follows(rows[first - 1], rows[first]) and rows[first - 1].value == rows[at].value:
        first -= 1
    while last + 1 < len(rows) and _follows(rows[last], rows[last + 1]) and rows[last + 1].value == rows[at].value:
        last += 1
    return rows[first].effective_from, rows[last].effective_to


def _follows(one: LawValue, other: LawValue) -> bool:
    return one.effective_to is not None and one.effective_to + timedelta(days=1) == other.first_day


def _held(store: LawStore, name: str, on: date) -> LawValue | None:
    try:
        return store.value(name, on)
    except NotInForce:
        return None


def _text(store: LawStore, value: LawValue, part: str, given: DeMinimisInput, on: date) -> Localized | None:
    if part not in value.details:
        return None
    langs: tuple[Lang, ...] = ("zh-TW", "en")
    texts = {
        lang: render(value.details[part][lang], store, on, lang, origin=given.origin, mode=given.mode)[0]
        for lang in langs
    }
    return Localized.model_validate(texts)
