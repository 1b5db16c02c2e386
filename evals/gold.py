"""Frozen gold: the hash of every case by suite, so that a changed expectation shows in a diff and in a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.cases import Case

GOLD = Path(__file__).parent / "gold"


def frozen(suite: str, root: Path = GOLD) -> dict[str, str]:
    """Hash by case as frozen; empty when the suite never was."""
    path = root / f"{suite}.txt"
    if not path.exists():
        return {}
    return dict(line.split() for line in path.read_text("utf-8").splitlines() if line and line[0] != "#")


def differences(suite: str, cases: Sequence[Case], root: Path = GOLD) -> list[str]:
    """Cases whose expectation is not the frozen one, in words."""
    held, now = frozen(suite, root), {c.id: c.gold for c in cases}
    changed = [f"{i}: changed since it was frozen" for i in now if i in held and held[i] != now[i]]
    added = [f"{i}: not frozen" for i in now if i not in held]
    return changed + added + [f"{i}: frozen, and gone" for i in held if i not in now]


def freeze(suite: str, cases: Sequence[Case], root: Path = GOLD) -> list[str]:
    """Write the hashes of a suite; what was different."""
    wrong = differences(suite, cases, root)
    lines = [f"# gold of evals/cases/{suite}, written by: ./customs eval freeze"]
    lines += [f"{c.id} {c.gold}" for c in cases]
    root.mkdir(exist_ok=True)
    (root / f"{suite}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return wrong
