"""The values of the law one declaration reads, on its day: read once for a day, and handed to every line.

Law that every quote reads is asked for first, so that a day outside the law held is told before anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar, cast

from tools.errors import NotInForce
from tools.exact import Exact, exact
from tools.law import LawStore, LawValue, Localized
from tools.law.models import Source
from tools.result import Message, ParameterUsed
from tools.text.format import percent

Made = TypeVar("Made")
#: legal basis, citation and values of the law that a line carries
Head = tuple[str, Localized, tuple[ParameterUsed, ...]]
_MOST_KEPT = 4_096  # answers kept for a day


class TaiwanLaw:
    """The law of one day.

    Args:
        store: the law held.
        day: the day it is read at.
    """

    #: what every quote reads
    NAMES = (
        "tw.customs_value.basis", "tw.customs_value.rounding", "tw.duty.base", "tw.duty.rounding",
        "tw.business_tax.rate", "tw.business_tax.base", "tw.trade_promotion_fee.rate", "tw.trade_promotion_fee.waiver",
        "tw.low_value.limit", "tw.low_value.basis", "tw.low_value.exempt_imports_per_half_year",
        "tw.express.simplified_ceiling",
    )  # fmt: skip

    def __init__(self, store: LawStore, day: date) -> None:
        self.store, self.day = store, day
        self._values: dict[str, LawValue] = {}
        self._absent: set[str] = set()
        self._made: dict[str, object] = {}
        self._used: dict[tuple[str, ...], tuple[ParameterUsed, ...]] = {}
        self._basis: dict[tuple[str, ...], tuple[str, Localized]] = {}
        self._dumped: dict[tuple[str, ...], list[dict[str, object]]] = {}
        #: answers worked out once for the day, with the object each is about
        self.memo: dict[tuple[object, ...], tuple[object, object]] = {}
        self._numbers: dict[str, Decimal] = {}
        self._exact: dict[str, Exact] = {}
        self._heads: dict[tuple[tuple[str, ...], ...], Head] = {}
        self._messages: dict[str, Message] = {}
        self._lists: dict[tuple[str, str], bool | None] = {}

    def keep(self, key: tuple[object, ...], answer: tuple[object, object]) -> None:
        """Remember an answer for the day; all are forgotten when there are too many."""
        if len(self.memo) >= _MOST_KEPT:
            self.memo.clear()
        self.memo[key] = answer

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for the day. It is shared between results: nobody may change it."""
        if name not in self._made:
            self._made[name] = make()
        return cast("Made", self._made[name])

    @classmethod
    def on(cls, store: LawStore, day: date) -> TaiwanLaw:
        """The law of a day; `NotInForce` names the first value of `NAMES` that is not held."""
        return _law_on(store, day)

    def value(self, name: str) -> LawValue:
        """A value of the day.

        Raises:
            NotInForce: none is held for the day.
        """
        if (found := self._values.get(name)) is None:
            found = self._values[name] = self.store.value(name, self.day)
        return found

    def held(self, name: str) -> LawValue | None:
        """A value of the day, or None where none is held."""
        if name in self._absent:
            return None
        try:
            return self.value(name)
        except NotInForce:
            self._absent.add(name)
            return None

    def number(self, name: str) -> Decimal:
        if (found := self._numbers.get(name)) is None:
            found = self._numbers[name] = self.value(name).number
        return found

    def exact(self, name: str) -> Exact:
        """A number of the law to reckon with exactly."""
        if (found := self._exact.get(name)) is None:
            found = self._exact[name] = exact(self.value(name).number)
        return found

    def percent(self, name: str) -> str:
        """A rate of the law as a percentage."""
        return self.once(f"% {name}", lambda: percent(self.number(name)))

    def text(self, name: str) -> str:
        return str(self.value(name).value)

    def listed(self, name: str, digits: str) -> bool | None:
        """Whether a code falls under a list: None where it is too short, or the list is not held for the day."""
        key = (name, digits)
        if key not in self._lists:
            self._lists[key] = self._listed(name, digits)
        return self._lists[key]

    def _listed(self, name: str, digits: str) -> bool | None:
        value = self.held(name)
        if value is None or not isinstance(value.value, tuple):
            return None
        if any(digits.startswith(entry) for entry in value.value):
            return True
        return None if any(entry.startswith(digits) for entry in value.value) else False

    def used(self, *names: str) -> tuple[ParameterUsed, ...]:
        """The values as a result records them."""
        if (found := self._used.get(names)) is None:
            units = {name: self.store.parameter(name).unit for name in names}
            found = tuple(ParameterUsed.of(n, units[n], self.value(n)) for n in names)
            self._used[names] = found
        return found

    def dumped(self, *names: str) -> list[dict[str, object]]:
        """The same as JSON, made once for a day. It is shared between results: nobody may change it."""
        if (found := self._dumped.get(names)) is None:
            found = self._dumped[names] = [used.model_dump(mode="json") for used in self.used(*names)]
        return found

    def message(self, code: str) -> Message:
        """A message without figures, made once."""
        if (found := self._messages.get(code)) is None:
            found = self._messages[code] = Message(code=code)
        return found

    def basis(self, *names: str) -> str:
        """Legal basis of a line: the citations of the values named, without repeats."""
        return self._cited(names)[0]

    def citation(self, *names: str) -> Localized:
        """The same in each language."""
        return self._cited(names)[1]

    def head(self, based: tuple[str, ...], cited: tuple[str, ...], used: tuple[str, ...]) -> Head:
        """Legal basis, citation and values read of a line."""
        key = (based, cited, used)
        if (found := self._heads.get(key)) is None:
            found = self._heads[key] = (self.basis(*based), self.citation(*cited), self.used(*used))
        return found

    def _cited(self, names: tuple[str, ...]) -> tuple[str, Localized]:
        if (found := self._basis.get(names)) is None:
            sources = [self.value(name).source for name in names]
            joined = {
                "zh-TW": "；".join(dict.fromkeys(s.citation.zh_TW for s in sources)),
                "en": "; ".join(dict.fromkeys(s.citation.en for s in sources)),
            }
            found = ("; ".join(dict.fromkeys(map(cite, sources))), Localized.model_validate(joined))
            self._basis[names] = found
        return found


@lru_cache(maxsize=64)
def _law_on(store: LawStore, day: date) -> TaiwanLaw:
    law = TaiwanLaw(store, day)
    for name in TaiwanLaw.NAMES:
        law.value(name)
    return law


def cite(source: Source) -> str:
    """A citation in the language of the law, with its English name where that differs."""
    zh, en = source.citation.zh_TW, source.citation.en
    return zh if zh == en else f"{zh} ({en})"
