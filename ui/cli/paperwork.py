"""What the commands for papers do. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.errors import InputError
from tools.inputs import read_input, read_json
from tools.law.models import Lang
from tools.paperwork.entry_check import check_entry
from tools.paperwork.entry_inputs import EntrySummary
from tools.paperwork.entry_number import EntryNumberInput, read_entry_number
from tools.paperwork.sheets import entry_rows, written_csv
from ui.cli.common import emit, read_source

if TYPE_CHECKING:
    from advisor.settings import Settings


def language(text: str) -> Lang:
    """A language of the option.

    Raises:
        InputError: another one.
    """
    if text == "zh-TW":
        return "zh-TW"
    if text == "en":
        return "en"
    raise InputError("lang", f"{text!r} is not known", "zh-TW or en")


def show_box(settings: Settings, raw: Mapping[str, Any], on: date | None, lang: str, *, as_json: bool) -> None:
    """A box on standard output."""
    from tools.paperwork.box_models import BoxInput
    from tools.paperwork.boxes import explain_box

    given = read_input(BoxInput, {name: value for name, value in raw.items() if value is not None})
    found = explain_box(given, as_of=on or settings.today("us"))
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    chosen = language(lang)
    for message in found.said:
        print(f"- {message.render(chosen)}")
    print(found.citation[chosen])


def show_papers(raw: Mapping[str, Any], lang: str, *, as_json: bool) -> None:
    """The checklist on standard output."""
    from tools.paperwork.papers import PapersInput, papers_for

    found = papers_for(read_input(PapersInput, {name: value for name, value in raw.items() if value is not None}))
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    chosen = language(lang)
    for message in (*found.said, found.boundary):
        print(f"- {message.render(chosen)}")


def show_number(number: str, lang: str, *, as_json: bool) -> int:
    """An entry number on standard output; 1 where it is not valid."""
    found = read_entry_number(read_input(EntryNumberInput, {"number": number}))
    if as_json:
        emit(found.model_dump(mode="json"))
    else:
        print(found.verdict.render(language(lang)))
    return 0 if found.valid else 1


def check_entry_file(name: str, lang: str, pdf: str | None, csv: str | None, *, as_json: bool) -> int:
    """The findings of an entry summary on standard output, and on paper where asked; 1 where something is found."""
    chosen = language(lang)
    summary = read_input(EntrySummary, read_json(read_source(name, "file"), "file"))
    found = check_entry(summary)
    if pdf is not None:
        from ui.web.paper_sheet import entry_sheet

        write_file(pdf, entry_sheet(summary, found, chosen), "pdf")
    if csv is not None:
        put_text(csv, written_csv(entry_rows(found, chosen)), "csv")
    if as_json:
        emit(found.model_dump(mode="json"))
    elif csv != "-":
        print(found.verdict.render(chosen))
        for finding in found.findings:
            print(f"- {finding.said(chosen)}")
        print(found.boundary.render(chosen))
    return 0 if found.clean else 1


def write_file(name: str, data: bytes, field: str) -> None:
    """Bytes to a file.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise InputError(field, f"{name} cannot be written", "a place for a file") from error


def put_text(name: str, text: str, field: str) -> None:
    """Text to a file, or to standard output for `-`."""
    if name == "-":
        print(text, end="")
    else:
        write_file(name, ("\ufeff" + text).encode("utf-8"), field)
