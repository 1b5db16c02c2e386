"""`customs data`: official schedules imported, fetched and compared."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import Json, day, settings

app = typer.Typer(no_args_is_help=True, help="Official schedules: import, fetch, compare.")
Schedule = Annotated[str, typer.Argument(help="hs, us or tw")]


@app.command("status")
def data_status(as_json: Json = False) -> None:
    """What is held: bundled lines, imported editions, how current each is."""
    from ui.cli import schedules

    schedules.status(settings(), as_json=as_json)


@app.command("import")
def data_import(
    schedule: Schedule,
    file: Annotated[str, typer.Argument(help="official file: USITC JSON or CSV, Customs XLS or CSV, nomenclature CSV")],
    revision: Annotated[str | None, typer.Option(help="the edition's id, where the file's name does not tell")] = None,
    effective: Annotated[str | None, typer.Option(help="its first day, where the file's name does not tell")] = None,
    as_json: Json = False,
) -> None:
    """Read an official file: whole, or nothing changes and the row that is wrong is named."""
    from ui.cli import schedules

    schedules.import_file(settings(), schedule, file, revision, day(effective, "effective"), as_json=as_json)


@app.command("diff")
def data_diff(
    schedule: Schedule,
    old: Annotated[str, typer.Argument(help="an edition held, or a file")],
    new: Annotated[str, typer.Argument(help="an edition held, or a file")],
    as_json: Json = False,
) -> None:
    """What changed between two editions."""
    from ui.cli import schedules

    schedules.diff(settings(), schedule, old, new, as_json=as_json)


@app.command("sync")
def data_sync(
    schedule: Schedule,
    check: Annotated[
        bool, typer.Option("--check", help="only say whether something newer is published (then 1)")
    ] = False,
    url: Annotated[str | None, typer.Option(help="another address than the publisher's")] = None,
    as_json: Json = False,
) -> None:
    """Fetch the official file and import it, unless it is the one held."""
    from ui.cli import schedules

    raise typer.Exit(schedules.sync(settings(), schedule, url, check_only=check, as_json=as_json))
