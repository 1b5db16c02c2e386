"""The independent scorer of grounding: all planted figures found, none raised on sound answers, nothing shared."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from evals.scorers.grounding import ungrounded
from tests.evals.grounding_texts import SOUND, UNGROUNDED
from tests.evals.made import QUESTIONS, answer

ROOT = Path(__file__).resolve().parents[2]


def test_a_hundred_of_each() -> None:
    assert len(set(SOUND)) >= 100
    assert len(set(UNGROUNDED)) >= 100


def _found(scene: str, text: str) -> list[str]:
    return ungrounded([QUESTIONS[scene]], answer(scene, text))[0]


def test_sound_answers_raise_nothing() -> None:
    raised = {text: found for scene, text in SOUND if (found := _found(scene, text))}
    assert not raised, raised


def test_every_planted_figure_is_found() -> None:
    missed = [text for scene, text in UNGROUNDED if not _found(scene, text)]
    assert not missed, missed


@pytest.mark.parametrize(
    "name", ["evals/reader.py", "evals/scorers/grounding.py", "evals/scorers/evidence.py", "evals/scorers/citations.py"]
)
def test_it_shares_nothing_with_the_guard_or_the_product_s_reader(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text("utf-8"))
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not [m for m in imported if m.startswith(("advisor.guard", "advisor.evidence", "tools", "corpus"))]
