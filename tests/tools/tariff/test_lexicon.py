"""The lexicon: valid, complete in both languages, Traditional, no phrase without what tells its headings apart, nothing of the measuring sets."""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from evals.hs.sets import DESCRIBED
from tools.tariff.bundled import subheadings
from tools.tariff.interpretation import chapters, headings
from tools.tariff.search.lexicon import Entry, files, read_file
from tools.text.normalise import simplified_characters

MEASURING = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "classification-dev"
_WORDS, _CHARACTERS = 5, 8  # as many in a row as in a measuring text are its wording, not the language's
_CJK = re.compile(r"[\u3400-\u9fff]+")
CHAPTERS = files()
by_chapter = pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)


@cache
def held(file: Path) -> tuple[Entry, ...]:
    return tuple(read_file(file))


@cache
def everything() -> tuple[Entry, ...]:
    return tuple(entry for file in CHAPTERS for entry in held(file))


def folded(phrase: str) -> str:
    return re.sub(r"[\s\-]+", " ", phrase).strip().lower()


@by_chapter
def test_codes_exist_stand_in_their_file_and_are_sorted(file: Path) -> None:
    codes = [entry.code for entry in held(file)]
    assert codes == sorted(set(codes)), "sorted by code, each once"
    assert not [code for code in codes if not code.startswith(file.stem)]
    assert not (unknown := [code for code in codes if code not in subheadings()]), unknown


@by_chapter
def test_names_and_phrases_stand_in_both_languages(file: Path) -> None:
    wrong = []
    for entry in held(file):
        if not (entry.name.zh_TW.strip() and entry.name.en.strip()):
            wrong.append(f"{entry.code}: a name is missing")
        if not (_CJK.search(entry.name.zh_TW) and not _CJK.search(entry.name.en)):
            wrong.append(f"{entry.code}: names in the wrong language: {entry.name.zh_TW} / {entry.name.en}")
        if bool(entry.phrases.zh_TW) != bool(entry.phrases.en):
            wrong.append(f"{entry.code}: phrases in one language only")
        wrong += [f"{entry.code}: Chinese among the English: {p}" for p in entry.phrases.en if _CJK.search(p)]
    assert not wrong, wrong


@by_chapter
def test_names_are_distinct_in_their_heading(file: Path) -> None:
    for lang in ("zh-TW", "en"):
        seen: dict[tuple[str, str], str] = {}
        for entry in held(file):
            key = (entry.code[:4], folded(entry.name[lang]))  # type: ignore[index]
            assert key not in seen, f"{seen[key]} and {entry.code} are both called {key[1]}"
            seen[key] = entry.code


@by_chapter
def test_phrases_are_clean_and_stand_once(file: Path) -> None:
    wrong = []
    for entry in held(file):
        for phrases in (entry.phrases.zh_TW, entry.phrases.en):
            keys = [folded(p) for p in phrases]
            wrong += [f"{entry.code}: twice: {k}" for k in sorted(set(keys)) if keys.count(k) > 1]
            wrong += [f"{entry.code}: {p!r}" for p in phrases if not p.strip() or p != p.strip() or len(p) > 90]
    assert not wrong, wrong


@by_chapter
def test_chinese_is_traditional(file: Path) -> None:
    wrong = []
    for entry in held(file):
        texts = (entry.name.zh_TW, *entry.phrases.zh_TW, *(x.phrase for x in entry.excluded))
        wrong += [f"{entry.code}: {t} has {found}" for t in texts if (found := simplified_characters(t))]
    assert not wrong, wrong


@by_chapter
def test_exclusions_lead_somewhere_else(file: Path) -> None:
    known = subheadings() | headings().keys() | chapters().keys()
    wrong = [
        f"{e.code}: {x.phrase} -> {x.see} is no code" for e in held(file) for x in e.excluded if x.see not in known
    ]
    wrong += [f"{e.code}: {x.phrase} -> itself" for e in held(file) for x in e.excluded if x.see == e.code]
    wrong += [
        f"{e.code}: {x.phrase!r} is both its phrase and excluded"
        for e in held(file)
        for x in e.excluded
        if folded(x.phrase) in {folded(p) for p in e.phrases.all()}
    ]
    assert not wrong, wrong


def test_a_phrase_under_two_chapters_says_what_tells_them_apart() -> None:
    """One of the two must exclude what belongs to the other's heading: `"not": [{"phrase": …, "see": …}]`."""
    places: dict[str, list[Entry]] = defaultdict(list)
    for entry in everything():
        for phrase in {folded(p) for p in entry.phrases.all()}:
            places[phrase].append(entry)
    wrong = []
    for phrase, found in places.items():
        for at, one in enumerate(found):
            for other in found[at + 1 :]:
                if one.code[:2] != other.code[:2] and not (_tells(one, other) or _tells(other, one)):
                    wrong.append(f"{phrase!r} under {one.code} and {other.code}: drop one, or add a `not`")
    assert not wrong, "\n".join(wrong)


def _tells(one: Entry, other: Entry) -> bool:
    return any(x.see[:4] == other.code[: len(x.see[:4])] for x in one.excluded)


# ------------------------------------------------------------------------------------------------- measuring sets


def runs(text: str) -> Iterator[str]:
    """Stretches of a text long enough to be its own wording."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    yield from (" ".join(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1))
    for run in _CJK.findall(text):
        yield from (run[i : i + _CHARACTERS] for i in range(len(run) - _CHARACTERS + 1))


def measuring_texts() -> list[str]:
    if not MEASURING.is_dir():
        reason = f"shared data absent: {MEASURING.name}; the wording of the lexicon goes unchecked against the measuring sets"
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    rows = [
        json.loads(row) for file in sorted(MEASURING.glob("*.jsonl")) for row in file.read_text("utf-8").splitlines()
    ]
    return [row["text"] for row in rows]


def test_no_wording_of_the_measuring_sets_is_in_the_lexicon() -> None:
    theirs = {run for text in measuring_texts() for run in runs(text)}
    assert "of adhesive" not in theirs and len(theirs) > 1000  # the sets were read
    wrong = [
        f"{e.code}: {p}"
        for e in everything()
        for p in (*e.phrases.all(), *e.name.as_dict().values())
        if theirs & set(runs(p))
    ]
    assert not wrong, wrong


def test_no_wording_of_the_measuring_sets_is_in_the_goods_described_at_length() -> None:
    theirs = {run for text in measuring_texts() for run in runs(text)}
    ours = [json.loads(row) for row in DESCRIBED.read_text("utf-8").splitlines()]
    assert not (wrong := [(row["id"], same) for row in ours if (same := theirs & set(runs(row["text"])))]), wrong


def test_the_check_of_wording_sees_a_copied_phrase() -> None:
    text = measuring_texts()[0]
    assert set(runs(text)) & set(runs(f"best {text} for sale"))
