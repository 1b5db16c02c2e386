"""The draw of phrases to be read again: the same for a seed, half in each language, nothing that is left out."""

from __future__ import annotations

import pytest

from evals.hs import draw
from evals.hs.draw import drawn, held_at


def test_a_seed_gives_one_draw_half_in_each_language() -> None:
    rows = drawn(20, 7)
    assert rows == drawn(20, 7) != drawn(20, 8)
    assert [row[2] for row in rows] == ["zh-TW"] * 10 + ["en"] * 10


def test_what_is_left_out_is_not_drawn() -> None:
    first = drawn(20, 7)
    without = frozenset((code, phrase) for code, _, _, phrase in first)
    assert not without & {(code, phrase) for code, _, _, phrase in drawn(20, 7, without)}


def test_a_commit_holds_the_phrases_of_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    line = '{"code": "330610", "phrases": {"zh-TW": ["牙膏"], "en": ["toothpaste"]}}\n'
    monkeypatch.setattr(draw, "_shown", lambda commit, file: line if file.stem == "33" else "")
    assert held_at("then") == {("330610", "牙膏"), ("330610", "toothpaste")}
