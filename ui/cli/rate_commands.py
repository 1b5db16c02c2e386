"""`customs rate`: rates as the schedules write them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tools.errors import InputError
from ui.cli.common import Json, quantities

app = typer.Typer(no_args_is_help=True, help="Rates as the schedules write them.")


@app.callback()
def rate() -> None:
    """Rates as the schedules write them."""


@app.command("parse")
def parse(
    text: Annotated[str | None, typer.Argument(help='a rate, such as "$1.05/kg + 2.3%"')] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="us or tw; told by the money when not given")] = None,
    value: Annotated[str | None, typer.Option(help="value the percentage is of, in USD or TWD")] = None,
    quantity: Annotated[list[str] | None, typer.Option(help="unit=amount such as kg=12; may be repeated")] = None,
    on: Annotated[str | None, typer.Option(help="the day, for rates by season")] = None,
    program: Annotated[str | None, typer.Option(help="programme or origin code, for cells with several rates")] = None,
    base: Annotated[str | None, typer.Option(help="the rate a text such as 'No change' refers to")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of rates, - for standard input")] = None,
    as_json: Json = False,
) -> None:
    """Read a rate whole or refuse it; compute it where the facts are given."""
    from ui.cli import rating

    flat = {"text": text, "jurisdiction": jurisdiction, "value": value, "on": on, "program": program, "base": base}
    given: dict[str, Any] = {k: v for k, v in flat.items() if v is not None}
    if quantity:
        given["quantities"] = quantities(quantity)
    if batch is not None:
        if given:
            raise InputError("batch", "is given together with single options", "either --batch or the options")
        rating.parse_batch(batch)
        return
    if text is None:
        raise InputError("text", "is missing", "a rate, or --batch FILE")
    rating.show(rating.parse(given), as_json=as_json)
