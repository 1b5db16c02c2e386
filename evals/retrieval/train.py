"""`python -m evals.retrieval.train`: fits the weights of "nothing here answers that" (weights.toml and wording.txt in corpus/covering).

Only questions of split `dev` are read: those for tuning of `questions`, `answerable` and `unanswerable`, and the files
that are for training alone. The bias is set so that with one writer's questions left out at a time at most FALSE of the
answerable ones are taken for not covered. Nothing that is held out is looked at here.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

from corpus import ranking
from corpus.covering.signs import signs
from corpus.covering.wording import FILE, wording
from corpus.relevance import Question
from corpus.saying import Hit
from corpus.search import Library
from evals.bench.retrieval import DAY, read, seeds_library
from tools.text.normalise import normalise, to_traditional

#: who wrote what, and whether something held answers it
WRITERS = (
    {"unanswerable": 0.0, "unanswerable_dev": 0.0, "answerable": 1.0, "questions": 1.0},
    {"unanswerable_train": 0.0, "answerable_train": 1.0},
    {"unanswerable_train_second": 0.0, "answerable_train_second": 1.0},
    {"answerable_train_third": 1.0, "answerable_train_fourth": 1.0, "unanswerable_train_fourth": 0.0},
    {"unanswerable_train_fifth": 0.0, "answerable_train_fifth": 1.0},
    {"unanswerable_train_sixth": 0.0},
)
WEIGHTS = Path(ranking.__file__).with_name("covering") / "weights.toml"
FALSE = 0.0165  # on what it was not fitted on the rule before was wrong 1.8 times as often as its border told; 3 % is wanted
LEAST = 2
_RIDGE, _STEPS, _STILL = 3.0, 15, 1e-3
_BIAS = 30.0  # so that the bias is hardly held back
_WORDED, _MISSING = (
    3.0,
    4.2,
)  # weight of the wording, and of what is missing of it, beside a sign that is one deviation off
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """A question: its signs, its runs, those of them that the first passages lack, who wrote it and whether it is answered."""

    signs: dict[str, float]
    runs: frozenset[str]
    missing: frozenset[str]
    writer: int
    right: float


def _told(library: Library, row: dict[str, Any], writer: int, right: float) -> Told | None:
    """What the library weighs of one question, caught where it does; nothing where no passage is found."""
    caught: list[Told] = []

    def catch(text: str, question: Question, hits: Sequence[Hit], weight: float, said: str) -> float:
        if hits:
            runs = wording(to_traditional(normalise(text).text))
            lacks = frozenset(run for run in runs if run not in said)
            caught.append(Told(signs(text, question, hits, weight), runs, lacks, writer, right))
        return 0.0

    with mock.patch.object(ranking, "covering", catch):
        library.search(row["question"], as_of=DAY, lang="en" if row["lang"] == "en" else "zh-TW")
    return caught[-1] if caught else None


def fit(alike: Array, right: Array) -> Array:
    """Ridge-regularised logistic regression by Newton's method, in terms of how alike the questions are.

    Args:
        alike: product of every two questions' signs and wording, a row and a column for each.
        right: 1 where something held answers.

    Returns:
        What each question counts; a weight is the sum of its column times these.
    """
    counts: Array = np.zeros(len(right))
    told: Array = np.zeros(len(right))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(told, -30, 30)))
        spread = np.maximum(likely * (1 - likely), 1e-6)
        bent = alike + np.diag(_RIDGE / spread)
        counts = np.asarray(np.linalg.solve(bent, told + (right - likely) / spread), dtype=np.float64)
        moved, told = told, alike @ counts
        if np.abs(told - moved).max() < _STILL:
            break
    return counts


class Wordings:
    """The runs of all questions: which questions have one, which lack it in the passages, and how much it tells by its rarity.

    Args:
        each: the questions.
    """

    def __init__(self, each: Sequence[Told]) -> None:
        having = _numbers(told.runs for told in each)
        self.having = {run: numbers for run, numbers in having.items() if len(numbers) >= LEAST}
        lacking = _numbers(told.missing for told in each)
        self.lacking = {run: lacking.get(run, np.array([], dtype=np.int64)) for run in self.having}
        self.rarity = {run: 1 + np.log((1 + len(each)) / (1 + len(having))) for run, having in self.having.items()}
        self.length = np.array([np.sqrt(sum(run in self.having for run in told.runs) or 1) for told in each])

    def alike(self) -> Array:
        """Product of every two questions' runs, and of those they lack."""
        out = np.zeros((len(self.length), len(self.length)))
        for beside, of in ((_WORDED, self.having), (_MISSING, self.lacking)):
            for run, numbers in of.items():
                out[np.ix_(numbers, numbers)] += (beside * self.rarity[run]) ** 2
        return out / np.outer(self.length, self.length)

    def weights(self, counts: Array) -> dict[str, tuple[float, float]]:
        """What each run weighs, and what more where it is missing."""
        told = counts / self.length

        def weight(run: str, beside: float, numbers: npt.NDArray[np.int64]) -> float:
            return float((beside * self.rarity[run]) ** 2 * told[numbers].sum())

        return {
            run: (weight(run, _WORDED, having), weight(run, _MISSING, self.lacking[run]))
            for run, having in self.having.items()
        }


def _numbers(each: Iterable[frozenset[str]]) -> dict[str, npt.NDArray[np.int64]]:
    """The numbers of those that have a run, by the run."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, runs in enumerate(each):
        for run in runs:
            found[run].append(number)
    return {run: np.array(numbers) for run, numbers in sorted(found.items())}


def main(home: Path) -> None:
    """Fit, say what leaving out a writer gives, write the weights."""
    library = seeds_library(home)
    asked = [
        (row, writer, right) for writer, files in enumerate(WRITERS) for name, right in files.items()
        for row in read(f"{name}.jsonl") if row["split"] == "dev"
    ]  # fmt: skip
    each = [told for row, writer, right in asked if (told := _told(library, row, writer, right))]
    names, right, writers = sorted(each[0].signs), np.array([t.right for t in each]), np.array([t.writer for t in each])
    raw = np.array([[told.signs[name] for name in names] for told in each])
    middle, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-6
    even, words = (raw - middle) / spread, Wordings(each)
    alike, out = even @ even.T + words.alike() + _BIAS**2, np.zeros(len(raw))
    for writer in range(len(WRITERS)):
        here, rest = np.flatnonzero(writers == writer), np.flatnonzero(writers != writer)
        out[here] = alike[np.ix_(here, rest)] @ fit(alike[np.ix_(rest, rest)], right[rest])
    border = float(np.sort(out[right == 1])[int(FALSE * (right == 1).sum())])
    recognised, lost = float((out[right == 0] < border).mean()), float((out[right == 1] < border).mean())
    summary = f"{int((right == 1).sum())} answerable, {int((right == 0).sum())} unanswerable; one writer left out at a time: {recognised:.1%} recognised, {lost:.1%} false"
    print(summary)
    counts = fit(alike, right)
    plain = (counts @ even) / spread
    bias = float(_BIAS**2 * counts.sum() - (plain * middle).sum() - border)
    made = "# Fitted by `python -m evals.retrieval.train` on the questions for tuning and training of evals/retrieval; do not edit."
    lines = [
        made, f"# {summary}.", f"bias = {bias:.4f}", "", "[weight]",
        *(f"{n} = {w:.4f}" for n, w in zip(names, plain, strict=True)),
    ]  # fmt: skip
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    learnt = (f"{run}\t{whole:.3f}\t{missing:.3f}" for run, (whole, missing) in words.weights(counts).items())
    FILE.write_text("\n".join([made, *learnt]) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fit what is covered.")
    parser.add_argument("--home", type=Path, help="a state directory to keep the index in")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        main(given or Path(folder))
