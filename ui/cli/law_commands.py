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
