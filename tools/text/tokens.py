"""Index tokens: CJK characters and pairs, Latin words lightly stemmed, figures. One tokenizer for index and query."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any

from tools.text.normalise import normalise, to_traditional

#: changes whenever tokens change, so that an index knows it is stale
VERSION = "6"
#: the stemmer keeps the word it works on in itself: two threads at once make wrong stems of both words
_ONE_AT_A_TIME = threading.Lock()
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


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word.

    >>> stem("shipments"), stem("tested")
    ('shipment', 'test')
    """
    with _ONE_AT_A_TIME:
        return str(_stemmer().stemWord(word.removesuffix("'s").strip("'")))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
