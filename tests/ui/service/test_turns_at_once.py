"""How many turns a worker works on at once, and who waits for whom."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import anyio
import pytest

from advisor.desk import Asked, Desk
from advisor.settings import Settings
from advisor.store import open_database
from advisor.store.database import StoreLost
from tests.ui.service.conftest import Service
from ui.http.shared import in_time, turns


@pytest.mark.parametrize(
    ("changed", "most"), [({}, 2), ({"chroma_url": "http://127.0.0.1:1"}, 8), ({"embedding": "openai:e"}, 8)]
)
def test_more_turns_run_at_once_where_other_servers_are_waited_for(
    service: Service, changed: dict[str, str], most: int
) -> None:
    desk = Desk(replace(service.desk.settings, **changed), service.desk.advisor, service.desk.database)
    assert turns(desk).total_tokens == most


@pytest.mark.parametrize(
    ("configured", "named", "rules"),
    [("offline", None, True), ("offline", "openai:x", False), ("openai:x", None, False), ("openai:x", "offline", True)],
)
def test_a_turn_of_a_hosted_model_waits_for_nobody(
    service: Service, configured: str, named: str | None, rules: bool
) -> None:
    desk = Desk(replace(service.desk.settings, model=configured), service.desk.advisor, service.desk.database)
    assert desk.by_rules(Asked("?", model=named)) is rules


def test_works_wait_in_the_order_they_came(service: Service) -> None:
    running, most, done = 0, 0, []
    lock = threading.Lock()

    def work(number: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        done.append(number)
        with lock:
            running -= 1

    async def all_of_them() -> None:
        limiter = anyio.CapacityLimiter(1)
        async with anyio.create_task_group() as group, limiter:  # held while they come
            for number in range(9):
                group.start_soon(partial(in_time, service.desk, work, number, limiter=limiter))
                await anyio.wait_all_tasks_blocked()
            assert (limiter.statistics().tasks_waiting, done) == (9, [])

    anyio.run(all_of_them)
    assert (done, most) == (list(range(9)), 1)


def test_waiting_counts_as_time_of_the_request(service: Service) -> None:
    desk = Desk(replace(service.desk.settings, request_seconds=0.01), service.desk.advisor, service.desk.database)

    async def asked() -> None:
        limiter = anyio.CapacityLimiter(1)
        limiter.acquire_on_behalf_of_nowait("somebody else")
        with pytest.raises(TimeoutError):
            await in_time(desk, lambda: None, limiter=limiter)

    anyio.run(asked)


def test_a_writer_of_the_same_process_waits_only_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.store.database._WAIT", 0.01)
    database, said = open_database(tmp_path), []

    def write() -> None:
        try:
            with database.writing():
                said.append("wrote")
        except StoreLost as error:
            said.append(str(error))

    with database.writing():
        other = threading.Thread(target=write)
        other.start()
        other.join()
    write()
    database.close()
    assert said == ["the database cannot be used: other writers take too long", "wrote"]


def test_what_is_loaded_beforehand_is_not_kept(service: Service) -> None:
    settings: Settings = service.desk.settings
    before = service.desk.records.noted(99), service.desk.records.conversations("local", 99, None)
    Desk(settings, service.desk.advisor, service.desk.database).warm()
    assert (service.desk.records.noted(99), service.desk.records.conversations("local", 99, None)) == before
