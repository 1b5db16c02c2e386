"""Training queries of many lengths, made from phrases left out of the index: people also write a sentence, or a whole listing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tools.tariff.search.corpus import Phrase

_CJK = "\u3400"
#: of ten phrases, how many are asked as they are; the next are joined to a second name, and then to what they are used with
_BARE, _TWO, _BESIDE = 5, 7, 9


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(f"query {text}".encode()).digest()[:4], "big")


def is_chinese(text: str) -> bool:
    """Whether a text is in Chinese."""
    return any(sign >= _CJK for sign in text)


class Queries:
    """Phrases asked in several forms; the same on every machine.

    Args:
        asked: phrases that are not in the index.
        near: what goods go with is of their own chapter under another heading, as in a real description, and so misleads.
    """

    def __init__(self, asked: Sequence[Phrase], *, near: bool = False) -> None:
        self._near = near
        self._of_code: dict[tuple[str, bool], list[str]] = {}
        self._all: dict[bool, list[str]] = {True: [], False: []}
        self._of_chapter: dict[tuple[str, bool], list[Phrase]] = {}
        for phrase in asked:
            chinese = is_chinese(phrase.text)
            self._of_code.setdefault((phrase.code, chinese), []).append(phrase.text)
            self._all[chinese].append(phrase.text)
            self._of_chapter.setdefault((phrase.code[:2], chinese), []).append(phrase)

    def of(self, phrase: Phrase) -> str:
        """One query for a phrase: bare, with a second name of the same goods, with what they go with, or as a listing."""
        chinese, number = is_chinese(phrase.text), _number(phrase.text)
        form = number % 10
        if form < _BARE:
            return phrase.text
        same = [text for text in self._of_code[phrase.code, chinese] if text != phrase.text]
        second = same[number // 10 % len(same)] if same else ""
        other = self._beside(phrase, chinese, number // 100)
        if form < _TWO:
            return f"{phrase.text}{'，' if chinese else ', '}{second}" if second else phrase.text
        with_it = f"用於{other}" if chinese else f"for {other}"
        if form < _BESIDE:
            return f"{phrase.text}{'，' if chinese else ' '}{with_it}"
        more = f"; {second}" if second else ""
        return f"{phrase.text}{more}; {'搭配' if chinese else 'with '}{other}"

    def _beside(self, phrase: Phrase, chinese: bool, number: int) -> str:
        """Other goods: any, or those of a neighbouring heading."""
        kin = self._of_chapter[phrase.code[:2], chinese] if self._near else []
        texts = [other.text for other in kin if other.code[:4] != phrase.code[:4]] or self._all[chinese]
        return texts[number % len(texts)]
