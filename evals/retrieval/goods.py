"""`python -m evals.retrieval.goods`: words that name goods (corpus/covering/goods.txt), out of the everyday names of the tariff.

A word counts as one of goods when at least LEAST names have it and one chapter has at least SHARE of these; words of the
glossary, of any text and of questions are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from corpus import covering, glossary
from tools.tariff.search.lexicon import entries
from tools.text.tokens import tokens

GOODS = Path(covering.__file__).with_name("goods.txt")
LEAST, SHARE = 3, 0.34
_HEADER = "# Written by `python -m evals.retrieval.goods` from tools/tariff/lexicon; do not edit."


def words_of_goods() -> list[str]:
    """The words, in order."""
    chapters: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, entry in entries().items():
        for name in (entry.name.zh_TW, entry.name.en, *entry.phrases.zh_TW, *entry.phrases.en):
            for token in set(tokens(name)):
                if len(token) > (2 if token.isascii() else 1) and not any(c.isdigit() for c in token):
                    chapters[token][code[:2]] += 1
    known = glossary.general().union(
        *(tokens(name) for term in glossary.terms() for name in (*term.zh_TW, *term.en, *term.everyday))
    )
    return sorted(
        token
        for token, seen in chapters.items()
        if (total := sum(seen.values())) >= LEAST
        and max(seen.values()) >= SHARE * total
        and token not in known
        and glossary.without_stopwords(token).strip()
    )


if __name__ == "__main__":
    GOODS.write_text("\n".join((_HEADER, *words_of_goods())) + "\n", "utf-8")
