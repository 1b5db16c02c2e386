"""The nomenclature in our words: complete, in both languages, and its references lead somewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tools.errors import InputError, NotFound
from tools.tariff.bundled import subheadings
from tools.tariff.interpretation import about, chapters, headings, notes, place, rules, sections
from tools.text.normalise import to_traditional

EVERY_TEXT = [
    *[row.name for row in sections()],
    *[row.name for row in chapters().values()],
    *[row.name for row in headings().values()],
    *[row.text for row in notes()],
    *[text for row in rules() for text in (row.citation, row.title, row.text, row.example)],
]


def test_every_heading_of_the_system_stands_once() -> None:
    official = {code[:4] for code in subheadings()} - {"9999"}  # the United Nations' own
    assert len(official) == 1228
    assert set(headings()) == official
    assert list(headings()) == sorted(headings())


def test_sections_hold_the_chapters_without_gap() -> None:
    assert [row.number for row in sections()] == list(range(1, 23))
    assert list(chapters()) == [f"{n:02d}" for n in range(1, 100)]
    for section in sections():
        inside = [row.code for row in chapters().values() if row.section == section.number]
        assert (inside[0], inside[-1]) == (section.first, section.last)


def test_every_chapter_but_the_reserved_and_the_national_has_headings() -> None:
    empty = [code for code in chapters() if not any(heading.startswith(code) for heading in headings())]
    assert empty == ["77", "98", "99"]


def test_everything_is_in_both_languages_and_traditional() -> None:
    for text in EVERY_TEXT:
        assert re.search(r"[\u4e00-\u9fff]", text.zh_TW), text
        assert to_traditional(text.zh_TW) == text.zh_TW, text
        assert not re.search(r"[\u4e00-\u9fff]", text.en), text


def test_names_of_headings_are_short_and_their_own() -> None:
    for row in headings().values():
        assert len(row.name.zh_TW) <= 20, row.code
        assert len(row.name.en) <= 60, row.code
    doubled = {name: n for name, n in Counter(row.name.zh_TW for row in headings().values()).items() if n > 1}
    assert not doubled


def test_notes_are_many_and_their_references_exist() -> None:
    assert len(notes()) >= 120
    for row in notes():
        assert row.see, row
        for code in row.see:
            assert code in headings() or code in chapters(), (row.of, code)
        kind, number = row.of.split(":")
        assert int(number) <= 21 if kind == "section" else number in chapters()


def test_the_rules_are_the_six_and_what_two_countries_add() -> None:
    assert [row.id for row in rules()] == ["1", "2a", "2b", "3a", "3b", "3c", "4", "5a", "5b", "6", "tw", "us"]
    for row in rules():
        assert all(code in headings() or code in chapters() for code in row.see), row.id


@pytest.mark.parametrize(
    ("code", "section", "chapter", "heading"),
    [
        ("64", "XII", "footwear", None),
        ("6404", "XII", "footwear", "footwear with textile upper"),
        ("6109.10.00.00-6", "XI", "knitted clothing", "T-shirts and vests, knitted"),
        ("9102.11.10", "XVIII", "clocks and watches", "other watches"),
        ("9903.88.03", "XXII", "national: temporary and additional measures", None),
    ],
)
def test_a_code_is_placed(code: str, section: str, chapter: str, heading: str | None) -> None:
    found = place(code)
    assert (found.section.roman, found.chapter.name.en) == (section, chapter)
    assert (found.heading.name.en if found.heading else None) == heading


def test_a_chapter_comes_with_the_notes_of_its_section() -> None:
    found = place("85")
    assert {row.of for row in found.notes} == {"section:16", "chapter:85"}
    assert len(found.headings) == 48


@pytest.mark.parametrize(
    ("goods", "sent_to", "by"),
    [
        ("a plastic backpack", "4202", "chapter:39"),
        ("a toy car", "9503", "section:17"),
        ("a screw for a machine", "7318", "section:16"),
        ("a nappy of paper", "9619", "chapter:48"),
        ("a tripod for a camera", "9620", "section:16"),
        ("an electric blanket", "6301", "chapter:85"),
        ("stuffed bedding", "9404", "chapter:42"),
    ],
)
def test_the_note_that_sends_goods_away_is_held(goods: str, sent_to: str, by: str) -> None:
    assert any(sent_to in row.see and row.kind in ("excludes", "defines") for row in notes() if row.of == by), goods


def test_notes_elsewhere_about_a_heading_are_found() -> None:
    assert {row.of for row in about("4202")} >= {"chapter:39", "chapter:44", "chapter:95"}
    assert all(row.of != "chapter:42" for row in about("4202.92"))


@pytest.mark.parametrize("code", ["", "6", "鞋", "6a"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(InputError, match=r"code: .*such as 64"):
        place(code)


def test_a_heading_that_never_was_names_those_of_its_chapter() -> None:
    with pytest.raises(NotFound, match="heading 6408: not held; near it: 6401"):
        place("6408.10")
    with pytest.raises(NotFound, match="chapter 00"):
        place("0012")
