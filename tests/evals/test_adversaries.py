"""A sample of `customs bench guard`: nothing false gets through, sound answers pass."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from advisor import Settings
from corpus.search import Library, open_library
from evals.adversaries.behaviour import BEHAVIOURS, behaved, fault_in
from evals.adversaries.corrupt import DAMAGES, corrupt_answers
from evals.adversaries.scenes import judged, laws, passages, quotes
from evals.adversaries.sound import Sound, sound_answers
from evals.adversaries.sweep import changed, sample


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("adversaries")


@pytest.fixture(scope="module")
def library(home: Path) -> Library:
    return open_library(home)


@pytest.fixture(scope="module")
def said(library: Library) -> list[Sound]:
    return list(sound_answers([*quotes(), *laws(), *passages(library)]))


def test_sound_answers_pass(said: list[Sound]) -> None:
    assert len(said) >= 300
    assert len({(s.scene.name, s.text) for s in said}) == len(said)
    blocked = [(s.scene.name, s.text) for s in said if not judged(s.scene, s.text).passed]
    assert len(blocked) * 50 <= len(said), blocked


def test_corrupt_answers_do_not(said: list[Sound]) -> None:
    false = corrupt_answers(said, 150, seed=20261127)
    assert set(Counter(c.kind for c in false)) == set(DAMAGES), "every kind is tried"
    assert [(c.kind, c.text) for c in false if judged(c.scene, c.text).passed] == []


def test_a_changed_digit_or_unit_is_caught(said: list[Sound]) -> None:
    chance = random.Random(3)
    tried = [(s, text) for s in sample(said, 14, seed=3) for text in changed(s, chance)]
    assert len(tried) > 100
    assert [text for s, text in tried if judged(s.scene, text).passed] == []


def test_the_same_seed_makes_the_same_answers(said: list[Sound]) -> None:
    assert [c.text for c in corrupt_answers(said, 20, 5)] == [c.text for c in corrupt_answers(said, 20, 5)]


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_behaviour(home: Path, library: Library, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.hosted.trouble._WAIT", 0)
    _, may_show = BEHAVIOURS[name]
    assert fault_in(behaved(Settings(home=home), library, name), may_show=may_show) is None
