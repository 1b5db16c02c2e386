"""Conversations: they go on in another process, are pruned, kept apart, and lost rather than in the way of an answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from advisor.conversations import Conversations, spoken
from tests.conftest import BOTH
from tests.postgres import Postgres


@pytest.fixture(params=BOTH)
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Conversations]:
    """Opens the same conversations, as another process would."""
    url = request.getfixturevalue("postgres").database() if request.param == "postgres" else None
    return lambda: Conversations(tmp_path, url)


def said(conversations: Conversations, name: str) -> list[str]:
    return [message.text for message in conversations.history(name)]


def test_what_one_process_kept_another_reads(opened: Callable[[], Conversations]) -> None:
    opened().keep("c", "為什麼是 170？", "因為……")
    assert said(opened(), "c") == ["為什麼是 170？", "因為……"]
    assert said(opened(), "other") == []


def test_two_processes_take_turns_in_one_conversation(opened: Callable[[], Conversations]) -> None:
    one, two = opened(), opened()
    one.keep("c", "first", "1")
    two.keep("c", "second", "2")
    one.keep("c", "third", "3")
    assert said(two, "c") == ["first", "1", "second", "2", "third", "3"]


def test_long_conversations_forget_their_first_answers_and_stay_small(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    for number in range(30):
        conversations.keep("c", f"question {number}", "x" * 2_000)
    kept = said(conversations, "c")
    assert kept[:11] == [f"question {number}" for number in range(11)]
    assert kept[10:] == [text for number in range(10, 30) for text in (f"question {number}", "x" * 2_000)]
    with sqlite3.connect(tmp_path / "conversations.sqlite3") as file:
        rows, size = file.execute("SELECT count(*), sum(length(checkpoint)) FROM checkpoints").fetchone()
    assert rows == 1
    assert size < 100_000


@pytest.mark.parametrize(("turns", "first"), [(120, 0), (121, 60), (180, 60), (181, 120)])
def test_very_long_conversations_forget_their_first_questions_many_at_a_time(turns: int, first: int) -> None:
    asked = [message.text for message in spoken([(f"question {number}", "") for number in range(turns)])]
    assert [text for text in asked if text] == [f"question {number}" for number in range(first, turns)]


def test_of_a_conversation_one_checkpoint_is_kept(opened: Callable[[], Conversations]) -> None:
    conversations = opened()
    for number in range(3):
        conversations.keep("c", f"q{number} \x00", "a")
    saver = conversations._store._saver  # type: ignore[attr-defined]
    assert len(list(saver.list({"configurable": {"thread_id": "c", "checkpoint_ns": ""}}))) == 1
    assert said(opened(), "c") == ["q0 \x00", "a", "q1 \x00", "a", "q2 \x00", "a"]


@pytest.mark.faults
def test_conversations_go_on_when_postgresql_was_started_anew(tmp_path: Path, postgres: Postgres) -> None:
    conversations = Conversations(tmp_path, postgres.database())
    conversations.keep("c", "first", "1")
    postgres.stop()
    conversations.keep("c", "meanwhile", "in memory")
    postgres.start()
    conversations.keep("c", "after", "3")
    assert said(conversations, "c")[-2:] == ["after", "3"]


def test_nothing_is_written_before_something_was_said(tmp_path: Path) -> None:
    assert said(Conversations(tmp_path / "fresh"), "c") == []
    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize("damage", [b"not a database at all", b""])
def test_a_damaged_file_costs_the_past_not_the_answer(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "conversations.sqlite3").write_bytes(damage)
    conversations = Conversations(tmp_path)
    conversations.keep("c", "q", "a")
    assert said(conversations, "c") == ["q", "a"]


def test_a_directory_that_cannot_be_made_leaves_the_conversation_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    conversations = Conversations(tmp_path / "file" / "home")
    conversations.keep("c", "q", "a")
    assert said(conversations, "c") == ["q", "a"]


def test_many_threads_keep_every_conversation(opened: Callable[[], Conversations]) -> None:
    conversations = opened()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: conversations.keep(f"c{n % 5}", f"q{n}", "a"), range(40)))
    assert sorted(len(said(opened(), f"c{n}")) for n in range(5)) == [16] * 5
