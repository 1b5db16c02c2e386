"""Briefs: each loads, each binding resolves, and what is wrong with a broken one is said with its file's name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.briefs_reader import BRIEFS, Brief, Section, read_brief, read_briefs, shipped_briefs
from tools.errors import DataError
from tools.law import law
from tools.law.bindings import BINDING, bindings, render
from tools.text import find_quantities

SECTIONS = [(brief, section) for brief in shipped_briefs() for section in brief.sections]
LAW = [section for brief, section in SECTIONS if brief.front.kind == "law"]
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

# ------------------------------------------------------------------------------------------------- as shipped


def test_every_file_of_the_briefs_is_read() -> None:
    files = {p.name.removesuffix(".md").removesuffix(".en") for p in BRIEFS.rglob("*.md")}
    assert files == {brief.front.id for brief in shipped_briefs()}
    assert len(files) >= 13


@pytest.mark.parametrize("brief", shipped_briefs(), ids=lambda b: b.front.id)
def test_a_brief_is_whole(brief: Brief) -> None:
    front = brief.front
    assert front.title.zh_TW and front.title.en and front.topics and front.known_as.all()
    assert front.reviewed <= date(2026, 11, 27)
    assert all(source.publisher and source.citation for source in front.sources)
    if front.effective_from and front.effective_to:
        assert front.effective_from <= front.effective_to
    ids = [section.id for section in brief.sections]
    assert len(ids) == len(set(ids))
    assert any(section.language == "zh-TW" for section in brief.sections)


@pytest.mark.parametrize(("brief", "section"), SECTIONS, ids=[s.id for _, s in SECTIONS])
def test_a_section_can_stand_alone(brief: Brief, section: Section) -> None:
    """80 to 450 characters of Chinese, up to 150 words of English (docs/data-formats.md)."""
    text, _ = render(section.body, law(), brief.front.reviewed, section.language)
    assert section.heading.strip()
    if section.language == "zh-TW":
        assert 80 <= len(text) <= 450, len(text)
    else:
        assert len(text.split()) <= 150, len(text.split())
    assert "{{" not in text and "}}" not in text and "#" not in text


@pytest.mark.parametrize(("brief", "section"), SECTIONS, ids=[s.id for _, s in SECTIONS])
def test_every_binding_resolves_on_the_day_of_its_review(brief: Brief, section: Section) -> None:
    assert not bindings(section.heading), "a heading is searched and shown as written"
    _, bound = render(section.body, law(), brief.front.reviewed, section.language)
    assert len(bound) == len(bindings(section.body))
    assert not [b.id for b in bound if b.value is None]


def test_both_languages_of_a_brief_bind_the_same_law() -> None:
    for brief in shipped_briefs():
        ids = {
            lang: {m["id"] for s in brief.sections if s.language == lang for m in bindings(s.body)}
            for lang in ("zh-TW", "en")
        }
        if any(s.language == "en" for s in brief.sections):
            assert ids["zh-TW"] == ids["en"], brief.front.id


# --------------------------------------------------------------------------------- no unbound figure of the law

#: counts that describe the build of the tariff, of a text or of a calendar, and that no act can change by amendment
STRUCTURE = {"chapter", "section", "rule", "digit", "month", "year"}


def unbound(section: Section) -> list[str]:
    """Figures of a section that are no binding: money and percentages, and counts that are not structure."""
    text = BINDING.sub(lambda m: " " * len(m[0]), f"{section.heading}\n{section.body}")
    return [
        q.text
        for q in find_quantities(text)
        if q.kind in ("money", "percent") or (q.kind in ("count", "number", "ordinal") and q.unit not in STRUCTURE)
    ]


@pytest.mark.parametrize("section", LAW, ids=[s.id for s in LAW])
def test_a_brief_of_the_law_holds_no_unbound_figure(section: Section) -> None:
    assert not unbound(section)


@pytest.mark.parametrize(
    "sentence",
    ["免稅限額是 2,000 元。", "稅率 5%。", "每半年 6 次。", "超過 70 公斤者。", "限額為兩千元。", "The limit is NT$2,000.", "It is 0.3464% of it.",
     "It is exempt 6 times a year.", "The minimum is $34.58."],
)  # fmt: skip
def test_the_check_for_unbound_figures_sees_them(sentence: str) -> None:
    lang = "en" if sentence.isascii() else "zh-TW"
    assert unbound(Section(document_id="x", language=lang, number=1, heading="標題", body=sentence))


# ----------------------------------------------------------------------------------- written here, in Traditional


def _shares(text: str) -> set[str]:
    """Runs that would show copying: 13 characters that are mostly Chinese, or 8 words of English."""
    packed = re.sub(r"\s+", "", text)
    runs = {packed[i : i + 13] for i in range(len(packed) - 12)}
    chinese = {run for run in runs if sum("\u4e00" <= c <= "\u9fff" for c in run) > 6}
    words = re.findall(r"[a-z]{2,}", text.lower())
    return chinese | {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}


def test_no_brief_repeats_the_sources_word_for_word() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("NOT CHECKED: shared/seeds, the texts that must not be copied, is not beside the project")
    seeds: set[str] = set()
    for file in files:
        seeds |= _shares(file.read_text("utf-8"))
    found = {s.id: hits for _, s in SECTIONS if (hits := _shares(f"{s.heading}\n{BINDING.sub(' ', s.body)}") & seeds)}
    assert not found, found


def _not_traditional(text: str) -> list[str]:
    """Chinese characters outside Big5, which holds the traditional script and no simplified form of its own."""
    found = []
    for character in text:
        if "\u4e00" <= character <= "\u9fff":
            try:
                character.encode("cp950")
            except UnicodeEncodeError:
                found.append(character)
    return found


def test_chinese_briefs_hold_no_simplified_characters() -> None:
    found = {}
    for path in sorted([*BRIEFS.rglob("*.md"), *BRIEFS.rglob("*.asks.txt")]):
        if wrong := _not_traditional(path.read_text("utf-8")):
            found[path.name] = wrong
    assert not found, found
    assert _not_traditional("进口关税") == ["进", "关", "税"]


def test_every_section_is_asked_for_in_both_languages_and_no_question_twice_in_one() -> None:
    for _, section in SECTIONS:
        if section.language == "zh-TW":
            asks = section.asks
            english = [ask for ask in asks if ask.isascii()]
            assert len(set(asks)) == len(asks) >= 7, section.id
            assert 2 <= len(english) <= len(asks) - 3, section.id
            assert section.heading not in asks, section.id
    assert all(path.with_name(path.name.replace(".asks.txt", ".md")).is_file() for path in BRIEFS.rglob("*.asks.txt"))


# ------------------------------------------------------------------------------------------------- broken ones

FRONT = """---
id: sample
title: {zh-TW: 範例, en: Sample}
jurisdiction: TW
topics: [sample]
kind: law
document: null
known_as: {zh-TW: [範例], en: [sample]}
effective_from: null
effective_to: null
status: in_force
certainty: confirmed
sources:
  - {publisher: 範例機關, citation: 範例法第 1 條, url: null}
reviewed: 2026-11-21
---
"""
BODY = "## 範例是什麼？\n\n這是一段範例文字。\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "sample.md") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_sample_itself_is_right(write: Callable[..., Path]) -> None:
    assert read_brief(write(FRONT + BODY)).front.id == "sample"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="no front matter"),
        pytest.param("", id="empty file"),
        pytest.param(FRONT.replace("---\n", "", 1) + BODY, id="front matter not opened"),
        pytest.param(FRONT.replace("status: in_force\n", "") + BODY, id="missing field"),
        pytest.param(FRONT.replace("kind: law", "kind: law\nauthor: me") + BODY, id="unknown key"),
        pytest.param(FRONT.replace("url: null", "link: null") + BODY, id="unknown key of a source"),
        pytest.param(FRONT.replace("in_force", "current") + BODY, id="unknown status"),
        pytest.param(FRONT.replace("jurisdiction: TW", "jurisdiction: XX") + BODY, id="unknown place"),
        pytest.param(FRONT.replace("2026-11-21", "2026-02-30") + BODY, id="no such day"),
        pytest.param(FRONT.replace("en: Sample", "en: 1") + BODY, id="title is no text"),
        pytest.param(re.sub(r"sources:\n.*\n", "sources: []\n", FRONT) + BODY, id="no source"),
        pytest.param(FRONT.replace("topics: [sample]", "topics: [") + BODY, id="not YAML"),
        pytest.param(FRONT.replace("id: sample", "id: other") + BODY, id="id is not the file's name"),
        pytest.param(FRONT.replace("id: sample", "id: Sample") + BODY, id="id in capitals"),
        pytest.param(FRONT.replace("kind: law", "kind: document") + BODY, id="document without document"),
        pytest.param(
            FRONT.replace("document: null", "document: {title: A, publisher: B, dated: null, url: null}") + BODY,
            id="document in a brief of the law",
        ),
        pytest.param(FRONT + "只有文字，沒有段落。\n", id="no sections"),
        pytest.param(FRONT, id="no body"),
        pytest.param(FRONT + "開頭的話。\n\n" + BODY, id="text before the first section"),
        pytest.param(FRONT + BODY.replace("一段", "{{ tw.low_value.limit"), id="binding not closed"),
        pytest.param(FRONT + BODY.replace("一段", "{{ TW.LOW }}"), id="unreadable binding"),
        pytest.param(FRONT + BODY.replace("一段", "{{ tw.low_value.limit | from }}"), id="unknown part of a binding"),
        pytest.param(FRONT + BODY.replace("一段", "{{ tw.low_value.limit @ 2026-02-30 }}"), id="binding to no day"),
    ],
)
def test_a_broken_brief_is_refused_by_name(write: Callable[..., Path], text: str) -> None:
    with pytest.raises(DataError) as raised:
        read_brief(write(text))
    assert "sample.md" in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_broken_english_body_is_refused_by_its_own_name(write: Callable[..., Path]) -> None:
    write("No sections here.\n", "sample.en.md")
    with pytest.raises(DataError, match=r"sample\.en\.md"):
        read_brief(write(FRONT + BODY))


ASKS = "## 範例是什麼？\n範例要怎麼用\nwhat is a sample\n"


def test_questions_are_those_of_their_section_in_both_languages(write: Callable[..., Path]) -> None:
    write("## What is a sample?\n\nA sample.\n", "sample.en.md")
    write(ASKS, "sample.asks.txt")
    chinese, english = read_brief(write(FRONT + BODY)).sections
    assert chinese.asks == english.asks == ("範例要怎麼用", "what is a sample")


@pytest.mark.parametrize(
    "text", ["多出來的話\n" + ASKS, ASKS.replace("什麼", "甚麼"), ASKS + "## 另一段？\n問題\n", ""]
)
def test_questions_of_a_section_that_is_not_there_are_refused_by_name(write: Callable[..., Path], text: str) -> None:
    write(text, "sample.asks.txt")
    with pytest.raises(DataError, match=r"sample\.asks\.txt"):
        read_brief(write(FRONT + BODY))


def test_a_brief_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_bytes((FRONT + BODY).encode("big5", "replace"))
    with pytest.raises(DataError, match=r"sample\.md"):
        read_brief(path)


def test_an_id_used_twice_is_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    first = write(FRONT + BODY)
    (tmp_path / "deeper").mkdir()
    shutil.copy(first, tmp_path / "deeper" / first.name)
    with pytest.raises(DataError, match="sample"):
        read_briefs(tmp_path)


def test_an_english_body_without_its_brief_is_not_lost(write: Callable[..., Path], tmp_path: Path) -> None:
    write(FRONT + BODY)
    write("## Alone\n\nA body whose brief is missing.\n", "orphan.en.md")
    with pytest.raises(DataError, match="orphan"):
        read_briefs(tmp_path)
