"""What the commands for bills do. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import InputError
from tools.inputs import read_input, read_json
from tools.paperwork.bill_check import check_bill
from tools.paperwork.bill_models import BillInput
from tools.paperwork.bill_text import read_bill_text
from tools.paperwork.sheets import bill_rows, written_csv
from tools.paperwork.tax_memo import TaxMemo, check_tax_memo
from ui.cli.common import emit, read_source
from ui.cli.paperwork import language, put_text, write_file

if TYPE_CHECKING:
    from advisor.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a check is to be told."""

    lang: str
    letter: bool
    pdf: str | None
    csv: str | None
    as_json: bool


def check(
    settings: Settings, file: str, shipment: str | None, destination: str, on: date | None, wanted: Wanted
) -> int:
    """A bill checked and told; 1 where it differs."""
    lang = language(wanted.lang)
    source = read_source(file, "file")
    raw = read_json(source, "file") if shipment is None else _from_text(source, shipment, destination)
    given = read_input(BillInput, raw)
    found = check_bill(given, as_of=on or settings.today("us" if given.destination == "us" else "tw"))
    if wanted.pdf is not None:
        from ui.web.paper_sheet import bill_sheet

        write_file(wanted.pdf, bill_sheet(given, found, lang), "pdf")
    if wanted.csv is not None:
        put_text(wanted.csv, written_csv(bill_rows(found, lang)), "csv")
    if wanted.as_json:
        emit(found.model_dump(mode="json"))
    elif wanted.csv != "-":
        for message in (*found.said, *found.clocks, found.boundary):
            print(f"- {message.render(lang)}")
        if wanted.letter and found.letter is not None:
            print(f"\n{found.letter.text[lang]}")
    return 1 if found.verdict == "differs" else 0


def _from_text(source: str, shipment: str, destination: str) -> dict[str, Any]:
    """A bill pasted as text, with the shipment beside it.

    Raises:
        InputError: the text holds no amount that can be told apart.
    """
    if destination not in ("us", "tw"):
        raise InputError("destination", f"{destination!r} is not known", "us or tw")
    read = read_bill_text(source)
    if not read.lines:
        raise InputError("file", "holds no line of a bill", "lines such as: Duty 314.30")
    lines = [line.model_dump(exclude_none=True) for line in read.as_lines()]
    raw: dict[str, Any] = {"destination": destination, "carrier": read.carrier or "other", "lines": lines}
    raw |= {"total": read.total} if read.total is not None else {}
    return raw | {destination: read_json(read_source(shipment, "shipment"), "shipment")}


def tax_memo(settings: Settings, file: str, lang: str, on: date | None, *, as_json: bool) -> int:
    """A tax bill checked and told; 1 where a line does not follow."""
    chosen = language(lang)
    given = read_input(TaxMemo, read_json(read_source(file, "file"), "file"))
    found = check_tax_memo(given, as_of=on or settings.today("tw"))
    if as_json:
        emit(found.model_dump(mode="json"))
    else:
        for message in (found.verdict, *(f.message for f in found.findings), found.boundary):
            print(f"- {message.render(chosen)}")
    return 0 if found.clean else 1
