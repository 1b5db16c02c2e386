"""`customs eval` and `customs bench`: evaluations and benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.common import AsOf, Json, day, emit, settings

app = typer.Typer(no_args_is_help=True, help="Evaluations.")
bench = typer.Typer(no_args_is_help=True, help="Benchmarks.")


@app.command("run")
def eval_run(
    suite: Annotated[list[str] | None, typer.Option(help="only this suite; may be given several times")] = None,
    model: Annotated[str | None, typer.Option(help="offline or openai:NAME")] = None,
    repeats: Annotated[int, typer.Option(min=1, max=20)] = 1,
    parallel: Annotated[int | None, typer.Option(min=1, max=64, help="worker processes")] = None,
    subset: Annotated[str, typer.Option(help="full, or ci for the part CI has time for")] = "full",
    resume: Annotated[bool, typer.Option("--resume", help="go on where the run in --out broke off")] = False,
    out: Annotated[
        str | None, typer.Option(help="directory of the run; evals/last under CUSTOMS_HOME if not given")
    ] = None,
    cases: Annotated[str | None, typer.Option(help="a file of cases, YAML or JSONL, as one suite more")] = None,
    as_of: AsOf = None,
    judge: Annotated[str | None, typer.Option(help="openai:NAME, grades the prose and nothing else")] = None,
    held_out: Annotated[bool, typer.Option("--held-out", help="name the held-out cases too")] = False,
    keep_score: Annotated[bool, typer.Option("--keep-score", help="append the scores to evals/history")] = False,
) -> None:
    """Run evaluation suites against their thresholds: 1 when a suite is in its fail band."""
    from evals.run import Wanted, run_suites

    wanted = Wanted(
        suites=tuple(suite or ()), model=model, repeats=repeats, parallel=parallel, subset=subset, resume=resume,
        out=Path(out) if out else None, file=Path(cases) if cases else None, file_day=day(as_of, "as_of"), judge=judge,
        held_out=held_out, keep_score=keep_score,
    )  # fmt: skip
    raise typer.Exit(run_suites(settings(), wanted))


@app.command("compare")
def eval_compare(
    before: Annotated[str, typer.Argument(help="directory of a run")],
    after: Annotated[str, typer.Argument(help="directory of another")],
    as_json: Json = False,
) -> None:
    """Two runs case by case: better, worse, and whether it is more than chance (then 1)."""
    from evals.compare import compare
    from evals.records import read_run

    found = compare(read_run(Path(before)), read_run(Path(after)))
    if as_json:
        emit(found.as_json())
    else:
        print(found.as_text())
    raise typer.Exit(1 if found.regressed else 0)


@app.command("report")
def eval_report(
    directory: Annotated[str, typer.Argument(help="a run, or a directory of runs")],
    held_out: Annotated[bool, typer.Option("--held-out", help="show the held-out cases too")] = False,
) -> None:
    """One self-contained page of a run: trend, filters, every failure with its trace."""
    from evals.report import write_report

    print(write_report(Path(directory), held_out=held_out))


@app.command("freeze")
def eval_freeze(
    suite: Annotated[list[str] | None, typer.Argument(help="suites; all when none is named")] = None,
) -> None:
    """Check the cases and write the hashes of their gold; says what was different."""
    from evals.cases import read_cases
    from evals.gold import freeze
    from tools.errors import InputError

    suites = read_cases()
    for name in suite or suites:
        if name not in suites:
            raise InputError("suite", f"{name!r} is not known", ", ".join(suites))
        changed = freeze(name, suites[name])
        print("\n".join([f"{name}: {len(suites[name])} cases frozen", *(f"  {line}" for line in changed)]))


@app.command("faults")
def eval_faults(
    fault: Annotated[list[str] | None, typer.Option(help="only this fault; may be given several times")] = None,
    sample: Annotated[int, typer.Option(min=1, help="cases asked of each suite")] = 4,
    markdown: Annotated[bool, typer.Option("--markdown", help="the table as docs/evals.md holds it")] = False,
) -> None:
    """Break the product in planted ways and print which suite catches each; 1 when one is not caught."""
    from evals.faults.table import run_faults

    raise typer.Exit(run_faults(settings(), tuple(fault or ()), sample, markdown=markdown))


@app.command("mutations")
def eval_mutations(
    fault: Annotated[list[str] | None, typer.Option(help="only this fault; may be given several times")] = None,
    workers: Annotated[int, typer.Option(min=1, max=16, help="copies of the project at work")] = 2,
    write: Annotated[bool, typer.Option("--write", help="put the table into docs/mutations.md")] = False,
) -> None:
    """Make plausible faults in copies of the project and print which test notices each; 1 where none does."""
    from evals.mutations.run import main as run

    raise typer.Exit(run(tuple(fault or ()), workers, write=write))


@app.command("conformance")
def eval_conformance(
    command: Annotated[
        str | None, typer.Option(help="a calculator that reads and writes JSON lines; ours when neither is given")
    ] = None,
    http: Annotated[str | None, typer.Option(help="an address that takes one case a request")] = None,
    key: Annotated[str | None, typer.Option(help="sent as a bearer token")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="only this kind of case; may be given several times")] = None,
) -> None:
    """Ask a calculator of any make the cases of evals/conformance; 1 when a reply is wrong."""
    from evals.conformance.run import conform

    raise typer.Exit(conform(command, http, key, tuple(kind or ())))


@app.command("honesty")
def eval_honesty(
    write: Annotated[
        bool, typer.Option("--write", help="put the tables into docs/honesty.md and both READMEs")
    ] = False,
) -> None:
    """The scores with intervals, and how sure the law is."""
    from evals.honesty import main as run

    run(write=write)


@app.command("picture")
def eval_picture(
    write: Annotated[bool, typer.Option("--write", help="put the picture into docs/architecture.md")] = False,
) -> None:
    """Who imports whom, room by room, as Mermaid."""
    from evals.picture import main as run

    run(write=write)


@app.command("dialogues")
def eval_dialogues(
    write: Annotated[bool, typer.Option("--write", help="write docs/dialogues.md anew")] = False,
) -> None:
    """Hold twenty dialogues and compare with docs/dialogues.md; 1 when it is not current or an answer lacks a figure."""
    from evals.dialogues import write_dialogues

    raise typer.Exit(write_dialogues(settings(), write=write))


@bench.command("start")
def bench_start() -> None:
    """Cold and warm start times, side by side."""
    from evals.bench.start import main as run

    run()


@bench.command("conversation")
def bench_conversation(
    turns: Annotated[int, typer.Option(min=30, max=300, help="turns of each, a multiple of thirty")] = 30,
) -> None:
    """Long conversations: time a turn in each third, and bytes kept; then the suites' turns."""
    from evals.bench.conversation import main as run

    run(settings(), max(30, turns - turns % 30))


@bench.command("rate")
def bench_rate(
    seconds: Annotated[int, typer.Option(min=1, max=3600, help="how long to fuzz")] = 30,
    seed: Annotated[int, typer.Option(help="of the texts tried")] = 1,
) -> None:
    """Speed of the rate notation, and a longer fuzzing of it."""
    from evals.bench.rate import main as run

    run(seconds, seed)


@bench.command("hs")
def bench_hs(
    write: Annotated[bool, typer.Option("--write", help="put the tables into docs/hs-search.md")] = False,
) -> None:
    """How often the search for codes is right and how sure it may be; ablations, speed, memory."""
    from evals.bench.hs import main as run

    run(write=write)


@bench.command("tariff")
def bench_tariff() -> None:
    """Import of the official schedules, look-ups, memory, fuzz."""
    from evals.bench.tariff import main as run

    run()


@bench.command("quote")
def bench_quote(
    lines: Annotated[int, typer.Option(min=0, help="lines of a batch to time as well, such as 100000")] = 0,
    seconds: Annotated[float, typer.Option(min=0, help="how long each loop runs")] = 5,
) -> None:
    """Quotes a second through the function, and by --batch: Taiwan, then the United States with its full stack."""
    from evals.bench.quote import main as taiwan
    from evals.bench.quote_us import main as united_states

    taiwan(lines, seconds)
    united_states(lines, seconds)


@bench.command("guard")
def bench_guard(
    corrupt: Annotated[int | None, typer.Option(min=1, help="corrupt answers to generate")] = None,
    swept: Annotated[
        int | None, typer.Option(min=1, help="sound answers whose every digit and unit is changed")
    ] = None,
    seed: Annotated[int, typer.Option(help="of what is generated")] = 1,
) -> None:
    """What the guard lets through and what it blocks; 1 when anything false gets through."""
    from evals.bench.guard import main as run

    raise typer.Exit(run(settings(), corrupt, swept, seed))


@bench.command("retrieval")
def bench_retrieval(
    large: Annotated[
        int, typer.Option(min=0, max=200_000, help="passages of a second, larger library; 0 leaves it out")
    ] = 30_000,
) -> None:
    """How often the right passage is found, beside plain BM25 and plain vectors; and how fast."""
    from evals.bench.retrieval import main as run

    run(large)


@bench.command("service")
def bench_service(
    seconds: Annotated[float, typer.Option(min=1, max=60, help="how long each load runs")] = 5,
    requests: Annotated[int, typer.Option(min=0, help="instead: so many mixed requests, and how memory goes")] = 0,
) -> None:
    """Load on the service over loopback: tool call, answers, streams, one and two workers, a bare endpoint beside them."""
    from evals.bench.service import main as run

    run(seconds, requests)


@bench.command("scale")
def bench_scale(
    measure: Annotated[bool, typer.Option("--measure", help="measure afresh; else the kept figures are used")] = False,
    write: Annotated[bool, typer.Option("--write", help="write docs/scale.md, and keep a fresh measurement")] = False,
) -> None:
    """What ten million conversations a year and a season's parcels would need, out of measured costs."""
    from evals.scale.report import main as run

    run(measure=measure, write=write)
