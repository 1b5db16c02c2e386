"""Many names looked for in a text at once: at each place the longest that stands there, none within another.

One pattern of all the names would try each of them at each character; here only those that begin with its letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import ascii_lowercase


def whole_word(name: str, text: str, at: int) -> int | None:
    """Where a name that stands at a place ends; None where it is Latin and runs on in a lower-case text."""
    end = at + len(name)
    if name.isascii() and (text[at - 1 : at] in _LETTERS or text[end : end + 1] in _LETTERS):
        return None
    return end


_LETTERS = frozenset(ascii_lowercase)


class Names:
    """Names by their first letters.

    Args:
        names: what is looked for, none of them empty.
        ends: where a name found in a text at a place ends, None where it does not count there.

    >>> [name for _, _, name in Names(["duty", "duty rate", "關稅"]).find("the duty rates, duty, 關稅率")]
    ['duty', 'duty', '關稅']
    """

    def __init__(self, names: Iterable[str], ends: Callable[[str, str, int], int | None] = whole_word) -> None:
        self._ends, self._by_head = ends, dict[str, list[str]]()
        for name in sorted(names, key=len, reverse=True):
            self._by_head.setdefault(name[:2], []).append(name)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and name, left to right; a name that ends further on counts from where it ends."""
        by_head, at = self._by_head, 0
        while at < len(text):
            for head in (text[at : at + 2], text[at]):
                name, end = next(self._standing(by_head.get(head, ()), text, at), ("", None))
                if end is not None:
                    yield at, end, name
                    at = end
                    break
            else:
                at += 1

    def _standing(self, names: Iterable[str], text: str, at: int) -> Iterator[tuple[str, int]]:
        for name in names:
            if text.startswith(name, at) and (end := self._ends(name, text, at)) is not None:
                yield name, end
