"""Texts of the pages: both languages in `texts.toml`, read by key; and how text from outside is made harmless in Markdown."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from tools.law.models import Lang, Localized

_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$:|])")
_FIRST = re.compile(r"^(\s*(?:\d+(?=[.)](?:\s|$))|(?=[#+\-=])))", re.MULTILINE)
_IMAGE = re.compile(r"!(?=\[)")


@cache
def texts() -> dict[str, Localized]:
    """Every text of the pages by `section.name`."""
    raw = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return {
        f"{section}.{name}": Localized.model_validate(text)
        for section, rows in raw.items()
        for name, text in rows.items()
    }


class Words:
    """The texts in one language.

    >>> Words("en")("nav.chat")
    'Chat'
    """

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def __call__(self, key: str, **values: str) -> str:
        text = texts()[key][self.lang]
        return text.format(**values) if values else text

    def or_else(self, key: str, other: str) -> str:
        """The text of a key that may not be written down, or something else."""
        found = texts().get(key)
        return found[self.lang] if found else other


def dollars(text: str) -> str:
    """Markdown of our own: dollars are money, never mathematics, and no picture is fetched."""
    return _IMAGE.sub("\\!", text.replace("$", "\\$"))


def escaped(text: str) -> str:
    r"""Text from outside as Markdown that shows exactly its characters.

    >>> print(escaped("<b> $5 *x*"))
    \<b\> \$5 \*x\*
    """
    return _FIRST.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", text))
