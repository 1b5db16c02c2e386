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
        quoting.batch(settings(), "tw", batch)
        return
    if input_file is None:
        raw: Any = given | {"goods": [lines]}
    elif lines or given:
        raise InputError("input", "is given together with single options", "either --input or the options")
    else:
        raw = quoting.read_object(input_file)
    quoting.show(quoting.quote_tw(settings(), raw), as_json=as_json)


@app.command("us")
def quote_us(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of inputs, one result a line")] = None,
    mode: Annotated[str | None, typer.Option(help="ocean, air, land, express or post")] = None,
    value: Annotated[str | None, typer.Option(help="value of the line")] = None,
    hts_code: Annotated[str | None, typer.Option(help="HTS number of 8 or 10 digits")] = None,
    general_rate: Annotated[
        str | None, typer.Option("--general-rate", "--rate", help="column 1 rate such as 5%")
    ] = None,
    origin: Annotated[str | None, typer.Option("--country-of-origin", help="ISO code")] = None,
    program: Annotated[str | None, typer.Option(help="preference claimed, such as USMCA")] = None,
    quantity: Annotated[list[str] | None, typer.Option(help="unit=amount, may be repeated: gross=500")] = None,
    chapter_99: Annotated[
        list[str] | None, typer.Option("--chapter-99", help="declared heading, may be repeated")
    ] = None,
    currency: Annotated[str | None, typer.Option()] = None,
    exchange_rate: Annotated[str | None, typer.Option(help="USD per unit of currency")] = None,
    freight: Annotated[str | None, typer.Option()] = None,
    insurance: Annotated[str | None, typer.Option()] = None,
    value_basis: Annotated[str | None, typer.Option(help="fob, cif or ddp")] = None,
    postal_method: Annotated[str | None, typer.Option(help="ad_valorem or specific")] = None,
    gift: Annotated[bool, typer.Option("--gift", help="a bona fide gift")] = False,
    entry_date: Annotated[str | None, typer.Option("--entry-date", "--as-of", help="entry date")] = None,
    as_json: Json = False,
) -> None:
    """Duties and fees of goods entered into the United States."""
    from ui.cli import quoting

    if batch is not None:
        quoting.batch(settings(), "us", batch)
        return
    line = {
        "value": value, "hts_code": hts_code, "general_rate": general_rate, "country_of_origin": origin,
        "program": program, "quantities": quoting.quantities(quantity or []) or None, "chapter_99": chapter_99 or None,
    }  # fmt: skip
    flat = {
        "mode": mode, "currency": currency, "exchange_rate": exchange_rate, "freight": freight, "insurance": insurance,
        "value_basis": value_basis, "postal_method": postal_method, "entry_date": entry_date, "gift": gift or None,
    }  # fmt: skip
    given: dict[str, Any] = {k: v for k, v in flat.items() if v is not None}
    lines = {k: v for k, v in line.items() if v is not None}
    if input_file is None:
        raw: Any = given | {"lines": [lines]}
    elif lines or given:
        raise InputError("input", "is given together with single options", "either --input or the options")
    else:
        raw = quoting.read_object(input_file)
    quoting.show(quoting.quote_us(settings(), raw), as_json=as_json)
