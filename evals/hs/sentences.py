"""Training queries in sentences, made from phrases left out of the index: goods as one describes them to a customs office.

A sentence names the goods by a phrase; others add a second name, and mislead by what the goods have, go with, are packed in.
Only the sentence around the phrases is written here, and it is read by the training alone.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

from evals.hs.queries import is_chinese
from tools.tariff.search.attributes import attributes
from tools.tariff.search.corpus import Phrase

_GENERIC = ("product", "item", "article", "merchandise", "subject article", "sample", "imported item")
_FIRST = (
    "The {goods} is a {name}{made}, {use} {other}",
    "{name}{made}, with {kin}, {use} {other}",
    "The {goods} is described as a {name}",
    "The {goods} is used in the home and consists of {name}{made}",
    "The {goods} comes with a {kin} and is made for {end}; it is of the kind of {name}",
)
_USES = ("used for", "designed for", "intended for", "for")
_MORE = (
    "It is {same}",
    "It consists of a {kin} and a {other}",
    "It features a {kin}",
    "It is used with {other} and {kin}",
    "The {goods} serves as {same} for customers of the importer",
)
_IDLE = (
    "It is packed in a carton", "Each is put up in a polybag for retail sale", "It is sold in a printed box with a manual",
    "It is imported in bulk from China",
)  # fmt: skip
#: of ten queries, how many are one sentence only; and of ten further sentences, how many are said
_SHORT, _SAID = 2, 6


class Sentences:
    """English phrases asked in sentences; the same on every machine."""

    def __init__(self, asked: Sequence[Phrase]) -> None:
        self.asked = [phrase for phrase in asked if not is_chinese(phrase.text)]
        self._of_code: dict[str, list[str]] = {}
        self._of_chapter: dict[str, list[Phrase]] = {}
        for phrase in self.asked:
            self._of_code.setdefault(phrase.code, []).append(phrase.text)
            self._of_chapter.setdefault(phrase.code[:2], []).append(phrase)

    def of(self, phrase: Phrase) -> str:
        """One query for a phrase: a sentence that names it, and mostly some that say more."""
        chance = random.Random(hashlib.sha256(f"sentences {phrase.text}".encode()).digest())
        same = [text for text in self._of_code[phrase.code] if text != phrase.text] or [phrase.text]
        kin = [p.text for p in self._of_chapter[phrase.code[:2]] if p.code[:4] != phrase.code[:4]] or same
        stuff = next((word for text in same for word in text.split() if attributes(word).get("material")), "")
        words = {
            "goods": chance.choice(_GENERIC),
            "name": phrase.text,
            "made": f" made of {stuff}" if stuff else "",
            "end": phrase.text.split()[-1],
        }

        def said(form: str) -> str:
            """A form with its blanks filled, misleading words anew each time."""
            return form.format(
                **words, use=chance.choice(_USES), same=chance.choice(same), kin=chance.choice(kin),
                other=chance.choice(self.asked).text,
            )  # fmt: skip

        told = [said(chance.choice(_FIRST))]
        if chance.randrange(10) >= _SHORT:
            told += [said(form) for form in _MORE if chance.randrange(10) < _SAID]
            told += [chance.choice(_IDLE)]
        return ". ".join(told) + "."
