"""A long conversation: whether a turn costs the same at the end as at the beginning; and what the suites' turns cost."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from advisor.advisor import Advisor
from advisor.settings import Settings
from evals.cases import read_cases

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


#: suites whose turns are timed, every fourth case of each; and what is asked first, so that all they need is loaded
_SUITES, _EVERY = ("first", "conversations", "blind5"), 4
_LOADED_BY = ("X3 是什麼？", _FIRST, "What is the MPF on 8000 dollars formal entry of cotton t-shirts from Vietnam?")


def turns_of_suites(settings: Settings) -> list[float]:
    """Milliseconds of processor time of each turn, offline and warm, shortest first; nothing of it is kept."""
    times: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        advisor = Advisor(replace(settings, home=Path(home), model="offline", database_url=None))
        for question in _LOADED_BY:
            advisor.ask(question)
        suites = read_cases()
        for case in (case for name in _SUITES for case in suites[name][::_EVERY]):
            known = None
            for question in case.turns or (case.question or "",):
                started = time.process_time()
                known = advisor.ask(question, as_of=case.as_of, conversation_id=known).conversation_id
                times.append((time.process_time() - started) * 1000)
    return sorted(times)


def main(settings: Settings, turns: int = 30) -> None:
    """Print the median of the first and of the last third, the disk kept a turn, and what a turn of the suites costs."""
    with tempfile.TemporaryDirectory() as home:  # of this conversation alone
        times, sizes = measure(replace(settings, home=Path(home)), turns, settings.today("tw"))
    third = max(1, len(times) // 3)
    first, last = statistics.median(times[:third]), statistics.median(times[-third:])
    print(
        f"{turns} turns: median {first:.0f} ms of processor time in the first third, {last:.0f} ms in the last ({last / first:.2f} times)"
    )
    print(f"disk: {sizes[-1]:,} bytes after the last turn, {sizes[-1] / turns:,.0f} a turn")
    costs = turns_of_suites(settings)
    middle, most = statistics.median(costs), costs[int(len(costs) * 0.95)]
    print(
        f"{len(costs)} turns of the suites, offline and warm: p50 {middle:.0f} ms, p95 {most:.0f} ms of processor time"
    )
