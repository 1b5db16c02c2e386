"""What the service keeps: the schema, keys, retention, and the recall of answers whose law has changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from limits import parse
from sqlalchemy import event, insert, select, update

from advisor import Advisor, Settings
from advisor.desk import LOCAL, Asked, Desk
from advisor.recall import recalled
from advisor.store import Database, open_database
from advisor.store.database import StoreLost
from advisor.store.keys import SCOPES, Keys
from advisor.store.once import Once
from advisor.store.rates import Rates
from advisor.store.records import Records
from advisor.store.tables import answer_values, answers, audit, idempotency, keys, metadata
from corpus import Library
from tests.conftest import BOTH
from tools.errors import InputError, NotFound, ServiceError
from tools.law.store import ROOT, LawStore

DAY = date(2026, 11, 21)


@pytest.fixture(params=BOTH)
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    url = request.getfixturevalue("postgres").database() if request.param == "postgres" else None
    opened = open_database(tmp_path, url)
    yield opened
    opened.close()


@pytest.fixture
def desk(home: Path, library: Library, database: Database) -> Desk:
    settings = Settings(home=home, today_override=DAY)
    return Desk(settings, Advisor(settings, library=library), database)


# ------------------------------------------------------------------------------------------------------- schema


def test_the_migrations_make_the_tables_the_code_uses(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_several_processes_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from advisor.store import open_database as o; print(o(Path(sys.argv[1])).alive())"
    command = [sys.executable, "-c", code, str(tmp_path)]
    root = Path(__file__).parents[2]
    runs = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [run.communicate(timeout=60)[0].strip() for run in runs] == ["True"] * 3


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite+nothing:///x"])
def test_an_address_that_is_none_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="CUSTOMS_DATABASE_URL"):
        open_database(tmp_path, url)


def test_a_database_that_cannot_be_opened_is_a_service_not_reached(tmp_path: Path) -> None:
    (tmp_path / "service.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(ServiceError, match="database"):
        open_database(tmp_path)


def test_a_full_disk_is_told_keeps_what_there_is_and_is_used_again_when_there_is_room(tmp_path: Path) -> None:
    """Simulated by a limit on the file's pages: SQLite ends the same way on a disk that is full."""
    opened, row = open_database(tmp_path), dict.fromkeys(("tenant", "key_id", "request_id", "action", "target"), "x")
    records, limit = Records(opened), [0]
    event.listen(opened.engine, "checkout", lambda c, *_: c.execute(f"PRAGMA max_page_count={limit[0] or 10**6}"))
    limit[0] = 60
    with pytest.raises(StoreLost, match="full"):
        for number in range(200):
            kept = number
            records.note(row | {"text": "x" * 4_000, "outcome": str(number)})
    assert [r["outcome"] for r in records.noted(999)] == [str(n) for n in range(kept - 1, -1, -1)]
    limit[0] = 0
    records.note(row | {"text": "", "outcome": "after"})
    assert records.noted(1)[0]["outcome"] == "after"
    opened.close()


# --------------------------------------------------------------------------------------------------------- keys


def test_a_key_is_shown_once_and_kept_as_a_hash(database: Database) -> None:
    held = Keys(database)
    key, text = held.create("shop", "desk", ["ask"], rate="5/minute", days=1)
    assert held.find(text) == key and key.scopes == {"ask"}
    with database.reading() as connection:
        row = dict(connection.execute(select(keys)).mappings().one())
    assert text.split("_", 2)[2] not in str(row) and len(row["digest"]) == 64


def test_rotating_gives_the_same_rights_and_ends_the_old_key(database: Database) -> None:
    held = Keys(database)
    old, old_text = held.create("shop", "desk", ["ask", "compute"])
    new, new_text = held.rotate(old.id)
    assert (new.tenant, new.scopes) == (old.tenant, old.scopes)
    assert held.find(old_text) is None and held.find(new_text) == new
    with pytest.raises(InputError, match="revoked"):
        held.rotate(old.id)
    newer, _ = held.rotate(new.id, grace_days=1)
    assert held.find(new_text) is not None and newer.id != new.id
    with pytest.raises(NotFound):
        held.revoke("nobody")


def test_a_key_that_has_ended_is_none(database: Database) -> None:
    key, text = Keys(database).create("shop", "desk")
    assert key.scopes == set(SCOPES)
    with database.writing() as connection:
        connection.execute(update(keys).values(expires_at="2020-01-01T00:00:00.000000+00:00"))
    assert Keys(database).find(text) is None and not Keys(database).any_usable()


@pytest.mark.parametrize(
    ("field", "given"), [("tenant", {"tenant": "a:b"}), ("scope", {"scopes": ["all"]}), ("rate", {"rate": "fast"})]
)
def test_what_a_key_cannot_have_is_told(database: Database, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=field):
        Keys(database).create(**{"tenant": "shop", "name": "", **given})


# ---------------------------------------------------------------------------------------- idempotency, retention


def test_a_claim_is_answered_while_it_runs_and_taken_over_when_its_worker_died(database: Database) -> None:
    once = Once(database)
    assert once.begin("shop", "k", "r") is None
    running = once.begin("shop", "k", "r")
    assert running is not None and running.state == "running"
    with database.writing() as connection:
        connection.execute(update(idempotency).values(made_at="2020-01-01T00:00:00.000000+00:00"))
    assert once.begin("shop", "k", "r") is None
    once.finish("shop", "k", 200, "application/json", "{}")
    done, other = once.begin("shop", "k", "r"), once.begin("shop", "k", "another")
    assert done is not None and (done.state, done.body) == ("done", "{}")
    assert other is not None and other.state == "other"


def test_what_is_old_goes_and_what_is_new_stays(desk: Desk) -> None:
    kept, gone = (desk.ask("shop", Asked("台灣海關 X3 是什麼？")) for _ in range(2))
    desk.records.keep_feedback("shop", gone.id, "up", "", "")
    with desk.database.writing() as connection:
        connection.execute(update(answers).where(answers.c.id == gone.id).values(made_at="2020-01-01"))
    assert desk.records.prune(30)["answers"] == 1
    assert desk.records.answer("shop", kept.id)["id"] == kept.id
    with pytest.raises(NotFound):
        desk.records.answer("shop", gone.id)
    assert desk.records.feedback("shop", 10, None).items == ()


def test_a_tenant_is_forgotten_and_nobody_else(desk: Desk) -> None:
    mine, theirs = desk.ask("shop", Asked("台灣海關 X3 是什麼？")), desk.ask("shop_2", Asked("台灣海關 X3 是什麼？"))
    assert desk.records.forget_tenant("shop")["answers"] == 1
    with pytest.raises(NotFound):
        desk.records.answer("shop", mine.id)
    assert desk.records.answer("shop_2", theirs.id)["id"] == theirs.id


def test_the_audit_log_can_hold_hashes_in_place_of_texts(home: Path, library: Library, database: Database) -> None:
    settings = Settings(home=home, today_override=DAY, audit_text=False)
    desk = Desk(settings, Advisor(settings, library=library), database)
    names = ("tenant", "key_id", "request_id", "action", "target", "outcome")
    desk.note(dict.fromkeys(names, "x") | {"text": "台灣海關 X3 是什麼？"})
    with database.reading() as connection:
        text = connection.execute(select(audit.c.text)).scalar()
    assert text is not None and text.startswith("sha256:") and "X3" not in text


# ------------------------------------------------------------------------------------------------------- recall


def _law_with(tmp_path: Path, before: str, after: str) -> LawStore:
    """The law held, with one value of the merchandise processing fee written otherwise."""
    root = tmp_path / "law"
    for file in ROOT.rglob("*.toml"):
        copy = root / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        if file.name == "mpf.toml":
            assert before in text
            text = text.replace(before, after)
        copy.write_text(text, "utf-8")
    return LawStore(root)


def test_nothing_is_recalled_while_the_law_is_what_it_was(desk: Desk) -> None:
    desk.ask(LOCAL, Asked("MPF 最低是多少？"))
    desk.ask(LOCAL, Asked("從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"))
    with desk.database.reading() as connection:
        assert len(connection.execute(select(answer_values)).all()) > 2
    assert recalled(desk.settings, desk.records) == []


def test_an_answer_whose_value_changed_is_recalled_with_the_reply_of_now(desk: Desk, tmp_path: Path) -> None:
    asked = desk.ask(LOCAL, Asked("美國 MPF 最低是多少？"))
    other = desk.ask(LOCAL, Asked("台灣海關 X3 是什麼？"))
    [row] = recalled(desk.settings, desk.records, reply=False, store=_law_with(tmp_path, "34.58", "35.59"))
    assert row.answer_id == asked.id != other.id
    [change] = row.changes
    assert change.parameter == "us.mpf.minimum"
    assert change.said.startswith("34.58") and change.now[0].startswith("35.59")


def test_the_corrected_reply_follows_the_conversation(desk: Desk) -> None:
    """The stored answer is made to have said another value: what is held today is the correction."""
    first = desk.ask(LOCAL, Asked("美國 MPF 最低是多少？"))
    with desk.database.writing() as connection:
        value = json.dumps(["33.00", "USD", "2026-10-01", None])
        row = {
            "answer_id": first.id,
            "parameter": "us.mpf.minimum",
            "value_key": "0",
            "value": value,
            "on_day": "2026-11-21",
        }
        connection.execute(insert(answer_values).values(row))
    [found] = recalled(desk.settings, desk.records)
    assert found.corrected is not None and "34.58" in found.corrected.answer


# -------------------------------------------------------------------------------------------------------- rates


def test_workers_count_a_rate_together_and_no_period_holds_more_than_it(database: Database) -> None:
    clock = [datetime(2026, 11, 21, tzinfo=UTC)]
    one, two = (Rates(database, lambda: clock[0]) for _ in range(2))
    rate = parse("100/minute")
    given: list[tuple[datetime, int]] = []
    for turn in range(60):
        given.append((clock[0], (one, two)[turn % 2].take("k", rate).number))
        clock[0] += timedelta(seconds=4)
    assert sum(n for _, n in given) > 200  # the rate is also reached, not only kept
    for start, _ in given:
        assert sum(n for at, n in given if start <= at < start + timedelta(minutes=1)) <= 100


def test_who_took_all_is_told_when_there_is_more(database: Database) -> None:
    clock = [datetime(2026, 11, 21, tzinfo=UTC)]
    rates = Rates(database, lambda: clock[0])
    assert [rates.take("k", parse("2/minute")).number for _ in range(3)] == [1, 1, 0]
    assert rates.take("k", parse("2/minute")).until == clock[0] + timedelta(minutes=1)
    assert rates.take("other", parse("2/minute")).number == 1
    clock[0] += timedelta(minutes=1)
    assert rates.take("k", parse("2/minute")).number == 1
