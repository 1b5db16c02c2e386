"""The report: one self-contained page of a run or of several, for a screen or a phone; nothing is fetched."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from evals.bands import read_bands
from evals.history import read_history
from evals.records import Outcome, Run, read_run
from evals.stats import wilson
from evals.summary import by_suite, differing, measures, paraphrase_loss
from tools.errors import InputError

_TEMPLATE = Path(__file__).with_name("report.html")


def write_report(directory: Path, *, held_out: bool = False) -> Path:
    """Write `report.html` into a run, or into a directory of runs, and say where.

    Raises:
        InputError: no run there.
    """
    runs = _runs(directory)
    data = {
        "runs": [_run(r) for r in runs],
        "history": read_history(),
        "outcomes": [_outcome(o) for o in runs[-1].outcomes if held_out or o.split == "dev"],
        "notes": [*measures(runs[-1].outcomes), *_repeats(runs[-1]), *paraphrase_loss(runs[-1].outcomes)],
    }
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    page = _TEMPLATE.read_text("utf-8")
    page = page.replace("__TITLE__", html.escape(f"evals: {runs[-1].name}")).replace("__DATA__", text)
    written = directory / "report.html"
    written.write_text(page, "utf-8")
    return written


def _runs(directory: Path) -> list[Run]:
    """The run, or the runs of a directory in the order they began."""
    if (directory / "run.json").exists():
        return [read_run(directory)]
    found = (
        [read_run(d) for d in sorted(directory.iterdir()) if (d / "run.json").exists()] if directory.is_dir() else []
    )
    if not found:
        raise InputError(
            "directory", f"{directory} holds no run", "a directory of eval run --out, or one that holds several"
        )
    return sorted(found, key=lambda r: r.started)


def _run(run: Run) -> dict[str, Any]:
    bands = read_bands()
    rows = []
    for suite, ran in by_suite(run.outcomes).items():
        passed = sum(o.passed for o in ran)
        low, high = wilson(passed, len(ran))
        verdict = bands.verdict(suite, passed / len(ran))
        rows.append({"suite": suite, "passed": passed, "total": len(ran), "low": low, "high": high, "verdict": verdict})
    hidden = [o for o in run.outcomes if o.split != "dev"]
    return {
        "name": run.name, "started": run.started, "finished": run.finished, "model": run.manifest.model, "suites": rows,
        "held_out": [sum(o.passed for o in hidden), len(hidden)],
    }  # fmt: skip


def _repeats(run: Run) -> list[str]:
    unlike = differing(run.outcomes)
    return [f"repeats differ in {', '.join(unlike)}"] if unlike else []


def _outcome(outcome: Outcome) -> dict[str, Any]:
    held = outcome.model_dump(mode="json", exclude={"gold", "scores", "trace", "answer"})
    held["complaints"] = outcome.complaints
    if not outcome.passed:
        held["answer"] = outcome.answer
        held["trace"] = outcome.trace.model_dump(mode="json") if outcome.trace else None
    return held
