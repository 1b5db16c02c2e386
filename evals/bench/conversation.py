"""Long conversations: whether a turn costs the same at the end as at the beginning; and what the suites' turns cost."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from advisor.advisor import Advisor
from advisor.settings import Settings
from evals.cases import read_cases

T = TypeVar("T")
_FIRST = "{price:,} 元的石英錶，運費 200、保險 50，從日本快遞到台灣，稅多少？"
_SUMS = (
    "那運費 {freight} 呢？", "為什麼？", "那郵寄呢？", "不對，是 {price:,} 元", "那快遞呢？", "保險改成 {insurance}",
    "改從韓國寄呢？", "兩支呢？", "只買一支呢？", "那從日本寄呢？",
)  # fmt: skip
_RULES = (
    "X3 是什麼？", "EZ WAY 是什麼？", "包裹可以退運嗎？", "什麼是完稅價格？", "誰是納稅義務人？",
    "退稅怎麼申請？", "進口營業稅怎麼算？", "旅客帶酒的免稅額是多少？", "報關要準備什麼文件？", "MPF 是什麼？",
)  # fmt: skip
#: ten messages of each kind, said again and again with small changes after the sum that they go on from
_KINDS = {
    "sums": _SUMS,
    "rules": _RULES,
    "both": tuple(message for pair in zip(_RULES[:5], _SUMS[:5], strict=True) for message in pair),
}
_PUT = ("{}", "請問{}", "我想知道{}")  # how a rule is asked for
_TALKS = 9  # conversations of each kind that are timed, after one that loads all they need


@dataclass(frozen=True, slots=True)
class Long:
    """Long conversations of one kind.

    Attributes:
        times: milliseconds of processor time of each turn after the first, the median of the conversations.
        size: bytes on disk that each turn of a conversation came to.
        sums: of how many turns the answer holds a calculation, by third.
    """

    times: list[float]
    size: float
    sums: tuple[int, ...]

    @property
    def thirds(self) -> tuple[float, ...]:
        """Medians of the first, the middle and the last third."""
        return tuple(statistics.median(part) for part in _thirds(self.times))

    @property
    def growth(self) -> float:
        """How many times as long a message takes in the last third as in the first: the median, message by message."""
        first, _, last = _thirds(self.times)
        return statistics.median(late / early for early, late in zip(first, last, strict=True))


def long_conversations(settings: Settings, kind: str, turns: int) -> Long:
    """Conversations whose thirds hold the same kinds of messages: `turns` after the first, a multiple of thirty."""
    rows: list[list[float]] = []
    with tempfile.TemporaryDirectory() as home:
        advisor = Advisor(replace(settings, home=Path(home), model="offline", database_url=None))
        for talk in range(_TALKS + 1):
            known = advisor.ask(_FIRST.format(price=3_000 + talk)).conversation_id
            times, computed = [], []
            for turn in range(turns):
                question = _message(kind, turn, talk)
                started = time.process_time()
                answer = advisor.ask(question, conversation_id=known)
                times.append((time.process_time() - started) * 1000)
                computed.append(any(call.name == "taiwan_quote" for call in answer.tool_calls))
            rows.append(times)
        held = sum(file.stat().st_size for file in Path(home).glob("conversations.sqlite3*"))
    medians = [statistics.median(turn) for turn in zip(*rows[1:], strict=True)]
    return Long(medians, held / (len(rows) * (turns + 1)), tuple(sum(part) for part in _thirds(computed)))


def _message(kind: str, turn: int, talk: int) -> str:
    """A message of a conversation, no two of them with the same figures; each way to put it comes in each third."""
    message = _KINDS[kind][turn % 10]
    said = turn // 10 + talk
    if message in _RULES:
        return _PUT[said % len(_PUT)].format(message)
    return message.format(freight=205 + 10 * said + talk, insurance=51 + said, price=4_000 + 100 * said + talk)


def _thirds(rows: Sequence[T]) -> list[Sequence[T]]:
    third = len(rows) // 3
    return [rows[:third], rows[third : 2 * third], rows[2 * third :]]


#: suites whose turns are timed, every fourth case of each; and what is asked first, so that all they need is loaded
_SUITES, _EVERY = ("first", "conversations", "blind5"), 4
_LOADED_BY = (
    "X3 是什麼？",
    _FIRST.format(price=3_000),
    "What is the MPF on 8000 dollars formal entry of cotton t-shirts from Vietnam?",
)


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
    """Print medians of each third of long conversations, the disk kept a turn, and what a turn of the suites costs."""
    for kind in _KINDS:
        long = long_conversations(settings, kind, turns)
        first, middle, last = long.thirds
        print(
            f"{kind}, {turns} turns: {first:.1f}, {middle:.1f} and {last:.1f} ms of processor time in the first, middle and last third "
            f"({long.growth:.2f} times, message by message); {' + '.join(map(str, long.sums))} computed; {long.size:,.0f} bytes a turn on disk"
        )
    costs = turns_of_suites(settings)
    middle, most = statistics.median(costs), costs[int(len(costs) * 0.95)]
    print(
        f"{len(costs)} turns of the suites, offline and warm: p50 {middle:.0f} ms, p95 {most:.0f} ms of processor time"
    )
