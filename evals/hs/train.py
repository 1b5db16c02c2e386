"""`python -m evals.hs.train`: learns the weights of the search on phrases held out of its index, and writes them.

No measuring set is read. One phrase in five is left out of the index by the hash of its text and asked as a query; the
weights are those under which its own subheading stands first as often as can be (softmax over the candidates, ridge).
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from evals.hs.sets import everyday
from tools.tariff.search import scoring
from tools.tariff.search.corpus import Phrase, phrases
from tools.tariff.search.find import Engine
from tools.tariff.search.index import build

WEIGHTS = Path(scoring.__file__).parent / "weights.toml"
_FOLDS, _MOST, _CANDIDATES, _ROUNDS, _RATE, _RIDGE = 5, 3000, 60, 400, 0.5, 1e-3


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


def examples(fold: int, most: int = _MOST) -> tuple[list[np.ndarray], list[int]]:
    """Features of the candidates of each phrase asked, and which of them is right."""
    kept, asked = held_out(phrases(), fold)
    engine = Engine(build(kept))
    start = tuple(1.0 for _ in scoring.FEATURES)
    features, right = [], []
    for phrase in asked[:most]:
        ranked = engine.rank(phrase.text, learned=start)[:_CANDIDATES]
        at = next((n for n, s in enumerate(ranked) if s.code == phrase.code), None)
        if at is not None and len(ranked) > 1:
            features.append(np.array([s.features for s in ranked]))
            right.append(at)
    print(f"{len(asked[:most])} phrases asked, {len(right)} among the candidates", file=sys.stderr)
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


def trust(fold: int, most: int = 1500) -> np.ndarray:
    """Weights of the confidence: logistic, on another fold and on everyday goods that may be tuned on."""
    kept, asked = held_out(phrases(), fold)
    engine = Engine(build(kept))
    queries = [(p.text, frozenset({p.code})) for p in asked[:most]]
    queries += [(item.text, item.codes) for item in everyday("dev")]
    rows, right = [], []
    for text, codes in queries:
        ranked = engine.rank(text)
        if ranked:
            rows.append(scoring.signs(ranked, engine.ask(text)))
            right.append(ranked[0].code in codes)
    signs, wanted = np.array(rows), np.array(right, dtype=float)
    weight = np.zeros(signs.shape[1])
    for _ in range(60):  # Newton's method
        chance = 1 / (1 + np.exp(-signs @ weight))
        slope = signs.T @ (wanted - chance) - _RIDGE * len(signs) * weight
        curve = (signs * (chance * (1 - chance))[:, None]).T @ signs + _RIDGE * len(signs) * np.eye(len(weight))
        weight += np.linalg.solve(curve, slope)
    sure = 1 / (1 + np.exp(-signs @ weight)) >= scoring.likely("strong")
    print(f"strong: {sure.mean():.2f} of the queries, right {wanted[sure].mean():.3f}", file=sys.stderr)
    return weight


def write(names: Sequence[str], weight: np.ndarray) -> None:
    """Learned weights into their rows, the rest of the file as it is."""
    text = WEIGHTS.read_text("utf-8")
    for name, value in zip(names, weight, strict=True):
        row = f"{name} = {value:.4f}\n"
        text, found = re.subn(rf"^{name} = .*\n", row, text, flags=re.MULTILINE)
        text = text if found else text.replace("[features]\n", f"[features]\n{row}")
    WEIGHTS.write_text(text, "utf-8")
    scoring.weights.cache_clear()


def main() -> None:
    """Learn on one fold, tell how it does on another, write."""
    features, right = examples(0)
    weight = learn(features, right)
    others, wanted = examples(1, 1000)
    first = sum(int(np.argmax(f @ weight) == r) for f, r in zip(others, wanted, strict=True))
    print(f"another fold: first {first} of {len(wanted)}", file=sys.stderr)
    write(scoring.FEATURES, weight)
    write(scoring.SIGNS, trust(2))


if __name__ == "__main__":
    main()
