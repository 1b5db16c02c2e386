"""`customs bill`, `papers`, `form` and `entry`: bills, papers, boxes of Form 7501 and entry summaries checked. Nothing is filed."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import AsOf, Json, day, settings

Lang = Annotated[str, typer.Option(help="zh-TW or en")]
bill = typer.Typer(no_args_is_help=True, help="Carriers' and tax bills checked.")
papers = typer.Typer(no_args_is_help=True, help="Papers to have ready, and papers read.")
form = typer.Typer(no_args_is_help=True, help="Forms box by box.")
entry = typer.Typer(no_args_is_help=True, help="Entry summaries checked; nothing is filed.")


@papers.callback()
def papers_() -> None:
    """Papers to have ready, and papers read."""


@papers.command("list")
def papers_list(
    destination: Annotated[str, typer.Argument(help="us or tw")],
    goods: Annotated[str | None, typer.Option(help="what the goods are")] = None,
    code: Annotated[str | None, typer.Option(help="HS, HTS or CCC code")] = None,
    route: Annotated[str | None, typer.Option(help="express, post, traveller, cargo, ocean, air or land")] = None,
    lang: Lang = "zh-TW",
    as_json: Json = False,
) -> None:
    """Papers by goods and route, and agencies that may have a say; a checklist, no screening."""
    from ui.cli import paperwork

    given = {"destination": destination, "goods": goods, "code": code, "route": route}
    paperwork.show_papers(given, lang, as_json=as_json)


@papers.command("read")
def papers_read(
    file: Annotated[str, typer.Argument(help="PDF with text, XLSX, CSV or text; - for pasted text")],
    lang: Lang = "zh-TW",
    as_json: Json = False,
) -> None:
    """Values of an invoice, packing list, entry summary or tax bill, each with its evidence; what is unsure is marked."""
    from ui.cli import paperwork_read

    paperwork_read.show(file, lang, as_json=as_json)


@bill.callback()
def bill_() -> None:
    """Carriers' and tax bills checked."""


@bill.command("check")
def bill_check(
    file: Annotated[str, typer.Argument(help="JSON of a bill, or its text with --shipment; - for standard input")],
    shipment: Annotated[
        str | None, typer.Option(help="JSON of the shipment, as `quote us` or `quote tw` takes it")
    ] = None,
    destination: Annotated[str, typer.Option(help="us or tw, for a bill given as text")] = "tw",
    lang: Lang = "zh-TW",
    letter: Annotated[bool, typer.Option("--letter", help="also print the letter to the carrier")] = False,
    pdf: Annotated[str | None, typer.Option(help="write a worksheet as PDF here")] = None,
    csv: Annotated[str | None, typer.Option(help="write the lines as CSV here, - for standard output")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Check a carrier's bill: 0 where it agrees or may be right, 1 where it differs."""
    from ui.cli import paperwork_bills

    paths = paperwork_bills.Wanted(lang, letter, pdf, csv, as_json)
    raise typer.Exit(paperwork_bills.check(settings(), file, shipment, destination, day(as_of, "as_of"), paths))


@bill.command("tax-memo")
def tax_memo(
    file: Annotated[str, typer.Argument(help="JSON of a Taiwan tax bill, - for standard input")],
    lang: Lang = "zh-TW",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Whether the lines of a Taiwan tax bill follow from each other: 0 where they do, 1 where not."""
    from ui.cli import paperwork_bills

    raise typer.Exit(paperwork_bills.tax_memo(settings(), file, lang, day(as_of, "as_of"), as_json=as_json))


@form.callback()
def form_() -> None:
    """Forms box by box."""


@entry.callback()
def entry_() -> None:
    """Entry summaries checked; nothing is filed."""


@form.command("7501")
def form_7501(
    word: Annotated[str, typer.Argument(help="box, or the name of a box such as CHGS")],
    number: Annotated[str | None, typer.Argument(help="number of the box such as 29 or 33A")] = None,
    numbering: Annotated[str | None, typer.Option(help="2024, before or guide; all of them when not given")] = None,
    lang: Lang = "zh-TW",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """What a box of CBP Form 7501 is, on the 2024 form, the form before it, and in the online guide of 36 fields."""
    from ui.cli import paperwork

    given = (
        {"box": number} if word in ("box", "欄", "欄位") else {"box": word} if word[:1].isdigit() else {"text": word}
    )
    paperwork.show_box(settings(), {**given, "numbering": numbering}, day(as_of, "as_of"), lang, as_json=as_json)


@entry.command("check")
def entry_check(
    file: Annotated[str, typer.Argument(help="JSON of an entry summary, - for standard input")],
    lang: Lang = "zh-TW",
    pdf: Annotated[str | None, typer.Option(help="write a worksheet as PDF here")] = None,
    csv: Annotated[str | None, typer.Option(help="write the findings as CSV here, - for standard output")] = None,
    as_json: Json = False,
) -> None:
    """Check an entry summary: 0 where it is clean, 1 where something is found."""
    from ui.cli import paperwork

    raise typer.Exit(paperwork.check_entry_file(file, lang, pdf, csv, as_json=as_json))


@entry.command("number")
def entry_number(
    number: Annotated[str, typer.Argument(help="such as ABC-1234567-6")], lang: Lang = "zh-TW", as_json: Json = False
) -> None:
    """Form and check digit of an entry number: 0 where they are right, 1 where not."""
    from ui.cli import paperwork

    raise typer.Exit(paperwork.show_number(number, lang, as_json=as_json))
