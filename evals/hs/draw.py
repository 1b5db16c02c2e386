"""`python -m evals.hs.draw`: 200 phrases of the lexicon drawn by a fixed seed, to be read again by one who did not write them.

Prints code, the name of the subheading, language and phrase; what the reading came to stands in docs/hs-search.md.
"""

from __future__ import annotations

import random

from tools.tariff.search.lexicon import entries

_SEED, _COUNT = 20261127, 200


def drawn(count: int = _COUNT, seed: int = _SEED) -> list[tuple[str, str, str, str]]:
    """Code, name, language and phrase of a draw: half in each language, every phrase as likely as another."""
    rows: list[tuple[str, str, str, str]] = []
    chance = random.Random(seed)
    chinese = [(e.code, e.name.zh_TW, "zh-TW", phrase) for e in entries().values() for phrase in e.phrases.zh_TW]
    english = [(e.code, e.name.en, "en", phrase) for e in entries().values() for phrase in e.phrases.en]
    for every in (chinese, english):
        rows += chance.sample(every, min(count // 2, len(every)))
    return rows


if __name__ == "__main__":
    for row in drawn():
        print("\t".join(row))
