"""Speed of the United States quote with its full stack: through the function on one core, and by `--batch`.

One-line shipments over goods, origins, modes and days, so that the stacks differ from quote to quote. Figures depend on the
machine and nothing is asserted; seconds are of the processor, so that a busy machine does not speak for the code.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import Any

from tools.inputs import read_input
from tools.united_states import UsQuoteInput, quote

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 21)
CODES = (
    "6109.10.00",
    "4202.22.40",
    "7117.19.90",
    "8306.29.00",
    "8471.30.01.00",
    "9609.10.00",
    "6402.19.50",
    "3926.40.00",
)
ORIGINS = ("TW", "CN", "VN", "JP", "KR", "DE")
MODES = ("ocean", "air", "express")
DAYS = ("2026-10-05", "2025-09-15", "2026-03-15", "2025-04-12")


def shipments(count: int) -> list[dict[str, Any]]:
    """So many one-line shipments, none like its neighbour."""
    kinds = list(product(CODES, MODES, DAYS, ORIGINS))
    every = ((number, *kinds[number % len(kinds)]) for number in range(count))
    return [
        {
            "id": str(number), "mode": mode, "entry_date": day,
            "lines": [
                {
                    "hts_code": code, "country_of_origin": origin, "value": str(2600 + number % 9000),
                    "quantities": {"gross": "500", "prs.": "600"},
                }
            ],
        }
        for number, code, mode, day, origin in islice(every, count)
    ]  # fmt: skip


def main(lines: int, seconds: float) -> None:
    """Print quotes a second and the time of a batch of so many lines."""
    raw = shipments(4000)
    read = [read_input(UsQuoteInput, shipment) for shipment in raw]
    for given in read[:600]:
        quote(given, as_of=DAY)
    print(
        f"US quote, input read already  {_rate(lambda n: quote(read[n], as_of=DAY), len(read), seconds):12,.0f} a second"
    )
    whole = _rate(lambda n: quote(read_input(UsQuoteInput, raw[n]), as_of=DAY), len(raw), seconds)
    print(f"US quote, from raw input      {whole:12,.0f} a second")
    if lines:
        spent, processor = _batch(lines)
        print(f"US batch of {lines:,} lines     {spent:12,.1f} s, {processor:,.1f} s of processor")


def _rate(run: Any, count: int, seconds: float) -> float:
    """Runs a second of processor time."""
    begun, done = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        for number in range(done % count, min(done % count + 200, count)):
            run(number)
            done += 1
    return done / spent


def _batch(lines: int) -> tuple[float, float]:
    """Seconds, and seconds of the processor, that `quote us --batch` takes, results thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "batch.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(shipment) + "\n" for shipment in shipments(lines))
        begun = time.perf_counter()
        command = [sys.executable, "-m", "ui.cli", "quote", "us", "--batch", str(file)]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        spent = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
