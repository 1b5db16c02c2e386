"""The history of scores, one file a suite, appended and never rewritten. The first line is the first run ever."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.records import Outcome
from evals.summary import by_suite

HISTORY = Path(__file__).parent / "history"


def record(ran: Sequence[Outcome], model: str, root: Path = HISTORY) -> list[Path]:
    """Append the score of every suite of a run."""
    root.mkdir(exist_ok=True)
    written = []
    for suite, rows in by_suite(ran).items():
        path = root / f"{suite}.jsonl"
        line = {
            "on": datetime.now(UTC).date().isoformat(), "revision": _revision(), "model": model, "cases": len(rows),
            "passed": sum(o.passed for o in rows), "first": not path.exists(),
            "held_out": [sum(o.passed for o in rows if o.split != "dev"), sum(o.split != "dev" for o in rows)],
            "gold": hashlib.sha256("".join(o.gold for o in rows).encode()).hexdigest()[:16],
        }  # fmt: skip
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def read_history(root: Path = HISTORY) -> dict[str, list[dict[str, Any]]]:
    """Scores by suite, the oldest first."""
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        for path in sorted(root.glob("*.jsonl"))
    }


def _revision() -> str:
    command = ["git", "-C", str(HISTORY.parent), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
