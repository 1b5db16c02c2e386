"""`python -m evals.retrieval.train`: fits the weights of "nothing here answers that" (those in corpus/covering).

Only questions of split `dev` are read: those for tuning of `questions`, `answerable` and `unanswerable`, and the files
that are for training alone. The borders are set so that with one writer's questions left out at a time at most FALSE of the
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
from corpus.covering import Words, meant
from corpus.covering.meant import likenesses
from corpus.covering.signs import signs
from corpus.covering.wording import FILE, wording
from corpus.index import Near
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
    *(
        {f"unanswerable_train_{lot}": 0.0, f"answerable_train_{lot}": 1.0}
        for lot in ("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
    ),
)
WEIGHTS = Path(ranking.__file__).with_name("covering") / "weights.toml"
FALSE = 0.02  # what is not fitted on is wrong more often than the border tells; 3 % is wanted
OPEN = 0.2  # of the answerable ones, how many the words may leave open
LEAST = 2
_RIDGE, _STEPS, _STILL = 3.0, 15, 3e-2
_BIAS = 30.0  # so that the bias is hardly held back
#: beside a sign that is one deviation off: the wording, what is missing of it, what is meant, and that with the first passage
_WORDED, _MISSING, _MEANT, _BOTH = 3.0, 4.2, 60.0, 100.0
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A question: its signs, its runs, those that the first passages lack, its meaning, who wrote it and whether it is answered."""

    signs: dict[str, float]
    runs: frozenset[str]
    missing: frozenset[str]
    near: Near
    writer: int
    right: float


def _told(library: Library, row: dict[str, Any], writer: int, right: float) -> Told | None:
    """What the library weighs of one question, caught where it does; nothing where no passage is found."""
    said_of: list[tuple[dict[str, float], frozenset[str], frozenset[str]]] = []
    caught: list[Told] = []

    def by_words(text: str, question: Question, hits: Sequence[Hit], weight: float, said: str) -> Words:
        runs = wording(to_traditional(normalise(text).text))
        if hits:
            said_of.append(
                (signs(text, question, hits, weight), runs, frozenset(run for run in runs if run not in said))
            )
        return Words(0.0, 0.0)

    def covers(_: Words, near: Near | None) -> bool:
        if said_of and near is not None:
            caught.append(Told(*said_of[-1], near, writer, right))
        return True

    with mock.patch.multiple(ranking, by_words=by_words, covers=covers, sure=lambda _: False):
        library.search(row["question"], as_of=DAY, lang="en" if row["lang"] == "en" else "zh-TW")
    return caught[-1] if caught else None


@dataclass(frozen=True, slots=True)
class Fit:
    """Ridge-regularised logistic regression in terms of how alike the questions are.

    Args:
        counts: what each question counts; a weight is the sum of its column times these.
        bent: inverse of what was solved at the last step, for leaving questions out.
    """

    counts: Array
    bent: Array

    def without(self, here: Array) -> Array:
        """What the others count when these are left out, by the weights of the last step; nought for these."""
        counts = self.counts - self.bent[:, here] @ np.linalg.solve(self.bent[np.ix_(here, here)], self.counts[here])
        counts[here] = 0.0
        return np.asarray(counts)


def fit(alike: Array, right: Array) -> Fit:
    """Fit by Newton's method.

    Args:
        alike: product of every two questions' signs, wording and meaning, a row and a column for each.
        right: 1 where something held answers.
    """
    told, bent, counts = np.zeros(len(right)), alike, np.zeros(len(right))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(told, -30, 30)))
        spread = np.maximum(likely * (1 - likely), 1e-4)
        bent = alike.copy()
        bent[np.diag_indices_from(bent)] += _RIDGE / spread
        aim = told + (right - likely) / spread
        counts = np.linalg.solve(bent, aim.astype(alike.dtype))
        moved, told = told, alike @ counts
        if np.abs(told - moved).max() < _STILL:
            break
    return Fit(counts, np.linalg.inv(bent))


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


class Meanings:
    """What the questions mean: vectors counted from their middle, and how like they are to the passages found first."""

    def __init__(self, each: Sequence[Told]) -> None:
        self.question, self.question_middle = _centred(np.array([t.near.question for t in each]))
        self.passage, self.passage_middle = _centred(np.array([t.near.passages[0] for t in each]))
        like = np.array([likenesses(t.near) for t in each], dtype=np.float32)
        self.like_middle, self.like_spread = like.mean(axis=0), like.std(axis=0) + 1e-6
        self.like = (like - self.like_middle) / self.like_spread
        self.size = float((self.question**2).sum(axis=1).mean())
        self.size_both = self.size * float((self.passage**2).sum(axis=1).mean())

    def alike(self) -> Array:
        """Product of every two questions' meanings."""
        questions = self.question @ self.question.T
        both = questions * (self.passage @ self.passage.T)
        return np.asarray(self.like @ self.like.T + _MEANT / self.size * questions + _BOTH / self.size_both * both)

    def write(self, counts: Array) -> None:
        """Put the weights in their file."""
        both = _BOTH / self.size_both * (self.question * counts[:, None]).T @ self.passage
        np.savez(
            meant.FILE, question=_MEANT / self.size * counts @ self.question, both=both.astype(np.float16),
            like=counts @ self.like / self.like_spread, like_middle=self.like_middle,
            question_middle=self.question_middle, passage_middle=self.passage_middle,
        )  # fmt: skip


def _centred(vectors: Array) -> tuple[Array, Array]:
    middle = vectors.mean(axis=0)
    return vectors - middle, middle


def _border(told: Array, right: Array) -> float:
    """Where at most FALSE of the answerable ones are below."""
    return float(np.sort(told[right == 1])[int(FALSE * (right == 1).sum())])


def main(home: Path) -> None:
    """Fit, say what leaving out a writer gives, write the weights."""
    library = seeds_library(home)
    asked = [
        (row, writer, right) for writer, files in enumerate(WRITERS) for name, right in files.items()
        for row in read(f"{name}.jsonl") if row["split"] == "dev"
    ]  # fmt: skip
    learn([told for row, writer, right in asked if (told := _told(library, row, writer, right))])


def learn(each: Sequence[Told]) -> None:
    """Fit both rules on these questions."""
    names, right = sorted(each[0].signs), np.array([t.right for t in each])
    raw = np.array([[told.signs[name] for name in names] for told in each])
    middle, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-6
    even, words, meanings = (raw - middle) / spread, Wordings(each), Meanings(each)
    by_words = (even @ even.T + words.alike()).astype(np.float32) + np.float32(_BIAS**2)
    lines, told, learnt = [], [], []
    for name, alike in (("alone", by_words), ("beside", by_words + meanings.alike().astype(np.float32))):
        fitted, out = fit(alike, right), np.zeros(len(raw))
        for writer in range(len(WRITERS)):
            here = np.flatnonzero([t.writer == writer for t in each])
            out[here] = alike[here] @ fitted.without(here)
        border = float(np.sort(out[right == 1])[int(FALSE * (right == 1).sum())])
        plain = (fitted.counts @ even) / spread
        bias = float(_BIAS**2 * fitted.counts.sum() - (plain * middle).sum() - border)
        lines += ["", f"[{name}]", f"bias = {bias:.4f}", f"[{name}.weight]"]
        lines += [f"{n} = {w:.4f}" for n, w in zip(names, plain, strict=True)]
        told.append(out - border)
        learnt.append(words.weights(fitted.counts))
    meanings.write(fitted.counts)
    alone, beside = told
    open_to = float(np.sort(np.abs(alone[right == 1]))[int(OPEN * (right == 1).sum())])
    covered = np.where(np.abs(alone) < open_to, beside, alone) > 0
    rates = "; ".join(
        f"{name} {(~c[right == 0]).mean():.1%} recognised, {(~c[right == 1]).mean():.1%} false"
        for name, c in (
            ("words alone", alone > 0),
            ("with the meaning", beside > 0),
            ("where they leave it open", covered),
        )
    )
    summary = f"{int((right == 1).sum())} answerable, {int((right == 0).sum())} unanswerable; one writer left out at a time: {rates}"
    print(summary)
    made = "# Fitted by `python -m evals.retrieval.train` on the questions for tuning and training of evals/retrieval; do not edit."
    WEIGHTS.write_text("\n".join([made, f"# {summary}.", f"open = {open_to:.4f}", *lines]) + "\n", "utf-8")
    runs = ("\t".join([run, *(f"{weight:.3f}" for by in learnt for weight in by[run])]) for run in learnt[0])
    FILE.write_text("\n".join([made, *runs]) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fit what is covered.")
    parser.add_argument("--home", type=Path, help="a state directory to keep the index in")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        main(given or Path(folder))
