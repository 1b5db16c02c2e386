"""`customs quote`: what an import costs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tools.errors import InputError
from ui.cli.common import AsOf, Json, quantities, settings

app = typer.Typer(no_args_is_help=True, help="What an import costs.")


@app.command("tw")
def quote_tw(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of inputs, one result a line; - for standard input")] = None,
    route: Annotated[str | None, typer.Option(help="express, post, traveller or cargo")] = None,
    importer: Annotated[str | None, typer.Option(help="person or company")] = None,
    price: Annotated[str | None, typer.Option(help="price of the line")] = None,
    quantity: Annotated[str | None, typer.Option()] = None,
    currency: Annotated[str | None, typer.Option(help="ISO 4217 code; TWD when not given")] = None,
    exchange_rate: Annotated[str | None, typer.Option(help="TWD per unit; the customs rate when not given")] = None,
    freight: Annotated[str | None, typer.Option(help="0 for none")] = None,
    insurance: Annotated[str | None, typer.Option(help="0 for none")] = None,
    incoterm: Annotated[str | None, typer.Option(help="FOB, CIF, DDP …")] = None,
    rate: Annotated[str | None, typer.Option(help="duty rate such as 5%")] = None,
    ccc_code: Annotated[str | None, typer.Option(help="11-digit CCC code")] = None,
    origin: Annotated[str | None, typer.Option("--country-of-origin", help="ISO code")] = None,
    description: Annotated[str | None, typer.Option()] = None,
    preference_proof: Annotated[bool, typer.Option("--preference-proof", help="proof of origin is at hand")] = False,
    net_weight_kg: Annotated[str | None, typer.Option(help="net weight of the line, kg")] = None,
    volume_litres: Annotated[str | None, typer.Option(help="volume of the line, litres")] = None,
    alcohol_percent: Annotated[str | None, typer.Option(help="percent by volume")] = None,
    alcohol_class: Annotated[str | None, typer.Option(help="beer, brewed, distilled …")] = None,
    sticks: Annotated[str | None, typer.Option(help="cigarettes of the line")] = None,
    commodity_tax: Annotated[str | None, typer.Option(help="class such as refrigerator, car, oil:petrol")] = None,
    engine_cc: Annotated[str | None, typer.Option()] = None,
    powertrain: Annotated[str | None, typer.Option(help="petrol, diesel, hybrid or electric")] = None,
    motor_kw: Annotated[str | None, typer.Option()] = None,
    used: Annotated[str | None, typer.Option("--exempt-imports-this-half-year")] = None,
    decline: Annotated[bool, typer.Option("--decline-low-value-exemption")] = False,
    age: Annotated[str | None, typer.Option(help="age of a traveller")] = None,
    sample: Annotated[str | None, typer.Option(help="commercial or no_commercial_value")] = None,
    gift: Annotated[bool, typer.Option("--gift", help="a gift; its price is what such goods cost")] = False,
    transport: Annotated[str | None, typer.Option(help="air or sea; decides the freight of samples")] = None,
    usd_exchange_rate: Annotated[str | None, typer.Option(help="TWD per US dollar, for limits in dollars")] = None,
    compare_route: Annotated[list[str] | None, typer.Option(help="what if: a route; may be repeated")] = None,
    compare_origin: Annotated[list[str] | None, typer.Option(help="what if: an origin; may be repeated")] = None,
    compare_date: Annotated[list[str] | None, typer.Option(help="what if: an import date; may be repeated")] = None,
    gc331: Annotated[list[str] | None, typer.Option(help="official file of customs exchange rates")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Duty, taxes and fees of goods imported into Taiwan by courier, post, traveller or cargo.

    Everything the JSON input knows (several goods, parcels, repairs, additions) goes through --input. With --compare-route,
    --compare-origin or --compare-date every combination is quoted side by side; facts left open give ranges.
    """
    from ui.cli import comparing, quoting

    goods = {
        "price": price, "quantity": quantity, "rate": rate, "ccc_code": ccc_code, "country_of_origin": origin,
        "description": description, "net_weight_kg": net_weight_kg, "volume_litres": volume_litres,
        "alcohol_percent": alcohol_percent, "alcohol_class": alcohol_class, "sticks": sticks,
        "commodity_tax": commodity_tax, "engine_cc": engine_cc, "powertrain": powertrain, "motor_kw": motor_kw,
        "preference_proof": preference_proof or None, "sample": sample,
    }  # fmt: skip
    flat = {
        "route": route, "importer": importer, "currency": currency, "exchange_rate": exchange_rate, "freight": freight,
        "insurance": insurance, "incoterm": incoterm, "exempt_imports_this_half_year": used, "as_of": as_of,
        "decline_low_value_exemption": decline or None, "traveller": {"age": age} if age is not None else None,
        "gift": gift or None, "transport": transport, "usd_exchange_rate": usd_exchange_rate,
    }  # fmt: skip
    given: dict[str, Any] = {k: v for k, v in flat.items() if v is not None}
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
    if compare_route or compare_origin or compare_date:
        varied = (compare_route or (), compare_origin or (), compare_date or ())
        comparing.show_comparison(comparing.compare_tw(settings(), raw, *varied), as_json=as_json)
        return
    quoting.show(quoting.quote_tw(settings(), raw, gc331 or ()), as_json=as_json)


@app.command("us")
def quote_us(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of inputs, one result a line")] = None,
    mode: Annotated[str | None, typer.Option(help="ocean, air, land, express or post")] = None,
    value: Annotated[str | None, typer.Option(help="value of the line")] = None,
    hts_code: Annotated[
        list[str] | None, typer.Option(help="HTS number of 8 or 10 digits; repeated where several are possible")
    ] = None,
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
    dates: Annotated[
        list[str] | None, typer.Option("--date", help="time machine: an entry date, may be repeated")
    ] = None,
    origins: Annotated[
        list[str] | None, typer.Option("--origin", help="time machine: an origin, may be repeated")
    ] = None,
    as_json: Json = False,
) -> None:
    """Duties and fees of goods entered into the United States.

    With --date or --origin the same shipment over days and countries: a table, or with --json its series for a chart.
    """
    from ui.cli import quoting

    if batch is not None:
        quoting.batch(settings(), "us", batch)
        return
    line = {
        "value": value, **quoting.hts_codes(hts_code or []), "general_rate": general_rate, "country_of_origin": origin,
        "program": program, "quantities": quantities(quantity or []) or None, "chapter_99": chapter_99 or None,
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
    if dates or origins:
        quoting.compare_us(settings(), raw, dates or (), origins or (), as_json=as_json)
        return
    quoting.show(quoting.quote_us(settings(), raw), as_json=as_json)
