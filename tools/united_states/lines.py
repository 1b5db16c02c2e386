"""Result lines of a United States quote: duties, fees, and what does not apply and why."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from tools.labels import label
from tools.law.models import LawValue, Localized
from tools.law.store import LawStore
from tools.result import Line, Message, ParameterUsed
from tools.united_states.assess import Assessed, Entry
from tools.united_states.fees import Fee
from tools.united_states.money import dollars

Applies = Literal["yes", "no", "if"]
_SCHEDULE = Localized.model_validate({"zh-TW": "美國調和關稅表 (HTSUS)", "en": "HTSUS"})
_STATED = Localized.model_validate({"zh-TW": "所填稅率", "en": "rate as given"})


def duty_line(of: Assessed, entry: Entry, *, applies: Applies = "yes") -> Line:
    """One duty as the result shows it."""
    rule = entry.rule
    used: tuple[ParameterUsed, ...] = (rule.used,) if rule else ()
    citation = rule.value.source.citation if rule else _basis(of)
    named = rule.label if rule else label(entry.key)
    return Line.built(
        key=entry.key, line_no=of.number, label=named, applies=applies, amount=dollars(entry.amount), currency="USD",
        base=Decimal(entry.base), rate=entry.rate or None, formula=entry.formula, heading=entry.heading,
        legal_basis=citation.en, citation=citation, parameters=used, reason=None,
    )  # fmt: skip


def _basis(of: Assessed) -> Localized:
    if of.found.line is None or (of.column.key == "column_1" and of.line.general_rate is not None):
        return _STATED
    return _edition(of.found.line.display_code, of.column.key, of.found.line.revision)


@lru_cache(maxsize=8192)
def _edition(code: str, key: str, revision: str) -> Localized:
    named = label(key)
    return Localized.model_validate(
        {lang: f"{_SCHEDULE[lang]} {code}, {named[lang]} ({revision})" for lang in ("zh-TW", "en")}
    )


def fee_line(fee: Fee, store: LawStore) -> Line:
    """A fee as the result shows it."""
    name = "us.mpf.rate" if fee.key == "mpf" else "us.hmf.rate"
    citation = fee.used[0].source.citation if fee.used else store.parameter(name).values[0].source.citation
    reason = Message(code=f"no_{fee.key}_{fee.exempt}") if fee.exempt else None
    return Line.built(
        key=fee.key, line_no=None, label=label(fee.key), applies="no" if fee.exempt else "if" if fee.gap else "yes",
        amount=dollars(fee.amount), currency="USD", base=Decimal(fee.base) if fee.base is not None else None,
        rate=fee.rate, formula=fee.formula, heading=None, legal_basis=citation.en, citation=citation,
        parameters=fee.used, reason=reason,
    )  # fmt: skip


def exempt_lines(
    keys: Iterable[str], value: LawValue, used: Iterable[ParameterUsed], base: int, why: Message
) -> list[Line]:
    """Duties and fees that an exemption takes away."""
    citation = value.source.citation
    return [
        Line(
            key=key, label=label(key), applies="no", amount=Decimal("0.00"), currency="USD", base=Decimal(base),
            formula="0.00", legal_basis=citation.en, citation=citation, parameters=tuple(used), reason=why,
        )
        for key in keys
    ]  # fmt: skip
