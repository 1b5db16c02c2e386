"""How an answer says that a hosted model was replaced."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from tools.law.models import Lang

Trouble = Literal["down", "slow", "busy", "key", "budget", "checked", "limit"]


@cache
def _warnings() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("warnings.toml").read_text("utf-8"))


def warning_of(trouble: Trouble, lang: Lang) -> str:
    """The sentence that says why the offline rules answered."""
    return _warnings()[trouble][lang]
