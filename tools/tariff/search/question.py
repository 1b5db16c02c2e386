"""The one question worth asking: the attribute that splits the belief among the candidates most, or which of them it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from tools.law.models import Localized
from tools.result import Message
from tools.tariff.models import ScheduleName
from tools.tariff.search.attributes import Attributes, labels_of
from tools.tariff.search.models import Candidate, Doubt, Question
from tools.tariff.search.money import GENERAL, middle
from tools.tariff.search.proposal import Open

SHOWN, _CHOICES = 5, 4


def separating(candidates: Sequence[Candidate], held: Mapping[str, Attributes], told: Attributes, schedule: ScheduleName, money: Doubt | None = None) -> Question | None:  # fmt: skip
    """The question that separates the first candidates.

    Args:
        candidates: ranked; those after the fifth are left out.
        held: attributes by the candidates' printed codes.
        told: what the description says already.
        schedule: whose rates the answer may move.
        money: what the doubt comes to; with it the question is the one that moves the duty most.
    """
    first = candidates[:SHOWN]
    if len(first) < 2 or first[0].confidence == "strong":
        return None
    duties = {c.code: middle(c, schedule) for c in first} if money else {}
    best: tuple[Fraction, int, str, tuple[str, ...]] | None = None
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
        moved = _spread(
            _mean(duties.get(c.code) for c in first if held[c.code].get(kind, frozenset()) == v) for v in named
        )
        if best is None or (moved, split) > best[:2]:
            best = (moved, split, kind, tuple(sorted({v for values in named for v in values})))
    if best is not None and best[0] * 2 >= _spread(duties.values()):
        choices = tuple(labels_of(best[2], value) for value in best[3][:_CHOICES])
        return _question(f"goods_{best[2]}", f"hs_ask_{best[2]}", choices, first, schedule, money)
    return _question("goods_kind", "hs_ask_which", tuple(c.name for c in first[:_CHOICES]), first, schedule, money)


def asked_for(wanted: Open, candidates: Sequence[Candidate], held: Mapping[str, Attributes], schedule: ScheduleName, money: Doubt | None = None) -> Question | None:  # fmt: skip
    """The question a proposer has open, in our words; which of them it is, where the candidates do not differ in what it is about."""
    first = candidates[:SHOWN]
    if len(first) < 2:
        return None
    names = tuple(c.name for c in first[:_CHOICES])
    if wanted.about == "note" and wanted.note is not None:
        question = Message(code="hs_ask_note", words={"text": wanted.note.text})
        return Question(slot="goods_note", question=question, choices=names, matters=_matters(first, schedule, money))
    values = sorted({v for c in first for v in held[c.code].get(wanted.about, frozenset())})
    if len(values) > 1:
        choices = tuple(labels_of(wanted.about, value) for value in values[:_CHOICES])
        return _question(f"goods_{wanted.about}", f"hs_ask_{wanted.about}", choices, first, schedule, money)
    return _question("goods_kind", "hs_ask_which", names, first, schedule, money)


def _mean(rates: Iterable[Fraction | None]) -> Fraction | None:
    known = [rate for rate in rates if rate is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _spread(rates: Iterable[Fraction | None]) -> Fraction:
    """Between the lowest and the highest; nothing where fewer than two are known."""
    known = [rate for rate in rates if rate is not None]
    return max(known) - min(known) if known else Fraction(0)


def _question(slot: str, code: str, choices: tuple[Localized, ...], first: Sequence[Candidate], schedule: ScheduleName, money: Doubt | None) -> Question:  # fmt: skip
    return Question(slot=slot, question=Message(code=code), choices=choices, matters=_matters(first, schedule, money))


def _matters(first: Sequence[Candidate], schedule: ScheduleName, money: Doubt | None) -> Message:
    codes = Localized.model_validate(", ".join(c.code for c in first))
    if money is not None and money.low != money.high:
        said = {"value": money.value, "low": money.low, "high": money.high}
        amounts = {name: Localized.model_validate(f"{amount:,f} {money.currency}") for name, amount in said.items()}
        return Message(code="hs_matters_money", words={"codes": codes, **amounts})
    column = GENERAL.get(schedule)
    rates = dict.fromkeys(rate for c in first for rate in c.rates.get(column or "", "").split(" | ") if rate)
    if len(rates) > 1:
        return Message(
            code="hs_matters_rates", words={"codes": codes, "rates": Localized.model_validate(", ".join(rates))}
        )
    return Message(code="hs_matters", words={"codes": codes})
