"""What is kept of the work done: answers, receipts, feedback, audit. Every reading names its tenant."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select

from advisor.answer import Answer
from advisor.store.database import Database
from advisor.store.tables import (
    answer_values,
    answers,
    audit,
    feedback,
    idempotency,
    insert_new,
    instant,
    plain,
    receipts,
)
from tools.errors import NotFound
from tools.result import Result


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, the newest first, and where the next page begins; None at the end."""

    items: tuple[dict[str, Any], ...]
    next: str | None


class Records:
    """The records of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --------------------------------------------------------------------------------------------- answers

    def keep_answer(self, tenant: str, answer: Answer, noted: Mapping[str, str] | None = None) -> None:
        """An answer with the receipts and the values of the law in it, and its line of the audit log, in one transaction."""
        body = answer.model_dump(mode="json")
        row = {
            "id": answer.id, "tenant": tenant, "conversation_id": answer.conversation_id, "made_at": instant(),
            "as_of": answer.as_of.isoformat(), "status": answer.status, "question": plain(answer.question),
            "body": json.dumps(body, ensure_ascii=False),
        }  # fmt: skip
        results = [call["result"] for call in body["tool_calls"] if call["result"].get("receipt")]
        values = [{"answer_id": answer.id, **value} for value in law_values(body)]
        with self._database.writing() as connection:
            connection.execute(insert(answers).values(row))
            for result in results:
                _keep_receipt(connection, tenant, result)
            if values:
                connection.execute(insert(answer_values), values)
            if noted:
                _note(connection, noted)

    def answer(self, tenant: str, name: str) -> dict[str, Any]:
        """One stored answer.

        Raises:
            NotFound: none of that id belongs to the tenant.
        """
        return _body(self._one("answer", select(answers).where(answers.c.tenant == tenant, answers.c.id == name), name))

    def conversation(self, tenant: str, name: str) -> list[dict[str, Any]]:
        """The answers of a conversation, the oldest first.

        Raises:
            NotFound: nothing was said in it.
        """
        wanted = select(answers).where(answers.c.tenant == tenant, answers.c.conversation_id == name)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(answers.c.seq)).mappings().all()
        if not rows:
            raise NotFound("conversation", name)
        return [_body(row) for row in rows]

    def conversations(self, tenant: str, limit: int, before: int | None) -> Page:
        """Conversations by their last answer: id, turns, first question, day."""
        last = func.max(answers.c.seq).label("seq")
        grouped = (
            select(
                answers.c.conversation_id,
                last,
                func.count().label("turns"),
                func.min(answers.c.seq).label("first"),
                func.max(answers.c.made_at).label("made_at"),
            )
            .where(answers.c.tenant == tenant)
            .group_by(answers.c.conversation_id)
            .subquery()
        )
        wanted = select(grouped, answers.c.question).join(answers, answers.c.seq == grouped.c.first)
        if before is not None:
            wanted = wanted.where(grouped.c.seq < before)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(grouped.c.seq.desc()).limit(limit + 1)).mappings().all()
        return _page([dict(row) for row in rows], limit, ("conversation_id", "turns", "question", "made_at"))

    def said(self, tenant: str, name: str, most: int = 20) -> list[tuple[str, str]]:
        """Questions and answers of a conversation, the oldest first; before the last `most`, "" for the answer."""
        mine = (answers.c.tenant == tenant, answers.c.conversation_id == name)
        with self._database.reading() as connection:
            questions = select(answers.c.seq, answers.c.question).where(*mine).order_by(answers.c.seq)
            asked = connection.execute(questions).all()
            last = select(answers.c.seq, answers.c.body).where(*mine).order_by(answers.c.seq.desc()).limit(most)
            told = {row["seq"]: _body(row)["answer"] for row in connection.execute(last).mappings()}
        return [(question, told.get(seq, "")) for seq, question in asked]

    def forget_conversation(self, tenant: str, name: str) -> None:
        """Delete a conversation with its answers and their feedback; receipts stay.

        Raises:
            NotFound: nothing was said in it.
        """
        mine = select(answers.c.id).where(answers.c.tenant == tenant, answers.c.conversation_id == name)
        with self._database.writing() as connection:
            ids = list(connection.execute(mine).scalars())
            if not ids:
                raise NotFound("conversation", name)
            _forget(connection, ids)

    # -------------------------------------------------------------------------------------------- receipts

    def keep_result(self, tenant: str, result: Result, noted: Mapping[str, str] | None = None) -> None:
        """A computed result by its receipt, and its line of the audit log; the same result twice is kept once."""
        with self._database.writing() as connection:
            _keep_receipt(connection, tenant, result.model_dump(mode="json"))
            if noted:
                _note(connection, noted)

    def receipt(self, tenant: str, name: str) -> dict[str, Any]:
        """A recorded result by its receipt, with or without `sha256:`.

        Raises:
            NotFound: none of that receipt belongs to the tenant.
        """
        whole = name if name.startswith("sha256:") else f"sha256:{name}"
        wanted = select(receipts).where(receipts.c.tenant == tenant, receipts.c.receipt == whole)
        return _body(self._one("receipt", wanted, name))

    def receipts(self, tenant: str, limit: int, before: int | None) -> Page:
        """Receipts of a tenant."""
        return self._paged(receipts, tenant, limit, before, ("receipt", "jurisdiction", "as_of", "made_at"))

    # -------------------------------------------------------------------------------------------- feedback

    def keep_feedback(self, tenant: str, answer_id: str, rating: str, comment: str, correction: str) -> dict[str, Any]:
        """What somebody thinks of an answer.

        Raises:
            NotFound: no such answer belongs to the tenant.
        """
        self.answer(tenant, answer_id)
        row = {
            "id": uuid.uuid4().hex, "tenant": tenant, "answer_id": answer_id, "made_at": instant(), "rating": rating,
            "comment": plain(comment), "correction": plain(correction),
        }  # fmt: skip
        with self._database.writing() as connection:
            connection.execute(insert(feedback).values(row))
        return {k: v for k, v in row.items() if k != "tenant"}

    def feedback(self, tenant: str, limit: int, before: int | None) -> Page:
        """Feedback of a tenant."""
        return self._paged(
            feedback, tenant, limit, before, ("id", "answer_id", "made_at", "rating", "comment", "correction")
        )

    def corrections(self) -> list[dict[str, Any]]:
        """Every correction with the answer it corrects: what a case of the evaluations is made from."""
        wanted = (
            select(feedback.c.id, feedback.c.correction, answers.c.body)
            .join(answers, answers.c.id == feedback.c.answer_id)
            .where(feedback.c.correction != "")
            .order_by(feedback.c.seq)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [{"id": r["id"], "correction": r["correction"], "answer": json.loads(r["body"])} for r in rows]

    # ----------------------------------------------------------------------------------------------- audit

    def note(self, row: Mapping[str, str]) -> None:
        """One line of the audit log."""
        with self._database.writing() as connection:
            _note(connection, row)

    def noted(self, limit: int) -> list[dict[str, Any]]:
        """The last lines of the audit log, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(limit)).mappings().all()
        return [dict(row) for row in rows]

    # ------------------------------------------------------------------------------------------- retention

    def prune(self, days: int) -> dict[str, int]:
        """Delete what is older than so many days; how many rows of each table went."""
        before = instant(datetime.now(UTC) - timedelta(days=days))
        gone: dict[str, int] = {}
        with self._database.writing() as connection:
            old = list(connection.execute(select(answers.c.id).where(answers.c.made_at < before)).scalars())
            gone["answers"] = len(old)
            _forget(connection, old)
            for table, column in (
                (receipts, receipts.c.made_at),
                (audit, audit.c.at),
                (idempotency, idempotency.c.made_at),
            ):
                gone[table.name] = connection.execute(delete(table).where(column < before)).rowcount
        return gone

    def forget_tenant(self, tenant: str) -> dict[str, int]:
        """Delete everything of a tenant but the audit log; how many rows of each table went."""
        gone: dict[str, int] = {}
        with self._database.writing() as connection:
            mine = list(connection.execute(select(answers.c.id).where(answers.c.tenant == tenant)).scalars())
            gone["answers"] = len(mine)
            _forget(connection, mine)
            for table in (receipts, idempotency):
                gone[table.name] = connection.execute(delete(table).where(table.c.tenant == tenant)).rowcount
        return gone

    # ---------------------------------------------------------------------------------------------- recall

    def stored_values(self) -> Iterator[dict[str, Any]]:
        """Every value of the law that a stored answer rests on, by parameter."""
        wanted = select(answer_values).order_by(answer_values.c.parameter)
        with self._database.reading() as connection:
            yield from (dict(row) for row in connection.execute(wanted).mappings())

    def owners(self, names: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
        """Stored answers by id, each with its tenant, the oldest first."""
        wanted = select(answers).where(answers.c.id.in_(names)).order_by(answers.c.seq)
        with self._database.reading() as connection:
            return [(row["tenant"], _body(row)) for row in connection.execute(wanted).mappings()]

    # ---------------------------------------------------------------------------------------------- shared

    def _one(self, what: str, wanted: Select[Any], name: str) -> Any:
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            raise NotFound(what, name)
        return row

    def _paged(self, table: Table, tenant: str, limit: int, before: int | None, shown: Sequence[str]) -> Page:
        wanted = select(table).where(table.c.tenant == tenant)
        if before is not None:
            wanted = wanted.where(table.c.seq < before)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(table.c.seq.desc()).limit(limit + 1)).mappings().all()
        return _page([dict(row) for row in rows], limit, shown)


def law_values(body: Any) -> list[dict[str, str]]:
    """Values of the law in a dumped answer: parameter, value as read, the day it was read for."""
    found: dict[tuple[str, str], dict[str, str]] = {}

    def walk(node: Any, day: str) -> None:
        if isinstance(node, dict):
            here = next((node[k] for k in ("as_of", "on") if isinstance(node.get(k), str)), day)
            if {"id", "value", "effective_from", "certainty"} <= node.keys():
                parts = [node.get(k) for k in ("value", "unit", "effective_from", "effective_to")]
                value = json.dumps(parts, ensure_ascii=False)
                key = hashlib.sha256(f"{value}{here}".encode()).hexdigest()
                row = {"parameter": str(node["id"])[:120], "value_key": key, "value": value, "on_day": here[:10]}
                found.setdefault((row["parameter"], key), row)
                return
            for name, child in node.items():
                if name != "others":  # other periods of a look-up, told beside the answer
                    walk(child, here)
        elif isinstance(node, list):
            for child in node:
                walk(child, day)

    walk(body["tool_calls"], body["as_of"])
    return list(found.values())


def _keep_receipt(connection: Connection, tenant: str, result: Mapping[str, Any]) -> None:
    row = {k: result[k] for k in ("receipt", "jurisdiction", "as_of")}
    body = json.dumps(result, ensure_ascii=False)
    insert_new(connection, receipts, row | {"tenant": tenant, "made_at": instant(), "body": body})


def _note(connection: Connection, row: Mapping[str, str]) -> None:
    connection.execute(insert(audit).values({"at": instant(), **{k: plain(v) for k, v in row.items()}}))


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    if ids:
        connection.execute(delete(answer_values).where(answer_values.c.answer_id.in_(ids)))
        connection.execute(delete(feedback).where(feedback.c.answer_id.in_(ids)))
        connection.execute(delete(answers).where(answers.c.id.in_(ids)))


def _body(row: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(row["body"])
    return body


def _page(rows: list[dict[str, Any]], limit: int, shown: Sequence[str]) -> Page:
    more = str(rows[limit - 1]["seq"]) if len(rows) > limit else None
    return Page(tuple({k: row[k] for k in shown} for row in rows[:limit]), more)
