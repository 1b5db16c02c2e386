"""An embedding without a model: hashed n-grams weighted by rarity, normalised.

N-grams that the collection never saw are dropped: they would otherwise carry the highest weight and no meaning
(measured: facts/tech.md section 4). It adds nothing to the words, so it is kept and never asked: what stands in for a
model where there is none.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from tools.text.tokens import VERSION as TOKENS
from tools.text.tokens import tokens

DIMENSIONS = 2048
NAME = f"hashed-ngrams-{DIMENSIONS}-{TOKENS}"
Vector = npt.NDArray[np.float32]


class HashedEmbedding:
    """Embeds texts against the document frequencies of one collection.

    Args:
        frequencies: number of passages each token stands in.
        size: number of passages.
    """

    def __init__(self, frequencies: Mapping[str, int], size: int) -> None:
        self.frequencies, self.size = frequencies, size

    def __call__(self, texts: Sequence[str]) -> Vector:
        """One row of length DIMENSIONS for each text, of length 1 (or 0 when nothing is known of it)."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for at, text in enumerate(texts):
            row = rows[at]
            for token, count in Counter(tokens(text)).items():
                seen = self.frequencies.get(token)
                if seen:
                    weight = (1 + math.log(count)) * math.log(1 + self.size / seen)
                    digest = zlib.crc32(token.encode())
                    row[digest % DIMENSIONS] += weight if digest & 0x80000000 else -weight
            norm = float(np.linalg.norm(row))
            if norm:
                rows[at] = row / norm
        return rows

    def asked(self, question: str) -> Vector:
        """The vector of a question."""
        row: Vector = self([question])[0]
        return row
