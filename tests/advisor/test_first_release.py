"""A database the first release wrote opens after all later migrations, with every row it held, on both kinds of database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from advisor.store import Database, open_database
from advisor.store.keys import Keys
from advisor.store.once import Earlier, Once
from advisor.store.records import Records
from advisor.store.tables import metadata
from tests.conftest import BOTH

SCRIPT = (Path(__file__).parent / "first_schema.sql").read_text("utf-8")
SECRET = f"ck_0123456789ab_{'a' * 43}"


@pytest.fixture(params=BOTH)
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database as the first release left it, opened by the code of now."""
    url = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").database()
        with psycopg.connect(url) as connection:
            connection.execute(re.sub(r"seq INTEGER", "seq SERIAL", SCRIPT).encode())
    else:
        with sqlite3.connect(tmp_path / "service.sqlite3") as file:
            file.executescript(SCRIPT)
    opened = open_database(tmp_path, url)
    yield opened
    opened.close()


def test_its_schema_is_the_one_the_code_uses(old: Database) -> None:
    with old.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_row_it_held_is_read_as_it_was(old: Database) -> None:
    records = Records(old)
    assert records.answer("shop", "a1") == {"answer": "33.58"}
    assert records.said("shop", "c1") == [("MPF?", "33.58")]
    assert records.receipt("local", "sha256:00") == {}
    assert [f["correction"] for f in records.feedback("shop", 9, None).items] == ["34.58"]
    assert [(row["target"], row["text"]) for row in records.noted(9)] == [("a1", "MPF?")]
    assert [row["parameter"] for row in records.stored_values()] == ["us.mpf.minimum"]
    assert Once(old).begin("shop", "once", "d1") == Earlier("done", 200, "application/json", "{}")
    key = Keys(old).find(SECRET)
    assert key is not None and (key.tenant, key.rate, key.scopes) == ("shop", "60/minute", {"ask", "records"})


def test_it_goes_on_being_written(old: Database) -> None:
    records = Records(old)
    row = dict.fromkeys(("tenant", "key_id", "request_id", "action", "target", "text"), "x")
    records.note(row | {"outcome": "second"})
    assert [noted["outcome"] for noted in records.noted(9)] == ["second", "answered"]
    records.keep_feedback("shop", "a1", "up", "", "")
    assert [f["rating"] for f in records.feedback("shop", 9, None).items] == ["up", "down"]
