"""Plain methods to measure the library against: BM25 over characters and pairs, and hashed vectors alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from corpus.embedding import HashedEmbedding
from tools.law.models import Lang
from tools.text.tokens import tokens

Find = Callable[[str, Lang], Sequence[str]]
_K1, _B = 1.2, 0.75
_MOST = 5


def plain_bm25(texts: Sequence[str]) -> Find:
    """Robertson's BM25 with the usual constants; nothing else."""
    counted = [Counter(tokens(text)) for text in texts]
    lengths = [sum(c.values()) for c in counted]
    usual = sum(lengths) / max(1, len(lengths))
    seen = Counter(token for c in counted for token in c)

    def find(question: str, _lang: Lang) -> Sequence[str]:
        scores = [0.0] * len(texts)
        for token in set(tokens(question)):
            rarity = math.log(1 + (len(texts) - seen[token] + 0.5) / (seen[token] + 0.5))
            for at, c in enumerate(counted):
                if times := c[token]:
                    scores[at] += rarity * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * lengths[at] / usual))
        best = sorted(range(len(texts)), key=lambda at: -scores[at])
        return [texts[at] for at in best[:_MOST]]

    return find


def plain_vectors(texts: Sequence[str]) -> Find:
    """Cosine similarity of hashed n-grams; nothing else."""
    seen = Counter(token for text in texts for token in set(tokens(text)))
    embed = HashedEmbedding(seen, len(texts))
    rows = embed(texts)

    def find(question: str, _lang: Lang) -> Sequence[str]:
        best = np.argsort(-(rows @ embed([question])[0]), kind="stable")
        return [texts[int(at)] for at in best[:_MOST]]

    return find
