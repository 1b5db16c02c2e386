"""A turn read by the page as it happens, in a thread of its own, so that the reader can stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from queue import Empty, SimpleQueue

from advisor.events import Event

_WAIT = 0.07  # seconds between two looks for what came, and for the stop button

Turn = Callable[[], Generator[Event, None, None]]


def told(turn: Turn, pool: ThreadPoolExecutor, idle: Callable[[], None]) -> Generator[Event, None, None]:
    """The events of a turn, each as soon as it is there.

    Args:
        turn: starts it.
        pool: gives the thread it runs in.
        idle: called while nothing comes; may raise, which ends the turn.

    Raises:
        CustomsError: what the turn raises.
    """
    came: SimpleQueue[Event | None] = SimpleQueue()
    stopped = threading.Event()

    def run() -> None:
        try:
            with closing(turn()) as going:
                for event in going:
                    if stopped.is_set():  # nothing of a turn that is not read to its end is kept
                        return
                    came.put(event)
        finally:
            came.put(None)

    job = pool.submit(run)
    try:
        while True:
            try:
                event = came.get(timeout=_WAIT)
            except Empty:
                idle()
                continue
            if event is None:
                break
            yield event
        job.result()
    finally:
        stopped.set()
