"""The box guide: every box of both forms once, every field of the online guide, all its errors under their fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from tests.tools.paperwork.entry_cases import PAPERWORK
from tools.errors import InputError
from tools.inputs import read_input
from tools.paperwork.box_models import BoxGuide, BoxInput
from tools.paperwork.boxes import explain_box, form, guide

DAY = date(2026, 11, 21)
ERRORS = yaml.safe_load((PAPERWORK / "guide.yaml").read_text("utf-8"))["errors"]


def asked(**given: Any) -> BoxGuide:
    return explain_box(read_input(BoxInput, given), as_of=DAY)


def bare(number: str) -> int:
    return int(number.rstrip("ABCD"))


def test_both_forms_have_every_number_and_no_other() -> None:
    assert {bare(box.number) for box in form().box} == set(range(1, form().boxes + 1))
    assert {bare(box.old) for box in form().box if box.old} == set(range(1, form().boxes_before + 1))
    assert len({box.number for box in form().box}) == len(form().box)


def test_a_number_moves_by_four_after_the_smelt_boxes() -> None:
    for box in form().box:
        if box.old is None:
            assert 21 <= bare(box.number) <= 24
        else:
            assert bare(box.number) - bare(box.old) == (0 if bare(box.number) <= 20 else 4)


def test_the_guide_has_no_official_number_but_four() -> None:
    same = {f.number for f in guide().field if f.boxes == (str(f.number),)}
    assert same == {1, 2, 3, 4, 14}
    assert sorted(e.id for e in guide().error) == list(range(1, 23))


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: f"error-{case['error']}")
def test_every_error_of_the_guide_is_met_under_its_field(case: dict[str, Any]) -> None:
    found = asked(box=str(case["field"]), numbering="guide").guide
    assert found is not None
    assert case["error"] in {wrong.id for wrong in found.wrong}
    official = [[box.number, box.old] for box in found.boxes]
    assert official == ([case["official"]] if case["official"] else [])


@pytest.mark.parametrize(("box", "numbering", "numbers"), [
    ("29", None, ["29", "33A", "33B"]),
    ("4", None, ["4"]),
    ("33", "2024", ["33A", "33B"]),
    ("36c", "2024", ["36C"]),
    ("27", "before", ["31"]),
    ("22", None, ["22", "26"]),
])  # fmt: skip
def test_a_number_is_told_for_both_forms(box: str, numbering: str | None, numbers: list[str]) -> None:
    found = asked(box=box, **({"numbering": numbering} if numbering else {}))
    assert [b.number for b in (*found.official, *found.before)] == numbers


@pytest.mark.parametrize(("given", "code"), [
    ({"box": "60"}, "box_absent"),
    ({"box": "45", "numbering": "before"}, "box_absent_before"),
    ({"box": "40", "numbering": "guide"}, "box_absent_guide"),
])  # fmt: skip
def test_what_no_form_has_is_said(given: dict[str, str], code: str) -> None:
    assert [note.code for note in asked(**given).notes] == [code]


def test_a_box_is_found_by_its_name() -> None:
    assert [box.number for box in asked(text="chgs").official] == ["36B"]
    assert [box.number for box in asked(text="申報價值").official] == ["36A", "39"]


@pytest.mark.parametrize(("given", "field"), [({}, "box"), ({"box": "A4"}, "box"), ({"text": "wallpaper"}, "text")])
def test_what_is_no_box_is_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(InputError) as refused:
        asked(**given)
    assert refused.value.field == field


def test_figures_of_the_law_are_those_of_the_day() -> None:
    then = explain_box(BoxInput(box="43", on=date(2022, 3, 1)), as_of=DAY)
    assert any("27.75" in message.render("en") for message in then.said)
    assert {p.id for p in then.parameters} >= {"us.mpf.minimum", "us.mpf.maximum"}
