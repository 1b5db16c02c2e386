"""What `customs keys`, `customs records` and `customs law recall` print; the work is the store's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from advisor.settings import Settings
from advisor.store import Database, open_database
from advisor.store.keys import Key, Keys
from advisor.store.records import Records
from advisor.store.tables import instant
from ui.cli.common import emit


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings.home, settings.database_url)
    try:
        yield opened
    finally:
        opened.close()


def _row(key: Key) -> dict[str, Any]:
    state = "revoked" if key.revoked_at else "usable" if key.usable(instant()) else "ended"
    names = ("id", "tenant", "name", "rate", "made_at", "expires_at", "revoked_at")
    return {n: getattr(key, n) for n in names} | {"scopes": sorted(key.scopes), "state": state}


def _line(key: Key) -> str:
    row = _row(key)
    return f"{key.id}  {key.tenant}  {row['state']}  {','.join(row['scopes'])}  {key.name}".rstrip()


def _made(key: Key, text: str, *, as_json: bool) -> None:
    if as_json:
        emit(_row(key) | {"key": text})
    else:
        print(text)


def create(
    settings: Settings, tenant: str, name: str, scopes: Sequence[str], rate: str, days: int, *, as_json: bool
) -> None:
    with _database(settings) as database:
        _made(*Keys(database).create(tenant, name, scopes, rate=rate, days=days), as_json=as_json)


def show(settings: Settings, *, as_json: bool) -> None:
    with _database(settings) as database:
        held = Keys(database).all()
    if as_json:
        emit([_row(key) for key in held])
    else:
        print("\n".join(_line(key) for key in held))


def rotate(settings: Settings, number: str, grace: int, *, as_json: bool) -> None:
    with _database(settings) as database:
        _made(*Keys(database).rotate(number, grace), as_json=as_json)


def revoke(settings: Settings, number: str, *, as_json: bool) -> None:
    with _database(settings) as database:
        gone = Keys(database).revoke(number)
    if as_json:
        emit({"revoked": gone.id})
    else:
        print(f"revoked  {gone.id}  {gone.tenant}")


def audit(settings: Settings, limit: int) -> None:
    with _database(settings) as database:
        for row in Records(database).noted(limit):
            print(json.dumps(row, ensure_ascii=False))


def candidates(settings: Settings) -> None:
    with _database(settings) as database:
        for row in Records(database).corrections():
            answer = row["answer"]
            case = {
                "id": row["id"],
                "question": answer["question"],
                "as_of": answer["as_of"],
                "lang": answer["language"],
            }
            case |= {"said": answer["answer"], "should_say": row["correction"]}
            print(json.dumps(case, ensure_ascii=False))


def prune(settings: Settings, days: int) -> None:
    with _database(settings) as database:
        emit(Records(database).prune(days))


def forget(settings: Settings, tenant: str) -> None:
    from corpus.tenants import Libraries

    documents = Libraries(settings.home, settings.stores).forget(tenant)
    with _database(settings) as database:
        emit(Records(database).forget_tenant(tenant) | {"documents": documents})


def recall(settings: Settings, *, reply: bool, as_json: bool) -> int:
    """Print the answers that would differ now; 1 when there are any."""
    from advisor.recall import recalled

    with _database(settings) as database:
        found = recalled(settings, Records(database), reply=reply)
    if as_json:
        emit([row.model_dump(mode="json") for row in found])
        return 1 if found else 0
    for row in found:
        print(f"{row.answer_id}  {row.tenant}  {row.as_of}  {row.question}")
        for change in row.changes:
            print(f"  {change.parameter}: {change.said} → {', '.join(change.now) or '—'}")
        if row.corrected is not None:
            print(f"\n{row.corrected.answer}\n")
    return 1 if found else 0
