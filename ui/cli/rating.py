"""`rate parse`: the reading of a rate, one or a batch. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tools.errors import CustomsError, DataError, InputError
from tools.inputs import read_input, read_json
from tools.tariff.notation.reading import RateInput, RateReading, ReadGroup, read_rate
from ui.cli.common import emit, read_source


def quantities(given: list[str]) -> dict[str, str]:
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


def parse(raw: Any) -> RateReading:
    """One reading from raw input."""
    return read_rate(read_input(RateInput, raw))


def parse_batch(name: str) -> None:
    """One reading a line, in order; a bad line gives an error line and the run goes on."""
    for number, row in enumerate(read_source(name, "batch").split("\n"), start=1):
        if not row.strip():
            continue
        identity: Any = None
        try:
            raw = read_json(row, f"line {number}")
            identity = raw.get("id") if isinstance(raw, Mapping) else None
            out: dict[str, Any] = parse(raw).model_dump(mode="json")
        except DataError:
            raise
        except CustomsError as error:
            out = {"id": identity, "error": f"line {number}: {error}"}
        print(json.dumps(out, ensure_ascii=False, default=str))


def show(reading: RateReading, *, as_json: bool) -> None:
    """A reading on standard output."""
    if as_json:
        emit(reading.model_dump(mode="json"))
        return
    for group in reading.groups or (reading,):
        print("\n".join(_as_text(group, reading.currency)))


def _as_text(group: ReadGroup, currency: str) -> list[str]:
    """A rate for a terminal, in Chinese and English side by side."""
    if not group.readable:
        codes = f" ({', '.join(group.codes)})" if group.codes else ""
        return [f"不計算 refused{codes}: {group.reason}"]
    out = [f"{group.text_zh}  /  {group.text}"]
    out += [f"- {c.kind}: {c.rate}{f' [{c.unit}]' if c.unit else ''} = {c.amount or '?'}" for c in group.components]
    if group.amount is not None:
        return [*out, f"稅額 amount: {group.amount} {currency}"]
    needed = f"需要 needs: {', '.join(group.needs)}" if group.needs else None
    return [*out, *([needed] if needed else []), f"? {group.reason}"]
