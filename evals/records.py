"""What a run leaves behind: a manifest, and one line for every case and repeat, from which a broken-off run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.scorers.base import Score
from tools.errors import InputError


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trace(_Model):
    """How the answer came about, for whoever reads a failure."""

    composed_by: str
    tool_calls: tuple[dict[str, Any], ...]
    citations: tuple[dict[str, str], ...]
    numbers: tuple[dict[str, str], ...]
    follow_up: tuple[str, ...]
    warnings: tuple[str, ...]


class Outcome(_Model):
    """One case run once."""

    suite: str
    id: str
    repeat: int
    split: str
    lang: str
    tags: tuple[str, ...]
    difficulty: str
    gold: str
    paraphrase_of: str | None
    asked: tuple[str, ...]
    as_of: str
    wanted: str
    passed: bool
    status: str
    scores: dict[str, Score]
    answer: str
    trace: Trace | None
    elapsed_ms: int

    @property
    def complaints(self) -> dict[str, str]:
        """What is wrong, by scorer."""
        return {name: s.reason for name, s in self.scores.items() if s.passed is False}

    def without_time(self) -> dict[str, Any]:
        """Everything that two repeats of an unchanged product must agree in."""
        held = self.model_dump(mode="json", exclude={"elapsed_ms", "repeat"})
        held["scores"].pop("latency", None)
        return held


class Manifest(_Model):
    """What was run, on which code and data. A run is resumed only if this is the same."""

    model: str
    suites: tuple[str, ...]
    subset: str
    repeats: int
    gold: str
    code: str = ""
    judge: str | None = None


class Run(_Model):
    """A finished or broken-off run as it lies in its directory."""

    name: str
    manifest: Manifest
    finished: bool
    started: str
    outcomes: tuple[Outcome, ...]


def write_manifest(directory: Path, manifest: Manifest, started: str, *, finished: bool) -> None:
    """Write `run.json`."""
    directory.mkdir(parents=True, exist_ok=True)
    held = {"manifest": manifest.model_dump(mode="json"), "started": started, "finished": finished}
    (directory / "run.json").write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")


def append(directory: Path, outcome: Outcome) -> None:
    """Add one line to `outcomes.jsonl` at once, so that an interruption loses nothing finished."""
    with (directory / "outcomes.jsonl").open("a", encoding="utf-8") as file:
        file.write(outcome.model_dump_json() + "\n")


def rewrite(directory: Path, outcomes: Iterable[Outcome]) -> None:
    """Write all lines in order, when a run is complete."""
    aside = directory / ".outcomes.jsonl"
    aside.write_text("".join(o.model_dump_json() + "\n" for o in outcomes), "utf-8")
    aside.replace(directory / "outcomes.jsonl")


def read_run(directory: Path) -> Run:
    """A run from its directory; a last line cut off by an interruption is left out.

    Raises:
        InputError: no run there, or one that cannot be read.
    """
    try:
        held = json.loads((directory / "run.json").read_text("utf-8"))
        lines = (directory / "outcomes.jsonl").read_text("utf-8").splitlines() if _has(directory) else []
        if lines and not lines[-1].endswith("}"):
            lines.pop()
        outcomes = tuple(Outcome.model_validate_json(line) for line in lines)
        return Run(
            name=directory.name, manifest=Manifest.model_validate(held["manifest"]), finished=held["finished"],
            started=held["started"], outcomes=outcomes,
        )  # fmt: skip
    except (OSError, ValidationError, KeyError, TypeError, ValueError) as error:
        detail = " ".join(str(error).split())[:120]
        raise InputError(
            "run", f"{directory} holds no run that can be read ({detail})", "a directory of eval run --out"
        ) from error


def _has(directory: Path) -> bool:
    return (directory / "outcomes.jsonl").exists()
