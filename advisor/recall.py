"""Answer recall: which stored answers rest on a value of the law that has changed since, and what is right now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from advisor.answer import Answer
from advisor.settings import Settings
from advisor.store.records import Records
from tools.errors import NotFound
from tools.law.store import LawStore, law
from tools.result import ParameterUsed


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ChangedValue(_Model):
    """A value an answer rests on, and what the law held says of the same day; empty where it holds nothing more."""

    parameter: str
    on: date
    said: str
    now: tuple[str, ...]


class Recalled(_Model):
    """An answer to be corrected, with the reply that would be given now."""

    answer_id: str
    tenant: str
    conversation_id: str
    question: str
    as_of: date
    changes: tuple[ChangedValue, ...]
    corrected: Answer | None = None


def recalled(
    settings: Settings, records: Records, *, reply: bool = True, store: LawStore | None = None
) -> list[Recalled]:
    """Stored answers that would differ today.

    Args:
        reply: whether each is answered again, after the questions that came before it in its conversation.
        store: the law to compare with; the law held when not given.
    """
    held = store or law()
    changed: dict[str, list[ChangedValue]] = defaultdict(list)
    for row in records.stored_values():
        if change := _changed(held, row):
            changed[row["answer_id"]].append(change)
    found = [_recalled(tenant, body, changed[body["id"]]) for tenant, body in records.owners(list(changed))]
    return [_with_reply(settings, records, row) for row in found] if reply and found else found


def _changed(store: LawStore, row: dict[str, Any]) -> ChangedValue | None:
    day = date.fromisoformat(row["on_day"])
    try:
        parameter = store.parameter(row["parameter"])
    except NotFound:
        now: list[ParameterUsed] = []
    else:
        values = [v for v in parameter.values if v.certainty != "expected"]
        now = [ParameterUsed.of(parameter.id, parameter.unit, v) for v in values]
    value, unit, begun, ended = json.loads(row["value"])
    same = [u for u in now if (u.value, u.unit, _text(u.effective_from)) == (value, unit, begun)]
    held_then = (begun or "") <= row["on_day"] <= (ended or "9")  # else it was told as a value of another time
    if same and (not held_then or any(_holds(u, day) for u in same)):
        return None
    current = tuple(dict.fromkeys(f"{u.value} {u.unit}" for u in now if _holds(u, day)))
    return ChangedValue(parameter=row["parameter"], on=day, said=f"{value} {unit}", now=current)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _holds(used: ParameterUsed, day: date) -> bool:
    first = used.effective_from or used.evidenced_on or date.min
    return first <= day <= (used.effective_to or date.max)


def _recalled(tenant: str, body: dict[str, Any], changes: Sequence[ChangedValue]) -> Recalled:
    return Recalled(
        answer_id=body["id"], tenant=tenant, conversation_id=body["conversation_id"], question=body["question"],
        as_of=body["as_of"], changes=tuple(changes),
    )  # fmt: skip


def _with_reply(settings: Settings, records: Records, row: Recalled) -> Recalled:
    """The same with the reply given now; answers before it in the conversation are given again first."""
    from advisor.advisor import Advisor

    advisor = Advisor(settings)
    turns: list[tuple[str, str]] = []
    for body in records.conversation(row.tenant, row.conversation_id):
        answer = advisor.ask(
            body["question"], as_of=date.fromisoformat(body["as_of"]), lang=body["language"], history=turns,
            conversation_id=row.conversation_id,
        )  # fmt: skip
        turns.append((answer.question, answer.answer))
        if body["id"] == row.answer_id:
            return row.model_copy(update={"corrected": answer})
    raise NotFound("answer", row.answer_id)
