"""`rate parse`: the reading of a rate, one or a batch. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

import json
from typing import Any

from tools.inputs import read_input
from tools.tariff.notation.reading import RateInput, RateReading, ReadGroup, read_rate
from ui.cli.batching import each_line
from ui.cli.common import emit


def parse(raw: Any) -> RateReading:
    """One reading from raw input."""
    return read_rate(read_input(RateInput, raw))


def parse_batch(name: str) -> None:
    """One reading a line."""
    each_line(name, lambda raw: json.dumps(parse(raw).model_dump(mode="json"), ensure_ascii=False, default=str))


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
