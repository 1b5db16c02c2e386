"""What one question, one parcel and one kept answer cost here, in processor time and bytes.

Processor time, not time on the clock: another program beside it changes little. The questions are those of the
evaluation suites, answered in one process, warm.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from corpus import open_library
from evals.bench.quote import RAW
from evals.suites import all_suites
from tools.inputs import read_input
from tools.registry import published
from tools.taiwan import TaiwanQuoteInput, quote

_QUESTIONS, _QUOTES, _KILO = 240, 600, 1024
_CHARACTERS, _SPOKEN = 3, 900  # characters of a token, and of what is said in a turn


def measure() -> dict[str, Any]:
    """Every figure by name; milliseconds of processor, bytes, megabytes."""
    with tempfile.TemporaryDirectory() as home:
        asked = _asked(Path(home))
    machine = {"python": sys.version.split()[0], "machine_cores": os.cpu_count() or 1}
    today = datetime.now(tz=UTC).date()
    return {"measured_on": today.isoformat(), **machine, **asked, **_quotes(), **_passages(), **_hosted()}


def _asked(home: Path) -> dict[str, Any]:
    from advisor.advisor import Advisor
    from advisor.desk import Asked, Desk
    from advisor.settings import Settings
    from advisor.store import open_database

    items = [item for suite in all_suites().values() for item in suite]
    questions = [item.case.asked[0] for item in items if len(item.case.asked) == 1]
    step = max(1, len(questions) // _QUESTIONS)
    questions = questions[::step][:_QUESTIONS]
    settings = Settings(home=home)
    desk = Desk(settings, Advisor(settings), open_database(home))
    note = {"action": "ask", "request_id": "-", "key_id": "-"}
    for question in questions[:20]:
        desk.ask("warm", Asked(question), note)
    before = _bytes(home)
    times: list[float] = []
    for question in questions:
        begun = time.process_time()
        desk.ask("desk", Asked(question), note)
        times.append((time.process_time() - begun) * 1000)
    grown = (_bytes(home) - before) / len(questions)
    ordered = sorted(times)
    return {
        "turns": len(times), "turn_ms": round(statistics.mean(times), 1), "turn_p50_ms": round(statistics.median(times), 1),
        "turn_p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        "turn_samples_ms": [round(t, 1) for t in ordered[:: max(1, len(ordered) // 40)]],
        "answer_bytes": round(grown),
        "worker_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KILO,
    }  # fmt: skip


def _bytes(home: Path) -> int:
    """Size of what the service keeps, journals included."""
    return sum(file.stat().st_size for file in home.glob("service.sqlite3*"))


def _quotes() -> dict[str, Any]:
    for _ in range(20):
        quote(read_input(TaiwanQuoteInput, RAW), as_of=date(2026, 11, 21))
    begun = time.process_time()
    size = 0
    for n in range(_QUOTES):
        goods = {**RAW["goods"][0], "price": str(3000 + n)}
        result = quote(read_input(TaiwanQuoteInput, {**RAW, "goods": [goods]}), as_of=date(2026, 11, 21))
        size = len(result.model_dump_json()) if n == 0 else size
    return {"quote_ms": round((time.process_time() - begun) * 1000 / _QUOTES, 3), "receipt_bytes": size}


def _passages() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        library = open_library(Path(home))
        library.search("關稅", as_of=date(2026, 11, 21), lang="zh-TW", limit=1)
        held = [f.stat().st_size for f in (Path(home) / "index").rglob("*") if f.is_file()]
        return {"passages": library.size, "index_bytes_a_passage": round(sum(held) / library.size)}


def _hosted() -> dict[str, Any]:
    """Tokens of a turn with a hosted model, reckoned at three characters a token: two calls, each with prompt and tools."""
    from advisor.prompts import system_prompt

    day = date(2026, 11, 21)
    tools = sum(len(t.description) + len(json.dumps(t.input_model.model_json_schema())) for t in published().values())
    result = len(quote(read_input(TaiwanQuoteInput, RAW), as_of=day).model_dump_json())
    read = 2 * (len(system_prompt(day, "zh-TW")) + tools) + result + _SPOKEN
    return {"hosted_input_tokens": round(read / _CHARACTERS), "hosted_output_tokens": round(_SPOKEN / _CHARACTERS)}
