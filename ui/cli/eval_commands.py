"""`customs eval` and `customs bench`: evaluations and benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.common import settings

app = typer.Typer(no_args_is_help=True, help="Evaluations.")
bench = typer.Typer(no_args_is_help=True, help="Benchmarks.")


@app.command("run")
def eval_run(
    suite: Annotated[str | None, typer.Option(help="only this suite")] = None,
    model: Annotated[str | None, typer.Option(help="offline or openai:NAME")] = None,
    repeats: Annotated[int, typer.Option(min=1, max=20)] = 1,
    out: Annotated[str | None, typer.Option(help="directory for the report")] = None,
) -> None:
    """Run the evaluation suites against their thresholds."""
    from evals.run import run_suites

    raise typer.Exit(run_suites(settings(), suite, model, repeats, Path(out) if out else None))


@bench.command("start")
def bench_start() -> None:
    """Cold and warm start times, side by side."""
    from evals.bench.start import main as run

    run()
