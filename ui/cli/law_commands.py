"""`customs law`: dated law."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import Json, day, settings

app = typer.Typer(no_args_is_help=True, help="Dated law.")


@app.command("show")
def law_show(
    parameter: Annotated[str, typer.Argument(help="parameter such as us.mpf.minimum, or topic such as us.mpf")],
    on: Annotated[str | None, typer.Option(help="the day")] = None,
    as_json: Json = False,
) -> None:
    """Values of the law on a day."""
    from ui.cli import legal

    legal.show(settings(), parameter, day(on, "on"), as_json=as_json)


@app.command("de-minimis")
def law_de_minimis(
    country: Annotated[str, typer.Argument(help="us")],
    origin: Annotated[str, typer.Option(help="ISO code of the country of origin")],
    mode: Annotated[str, typer.Option(help="express, air, ocean, land or post")],
    on: Annotated[str | None, typer.Option(help="entry date")] = None,
    value: Annotated[str | None, typer.Option(help="value in USD")] = None,
    gift: Annotated[bool, typer.Option("--gift", help="a bona fide gift")] = False,
    as_json: Json = False,
) -> None:
    """Whether the US low-value exemption is open."""
    from ui.cli import legal

    legal.de_minimis_us(settings(), country, origin, mode, on, value, gift=gift, as_json=as_json)


@app.command("timeline")
def law_timeline(
    topic: Annotated[str, typer.Argument(help="topic such as us.mpf, or the beginning of several: us.section_232")],
    as_json: Json = False,
) -> None:
    """Every value of a topic, by the day it begins."""
    from ui.cli import law_history

    law_history.timeline(topic, as_json=as_json)


@app.command("diff")
def law_diff(
    first: Annotated[str, typer.Argument(help="one day")],
    second: Annotated[str, typer.Argument(help="another day")],
    topic: Annotated[str | None, typer.Option(help="only this topic")] = None,
    as_json: Json = False,
) -> None:
    """What differs between the law of two days."""
    from tools.text.dates import parse_date
    from ui.cli import law_history

    law_history.diff(parse_date(first, "first"), parse_date(second, "second"), topic, as_json=as_json)


@app.command("next")
def law_next(
    topic: Annotated[str | None, typer.Option(help="only this topic")] = None,
    on: Annotated[str | None, typer.Option(help="after this day; today when not given")] = None,
    as_json: Json = False,
) -> None:
    """What begins, ends or is expected next."""
    from ui.cli import law_history

    law_history.upcoming(settings(), topic, day(on, "on"), as_json=as_json)


@app.command("stale")
def law_stale(
    on: Annotated[str | None, typer.Option(help="the day; today when not given")] = None,
    as_json: Json = False,
) -> None:
    """Topics that move often and have not been checked up to today."""
    from ui.cli import law_history

    law_history.not_checked(settings(), day(on, "on"), as_json=as_json)


@app.command("recall")
def law_recall(
    reply: Annotated[bool, typer.Option(help="answer each of them again")] = True,
    as_json: Json = False,
) -> None:
    """Stored answers that rest on values of the law which have changed since, with the corrected reply; 1 when any."""
    from ui.cli import keeping

    raise typer.Exit(keeping.recall(settings(), reply=reply, as_json=as_json))
