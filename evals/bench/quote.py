"""Speed of the Taiwan quote: through the function on one core, and by `--batch` over many lines.

Figures depend on the machine, so nothing is asserted; a loop of bare Decimal arithmetic is timed beside it as a measure
of the machine and of what the explanation costs.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from tools.inputs import read_input
from tools.taiwan import TaiwanQuoteInput, quote

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 21)
GOODS: dict[str, Any] = {"price": "3000", "ccc_code": "91021100006", "country_of_origin": "JP"}
RAW: dict[str, Any] = {"route": "express", "freight": "200", "insurance": "50", "goods": [GOODS]}


def _bare() -> Decimal:
    """The same three steps without law, explanation or receipt."""
    value = Decimal(3000) + Decimal(200) + Decimal(50)
    duty = (value * Decimal("0.05")).to_integral_value(ROUND_FLOOR)
    tax = ((value + duty) * Decimal("0.05")).to_integral_value(ROUND_FLOOR)
    fee = value * Decimal("0.0004")
    return duty + tax + (fee if fee > 100 else Decimal(0))


def _per_second(run: Callable[[], object], seconds: float) -> float:
    """Runs a second of processor time."""
    for _ in range(20):
        run()
    begun, count = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        for _ in range(50):
            run()
        count += 50
    return count / spent


def main(lines: int, seconds: float) -> None:
    """Print quotes a second, their ratio to the bare loop, and the time of a batch of so many lines."""
    given = read_input(TaiwanQuoteInput, RAW)
    through = _per_second(lambda: quote(given, as_of=DAY), seconds)
    whole = _per_second(lambda: quote(read_input(TaiwanQuoteInput, RAW), as_of=DAY), seconds)
    bare = _per_second(_bare, seconds / 4)
    print(f"quote, input read already     {through:12,.0f} a second")
    print(f"quote, from raw input         {whole:12,.0f} a second")
    print(f"bare Decimal loop             {bare:12,.0f} a second")
    print(f"ratio to the bare loop        {bare / through:12,.1f}")
    if lines:
        spent, processor, memory = _batch(lines)
        print(
            f"batch of {lines:,} lines        {spent:12,.1f} s, {processor:,.1f} s of processor, {memory:,} MB at most"
        )


def _batch(lines: int) -> tuple[float, float, int]:
    """Seconds, processor seconds and most memory in MB that `quote tw --batch` takes, results thrown away."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "batch.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for number in range(lines):
                goods = GOODS | {"price": str(3000 + number % 5000)}
                out.write(json.dumps(RAW | {"id": str(number), "goods": [goods]}) + "\n")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "ui.cli", "quote", "tw", "--batch", str(file)]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        spent = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
