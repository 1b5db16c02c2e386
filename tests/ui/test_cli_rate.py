"""`customs rate parse`: one rate, a batch, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tools.errors import InputError
from ui.cli import rating
from ui.cli.common import quantities

Cli = Callable[..., Any]
KEYS = {"id", "readable", "text", "needs", "amount", "components", "reason"}


def test_a_rate_is_read_and_computed(cli: Cli) -> None:
    done = cli("rate", "parse", "$1.05/kg + 2.3%", "--value", "1000", "--quantity", "kg=12", "--json")
    read = json.loads(done.out)
    assert (done.code, done.err) == (0, "") and read.keys() >= KEYS
    assert (read["readable"], read["text"], read["needs"], read["amount"]) == (True, "$1.05/kg + 2.3%", ["kg"], "35.6")
    assert read["components"] == [
        {"kind": "specific", "rate": "$1.05/kg", "unit": "kg", "amount": "12.6"},
        {"kind": "ad_valorem", "rate": "2.3%", "unit": None, "amount": "23"},
    ]


def test_a_batch_keeps_its_order_and_survives_bad_lines(cli: Cli) -> None:
    lines: list[str] = [
        json.dumps({"id": 1, "text": "NT$11.3/KGM or 15% whichever is higher", "jurisdiction": "tw", "value": 1000,
                    "quantities": {"KGM": "20"}}),
        "{broken",
        json.dumps({"id": "see", "text": "See 9903.88.15", "jurisdiction": "us"}),
        json.dumps({"id": "key", "text": "5%", "valeu": 3}),
        "",
        json.dumps({"id": "part", "text": "46.3¢/kg + 14.9%", "value": "100.0"}),
        json.dumps({"id": "cell", "text": "Free (A, AU) 3.5% (JP)", "value": 100}),
        json.dumps({"id": "below", "text": "5%", "value": -1}),
        json.dumps([1]),
        json.dumps({"id": "third", "text": "33 1/3%", "value": 100}),
    ]  # fmt: skip
    done = cli("rate", "parse", "--batch", "-", stdin="\n".join(lines))
    assert (done.code, done.err) == (0, "")
    out = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in out] == [1, None, "see", "key", "part", "cell", "below", None, "third"]
    assert [set(row) == {"id", "error"} for row in out] == [False, True, False, True, False, False, True, True, False]
    higher, broken, see, key, part, cell, below, _, third = out
    assert (higher["amount"], higher["currency"]) == ("226", "TWD")
    assert "line 2" in broken["error"] and "valeu" in key["error"] and "value" in below["error"]
    assert (see["readable"], see["text"], see["amount"], see["needs"]) == (False, "See 9903.88.15", None, [])
    assert (part["readable"], part["amount"], part["needs"]) == (True, None, ["kg"]) and "kg" in part["reason"]
    assert cell["amount"] is None and [g["amount"] for g in cell["groups"]] == ["0", "3.5"]
    assert third["amount"].startswith("33.33333333333333")


def test_it_is_said_in_both_languages(cli: Cli) -> None:
    out = cli("rate", "parse", "3.7¢/kg on drained weight + 8%", "--value", "100").out
    assert "每公斤 0.037 美元（瀝乾重量） + 8%" in out and "3.7¢/kg on drained weight + 8%" in out
    assert "needs: kg" in out and "ad_valorem: 8% = 8" in out
    assert "refused" in cli("rate", "parse", "No change").out
    assert "amount: 0.5 USD" in cli("rate", "parse", "No change", "--base", "5%", "--value", "10").out


@pytest.mark.parametrize(
    ("args", "named"),
    [((), "text"), (("5%", "--batch", "-"), "batch"), (("5%", "--value", "-1"), "value")],
)
def test_bad_usage_is_one_line_that_names_the_field(cli: Cli, args: tuple[str, ...], named: str) -> None:
    done = cli("rate", "parse", *args)
    assert done.code == 2 and named in done.error


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"value": "1"}, "text"),
        ({"text": "5%", "quantities": {"kg": "much"}}, "quantities.kg"),
        ({"text": "5%", "value": "1", "quantities": {"kg": -1}}, "quantities.kg"),
        ({"text": "5%", "jurisdiction": "jp"}, "jurisdiction"),
        ({"text": "5%", "on": "yesterday"}, "on"),
        ({"text": "No change", "base": "See 9903.88.15"}, "base"),
        ({"text": "Free (A) 5% (JP)", "program": "KR"}, "program"),
        ({"text": "5%", "valeu": "1"}, "valeu"),
        ([], "input"),
    ],
)
def test_bad_input_names_the_field(raw: Any, named: str) -> None:
    with pytest.raises(InputError) as wrong:
        rating.parse(raw)
    assert wrong.value.field == named


@pytest.mark.parametrize("given", [["kg"], ["=3"], ["kg=1", "kg=2"]])
def test_quantities_without_a_unit_or_given_twice_are_refused(given: list[str]) -> None:
    with pytest.raises(InputError, match="quantity"):
        quantities(given)
