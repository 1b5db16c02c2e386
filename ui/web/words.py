"""Texts of the pages: both languages in `texts.toml`, read by key; and how text from outside is made harmless in Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from tools.law.models import Lang, Localized

_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$:|])")
_FIRST = re.compile(r"^(\s*(?:\d+(?=[.)](?:\s|$))|(?=[#+\-=])))", re.MULTILINE)
_IMAGE = re.compile(r"!(?=\[)")
_SOFT = re.compile(r"(?<=\S)\n(?=[^\s|])")


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

    def labelled(self, key: str, text: str) -> str:
        """A text behind its name, with the colon of the language.

        >>> Words("zh-TW").labelled("receipt.origin", "x"), Words("en").labelled("receipt.origin", "x")
        ('來源：x', 'From: x')
        """
        return f"{self(key)}{self.colon}{text}"

    @property
    def colon(self) -> str:
        """What stands between a name and what it names."""
        return "：" if self.lang == "zh-TW" else ": "

    def bracketed(self, text: str) -> str:
        """What is added to a name, in the brackets of the language."""
        return f"（{text}）" if self.lang == "zh-TW" else f" ({text})"

    def period(self, start: object, end: object) -> str:
        """From one day to another, either of them open.

        >>> Words("en").period("2018-01-01", None), Words("zh-TW").period("2018-01-01", None), Words("en").period(None, None)
        ('since 2018-01-01', '2018-01-01起', '')
        """
        which = "both" if start and end else "since" if start else "until" if end else ""
        return self(f"period.{which}", start=str(start), end=str(end)) if which else ""

    def in_force(self, start: object, end: object) -> str:
        """When something of the law held; nothing where neither day is known."""
        known = self.period(start, end)
        return f"{self('receipt.period')} {known}" if known else ""

    def or_else(self, key: str, other: str) -> str:
        """The text of a key that may not be written down, or something else."""
        found = texts().get(key)
        return found[self.lang] if found else other


def flowing(text: str) -> str:
    r"""Markdown in which a sentence that begins on a line of its own keeps that line.

    A bare line end would be drawn as a space, which stands between no two Chinese sentences.

    >>> flowing("應繳 332 元。\n全額課稅。\n\n| a |\n|---|")
    '應繳 332 元。  \n全額課稅。\n\n| a |\n|---|'
    """
    return _SOFT.sub("  \n", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], figures: Collection[int] = ()) -> str:
    r"""Rows as a table in Markdown, every cell harmless.

    Args:
        head: names of the columns.
        rows: cells.
        figures: columns whose figures stand under each other, to the right.

    >>> print(table(["A", "B"], [["x|y", "$5"]], {1}))
    | A | B |
    |---|---:|
    | x\|y | \$5 |
    """
    rule = "".join(f"---{':' * (at in figures)}|" for at in range(len(head)))
    body = (f"| {' | '.join(escaped(' '.join(cell.split())) for cell in row)} |" for row in rows)
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}", *body])


def figure(amount: Decimal | None) -> str:
    """An amount without its unit; a dash where there is none."""
    return "—" if amount is None else f"{amount:,f}"


def begun(text: str) -> str:
    """A name at the beginning of a line: with a capital, where its language has any.

    >>> begun("landed cost"), begun("落地成本")
    ('Landed cost', '落地成本')
    """
    return text[:1].upper() + text[1:]


def dollars(text: str) -> str:
    """Markdown of our own: dollars are money, never mathematics, and no picture is fetched."""
    return _IMAGE.sub("\\!", text.replace("$", "\\$"))


def escaped(text: str) -> str:
    r"""Text from outside as Markdown that shows exactly its characters.

    >>> print(escaped("<b> $5 *x*"))
    \<b\> \$5 \*x\*
    """
    return _FIRST.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", text))
