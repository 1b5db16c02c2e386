"""The engine: a description to ranked subheadings, with what attributes and exclusions say beside the words."""

from __future__ import annotations

from functools import cached_property, lru_cache

from tools.law.models import Localized
from tools.tariff.bundled import bundled_lines
from tools.tariff.interpretation import headings
from tools.tariff.models import TariffLine
from tools.tariff.search.attributes import Attributes, agreeing, attributes, clashing, of_names
from tools.tariff.search.corpus import NATIONAL
from tools.tariff.search.index import Index
from tools.tariff.search.lexicon import entries
from tools.tariff.search.scoring import Asked, Beside, Scored, asked, rank
from tools.tariff.search.spelling import Speller
from tools.tariff.search.words import query_terms, spelt, terms_of

#: components that can be left out, to see what each gives
PARTS = frozenset({"attributes", "exclusions", "spelling"})


class Engine:
    """A search over one index.

    Args:
        index: what is held.
        parts: components that take part; all of them, but for the bench that leaves one out.
    """

    def __init__(self, index: Index, parts: frozenset[str] = PARTS) -> None:
        self.index = index
        self._parts = parts
        self._held: dict[str, Attributes] = {}

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.index.vocabulary)

    def ask(self, text: str) -> Asked:
        """A description as weighted terms."""
        near = self._speller.near if "spelling" in self._parts else lambda _: ()
        return asked(query_terms(text), self.index, near)

    def attributes_of(self, code: str) -> Attributes:
        """What the names of a subheading and its heading say of its goods."""
        if code not in self._held:
            entry = entries().get(code)
            names = list(entry.name.as_dict().values()) if entry else []
            heading = headings().get(code[:4])
            names += heading.name.as_dict().values() if heading else []
            self._held[code] = of_names(spelt(name) for name in names)
        return self._held[code]

    @cached_property
    def _lines(self) -> dict[str, TariffLine]:
        """By subheading, the first bundled line under it."""
        first: dict[str, TariffLine] = {}
        for schedule in NATIONAL:
            for line in bundled_lines(schedule).values():
                first.setdefault(line.code[:6], line)
        return first

    def line_name(self, code: str) -> Localized | None:
        """The name of a national line under a subheading."""
        line = self._lines.get(code)
        return line.name if line else None

    def words_at(self, given: Asked, hit: Scored) -> list[str]:
        """Terms of a description that stand at a subheading or its heading, the weightiest first."""
        heading = self.index.headings.codes.index(hit.code[:4])
        here = [
            t
            for t in given.terms
            if any(at == hit.place for at, _ in self.index.subheadings.of(t))
            or any(at == heading for at, _ in self.index.headings.of(t))
        ]
        return sorted(here, key=lambda t: -given.terms[t] / (1 + len(self.index.headings.of(t))))

    def called(self, given: Asked, hit: Scored) -> bool:
        """Whether a name at a subheading ends as the name of the goods does; true where the goods' own has no end that is known."""
        index = self.index
        return not given.heads or any(
            index.phrase_codes[phrase] == hit.place and head in _ends(index.phrase_texts[phrase])
            for head in given.heads
            for phrase in index.phrases_with(head)
        )

    def rank(self, text: str) -> list[Scored]:
        """Subheadings for a description, the likeliest first."""
        given = self.ask(text)
        return rank(self.index, given, self.beside(text, given))

    def beside(self, text: str, given: Asked) -> Beside:
        """What attributes and exclusions say of a description."""
        told = attributes(spelt(text)) if "attributes" in self._parts else {}

        def excluded(code: str) -> float:
            entry = entries().get(code) if "exclusions" in self._parts else None
            return 1.0 if entry and any(says(x.phrase, given) for x in entry.excluded) else 0.0

        if not told:
            return Beside(_nought, _nought, excluded)
        return Beside(
            lambda code: 1.0 * agreeing(told, self.attributes_of(code)),
            lambda code: 1.0 * clashing(told, self.attributes_of(code)),
            excluded,
        )


def _nought(_: str) -> float:
    return 0.0


def says(phrase: str, given: Asked) -> bool:
    """Whether a description holds every word of a phrase."""
    terms = _terms(phrase)
    return bool(terms) and all(term in given.terms for term in terms)


def _ends(phrase: str) -> frozenset[str]:
    """What a name calls its goods."""
    return frozenset(term.text for term in query_terms(phrase) if term.place == "head")


@lru_cache(maxsize=16_384)
def _terms(phrase: str) -> tuple[str, ...]:
    return tuple(terms_of(spelt(phrase)))
