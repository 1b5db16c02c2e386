"""Two runs set against each other, case by case: what got better, what got worse, and whether that is more than chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals.records import Outcome, Run
from evals.stats import bootstrap, sign_test

_SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """A case that passes in one run and not in the other."""

    suite: str
    id: str
    split: str
    before: float
    after: float
    told: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The paired differences of two runs over the cases whose gold is the same."""

    pairs: int
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    share_before: float
    share_after: float
    interval: tuple[float, float]
    probability: float
    other_gold: tuple[str, ...]
    only_before: int
    only_after: int

    @property
    def regressed(self) -> bool:
        """Worse, and more than chance explains."""
        return len(self.worse) > len(self.better) and self.probability < _SIGNIFICANT

    def as_json(self) -> dict[str, Any]:
        """For other programs; held-out cases are counted, not named."""
        return {
            "pairs": self.pairs, "before": self.share_before, "after": self.share_after,
            "difference": self.share_after - self.share_before, "interval": list(self.interval),
            "probability": self.probability, "significant": self.probability < _SIGNIFICANT,
            "better": [_named(c) for c in self.better], "worse": [_named(c) for c in self.worse],
            "other_gold": list(self.other_gold), "only_before": self.only_before, "only_after": self.only_after,
        }  # fmt: skip

    def as_text(self) -> str:
        """For people."""
        lines = [f"worse: {_named(c)['case']}: {c.told}" for c in self.worse]
        lines += [f"better: {_named(c)['case']}" for c in self.better]
        lines += [f"not compared, its gold changed: {name}" for name in self.other_gold]
        if self.only_before or self.only_after:
            lines.append(f"only in the first run: {self.only_before}; only in the second: {self.only_after}")
        low, high = self.interval
        lines.append(
            f"{self.pairs} pairs: {self.share_before:.1%} -> {self.share_after:.1%}, "
            f"{100 * (self.share_after - self.share_before):+.1f} points [{100 * low:+.1f}, {100 * high:+.1f}]; "
            f"{len(self.better)} better, {len(self.worse)} worse, p = {self.probability:.3g}"
            f" ({'significant' if self.probability < _SIGNIFICANT else 'could be chance'})"
        )
        return "\n".join(lines)


def _named(change: Change) -> dict[str, Any]:
    name = f"{change.suite}/{change.id}" if change.split == "dev" else f"{change.suite}/(held out)"
    return {"case": name, "before": change.before, "after": change.after}


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs, `before` and `after`."""
    old, new = _shares(before.outcomes), _shares(after.outcomes)
    both = [k for k in old if k in new]
    same = [k for k in both if old[k][0].gold == new[k][0].gold]
    better: list[Change] = []
    worse: list[Change] = []
    differences: list[float] = []
    for key in same:
        (first, was), (last, now) = old[key], new[key]
        differences.append(now - was)
        change = Change(first.suite, first.id, first.split, was, now, "; ".join(last.complaints.values()))
        if now != was:
            (better if now > was else worse).append(change)
    count = len(same) or 1
    return Comparison(
        pairs=len(same), better=tuple(better), worse=tuple(worse),
        share_before=sum(old[k][1] for k in same) / count, share_after=sum(new[k][1] for k in same) / count,
        interval=bootstrap(differences), probability=sign_test(len(better), len(worse)),
        other_gold=tuple("/".join(k) for k in both if k not in set(same)),
        only_before=len(old) - len(both), only_after=len(new) - len(both),
    )  # fmt: skip


def _shares(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], tuple[Outcome, float]]:
    """The first failing outcome of each case (or its first), and the share of its repeats that passed."""
    rows: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        rows[(outcome.suite, outcome.id)].append(outcome)
    return {
        key: (next((o for o in some if not o.passed), some[0]), sum(o.passed for o in some) / len(some))
        for key, some in rows.items()
    }
