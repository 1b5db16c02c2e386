"""A long conversation: whether a turn costs the same at the end as at the beginning, in time and on disk."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

from advisor.advisor import Advisor
from advisor.settings import Settings

_FIRST = "3,000 元的石英錶，運費 200、保險 50，從日本快遞到台灣，稅多少？"
_NEXT = ("那運費 300 呢？", "為什麼？", "X3 是什麼？", "那郵寄呢？", "不對，是 8,000 元", "那快遞呢？")


def measure(settings: Settings, turns: int, as_of: date) -> tuple[list[float], list[int]]:
    """Milliseconds of processor time and bytes kept on disk after each turn of one conversation."""
    advisor = Advisor(settings)
    advisor.ask("X3 是什麼？", as_of=as_of)  # the library opens
    answer = advisor.ask(_FIRST, as_of=as_of)
    known, times, sizes = answer.conversation_id, [], []
    for turn in range(turns - 1):
        started = time.process_time()
        advisor.ask(_NEXT[turn % len(_NEXT)], as_of=as_of, conversation_id=known)
        times.append((time.process_time() - started) * 1000)
        sizes.append(sum(f.stat().st_size for f in Path(settings.home).glob("conversations.sqlite3*")))
    return times, sizes


def main(settings: Settings, turns: int = 30) -> None:
    """Print the median of the first and of the last third, and the disk kept a turn."""
    times, sizes = measure(settings, turns, settings.today("tw"))
    third = max(1, len(times) // 3)
    first, last = statistics.median(times[:third]), statistics.median(times[-third:])
    print(
        f"{turns} turns: median {first:.0f} ms of processor time in the first third, {last:.0f} ms in the last ({last / first:.2f} times)"
    )
    print(f"disk: {sizes[-1]:,} bytes after the last turn, {sizes[-1] / turns:,.0f} a turn")
