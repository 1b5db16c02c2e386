"""What a reply to a customer says around an answer."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def support_words() -> dict[str, dict[str, str]]:
    """Greeting, closing and headings of a reply, by language."""
    raw: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("support.toml").read_text("utf-8"))
    return raw
