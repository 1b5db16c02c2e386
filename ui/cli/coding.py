"""`hs show` and `hs check`: a code in words or JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tools.errors import InputError
from tools.tariff.existence import read_code
from tools.tariff.look import CodeShown
from tools.tariff.look import show as look
from tools.tariff.models import ScheduleName

if TYPE_CHECKING:
    from advisor.settings import Settings

_SCHEDULES: dict[str, ScheduleName] = {"hs": "hs", "us": "us", "tw": "tw"}


def schedule_named(text: str | None) -> ScheduleName | None:
    """A schedule by name.

    Raises:
        InputError: no such schedule.
    """
    if text is not None and text not in _SCHEDULES:
        raise InputError("schedule", f"{text!r} is not held", "hs, us or tw")
    return _SCHEDULES[text] if text else None


def show(settings: Settings, code: str, schedule: str | None, on: date | None, *, as_json: bool) -> None:
    """Print a code."""
    _print(_shown(settings, code, schedule, on), as_json=as_json)


def check(settings: Settings, code: str, schedule: str | None, on: date | None, *, as_json: bool) -> int:
    """Print a code; 1 when it cannot be declared as it stands."""
    shown = _shown(settings, code, schedule, on)
    _print(shown, as_json=as_json)
    return 0 if shown.exists in ("yes", "not_verifiable") else 1


def _shown(settings: Settings, code: str, schedule: str | None, on: date | None) -> CodeShown:
    _, name = read_code(code, schedule_named(schedule))
    return look(code, name, on or settings.today("us" if name == "us" else "tw"))


def _print(shown: CodeShown, *, as_json: bool) -> None:
    from ui.cli.common import emit

    if as_json:
        emit(shown.model_dump(mode="json", by_alias=True))
        return
    print(f"{shown.code}  {shown.schedule}  exists: {shown.exists}  ({shown.revision.id}, {shown.on})")
    print(f"  {shown.verdict.text['zh-TW']}\n  {shown.verdict.text['en']}")
    placed = shown.nomenclature
    for level in placed.levels if placed else ():
        print(f"  > {level.level} {level.code}  {level.name.zh_TW} / {level.name.en}")
    for name in shown.path_names:
        print(f"  > {name.zh_TW}" + (f" / {name.en}" if name.en != name.zh_TW else ""))
    if shown.line:
        name = shown.line.name
        print(f"  {shown.line.display_code}  {name.zh_TW}" + (f" / {name.en}" if name.en != name.zh_TW else ""))
        for column, cell in shown.rates.items():
            reading = shown.readings[column]
            print(f"  {column}: {cell or '–'}" + ("" if reading.readable or not cell else "  (not computed)"))
        facts = {
            "units": shown.line.units, "levies": shown.line.levies, "import": shown.line.import_regulations,
            "export": shown.line.export_regulations,
        }  # fmt: skip
        for label, codes in facts.items():
            if codes:
                print(f"  {label}: {' '.join(codes)}")
    for duty in shown.additional_duties:
        rates = "; ".join(f"{column} {cell}" for column, cell in duty.rates.items() if cell)
        print(f"  + {duty.heading or ''} {duty.stated} {rates}".rstrip())
    for note in shown.notes:
        print(f"  {note.text['zh-TW']}\n  {note.text['en']}")
    for row in placed.headings if placed else ():
        print(f"  {row.code}  {row.name.zh_TW} / {row.name.en}")
    for ruled in placed.notes if placed else ():
        print(f"  {ruled.of} ({ruled.kind}): {ruled.text.zh_TW}\n    {ruled.text.en}")
