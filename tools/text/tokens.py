"""Index tokens: CJK characters and pairs, Latin words lightly stemmed, figures. One tokenizer for index and query."""

from __future__ import annotations

import re

from tools.text.normalise import normalise, to_traditional

#: changes whenever tokens change, so that an index knows it is stale
VERSION = "4"
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z']*|\d+(?:[.,]\d+)*[a-z]?")
_LATIN = re.compile(r"[a-z]+\d+|\d+[a-z]+")


def tokens(text: str) -> list[str]:
    """Tokens of a text, in order, with repeats.

    >>> tokens("關稅 rates X3")
    ['關', '稅', '關稅', 'rate', 'x3']
    """
    folded = to_traditional(normalise(text).text).lower().replace("台", "臺")
    out: list[str] = []
    for match in re.finditer(rf"{_LATIN.pattern}|{_RUN.pattern}", folded):
        run = match[0]
        if "\u3400" <= run[0] <= "\u9fff":
            out.extend(run)
            out.extend(run[i : i + 2] for i in range(len(run) - 1))
        elif run[0].isdigit():
            out.append(run.replace(",", ""))
        else:
            out.append(stem(run))
    return out


def stem(word: str) -> str:
    """A word without its plural or possessive ending.

    >>> stem("shipments"), stem("duties"), stem("express")
    ('shipment', 'duty', 'express')
    """
    word = word.removesuffix("'s").strip("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
