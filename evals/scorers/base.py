"""What a scorer gives back: a value, whether that passes, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from advisor.answer import Answer
from evals.cases import Case


class Score(BaseModel):
    """One judgement. `passed` is None where nothing was judged: a measure, or unscored for want of evidence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    passed: bool | None
    reason: str


Scorer = Callable[[Case, Answer], Score]


def judged(wrong: Sequence[str], checked: int = 1) -> Score:
    """A score from complaints: the share of what was checked that holds."""
    if not wrong:
        return Score(value=1.0, passed=True, reason="")
    share = max(0.0, 1 - len(wrong) / max(checked, len(wrong)))
    return Score(value=share, passed=False, reason="; ".join(wrong))


def measure(value: float | None, reason: str) -> Score:
    """A number nobody passes or fails by."""
    return Score(value=value, passed=None, reason=reason)
