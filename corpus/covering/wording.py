"""How a question is worded: its words, pairs and ends, each weighed by what was learnt from questions for training."""

from __future__ import annotations

import re
from itertools import pairwise

_RUN = re.compile(r"[a-z0-9'-]+|[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9'-]+")
_FIRST = re.compile(r"[a-z0-9'-]+|[\u3400-\u9fff]{1,2}")
_LAST = re.compile(r"(?:[a-z0-9'-]+|[\u3400-\u9fff]{2})$")


def wording(folded: str) -> frozenset[str]:
    """Words of a question as it is worded: Chinese in characters and pairs, English in words and pairs, both ends marked.

    Args:
        folded: half-width, Traditional.

    >>> sorted(wording("Who is he?"))
    ['^who', 'he', 'he$', 'is', 'is_he', 'who', 'who_is']
    """
    low = folded.lower()
    found: set[str] = set()
    for run in _RUN.findall(low):
        if run.isascii():
            found.add("0" if run.isdigit() else run)
        else:
            found.update(run, (run[i : i + 2] for i in range(len(run) - 1)))
    words = _WORD.findall(low)
    found.update(f"{a}_{b}" for a, b in pairwise(words))
    first, last = _FIRST.search(low), _LAST.search(low.rstrip("?？ "))
    return frozenset(found | ({f"^{first[0]}"} if first else set()) | ({f"{last[0]}$"} if last else set()))
