"""Growth on paper: the reckoning by hand, the queue where its answer is known, and a page that is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.scale.model import breaking, busiest_rate, fewest, needs, wait
from evals.scale.report import assumed, kept, tables

DESK = {
    "conversations_a_year": 365_000, "turns_a_conversation": 2, "busiest_day_over_mean": 3, "busiest_hour_of_day": 0.1,
}  # fmt: skip


def test_the_busiest_hour_by_hand() -> None:
    """1,000 conversations a day, 2,000 turns, 6,000 on the busiest, 600 in its hour: one every six seconds."""
    assert busiest_rate(DESK) == pytest.approx(1 / 6)


def test_an_idle_desk_waits_for_the_work_alone() -> None:
    hour = wait(0.01, 50, [0.2], 1.0)
    assert (hour.p50, hour.p95, hour.over_patience) == (pytest.approx(0.2), pytest.approx(0.2), 0)


def test_more_work_than_workers_is_a_queue_that_grows() -> None:
    assert wait(10, 1, [0.2], 1.0).over_patience > 0.9
    assert wait(10, 1, [0.2], 1.0).load == pytest.approx(2, rel=0.1)


def test_the_fewest_workers_keep_the_spare_and_the_patience() -> None:
    """Ten a second of 0.2 s are two workers' work; with 30 % spare 2.86, so at least three."""
    hour = fewest(10, [0.2], 2.0, 0.3)
    assert hour.workers >= 3 and hour.load <= 0.7 and hour.over_patience <= 0.05
    times = breaking(10, hour.workers, [0.2], 2.0)
    assert wait(10 * times, hour.workers, [0.2], 2.0).over_patience <= 0.05
    assert wait(10 * (times + 0.25), hour.workers, [0.2], 2.0).over_patience > 0.05


def test_bytes_and_dollars_by_hand() -> None:
    measured = kept() | {"answer_bytes": 1_000, "hosted_input_tokens": 100, "hosted_output_tokens": 50}
    given = assumed()
    need = needs(measured, given)
    turns = given["desk"]["conversations_a_year"] * given["desk"]["turns_a_conversation"]
    assert need.answers_gb == pytest.approx(turns * 1_000 / 1e9)
    price = 100 * given["hosted"]["input_price"] + 50 * given["hosted"]["output_price"]
    assert need.hosted_dollars == pytest.approx(turns * price / 1e6)


def test_the_page_says_what_the_kept_figures_give() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/scale.md").read_text("utf-8")
    assert page.endswith(tables(kept(), assumed())), "run `customs bench scale --write`"
