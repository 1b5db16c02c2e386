"""`python -m evals.hs.train`: learns the weights of the search on phrases held out of its index, and writes them.

No measuring set is read. One phrase in five is left out of the index by the hash of its text and asked as a query; the
weights are those under which its own subheading stands first as often as can be (softmax over the candidates, ridge).
Descriptions in sentences have weights of their own, learned on phrases that `evals/hs/sentences.py` puts into sentences.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.hs.queries import Queries
from evals.hs.sentences import Sentences
from evals.hs.sets import described, everyday
from tools.tariff.search import scoring
from tools.tariff.search.corpus import Phrase, phrases
from tools.tariff.search.find import Engine
from tools.tariff.search.index import build

WEIGHTS = Path(scoring.__file__).parent / "weights.toml"
_FOLDS, _CANDIDATES, _ROUNDS, _RATE, _RIDGE = 5, 80, 300, 0.5, 1e-3
#: by fold, how many of its phrases the ranking is learned on; and the confidence, on a fold apart
_LEARNED, _TRUSTED = {0: 5000, 2: 4000}, (1, 1000)
#: the same of phrases put into sentences
_LEARNED_PROSE, _TRUSTED_PROSE = (0, 2500), (1, 300)


def fold_of(text: str) -> int:
    """The fold of a phrase: the same on every machine."""
    return hashlib.sha256(text.encode()).digest()[0] % _FOLDS


def held_out(corpus: Iterable[Phrase], fold: int) -> tuple[list[Phrase], list[Phrase]]:
    """Phrases to index, and phrases to ask: of several words, so that they mean something."""
    kept: list[Phrase] = []
    asked: list[Phrase] = []
    for phrase in corpus:
        (asked if fold_of(phrase.text) == fold and len(phrase.text) > 3 else kept).append(phrase)
    asked.sort(key=lambda p: hashlib.sha256(p.text.encode()).digest())
    return kept, asked


@dataclass(frozen=True, slots=True)
class Ranked:
    """A query with its candidates and the codes that are right."""

    given: scoring.Asked
    hits: list[scoring.Scored]
    codes: frozenset[str]


def asked_of(fold: int, most: int, *, goods: bool = False) -> list[Ranked]:
    """Phrases of a fold as queries over an index without them; with `goods` misleading ones and the everyday goods that may be tuned on."""
    kept, asked = held_out(phrases(), fold)
    made = Queries(asked)
    queries = [(made.of(phrase), frozenset({phrase.code})) for phrase in asked[:most]]
    if goods:
        misled = Queries(asked, near=True)
        queries += [(misled.of(phrase), frozenset({phrase.code})) for phrase in asked[most : 2 * most]]
        queries += [(item.text, item.codes) for item in everyday("dev")]
    return ranked(Engine(build(kept)), queries, prose=False)


def told_of(fold: int, most: int, *, goods: bool = False) -> list[Ranked]:
    """The same in sentences; with `goods` also those described at length that may be tuned on, whole and by their first sentence."""
    kept, asked = held_out(phrases(), fold)
    made = Sentences(asked)
    queries = [(made.of(phrase), frozenset({phrase.code})) for phrase in made.asked[:most]]
    if goods:
        queries += [(text, item.codes) for item in described("dev") for text in (item.text, item.text.split(". ")[0])]
    return ranked(Engine(build(kept)), queries, prose=True)


def ranked(engine: Engine, queries: Iterable[tuple[str, frozenset[str]]], *, prose: bool) -> list[Ranked]:
    """Queries that are read as sentences, or as none, with their candidates."""
    rows = [Ranked(engine.ask(text), engine.rank(text)[:_CANDIDATES], codes) for text, codes in queries]
    return [row for row in rows if row.given.prose is prose]


def examples(rows: Iterable[Ranked]) -> tuple[list[np.ndarray], list[int]]:
    """Features of the candidates of each query, and which of them is right."""
    features, right = [], []
    for row in rows:
        at = next((n for n, hit in enumerate(row.hits) if hit.code in row.codes), None)
        if at is not None and len(row.hits) > 1:
            features.append(np.array([hit.features for hit in row.hits]))
            right.append(at)
    return features, right


def learn(features: list[np.ndarray], right: list[int]) -> np.ndarray:
    """Weights by gradient descent with momentum (Adam)."""
    owner = np.repeat(np.arange(len(features)), [len(f) for f in features])
    stacked = np.vstack(features)
    scale = stacked.std(axis=0) + 1e-9
    stacked = stacked / scale
    starts = np.cumsum([0, *[len(f) for f in features[:-1]]])
    wanted = starts + np.array(right)
    weight = np.zeros(stacked.shape[1])
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, _ROUNDS + 1):
        scores = stacked @ weight
        scores -= np.maximum.reduceat(scores, starts)[owner]
        parts = np.exp(scores)
        shares = parts / np.add.reduceat(parts, starts)[owner]
        gradient = (stacked * shares[:, None]).sum(axis=0) - stacked[wanted].sum(axis=0)
        gradient = gradient / len(features) + _RIDGE * weight
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weight -= _RATE * 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    learned: np.ndarray = weight / scale
    return learned


def trust(asked: Iterable[Ranked], learned: np.ndarray) -> np.ndarray:
    """Weights of the confidence: logistic, on queries the ranking was not learned on."""
    rows, right = [], []
    for row in asked:
        for hit in row.hits:
            hit.score = float(np.dot(hit.features, learned))
        ranked = sorted(row.hits, key=lambda hit: (-hit.score, hit.code))
        if ranked:
            rows.append(scoring.signs(ranked, row.given))
            right.append(ranked[0].code in row.codes)
    signs, wanted = np.array(rows), np.array(right, dtype=float)
    weight = np.zeros(signs.shape[1])
    for _ in range(60):  # Newton's method
        chance = 1 / (1 + np.exp(-signs @ weight))
        slope = signs.T @ (wanted - chance) - _RIDGE * len(signs) * weight
        curve = (signs * (chance * (1 - chance))[:, None]).T @ signs + _RIDGE * len(signs) * np.eye(len(weight))
        weight += np.linalg.solve(curve, slope)
    sure = 1 / (1 + np.exp(-signs @ weight)) >= scoring.likely("strong")
    print(f"another fold and goods of our own: first {wanted.mean():.3f}", file=sys.stderr)
    print(f"strong: {sure.mean():.2f} of the queries, right {wanted[sure].mean():.3f}", file=sys.stderr)
    return weight


def write(table: str, names: Sequence[str], weight: np.ndarray) -> None:
    """Learned weights into the rows of their table, the rest of the file as it is."""
    text = WEIGHTS.read_text("utf-8")
    head = re.search(rf"^\[{table}\].*\n", text, flags=re.MULTILINE)
    assert head, table
    rows, end, after = text[head.end() :].partition("\n[")
    for name, value in zip(names, weight, strict=True):
        row = f"{name} = {value:.4f}\n"
        rows, found = re.subn(rf"^{name} = .*(?:\n|\Z)", row, rows, flags=re.MULTILINE)
        rows = rows if found else row + rows
    WEIGHTS.write_text(text[: head.end()] + rows + end + after, "utf-8")
    scoring.weights.cache_clear()


def main() -> None:
    """Learn on two folds, sentences on one; the confidence, and how often the first is right, on another; write."""
    with ProcessPoolExecutor(2) as pool:
        runs = [pool.submit(asked_of, fold, most) for fold, most in _LEARNED.items()]
        telling = pool.submit(told_of, *_LEARNED_PROSE)
        believing = pool.submit(asked_of, *_TRUSTED, goods=True)
        told = pool.submit(told_of, *_TRUSTED_PROSE, goods=True)
        tables = {
            ("features", "confidence"): ([row for run in runs for row in run.result()], believing.result()),
            ("prose", "prose_confidence"): (telling.result(), told.result()),
        }
    for (features, confidence), (rows, others) in tables.items():
        given, right = examples(rows)
        print(f"{features}: {len(rows)} phrases asked, {len(right)} among the candidates", file=sys.stderr)
        weight = learn(given, right)
        write(features, scoring.FEATURES, weight)
        write(confidence, scoring.SIGNS, trust(others, weight))


if __name__ == "__main__":
    main()
