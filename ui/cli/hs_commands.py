"""`customs hs`: codes of the schedules."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import Json, day, settings

app = typer.Typer(no_args_is_help=True, help="Codes of the schedules.")
Code = Annotated[str, typer.Argument(help="a code of any level; dots and the check-digit hyphen as you like")]
Schedule = Annotated[str | None, typer.Option(help="hs, us or tw; by the code's length when not given")]
On = Annotated[str | None, typer.Option(help="the day")]


@app.command("show")
def hs_show(code: Code, schedule: Schedule = None, on: On = None, as_json: Json = False) -> None:
    """A code: its line, rates, and what is added to them."""
    from ui.cli import coding

    coding.show(settings(), code, schedule, day(on, "on"), as_json=as_json)


@app.command("check")
def hs_check(code: Code, schedule: Schedule = None, on: On = None, as_json: Json = False) -> None:
    """Whether a code can be declared as it stands: 0 yes or not verifiable, 1 something is wrong with it."""
    from ui.cli import coding

    raise typer.Exit(coding.check(settings(), code, schedule, day(on, "on"), as_json=as_json))


@app.command("search")
def hs_search(
    text: Annotated[str | None, typer.Argument(help="what the goods are: made of what, for what, for whom")] = None,
    schedule: Annotated[str, typer.Option(help="hs: six digits; us or tw: with lines below and rates")] = "hs",
    limit: Annotated[int, typer.Option(help="candidates at most, 1 to 50")] = 10,
    batch: Annotated[str | None, typer.Option(help="a JSONL file of {id, text}, or - for standard input")] = None,
    value: Annotated[str | None, typer.Option(help="customs value in the money of the schedule (us or tw)")] = None,
    model: Annotated[
        str | None, typer.Option(help="offline, or openai:NAME to have a model read the notes and walk the tree")
    ] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Candidate codes for goods in words, with reasons and the question that separates them."""
    from tools.errors import InputError
    from ui.cli import searching

    chosen = settings()
    if batch is not None and text is None:
        searching.search_batch(chosen, batch, schedule, limit, day(on, "on"), value, model)
    elif text is not None and batch is None:
        searching.search_one(chosen, text, schedule, limit, day(on, "on"), value, model, as_json=as_json)
    else:
        raise InputError("text", "give a description or --batch", "one of the two")


@app.command("browse")
def hs_browse(
    code: Annotated[
        str | None, typer.Argument(help="a chapter, heading or subheading; the chapters when not given")
    ] = None,
    as_json: Json = False,
) -> None:
    """The tree of the nomenclature: chapters, headings, subheadings under their everyday names."""
    from ui.cli import searching

    searching.browse(code, as_json=as_json)
