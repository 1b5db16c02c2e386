"""Sentences that quote a passage word for word, and those that nearly do: their figures must be those of the sentence quoted, not of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from advisor.guard.context import Sentence
from advisor.ledger import Ledger
from corpus.search import split_sentences
from tools.text.quantities import Quantity, find_quantities
from tools.text.tokens import tokens

_NEAR = 0.6  # share of a sentence's words that make it a quotation with something changed
_QUOTE, _AROUND_HEADING = 6, 12  # characters of a quotation; characters that may stand around a quoted heading
_FEWEST = 6  # words below which likeness tells nothing


def quoted_values(sentence: Sentence, ledger: Ledger) -> tuple[str, ...] | None:
    """The figures of the passage's sentence that this one nearly quotes; None when it quotes none."""
    said = _words(re.sub(r"\[\d{1,2}\]", "", sentence.text))
    if len(said) < _FEWEST:
        return None
    best, keys = 0.0, None
    for marker in sentence.markers:
        if 0 < int(marker) <= len(ledger.passages):
            for words, figures in _sentences(ledger.passages[int(marker) - 1].text):
                if words and (share := len(said & words) / len(said | words)) > best:
                    best, keys = share, figures
    return keys if best >= _NEAR else None


def in_quotation(quantity: Quantity, others: Sequence[Quantity], sentence: Sentence, ledger: Ledger) -> bool:
    """Whether a figure stands in what its sentence nearly quotes, as often as here; true where it quotes nothing.

    Args:
        quantity: the figure.
        others: every figure of the sentence.
        sentence: where it stands.
        ledger: holds the passages.
    """
    values, value = quoted_values(sentence, ledger), quantity.key[0]
    return values is None or [o.key[0] for o in others].count(value) <= values.count(value)


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    return tuple((_words(s), tuple(q.key[0] for q in find_quantities(s))) for s in split_sentences(text))


def _words(text: str) -> frozenset[str]:
    """Words without figures."""
    return frozenset(t for t in tokens(text) if not re.search(r"\d", t))


def is_verbatim(sentence: Sentence, ledger: Ledger) -> str | None:
    """The id of the passage cited in its paragraph that a sentence quotes word for word, if it does."""
    bare = _squeeze(re.sub(r"\[\d{1,2}\]", "", sentence.text))
    cited = [int(n) for n in sorted(sentence.markers) if 0 < int(n) <= len(ledger.passages)]
    for passage in (ledger.passages[n - 1] for n in cited):
        heading = _squeeze(passage.section)
        if bare in _pieces(passage.section):
            return passage.id
        if len(bare) >= _QUOTE and bare in _squeeze(passage.text):
            return passage.id
        if len(heading) >= _QUOTE and heading in bare and len(bare) - len(heading) < _AROUND_HEADING:
            return passage.id
    return None


@lru_cache(maxsize=512)
def _pieces(heading: str) -> frozenset[str]:
    """The sentences of a heading, and the whole of it."""
    return frozenset(_squeeze(p) for p in (heading, *re.split(r"(?<=[。！？?!])", heading)) if p.strip())


@lru_cache(maxsize=1024)
def _squeeze(text: str) -> str:
    return re.sub(r"[\s>*|]", "", text)
