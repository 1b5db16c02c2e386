"""The runner: items through the advisor, a line for each on the way, a summary with intervals, bands that decide the code."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from advisor.settings import Settings, check_model
from evals.bands import read_bands
from evals.cases import WEAK
from evals.execute import Task, default_parallel, outcomes
from evals.history import record
from evals.judge import Judge
from evals.records import Manifest, Outcome, append, read_run, rewrite, write_manifest
from evals.suites import Item, all_suites, chosen
from evals.summary import summary
from tools.errors import InputError

SUBSETS = ("full", "ci")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to be run."""

    suites: tuple[str, ...] = ()
    model: str | None = None
    repeats: int = 1
    parallel: int | None = None
    subset: str = "full"
    resume: bool = False
    out: Path | None = None
    file: Path | None = None
    file_day: date | None = None
    judge: str | None = None
    held_out: bool = False
    keep_score: bool = False


def run_suites(settings: Settings, wanted: Wanted) -> int:
    """Run, write, print; 0 when no suite is in its fail band, 1 when one is.

    Raises:
        InputError: an unknown suite, model or subset; a run to resume that is another one.
    """
    model = check_model(wanted.model or settings.model, "model")
    if wanted.subset not in SUBSETS:
        raise InputError("subset", f"{wanted.subset!r} is not known", ", ".join(SUBSETS))
    bands = read_bands()
    suites = all_suites(wanted.file, wanted.file_day or settings.today("tw"))
    names = wanted.suites or ((f"file-{wanted.file.stem}",) if wanted.file else ())
    items = chosen(suites, names, wanted.subset, set(bands.fail))
    judge = Judge.of(wanted.judge, model, settings) if wanted.judge else None
    directory = wanted.out or settings.home / "evals" / "last"
    manifest = Manifest(
        model=model, suites=tuple(dict.fromkeys(i.suite for i in items)), subset=wanted.subset, repeats=wanted.repeats,
        gold=_gold(items), code=_code(), judge=wanted.judge,
    )  # fmt: skip
    done, started_at = _begun(directory, manifest, resume=wanted.resume)
    tasks = [Task(item, repeat, model) for repeat in range(wanted.repeats) for item in items]
    left = [t for t in tasks if t.key not in done]
    started = time.monotonic()
    parallel = wanted.parallel or default_parallel()
    with _progress() as bar:
        ticking = bar.add_task("evals", total=len(tasks), completed=len(tasks) - len(left))
        for outcome in outcomes(settings, left, parallel):
            judged = judge.grade(outcome) if judge else outcome
            append(directory, judged)
            done[(judged.suite, judged.id, judged.repeat)] = judged
            bar.advance(ticking)
    ordered = [done[t.key] for t in tasks]
    rewrite(directory, ordered)
    write_manifest(directory, manifest, started_at, finished=True)
    if weak := sum(WEAK in i.case.tags for i in items):
        print(f"{weak} cases forbid nothing: substrings are met by luck, their passes are weak")
    text, failed = summary(
        ordered, bands, held_out=wanted.held_out, seconds=time.monotonic() - started, part=wanted.subset == "ci"
    )
    print(text)
    if wanted.keep_score:
        record(ordered, model)
    console().print(f"evals: {'a fail band was reached' if failed else 'no fail band was reached'}; run in {directory}")
    return 1 if failed else 0


def console() -> Console:
    """Standard error: standard output carries only the summary."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console(), transient=True,
    )  # fmt: skip


def _gold(items: Iterable[Item]) -> str:
    return hashlib.sha256("".join(i.gold for i in items).encode()).hexdigest()


def _code() -> str:
    """Hash of the product as it stands: its code, law, briefs and tables."""
    root, found = Path(__file__).resolve().parents[1], hashlib.sha256()
    for room in ("advisor", "corpus", "tools"):
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _begun(directory: Path, manifest: Manifest, *, resume: bool) -> tuple[dict[tuple[str, str, int], Outcome], str]:
    """What a broken-off run already has, and when it began; without `resume`, an empty directory."""
    if resume and (directory / "run.json").exists():
        before = read_run(directory)
        if before.manifest != manifest:
            different = [k for k, v in manifest if getattr(before.manifest, k) != v]
            raise InputError(
                "resume", f"{directory} holds another run ({', '.join(different)})", "the same run, or another --out"
            )
        rewrite(directory, before.outcomes)
        write_manifest(directory, manifest, before.started, finished=False)
        return {(o.suite, o.id, o.repeat): o for o in before.outcomes}, before.started
    if (directory / "run.json").exists():
        _clear(directory)
    elif directory.exists() and any(directory.iterdir()):
        raise InputError("out", f"{directory} is not empty and holds no run", "an empty or new directory")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    write_manifest(directory, manifest, now, finished=False)
    return {}, now


def _clear(directory: Path) -> None:
    for name in ("run.json", "outcomes.jsonl", "report.html"):
        (directory / name).unlink(missing_ok=True)
    if not any(directory.iterdir()):
        shutil.rmtree(directory)
