"""A turn told while it goes on: its events come from the thread that works on it to the loop that sends them."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import closing
from typing import Any

from anyio import CapacityLimiter

from advisor.desk import Desk
from advisor.events import Event
from tools.errors import CustomsError
from ui.http.problems import Problem, late, of_error
from ui.http.shared import in_time

MEDIA_TYPE = "text/event-stream"
#: a proxy passes each event on as it comes
HEADERS = {"X-Accel-Buffering": "no"}


async def events_of(
    desk: Desk, turn: Generator[Event, None, None], limiter: CapacityLimiter | None
) -> AsyncIterator[Event]:
    """The events of a turn, begun when the limiter has room. Whoever stops reading, or a request out of time, stops the turn at its next event.

    Raises:
        CustomsError: of the turn.
        TimeoutError: it took longer than a request may.
    """
    told: asyncio.Queue[Event | None] = asyncio.Queue()
    loop, stopped = asyncio.get_running_loop(), threading.Event()

    def work() -> None:
        with closing(turn):
            for event in turn:
                if stopped.is_set():
                    return
                loop.call_soon_threadsafe(told.put_nowait, event)

    running = asyncio.ensure_future(in_time(desk, work, limiter=limiter))
    running.add_done_callback(lambda _: told.put_nowait(None))
    try:
        while (event := await told.get()) is not None:
            yield event
        await running
    finally:
        stopped.set()
        running.cancel()


def problem_of(error: CustomsError | TimeoutError, request_id: str) -> Problem:
    """What ends a stream that cannot go on."""
    return of_error(error, request_id) if isinstance(error, CustomsError) else late(request_id)


def line(payload: Any, name: str | None = None) -> str:
    """One server-sent event."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(payload, ensure_ascii=False)}\n\n"
