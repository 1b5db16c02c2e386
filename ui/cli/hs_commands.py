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
