"""Which value is the law on a day, and what is refused: an example law, and the same law broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.tools.law.files import HEAD, MINIMUM, SCOPED, store
from tools.errors import DataError, NotFound, NotInForce
from tools.law import LawStore, law


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 3, 1), "25"),
        (date(2024, 9, 30), "25"),
        (date(2024, 10, 1), "33.10"),
        (date(2026, 9, 30), "33.10"),
        (date(2027, 1, 1), "34.58"),
        (date(2099, 1, 1), "34.58"),
    ],
)
def test_the_value_whose_interval_holds_the_day(tmp_path: Path, day: date, value: str) -> None:
    assert store(tmp_path).number("zz.fee.minimum", day) == Decimal(value)


@pytest.mark.parametrize("day", [date(2020, 2, 29), date(2026, 10, 1), date(2026, 12, 31)])
def test_a_day_outside_the_intervals_names_them(tmp_path: Path, day: date) -> None:
    with pytest.raises(NotInForce) as caught:
        store(tmp_path).value("zz.fee.minimum", day)
    error = caught.value
    assert (error.name, error.as_of) == ("zz.fee.minimum", day)
    assert error.intervals == (
        (date(2020, 3, 1), date(2024, 9, 30)),
        (date(2024, 10, 1), date(2026, 9, 30)),
        (date(2027, 1, 1), None),
    )
    assert str(error) == (
        f"zz.fee.minimum: no value is held for {day}; held: "
        "2020-03-01 to 2024-09-30, 2024-10-01 to 2026-09-30, 2027-01-01 to open"
    )


def test_figures_are_read_exactly(tmp_path: Path) -> None:
    value = store(tmp_path).value("zz.fee.minimum", date(2025, 1, 1)).value
    assert isinstance(value, Decimal)
    assert str(value) == "33.10"


def test_an_unknown_start_is_kept_apart_from_the_day_it_is_evidenced_on(tmp_path: Path) -> None:
    value = store(tmp_path).value("zz.fee.minimum", date(2020, 3, 1))
    assert (value.effective_from, value.evidenced_on, value.first_day) == (None, date(2020, 3, 1), date(2020, 3, 1))


def test_defaults_come_from_the_head_of_the_file(tmp_path: Path) -> None:
    value = store(tmp_path).value("zz.fee.minimum", date(2025, 1, 1))
    assert value.source.publisher.en == "Example agency"
    assert (value.frontier, value.reviewed) == (date(2026, 10, 10), date(2026, 11, 21))
    assert (value.source.citation.zh_TW, value.source.citation.en) == ("Example Act art. 7", "Example Act art. 7")


@pytest.mark.parametrize(
    ("origin", "mode", "day", "value"),
    [
        ("TW", "post", date(2025, 3, 1), True),
        ("TW", None, date(2025, 12, 31), True),
        ("CN", "air", date(2025, 3, 1), False),
        ("HK", "express", date(2030, 1, 1), False),
        ("CN", "post", date(2025, 6, 1), False),
    ],
)
def test_scope(tmp_path: Path, origin: str, mode: str | None, day: date, value: bool) -> None:
    assert store(tmp_path).value("zz.fee.open", day, origin=origin, mode=mode).value is value


@pytest.mark.parametrize(
    ("origin", "mode", "day"),
    [
        ("CN", "post", date(2025, 5, 31)),
        ("CN", "ocean", date(2025, 6, 1)),
        ("CN", None, date(2025, 6, 1)),
        ("TW", "post", date(2026, 1, 1)),
        (None, "post", date(2025, 6, 1)),
    ],
)
def test_out_of_scope_is_not_held(tmp_path: Path, origin: str | None, mode: str | None, day: date) -> None:
    with pytest.raises(NotInForce):
        store(tmp_path).value("zz.fee.open", day, origin=origin, mode=mode)


def test_what_is_only_expected_is_never_applied(tmp_path: Path) -> None:
    held = store(tmp_path)
    assert held.number("zz.fee.planned", date(2026, 12, 1)) == 10
    assert [v.certainty for v in held.parameter("zz.fee.planned").values] == ["confirmed", "expected"]


@pytest.mark.parametrize(
    "name", ["zz.fee.minimun", "zz.fees.minimum", "zz.fee", "zz", "zz.fee.minimum.value", "", "..", "zz/fee.x"]
)
def test_a_name_that_is_not_held(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        store(tmp_path).value(name, date(2025, 1, 1))


def test_a_misspelt_name_is_offered_its_neighbour(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"near it: .*zz\.fee\.minimum"):
        store(tmp_path).value("zz.fee.minimun", date(2025, 1, 1))


BROKEN = {
    "unknown key of a value": (MINIMUM, ("value = 25\n", "value = 25\nvalu = 26\n"), "valu"),
    "unknown key of a parameter": (MINIMUM, ('unit = "USD"', 'unit = "USD"\nunits = "USD"'), "units"),
    "unknown key of the file": (MINIMUM, ("volatile = false", "volatil = false"), "volatil"),
    "unknown key of a scope": (SCOPED, ("modes = [", "ways = ["), "ways"),
    "unknown mode": (SCOPED, ('"air"', '"rail"'), "modes"),
    "overlap": (MINIMUM, ("to = 2026-09-30", "to = 2027-01-01"), "overlap"),
    "overlap of an open value": (MINIMUM, ("to = 2026-09-30\n", ""), "overlap"),
    "overlap in one scope": (SCOPED, ('modes = ["post"]', 'modes = ["post", "air"]'), "overlap"),
    "missing citation": (MINIMUM, ('citation = "Example Act art. 7"\n', ""), "citation"),
    "missing certainty": (MINIMUM, ('certainty = "confirmed"\n', ""), "certainty"),
    "missing value": (MINIMUM, ("value = 25\n", ""), "value"),
    "missing start": (MINIMUM, ("from = 2024-10-01\n", ""), "from"),
    "missing unit": (MINIMUM, ('unit = "USD"\n', ""), "unit"),
    "missing label": (MINIMUM, ('label = { zh-TW = "範例規費最低額", en = "example fee, minimum" }\n', ""), "label"),
    "missing title": (MINIMUM, ('title = { zh-TW = "範例規費", en = "Example fee" }\n', ""), "title"),
    "missing publisher": (MINIMUM, ('publisher = { zh-TW = "範例機關", en = "Example agency" }\n', ""), "publisher"),
    "missing frontier": (MINIMUM, ("frontier = 2026-10-10\n", ""), "frontier"),
    "no values": ('[minimum]\nlabel = "m"\nunit = "USD"\n', ("", ""), "values"),
    "bad certainty": (MINIMUM, ('"secondary"', '"sure"'), "certainty"),
    "bad unit": (MINIMUM, ('"USD"', '"EUR"'), "unit"),
    "derived without note": (MINIMUM, ('note = "by the published factor"\n', ""), "note"),
    "contested without note": (MINIMUM, ('"confirmed"', '"contested"'), "note"),
    "unknown start without evidence": (MINIMUM, ("evidenced_on = 2020-03-01\n", ""), "evidenced_on"),
    "ends before it begins": (MINIMUM, ("to = 2026-09-30", "to = 2024-09-30"), "before it begins"),
    "one language of a label": (MINIMUM, (', en = "example fee, minimum" }', " }"), "en"),
    "start that is no day": (MINIMUM, ("from = 2024-10-01", 'from = "soon"'), "effective_from"),
    "not TOML": (MINIMUM, ("value = 25\n", "value = 25 26\n"), "not TOML"),
}


@pytest.mark.parametrize("broken", [pytest.param(v, id=k) for k, v in BROKEN.items()])
def test_a_broken_file_is_refused_by_name(tmp_path: Path, broken: tuple[str, tuple[str, str], str]) -> None:
    text, change, named = broken
    whole = (HEAD + text).replace(*change, 1) if change[0] else HEAD + text
    with pytest.raises(DataError) as caught:
        store(tmp_path, whole).topic("zz.fee")
    assert caught.value.file == "zz/fee.toml"
    assert str(caught.value).startswith("zz/fee.toml: ")
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    held = store(tmp_path)
    (tmp_path / "zz" / "fee.toml").write_bytes(b"\xff\xfe[minimum]")
    with pytest.raises(DataError, match=r"zz/fee\.toml"):
        held.topic("zz.fee")


def test_values_may_share_days_where_their_scopes_cannot_meet(tmp_path: Path) -> None:
    assert len(store(tmp_path, HEAD + SCOPED).parameter("zz.fee.open").values) == 3


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    held = store(tmp_path)
    (tmp_path / "zz" / "other.toml").write_text("no = [", "utf-8")
    assert held.number("zz.fee.minimum", date(2025, 1, 1)) == Decimal("33.10")
    with pytest.raises(DataError, match=r"zz/other\.toml"):
        held.topic("zz.other")


def test_the_shipped_law_is_read_once() -> None:
    assert isinstance(law(), LawStore)
    assert law() is law()
