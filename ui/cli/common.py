"""What the groups of commands share: options, settings, reading and printing. Nothing heavy is imported here."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tools.errors import CustomsError, DataError, InputError, ServiceError

if TYPE_CHECKING:
    from advisor.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="read the law on this day")]


def exit_code(error: CustomsError) -> int:
    """The exit code an error ends with."""
    return 4 if isinstance(error, DataError) else 3 if isinstance(error, ServiceError) else 2


def settings() -> Settings:
    """Settings of this process; imported schedules are looked for in its home from now on."""
    from advisor.settings import Settings
    from tools.tariff.schedule import use_editions_in

    chosen = Settings.from_environment()
    use_editions_in(chosen.home)
    return chosen


def day(text: str | None, field: str) -> date | None:
    """An optional day given on the command line."""
    from tools.text.dates import parse_date

    return parse_date(text, field) if text else None


def quantities(given: Sequence[str]) -> dict[str, str]:
    """Quantities of the command line, `unit=amount`.

    Raises:
        InputError: a quantity without a unit or an amount, or one unit twice.
    """
    found: dict[str, str] = {}
    for text in given:
        unit, sign, amount = text.rpartition("=")
        if not sign or not unit.strip() or unit.strip() in found:
            raise InputError("quantity", f"{text!r} cannot be used", "each unit once, such as kg=12")
        found[unit.strip()] = amount.strip()
    return found


def read_source(name: str, field: str) -> str:
    """Text of a file, or of standard input for `-`."""
    if name == "-":
        return sys.stdin.read().removeprefix("\ufeff")
    try:
        return Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(field, f"{name} cannot be read", "a UTF-8 file, or - for standard input") from error


def emit(payload: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(payload, ensure_ascii=False, indent=2))
