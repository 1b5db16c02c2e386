"""The one question worth asking: the attribute that splits the belief among the candidates most, or which of them it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.law.models import Localized
from tools.result import Message
from tools.tariff.search.attributes import Attributes, labels_of
from tools.tariff.search.models import Candidate, Question

_SHOWN, _CHOICES = 5, 4
#: column of a schedule that rules without a preference
_GENERAL = {"tw": "column_1", "us": "general"}


def separating(candidates: Sequence[Candidate], held: Mapping[str, Attributes], told: Attributes, schedule: str) -> Question | None:  # fmt: skip
    """The question that separates the first candidates.

    Args:
        candidates: ranked; those after the fifth are left out.
        held: attributes by the candidates' printed codes.
        told: what the description says already.
        schedule: whose rates the answer may move.
    """
    first = candidates[:_SHOWN]
    if len(first) < 2 or first[0].confidence == "strong":
        return None
    best: tuple[int, str, tuple[str, ...]] | None = None
    for kind in ("material", "gender", "fabric", "power", "state"):
        if kind in told:
            continue
        groups: dict[frozenset[str], int] = {}
        for number, candidate in enumerate(first):
            values = held[candidate.code].get(kind, frozenset())
            groups[values] = groups.get(values, 0) + len(first) - number
        named = [values for values in groups if values]
        if len(named) < 2:
            continue
        whole = sum(groups.values())
        split = whole * whole - sum(n * n for n in groups.values())
        if best is None or split > best[0]:
            best = (split, kind, tuple(sorted({v for values in named for v in values})))
    if best is not None:
        choices = tuple(labels_of(best[1], value) for value in best[2][:_CHOICES])
        return _question(f"goods_{best[1]}", f"hs_ask_{best[1]}", choices, first, schedule)
    return _question("goods_kind", "hs_ask_which", tuple(c.name for c in first[:_CHOICES]), first, schedule)


def _question(slot: str, code: str, choices: tuple[Localized, ...], first: Sequence[Candidate], schedule: str) -> Question:  # fmt: skip
    return Question(slot=slot, question=Message(code=code), choices=choices, matters=_matters(first, schedule))


def _matters(first: Sequence[Candidate], schedule: str) -> Message:
    codes = Localized.model_validate(", ".join(c.code for c in first))
    column = _GENERAL.get(schedule)
    rates = dict.fromkeys(rate for c in first for rate in c.rates.get(column or "", "").split(" | ") if rate)
    if len(rates) > 1:
        return Message(
            code="hs_matters_rates", words={"codes": codes, "rates": Localized.model_validate(", ".join(rates))}
        )
    return Message(code="hs_matters", words={"codes": codes})
