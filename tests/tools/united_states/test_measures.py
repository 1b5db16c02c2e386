"""Every measure of the law held: a case it reaches, and the day and the goods it leaves alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tools.law.code_lists import code_list
from tools.law.models import LawValue, Measure, Parameter
from tools.law.store import ROOT, law
from tools.united_states.facts import known_facts
from tools.united_states.relief import NEVER_EXEMPT
from tools.united_states.rules import for_goods, in_force
from tools.united_states.stack import Goods, order_on, stacks

PLAIN = "83062900"  # brass statuettes: on no list
#: goods under Section 232 that every era of the stacking has
SUBJECT = ((date(2026, 4, 6), "73181580"), (date(2025, 4, 3), "87032301"))
MEASURES = [p for p in law().measures("us") if p.measure is not None and p.measure.key != "not_held"]
#: values of measures under which something is owed or reported
VALUES = [(p, v) for p in MEASURES for v in p.values if v.certainty != "expected"]
IDS = [f"{p.id}-{v.first_day}-{(v.scope.origins or ('*',))[0]}" for p, v in VALUES]


@dataclass(frozen=True)
class Sample:
    """Goods within a measure on a day."""

    code: str
    footnotes: frozenset[str]
    goods: Goods


def measure_of(parameter: Parameter) -> Measure:
    assert parameter.measure is not None
    return parameter.measure


def origin_of(parameter: Parameter, value: LawValue) -> str:
    """An origin within the scope; a column 2 country where the measure is for those."""
    if measure_of(parameter).column_2:
        return "CU"
    if value.scope.origins:
        return value.scope.origins[0]
    return next(o for o in ("KE", "TW") if o not in value.scope.except_origins)


def codes_of(measure: Measure, day: date) -> list[str]:
    """Codes on the lists of a measure on a day."""
    found: list[str] = []
    for name in measure.lists:
        held = code_list("us", name)
        every = sorted(held.codes | {c for d in held.dated if d.holds(day) for c in d.codes})
        for code in every:
            full = code if len(code) >= 8 else code.ljust(8, "0")
            if not measure.except_lists or not any(code_list("us", x).codes & {full[:2]} for x in measure.except_lists):
                found.append(full)
        found += [f"{chapter}000000" for chapter in held.chapters]
    if found:
        return found
    if measure.when_applied:
        return [next(code for first, code in SUBJECT if day >= first)]
    return [PLAIN]


def samples(parameter: Parameter, value: LawValue, day: date) -> list[Sample]:
    measure, origin = measure_of(parameter), origin_of(parameter, value)
    headings = value.headings.get(origin) or value.headings.get("*") or ()
    facts: dict[str, object] = {"steel_value": "100", "copper_value": "100"} if measure.base == "content" else {}
    if measure.fact:
        facts[measure.fact] = True
    goods = Goods(
        origin=origin,
        programmes=frozenset(measure.programmes[:1]),
        declared=frozenset(headings) if measure.claimed else frozenset(),
        facts=facts,
        loaded=measure.loaded_before - timedelta(days=1) if measure.loaded_before else None,
        column_2=bool(measure.column_2),
    )
    return [Sample(code, frozenset(measure.footnotes[:1]), goods) for code in codes_of(measure, day)]


def taken(of: Sample, day: date, key: str) -> set[str]:
    """Ids of the measures taken under a key, over every stack."""
    rules = for_goods(law(), day, of.goods.origin, of.code, of.footnotes)
    found = stacks(of.goods, rules, order_on(law(), day, "decided"))
    return {f"us.{s.taken[key].id}" for s in found if key in s.taken}


@pytest.mark.parametrize(("parameter", "value"), VALUES, ids=IDS)
def test_a_measure_reaches_its_goods_from_its_first_day_to_its_last(parameter: Parameter, value: LawValue) -> None:
    key = measure_of(parameter).key
    for day in (value.first_day, value.effective_to or max(value.first_day, date(2026, 11, 21))):
        assert any(parameter.id in taken(sample, day, key) for sample in samples(parameter, value, day)), day


@pytest.mark.parametrize(("parameter", "value"), VALUES, ids=IDS)
def test_a_measure_is_off_the_day_after_its_last(parameter: Parameter, value: LawValue) -> None:
    if value.effective_to is None:
        day, last = value.first_day - timedelta(days=1), False
    else:
        day, last = value.effective_to + timedelta(days=1), True
    origin = origin_of(parameter, value)
    here = [r for rules in in_force(law(), day, origin).values() for r in rules if f"us.{r.id}" == parameter.id]
    assert all(r.value is not value for r in here)
    following = [v for v in parameter.values if v.holds(day) and v.scope.covers(origin, None)]
    assert bool(here) == bool(following), "last" if last else "first"


@pytest.mark.parametrize("parameter", MEASURES, ids=[p.id for p in MEASURES])
def test_a_measure_leaves_other_origins_alone(parameter: Parameter) -> None:
    scoped = [v for v in parameter.values if v.scope.origins]
    for value in scoped:
        others = [v.scope for v in parameter.values if v.holds(value.first_day)]
        origin = next((o for o in ("AQ", "KE", "UA") if not any(s.covers(o, None) for s in others)), None)
        if origin is None:
            continue
        rules = in_force(law(), value.first_day, origin)
        assert parameter.id not in {f"us.{r.id}" for found in rules.values() for r in found}


#: keys whose duty has a way out by law: a listed article, another country, a claim
WAYS_OUT = {
    "section_301_china": "section_301_china.exclusion",
    "section_301_brazil": "section_301_brazil.subject_to_232",
    "section_301_forced_labor": "section_301_forced_labor.exempt",
    "section_122": "section_122.exempt",
    "section_201": "section_201.exempt",
    "section_232": "section_232_metals.no_metal",
    "ieepa_fentanyl": "ieepa_fentanyl.usmca_mexico",
    "ieepa_reciprocal": "ieepa_reciprocal.exempt",
    "ieepa_brazil": "ieepa_brazil.exempt",
    "ieepa_russia_oil": "ieepa_russia_oil.exempt",
}


@pytest.mark.parametrize("key", sorted({measure_of(p).key for p in MEASURES}))
def test_every_duty_has_an_exemption_and_goods_it_does_not_reach(key: str) -> None:
    free = [p for p in MEASURES if measure_of(p).key == key and measure_of(p).form == "none"]
    if key in WAYS_OUT:
        assert f"us.{WAYS_OUT[key]}" in {p.id for p in free}
    else:  # of one origin or of declared goods only: everybody else is exempt
        owed = [p for p in MEASURES if measure_of(p).key == key]
        assert all(v.scope.origins or measure_of(p).fact for p in owed for v in p.values)


def test_every_list_and_every_name_a_measure_uses_is_held() -> None:
    lists, topics = (
        {file.stem for file in (ROOT / "us" / "lists").glob("*.toml")},
        {t.partition(".")[2] for t in law().topics()},
    )
    ids = {p.id.partition(".")[2] for p in law().measures("us")}
    used: set[str] = set()
    for parameter in law().measures("us"):
        measure = measure_of(parameter)
        used |= {*measure.lists, *measure.except_lists}
        assert set(measure.lists) | set(measure.except_lists) <= lists, parameter.id
        assert set(measure.when_applied) | set(measure.unless_applied) <= topics | ids, parameter.id
        assert measure.fact is None or measure.fact in known_facts()
    assert lists == used | set(NEVER_EXEMPT), "a list that nothing reads"


def test_every_key_of_a_measure_is_decided_and_reported() -> None:
    orders = [v.value for v in law().parameter("us.stacking.decided").values]
    decided = {key for order in orders if isinstance(order, tuple) for key in order}
    reported = law().value("us.stacking.reported", date(2026, 11, 21)).value
    keys = {measure_of(p).key for p in MEASURES}
    assert keys <= decided
    assert isinstance(reported, tuple) and keys <= set(reported)
