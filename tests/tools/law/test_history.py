"""The law over time: timelines, two days compared, what comes next, and what has not been checked lately."""

from __future__ import annotations

from datetime import date

import pytest

from tools.errors import NotFound
from tools.law import law
from tools.law.history import coming, differences, parameters_of, stale, timeline

DAY = date(2026, 11, 21)


def test_a_timeline_is_in_order_and_whole() -> None:
    rows = timeline(law(), "us.mpf")
    assert [r.value.first_day for r in rows] == sorted(r.value.first_day for r in rows)
    assert len(rows) == sum(len(p.values) for p in law().topic("us.mpf").values())


def test_a_beginning_names_every_topic_of_it() -> None:
    topics = {p.id.rpartition(".")[0] for p in parameters_of(law(), "us.section_232")}
    assert {"us.section_232_metals", "us.section_232_wood", "us.section_232_vehicles"} <= topics
    assert [p.id for p in parameters_of(law(), "us.mpf.minimum")] == ["us.mpf.minimum"]


def test_an_unknown_topic_offers_what_is_near() -> None:
    with pytest.raises(NotFound, match=r"us\.mpf"):
        parameters_of(law(), "us.mpff")


def test_the_day_the_surcharge_gave_way_to_the_forced_labor_duty() -> None:
    changes = {c.parameter.id: c for c in differences(law(), date(2026, 7, 23), date(2026, 7, 24), "us.section")}
    assert changes["us.section_122.surcharge"].after is None
    floor = changes["us.section_301_forced_labor.floor"]
    assert floor.before is None
    assert floor.after is not None
    assert not [c for c in changes.values() if c.parameter.id.startswith("us.section_232")]


def test_a_new_amount_of_the_same_parameter_is_one_change() -> None:
    [change] = differences(law(), date(2026, 9, 30), date(2026, 10, 1), "us.mpf.minimum")
    assert (str(change.before and change.before.value), str(change.after and change.after.value)) == ("33.58", "34.58")
    assert differences(law(), DAY, DAY, "us.mpf") == []


def test_what_comes_next_is_after_the_day_and_in_order() -> None:
    rows = coming(law(), DAY)
    assert [r.day for r in rows] == sorted(r.day for r in rows)
    assert all(r.day > DAY or r.event == "expected" for r in rows)
    steps = {(r.day, r.held.parameter.id, r.event) for r in rows}
    assert (date(2027, 1, 1), "us.section_232_wood.cabinets", "begins") in steps
    assert (date(2026, 12, 4), "us.not_held.polysilicon", "begins") in steps


def test_an_end_that_another_value_follows_is_no_event() -> None:
    for event in coming(law(), DAY):
        if event.event == "ends":
            following = [v for v in event.held.parameter.values if v.first_day == event.day]
            assert event.held.value.scope not in [v.scope for v in following]


def test_stale_topics_move_often_and_end_before_the_day() -> None:
    rows = stale(law(), DAY)
    assert {"us.section_301_china", "us.section_301_forced_labor", "us.stacking"} <= {s.topic for s in rows}
    for row in rows:
        assert row.frontier < DAY
        assert row.days == (DAY - row.frontier).days
        assert all(row.frontier < d <= DAY for d in row.scheduled)
    china = next(s for s in rows if s.topic == "us.section_301_china")
    assert date(2026, 11, 10) in china.scheduled
    first = min(s.frontier for s in rows)
    assert not [s for s in stale(law(), first) if s.topic == rows[0].topic]
