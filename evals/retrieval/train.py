"""`python -m evals.retrieval.train`: fits the weights of "nothing here answers that" (corpus/covering/weights.toml).

Only questions of split `dev` are read: those for tuning of `questions`, `answerable` and `unanswerable`, and the files
that are for training alone. The bias is set so that in five-fold cross-validation, questions of one topic kept
together, at most FALSE of the answerable ones are taken for not covered. Nothing that is held out is looked at here.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

from corpus import ranking
from corpus.covering.signs import signs
from corpus.covering.wording import wording
from corpus.relevance import Question
from corpus.saying import Hit
from corpus.search import Library
from evals.bench.retrieval import DAY, read, seeds_library
from tools.text.normalise import normalise, to_traditional

FILES = {
    "unanswerable": 0.0, "unanswerable_dev": 0.0, "unanswerable_train": 0.0,
    "unanswerable_train_second": 0.0, "answerable": 1.0, "answerable_train": 1.0, "answerable_train_second": 1.0,
    "answerable_train_third": 1.0, "answerable_train_fourth": 1.0, "unanswerable_train_fourth": 0.0, "questions": 1.0,
}  # fmt: skip
WEIGHTS = Path(ranking.__file__).with_name("covering") / "weights.toml"
FALSE = 0.03
LEAST = 6
_RIDGE, _FOLDS, _STEPS = 3.0, 5, 15
Array = npt.NDArray[np.float64]


def _signs_of(library: Library, row: dict[str, Any]) -> dict[str, float]:
    """The signs of one question, caught where the library weighs them."""
    caught: list[dict[str, float]] = []

    def catch(text: str, question: Question, hits: Sequence[Hit], weight: float) -> float:
        caught.append(signs(text, question, hits, weight) if hits else {})
        return 0.0

    with mock.patch.object(ranking, "covering", catch):
        library.search(row["question"], as_of=DAY, lang="en" if row["lang"] == "en" else "zh-TW")
    return caught[-1]


def fit(rows: Array, right: Array) -> Array:
    """Ridge-regularised logistic regression by Newton's method; the first column is the bias and is not held back."""
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[0] = 1e-3
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (likely - right) + ridge * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights


def _words(worded: Sequence[frozenset[str]]) -> list[str]:
    """Words that at least LEAST questions have."""
    seen = Counter(word for words in worded for word in words)
    return sorted(word for word, times in seen.items() if times >= LEAST)


def _folds(rows: Sequence[dict[str, Any]]) -> npt.NDArray[np.int64]:
    """A fold for each question; questions of one topic stay together."""
    groups = [f"{row.get('category', '')}/{row['topic']}" if "topic" in row else row["id"] for row in rows]
    order = {g: n for n, g in enumerate(dict.fromkeys(groups))}
    fold = np.random.default_rng(7).permutation(len(order)) % _FOLDS
    return np.array([fold[order[g]] for g in groups])


def main(home: Path) -> None:
    """Fit, say what cross-validation gives, write the weights."""
    library = seeds_library(home)
    asked = [(row, right) for name, right in FILES.items() for row in read(f"{name}.jsonl") if row["split"] == "dev"]
    told = [(each, row, right) for row, right in asked if (each := _signs_of(library, row))]
    names, right = sorted(told[0][0]), np.array([r for _, _, r in told])
    worded = [wording(to_traditional(normalise(row["question"]).text)) for _, row, _ in told]
    words = _words(worded)
    raw = np.array([[each[name] for name in names] for each, _, _ in told])
    middle, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-6
    said = np.array([[float(word in each) for word in words] for each in worded])
    rows = np.hstack([np.ones((len(raw), 1)), (raw - middle) / spread, said])
    fold, out = _folds([row for _, row, _ in told]), np.zeros(len(rows))
    for part in range(_FOLDS):
        out[fold == part] = rows[fold == part] @ fit(rows[fold != part], right[fold != part])
    border = float(np.sort(out[right == 1])[int(FALSE * (right == 1).sum())])
    recognised, lost = float((out[right == 0] < border).mean()), float((out[right == 1] < border).mean())
    summary = f"{int((right == 1).sum())} answerable, {int((right == 0).sum())} unanswerable; cross-validated: {recognised:.1%} recognised, {lost:.1%} false"
    print(summary)
    fitted = fit(rows, right)
    plain, learnt = fitted[1 : len(names) + 1] / spread, fitted[len(names) + 1 :]
    bias = float(fitted[0] - (plain * middle).sum() - border)
    lines = [
        "# Fitted by `python -m evals.retrieval.train` on the questions for tuning and training of evals/retrieval; do not edit.",
        f"# {summary}.", f"bias = {bias:.4f}", "", "[weight]", *(f"{n} = {w:.4f}" for n, w in zip(names, plain, strict=True)),
        "", "[word]", *(f"{json.dumps(n, ensure_ascii=False)} = {w:.4f}" for n, w in zip(words, learnt, strict=True)),
    ]  # fmt: skip
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fit what is covered.")
    parser.add_argument("--home", type=Path, help="a state directory to keep the index in")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        main(given or Path(folder))
