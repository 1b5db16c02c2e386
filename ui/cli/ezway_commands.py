"""`customs ezway`: before one taps 申報相符."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tools.errors import InputError
from ui.cli.common import AsOf, Json, settings

app = typer.Typer(no_args_is_help=True, help="Before one taps 申報相符 in EZ WAY.")


@app.callback()
def ezway() -> None:
    """Before one taps 申報相符 in EZ WAY."""


@app.command("check")
def check(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    notice_goods: Annotated[str | None, typer.Option(help="what the notice calls the goods")] = None,
    notice_quantity: Annotated[str | None, typer.Option(help="how many the notice shows")] = None,
    notice_amount: Annotated[str | None, typer.Option(help="the amount the notice shows")] = None,
    notice_currency: Annotated[str | None, typer.Option(help="its currency; TWD when not given")] = None,
    notice_sender: Annotated[str | None, typer.Option(help="the sender the notice shows")] = None,
    ordered_goods: Annotated[str | None, typer.Option(help="what was ordered")] = None,
    ordered_quantity: Annotated[str | None, typer.Option(help="how many were ordered")] = None,
    ordered_amount: Annotated[str | None, typer.Option(help="what was paid for the goods")] = None,
    ordered_currency: Annotated[str | None, typer.Option(help="its currency; TWD when not given")] = None,
    ordered_sender: Annotated[str | None, typer.Option(help="the shop")] = None,
    freight: Annotated[str | None, typer.Option(help="freight paid; 0 for none")] = None,
    insurance: Annotated[str | None, typer.Option(help="insurance paid; 0 for none")] = None,
    ccc_code: Annotated[str | None, typer.Option(help="11-digit CCC code")] = None,
    rate: Annotated[str | None, typer.Option(help="duty rate such as 5%")] = None,
    origin: Annotated[str | None, typer.Option("--country-of-origin", help="ISO code")] = None,
    exchange_rate: Annotated[str | None, typer.Option(help="TWD per unit of the order's currency")] = None,
    used: Annotated[str | None, typer.Option("--exempt-imports-this-half-year")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Set a notice against the order: 0 when it matches, 1 when it does not or cannot be told.

    Without anything ordered the notice is one nobody ordered.
    """
    from ui.cli import comparing, quoting

    notice = _given(
        goods=notice_goods, quantity=notice_quantity, amount=notice_amount, currency=notice_currency, sender=notice_sender
    )  # fmt: skip
    ordered = _given(
        goods=ordered_goods, quantity=ordered_quantity, amount=ordered_amount, currency=ordered_currency, sender=ordered_sender
    )  # fmt: skip
    flat = _given(
        freight=freight, insurance=insurance, ccc_code=ccc_code, rate=rate, country_of_origin=origin,
        exchange_rate=exchange_rate, exempt_imports_this_half_year=used, as_of=as_of,
    )  # fmt: skip
    if input_file is None:
        if not notice:
            raise InputError(
                "notice", "is missing", "what the notice shows, such as --notice-amount 3000, or --input FILE"
            )
        raw: Any = {"notice": notice} | ({"ordered": ordered} if ordered else {}) | flat
    elif notice or ordered or flat:
        raise InputError("input", "is given together with single options", "either --input or the options")
    else:
        raw = quoting.read_object(input_file)
    found = comparing.check_ezway(settings(), raw)
    comparing.show_ezway(found, as_json=as_json)
    raise typer.Exit(0 if found.verdict == "match" else 1)


def _given(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
