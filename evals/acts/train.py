"""`python -m evals.acts.train`: fits what a message asks for (advisor/offline/acts.txt, acts_later.txt).

Only the messages in this folder are read, written for this by hand; nothing of a suite. The second model reads those of
`train_later_*.txt` too, all of them messages after a calculation. In five-fold cross-validation it
says how many of the acts, and how many of the choices between a calculation and a rule, are told rightly.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from advisor.offline import acts
from advisor.offline.acts import ACTS, KNOWLEDGE, SUMS, signs_of
from tools.text.quantities import find_quantities

#: the models, and the files of messages each is fitted on
MODELS = {"acts.txt": "train_?.txt", "acts_later.txt": "train_*.txt"}
LEAST = 2  # messages that must have a sign
_RIDGE, _FOLDS, _STEPS, _SMALLEST = 0.3, 5, 160, 0.04
Array = npt.NDArray[np.float64]
Row = tuple[str, str, bool]  # act, message, whether a calculation stands before it


def messages(files: str = "train_*.txt") -> list[Row]:
    """The messages for training, as written."""
    rows: list[Row] = []
    for path in sorted(Path(__file__).parent.glob(files)):
        act = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("["):
                act = line.strip("[]")
            elif line and not line.startswith("# "):
                rows.append((act, line.lstrip("+"), line.startswith("+")))
    return rows


def fit(rows: Array, right: Array) -> Array:
    """Multinomial logistic regression held back by a ridge; the first column is the bias. Deterministic."""
    weights, first, second = (np.zeros((rows.shape[1], right.shape[1])) for _ in range(3))
    for step in range(1, _STEPS + 1):
        scores = rows @ weights
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = rows.T @ (raised / raised.sum(axis=1, keepdims=True) - right) + _RIDGE * weights
        slope[0] -= _RIDGE * weights[0]
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        rate = 0.06 * (1 - step / (_STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights)


def table(told: Sequence[frozenset[str]], signs: Sequence[str]) -> Array:
    """Which messages have which signs, each message as long as any other."""
    at = {sign: n for n, sign in enumerate(signs, start=1)}
    rows = np.zeros((len(told), len(signs) + 1))
    rows[:, 0] = 1
    for n, each in enumerate(told):
        rows[n, [at[sign] for sign in each if sign in at]] = 1
    return rows


def main() -> None:
    """Fit each model."""
    for name, files in MODELS.items():
        _fit_model(Path(acts.__file__).with_name(name), messages(files))


def _fit_model(weights: Path, rows: Sequence[Row]) -> None:
    """Say what cross-validation gives, write the weights."""
    told = [signs_of(text, find_quantities(text), later=later) for _, text, later in rows]
    seen = Counter(sign for each in told for sign in each)
    signs = sorted(sign for sign, times in seen.items() if times >= LEAST)
    have = table(told, signs)
    right = np.array([[float(act == name) for name in ACTS] for act, _, _ in rows])
    fold, out = np.random.default_rng(11).permutation(len(rows)) % _FOLDS, np.zeros(right.shape)
    for part in range(_FOLDS):
        out[fold == part] = have[fold == part] @ fit(have[fold != part], right[fold != part])
    found, wanted = [ACTS[n] for n in out.argmax(axis=1)], [act for act, _, _ in rows]
    hit = sum(f == w for f, w in zip(found, wanted, strict=True)) / len(rows)
    side = [(f in KNOWLEDGE, w in KNOWLEDGE) for f, w in zip(found, wanted, strict=True) if w in KNOWLEDGE | SUMS]
    summary = f"{len(rows)} messages; cross-validated: {hit:.1%} of the acts, {sum(f == w for f, w in side) / len(side):.1%} of rule against calculation"
    print(summary)
    for act in ACTS:
        missed = Counter(f for f, w in zip(found, wanted, strict=True) if w == act and f != act)
        print(f"  {act}: {wanted.count(act)}, missed {missed.most_common(4)}")
    fitted = fit(have, right)
    lines = [
        "# Fitted by `python -m evals.acts.train` on the messages of evals/acts; do not edit. Column:hundredths.",
        f"# {summary}.",
    ]
    for sign, each in zip(["", *signs], fitted, strict=True):
        kept = [f"{column}:{round(weight * 100)}" for column, weight in enumerate(each) if abs(weight) >= _SMALLEST]
        lines += [f"{sign}\t{' '.join(kept)}"] if kept else []
    weights.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    argparse.ArgumentParser(description="Fit what a message asks for.").parse_args()
    main()
