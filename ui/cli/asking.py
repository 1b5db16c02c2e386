"""`ask`, one question or a batch."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import CustomsError, DataError, InputError, ServiceError
from tools.law.models import Lang

if TYPE_CHECKING:
    from advisor.advisor import Advisor
    from advisor.answer import Answer
    from advisor.settings import Settings

_LANGS: dict[str, Lang] = {"zh-TW": "zh-TW", "en": "en"}
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEYS = {"id", "question", "turns", "as_of", "lang"}


def language(text: str | None) -> Lang | None:
    """An optional language."""
    if text is None:
        return None
    if text not in _LANGS:
        raise InputError("lang", f"{text!r} is not a language of this product", "zh-TW or en")
    return _LANGS[text]


def ask_one(
    settings: Settings,
    question: str,
    as_of: date | None,
    lang: str | None,
    model: str | None,
    conversation: str | None = None,
    *,
    as_json: bool,
) -> None:
    """Answer one question on standard output, in a conversation where one is named."""
    wanted = language(lang)
    if conversation is not None and not _CONVERSATION.fullmatch(conversation):
        raise InputError("conversation", f"{conversation!r} is no id", "letters, digits, - and _, at most 64")
    from advisor.advisor import Advisor

    advisor = Advisor(settings)
    answer = advisor.ask(question, as_of=as_of, lang=wanted, conversation_id=conversation, model=model)
    if as_json:
        print(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        print(as_text(answer))


def as_text(answer: Answer) -> str:
    """An answer for a terminal: the text, what is asked, the sources."""
    zh = answer.language == "zh-TW"
    parts = [answer.answer]
    if answer.follow_up:
        parts.append("")
        parts += [f"? {f.question}（{f.matters}）" if zh else f"? {f.question} ({f.matters})" for f in answer.follow_up]
    if answer.citations:
        parts += ["", "出處" if zh else "Sources"]
        parts += [f"{c.marker} {c.title} — {c.section}（{c.source.citation}）" if zh
                  else f"{c.marker} {c.title} — {c.section} ({c.source.citation})" for c in answer.citations]  # fmt: skip
    receipts = [c.result["receipt"] for c in answer.tool_calls if "receipt" in c.result]
    if receipts:
        parts += ["", *(f"{'收據' if zh else 'Receipt'} {r}" for r in receipts)]
    shown = [w for w in answer.warnings if w not in answer.answer]
    return "\n".join([*parts, *(f"! {w}" for w in shown)])


def ask_batch(settings: Settings, name: str, as_of: date | None, lang: str | None, model: str | None) -> None:
    """Answer a JSONL of questions in order; a bad line gives an error line and the run goes on."""
    wanted = language(lang)
    from advisor.advisor import Advisor

    advisor = Advisor(settings)
    rows = [row for row in _lines(name) if row.strip()]
    for number, row in enumerate(rows, start=1):
        print(json.dumps(_answer_row(advisor, row, number, as_of, wanted, model), ensure_ascii=False), flush=True)
        if sys.stderr.isatty():
            print(f"\r{number}/{len(rows)}", end="", file=sys.stderr, flush=True)


def _lines(name: str) -> list[str]:
    from ui.cli.common import read_source

    return read_source(name, "batch").splitlines()


def _answer_row(
    advisor: Advisor, row: str, number: int, as_of: date | None, lang: Lang | None, model: str | None
) -> dict[str, Any]:
    name: Any = None
    try:
        raw = json.loads(row)
        if not isinstance(raw, Mapping):
            raise InputError("line", f"{number} is not an object", "an object with id and question or turns")
        name = raw.get("id")
        return {"id": name, **_ask_row(advisor, raw, as_of, lang, model)}
    except RecursionError:
        return {"id": name, "error": f"line {number}: nested too deeply; accepted: one object a line"}
    except json.JSONDecodeError as error:
        return {"id": name, "error": f"line {number}: not JSON at column {error.colno}; accepted: one object a line"}
    except (DataError, ServiceError):
        raise
    except CustomsError as error:
        return {"id": name, "error": f"line {number}: {error}"}


def _ask_row(
    advisor: Advisor, raw: Mapping[str, Any], as_of: date | None, lang: Lang | None, model: str | None
) -> dict[str, Any]:
    from tools.text.dates import parse_date

    if unknown := sorted(raw.keys() - _KEYS):
        raise InputError(unknown[0], "unknown key", ", ".join(sorted(_KEYS)))
    day = parse_date(str(raw["as_of"]), "as_of") if raw.get("as_of") else as_of
    wanted = language(str(raw["lang"])) if raw.get("lang") else lang
    if ("question" in raw) == ("turns" in raw):
        raise InputError("question", "give question or turns", "exactly one of them")
    if "question" in raw:
        if not isinstance(raw["question"], str):
            raise InputError("question", "is not text", "a question in Chinese or English")
        return {"answer": _json(advisor.ask(raw["question"], as_of=day, lang=wanted, model=model))}
    turns = raw["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise InputError("turns", "is not a list of questions", "a list of texts")
    answers: list[dict[str, Any]] = []
    conversation: str | None = None
    for turn in turns:
        answer = advisor.ask(turn, as_of=day, lang=wanted, conversation_id=conversation, model=model)
        conversation = answer.conversation_id
        answers.append(_json(answer))
    return {"answers": answers}


def _json(answer: Answer) -> dict[str, Any]:
    return answer.model_dump(mode="json")
