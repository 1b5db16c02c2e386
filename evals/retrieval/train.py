"""`python -m evals.retrieval.train`: fits the weights of "nothing here answers that" (those in corpus/covering).

What is read: the halves for tuning of `questions`, `answerable` and `unanswerable`, and `training/`, a file for each writer.
The borders are set so that with one writer's questions left out at a time at most FALSE of the strangers' answerable ones are
taken for not covered. Nothing that is held out is looked at here. Two matrices of all questions by all are held at once: some gigabytes.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
from evals.bench.retrieval import DAY, QUESTIONS, read, seeds_library
from tools.text.normalise import normalise, to_traditional

#: a file for each writer; the first one's other questions stand among those that are measured with, half of them for tuning
TRAINING = QUESTIONS / "training"
FIRST = "01-of-the-first-sets"
#: writers who saw no brief, as those who ask have not: their answerable questions set the border
STRANGERS = re.compile("stranger|was-held-out|paraphrased")
WEIGHTS = Path(ranking.__file__).with_name("covering") / "weights.toml"
FALSE = 0.025  # of the strangers' answerable ones; 3 % is wanted
OPEN = 0.2  # of the answerable ones, how many the words may leave open
LEAST = 4  # questions that have a run, for it to be learnt
_RIDGE, _STEPS, _STILL = 3.0, 15, 3e-2
_BIAS = 30.0  # so that the bias is hardly held back
#: beside a sign that is one deviation off: the wording, what is missing of it, what is meant, and that with the first passage
_WORDED, _MISSING, _MEANT, _BOTH = 3.0, 4.2, 60.0, 200.0
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A question: its signs, its runs, those that the first passages lack, its meaning, who wrote it and whether it is answered."""

    signs: dict[str, float]
    runs: frozenset[str]
    missing: frozenset[str]
    near: Near
    writer: str
    right: float


def _told(library: Library, row: dict[str, Any], writer: str, right: float) -> Told | None:
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
        out = np.zeros((len(self.length), len(self.length)), dtype=np.float32)
        for beside, of in ((_WORDED, self.having), (_MISSING, self.lacking)):
            for run, numbers in of.items():
                out[np.ix_(numbers, numbers)] += (beside * self.rarity[run]) ** 2
        return np.asarray(out / np.outer(self.length, self.length).astype(np.float32))

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


def _border(told: Array, right: Array, strange: Array) -> float:
    """Where at most FALSE of the strangers' answerable questions are below."""
    answered = np.sort(told[(right == 1) & strange])
    return float(answered[int(FALSE * len(answered))])


def _rates(covered: Array, right: Array, strange: Array) -> str:
    """How many unanswerable ones are recognised and answerable ones not: of the strangers', of all."""
    parts = ((strange, "of the strangers'"), (np.full(len(right), True), "of all"))
    return ", ".join(
        f"{(~covered[which & (right == 0)]).mean():.1%} recognised and {(~covered[which & (right == 1)]).mean():.1%} false {of}"
        for which, of in parts
    )


def main(home: Path) -> None:
    """Fit, say what leaving out a writer gives, write the weights."""
    library = seeds_library(home)
    learn([told for row, writer, right in asked() if (told := _told(library, row, writer, right))])


def asked() -> Iterator[tuple[dict[str, Any], str, float]]:
    """Every question to be learnt from, who wrote it, and whether something held answers it (1 or 0)."""
    for name, right in (("questions", 1.0), ("answerable", 1.0), ("unanswerable", 0.0)):
        yield from ((row, FIRST, right) for row in read(f"{name}.jsonl") if row["split"] == "dev")
    for file in sorted(TRAINING.glob("*.jsonl")):
        yield from ((row, file.stem, float(row["answered"])) for row in read(file.relative_to(QUESTIONS).as_posix()))


def learn(each: Sequence[Told]) -> None:
    """Fit both rules on these questions."""
    names, right = sorted(each[0].signs), np.array([t.right for t in each])
    raw = np.array([[told.signs[name] for name in names] for told in each])
    middle, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-6
    even, words, meanings = (raw - middle) / spread, Wordings(each), Meanings(each)
    by_words = (even @ even.T + words.alike()).astype(np.float32) + np.float32(_BIAS**2)
    writers = np.array([t.writer for t in each])
    strange = np.array([STRANGERS.search(writer) is not None for writer in writers])
    lines, told, learnt = [], [], []
    for name, alike in (("alone", by_words), ("beside", by_words + meanings.alike().astype(np.float32))):
        fitted, out = fit(alike, right), np.zeros(len(raw))
        for writer in sorted(set(writers)):
            here = np.flatnonzero(writers == writer)
            out[here] = alike[here] @ fitted.without(here)
        border = _border(out, right, strange)
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
        f"{name} {_rates(c, right, strange)}"
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
