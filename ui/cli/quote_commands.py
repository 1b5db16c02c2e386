"""`customs quote`: what an import costs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tools.errors import InputError
from ui.cli.common import AsOf, Json, settings

app = typer.Typer(no_args_is_help=True, help="What an import costs.")


@app.command("tw")
def quote_tw(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of inputs, one result a line")] = None,
    route: Annotated[str | None, typer.Option()] = None,
    price: Annotated[str | None, typer.Option()] = None,
    currency: Annotated[str | None, typer.Option()] = None,
    exchange_rate: Annotated[str | None, typer.Option()] = None,
    freight: Annotated[str | None, typer.Option()] = None,
    insurance: Annotated[str | None, typer.Option()] = None,
    rate: Annotated[str | None, typer.Option(help="duty rate such as 5%")] = None,
    ccc_code: Annotated[str | None, typer.Option(help="11-digit CCC code")] = None,
    origin: Annotated[str | None, typer.Option("--country-of-origin")] = None,
    description: Annotated[str | None, typer.Option()] = None,
    used: Annotated[str | None, typer.Option("--exempt-imports-this-half-year")] = None,
    decline: Annotated[bool, typer.Option("--decline-low-value-exemption")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Duty, taxes and fees of goods imported into Taiwan by express courier."""
    from ui.cli import quoting

    goods = {
        "price": price,
        "rate": rate,
        "ccc_code": ccc_code,
        "country_of_origin": origin,
        "description": description,
    }
    flat = {
        "route": route, "currency": currency, "exchange_rate": exchange_rate, "freight": freight, "insurance": insurance,
        "exempt_imports_this_half_year": used, "as_of": as_of,
    }  # fmt: skip
    given: dict[str, Any] = {k: v for k, v in flat.items() if v is not None}
    if decline:
        given["decline_low_value_exemption"] = True
    lines = {k: v for k, v in goods.items() if v is not None}
    if batch is not None:
        quoting.batch_tw(settings(), batch)
        return
    if input_file is None:
        raw: Any = given | {"goods": [lines]}
    elif lines or given:
        raise InputError("input", "is given together with single options", "either --input or the options")
    else:
        raw = quoting.read_object(input_file)
    quoting.show(quoting.quote_tw(settings(), raw), as_json=as_json)
