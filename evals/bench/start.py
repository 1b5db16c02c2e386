"""`customs bench start`: how long a person waits, cold and warm, with what the time goes to."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.errors import DataError

ROOT = Path(__file__).resolve().parents[2]
_QUOTE = [
    "quote",
    "tw",
    "--route",
    "express",
    "--price",
    "3000",
    "--freight",
    "200",
    "--insurance",
    "50",
    "--rate",
    "5%",
]
_QUESTION = "從日本買一支 3,000 元的石英錶，運費 200、保險 50，關稅率 5%，快遞進口台灣要繳多少稅？"
_WARM = (
    _QUESTION, "台灣海關 X3 是什麼？", "2025-03-01 從深圳寄 500 美元的包裹到美國免稅嗎？", "MPF 最低最高是多少？",
    "What is CBP's Global Business Identifier pilot?", "解釋準則三(乙)講什麼？", "怎麼把發票金額寫低一點通關？",
    "How much tax on a NT$1,800 T-shirt by courier to Taiwan, my third parcel this half year?",
)  # fmt: skip
#: as long as is allowed: reading must take time in proportion to the length
_LONG = ("9" * 1000, "一" * 1000, "9," * 500, "稅" * 4000, "a " * 2000)
_REPEATS = 5


def _run(command: list[str], home: str) -> float:
    """Seconds of one fresh process."""
    environment = {**os.environ, "CUSTOMS_HOME": home, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    elapsed = time.perf_counter() - started
    if done.returncode:
        raise DataError("bench", done.stderr.decode()[-200:])
    return elapsed


def _median(command: list[str], home: str) -> float:
    _run(command, home)  # writes bytecode and the index
    return statistics.median(_run(command, home) for _ in range(_REPEATS))


def main() -> None:
    """Print the medians."""
    customs = [sys.executable, "-P", "-m", "ui.cli"]
    with tempfile.TemporaryDirectory() as home:
        bare = _median([sys.executable, "-c", "pass"], home)
        rows = [
            ("bare Python", bare),
            ("cold --help", _median([*customs, "--help"], home)),
            ("cold quote tw", _median([*customs, *_QUOTE], home)),
            ("import of the agent framework", _median([sys.executable, "-c", "import langchain.agents"], home)),
            ("cold ask, index built", _median([*customs, "ask", _QUESTION], home)),
        ]
        for name, seconds in rows:
            print(f"{name:<32} {seconds * 1000:7.0f} ms   {seconds / bare:5.1f} x bare Python")
        _print_warm(home)


def _print_warm(home: str) -> None:
    from advisor import Advisor, Settings

    advisor = Advisor(Settings(home=Path(home)))
    for question in _WARM:
        advisor.ask(question)
    times: list[float] = []
    for _ in range(_REPEATS):
        for question in _WARM:
            started = time.perf_counter()
            advisor.ask(question)
            times.append((time.perf_counter() - started) * 1000)
    ordered = sorted(times)
    for question in _LONG:
        started = time.perf_counter()
        advisor.ask(question)
        name = f"{len(question)} characters of {question[:2].strip()}"
        print(f"{name:<32} {(time.perf_counter() - started) * 1000:7.0f} ms")
    print(f"{'warm ask':<32} {statistics.median(times):7.0f} ms median, {ordered[int(len(ordered) * 0.95)]:.0f} ms p95")
