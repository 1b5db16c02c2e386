"""What changed between two editions, and whether a person can read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tools.tariff import official_files as files
from tools.tariff.compare import Differences, compare
from tools.tariff.importers.load import import_content
from tools.tariff.narrate import narrate
from tools.tariff.store import FILE, Store

TODAY = date(2026, 11, 27)


def set_side_by_side(home: Path, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Differences:
    for name, rows in (("us-old", old), ("us-new", new)):
        import_content("us", "a", files.us_json(rows), home, TODAY, name=name)
    store = Store(home / FILE)
    sides = [(n, {line.code: line for line in store.lines(n)}) for n in ("us-old", "us-new")]
    return narrate(compare("us", sides[0], sides[1]))


def test_the_same_edition_has_no_differences(tmp_path: Path) -> None:
    found = set_side_by_side(tmp_path, files.us_rows(), files.us_rows())
    assert set(found.counts.values()) == {0}
    assert [w.code for w in found.words] == ["diff_counts"]


def test_each_kind_of_change_is_told_apart(tmp_path: Path) -> None:
    row = files.us_row
    old, new = files.us_rows(), files.us_rows()
    at = next(i for i, r in enumerate(new) if r["htsno"] == "6101.10.00")
    new[at] = new[at] | {"general": "6%"}  # re-rated, once: the statistical lines only inherit
    new[at + 3] = new[at + 3] | {"description": "Goods of another name"}
    # 6101.10.00.10 is cut in two; 6201.10.00.10 and .20 become one; 6301.20.00.00 is gone; 9903.88.16 is new
    new[at + 1 : at + 2] = [row("6101.10.00.11", 3), row("6101.10.00.12", 3)]
    at = next(i for i, r in enumerate(new) if r["htsno"] == "6201.10.00.10")
    new[at : at + 2] = [row("6201.10.00.30", 3)]
    new = [r for r in new if r["htsno"] != "6301.20.00.00"]
    new.append(row("9903.88.16", 0, "The duty provided in the applicable subheading + 10%"))
    found = set_side_by_side(tmp_path, old, new)
    assert [(c.code, c.field, c.before, c.after) for c in found.re_rated] == [("6101.10.00", "general", "5%", "6%")]
    assert [(c.code, c.after) for c in found.re_described] == [("6101.20.00.00", "Goods of another name")]
    assert [(g.before, g.after) for g in found.split] == [(("6101.10.00.10",), ("6101.10.00.11", "6101.10.00.12"))]
    assert [(g.before, g.after) for g in found.merged] == [(("6201.10.00.10", "6201.10.00.20"), ("6201.10.00.30",))]
    assert [r.code for r in found.removed] == ["6301.20.00.00"]
    assert [r.code for r in found.added] == ["9903.88.16"]
    english = "\n".join(w.text["en"] for w in found.words)
    assert "6101.10.00, general: “5%” became “6%”" in english
    assert "6101.10.00.10 was split into 6101.10.00.11; 6101.10.00.12" in english.replace(", 6101", "; 6101")
    assert "with rates +10%" in english


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "steel, aluminum, copper were restructured",
                "242 headings",
                "19 headings of 9903.82",
                "+50%",
                "598 lines",
            ),
        ),
        ("zh-TW", ("鋼鐵、鋁、銅的規定重整", "242 個號列", "19 個號列", "+50%", "598 個號列")),
    ],
)
def test_the_metals_restructuring_of_april_2026_is_told(lang: str, said: tuple[str, ...], metals: Differences) -> None:
    text = "\n".join(w.text[lang] for w in metals.words)
    assert not [words for words in said if words not in text]
    assert "9903.78, 9903.80, 9903.81, 9903.85" in text


def test_the_counts_are_those_of_the_published_files(metals: Differences) -> None:
    assert (metals.counts["removed"], metals.counts["added"]) == (242, 19)
    assert {r.code[:7] for r in metals.added} == {"9903.82"}
    assert {r.code[:4] for r in metals.removed} == {"9903"}
