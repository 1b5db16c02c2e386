"""The advisor for many callers: whose question it is, what is kept of the answer, and what may be read again."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.advisor import Advisor
from advisor.answer import Answer
from advisor.events import Done, Event
from advisor.settings import Settings, check_model
from advisor.store.database import Database, open_database
from advisor.store.keys import Keys
from advisor.store.once import Once
from advisor.store.rates import Rates
from advisor.store.records import Records
from advisor.support import support_words
from corpus.documents.shelf import Added
from corpus.search import Library
from corpus.tenants import Libraries
from tools.errors import CustomsError, InputError
from tools.inputs import read_input
from tools.law.models import Lang
from tools.registry import published
from tools.replay import again, altered, changes, read_result
from tools.result import Result
from tools.tariff.search.models import Found, SearchInput
from tools.tariff.search.search import search

#: whose work it is where no keys are used
LOCAL = "local"
#: share of a request's time that a model may take of a look-up
_OF_A_REQUEST = 0.8
_DOCUMENTS = 999  # most documents of a tenant
_PROBE = "進口"  # every library has passages on it
#: a question for each part of the product that is loaded when it is first needed
_FIRST = ("從深圳寄包裹到美國還免稅嗎？", "從日本買一支手錶，快遞要繳多少稅？", "HS code of yoga leggings?", "X3?")

logger = logging.getLogger("customs.desk")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its caller chose."""

    question: str
    as_of: date | None = None
    lang: Lang | None = None
    conversation_id: str | None = None
    model: str | None = None
    history: Sequence[tuple[str, str]] | None = None


class Desk:
    """One advisor, one database.

    Args:
        settings: what the operator chose.
        advisor: an advisor to use instead of a new one.
        database: a database to use instead of the configured one.
    """

    def __init__(self, settings: Settings, advisor: Advisor | None = None, database: Database | None = None) -> None:
        self.settings = settings
        self.advisor = advisor or Advisor(settings)
        self.database = database or open_database(settings.home, settings.database_url)
        self.keys = Keys(self.database)
        self.once = Once(self.database)
        self.records = Records(self.database)
        self.rates = Rates(self.database)
        self.libraries = Libraries(settings.home, settings.stores, house=lambda: self.advisor.library)

    def ask(self, tenant: str, asked: Asked, note: Mapping[str, str] | None = None) -> Answer:
        """Answer a question and keep the answer with its receipts and, given its beginning, its line of the audit log.

        Raises:
            CustomsError: as `Advisor.ask`; nothing is kept then.
        """
        return next(event.answer for event in self.stream(tenant, asked, note) if isinstance(event, Done))

    def stream(self, tenant: str, asked: Asked, note: Mapping[str, str] | None = None) -> Generator[Event, None, None]:
        """The same, telling what happens; the answer itself is told after it was kept.

        Whoever stops reading stops the turn, and nothing of it is kept.
        """
        history = asked.history
        if history is None:
            history = self.records.said(tenant, asked.conversation_id) if asked.conversation_id else []
        turn = self.advisor.stream(
            asked.question, as_of=asked.as_of, lang=asked.lang, conversation_id=asked.conversation_id,
            model=asked.model, history=history, library=lambda: self.library(tenant),
        )  # fmt: skip
        with closing(turn):
            for event in turn:
                if isinstance(event, Done):
                    answer = event.answer
                    ending = {"target": answer.id, "text": answer.question, "outcome": answer.status}
                    noted = self._noted({"tenant": tenant, **note, **ending}) if note is not None else None
                    self.records.keep_answer(tenant, answer, noted)
                yield event

    def by_rules(self, asked: Asked) -> bool:
        """Whether no hosted model is asked."""
        return (asked.model or self.settings.model) == "offline"

    def warm(self) -> None:
        """Load what the first questions would wait for: agent, index, schedules, search for codes. Nothing is kept.

        Raises:
            ServiceError: the library cannot be opened.
        """
        for question in _FIRST:
            self.advisor.ask(question, model="offline", history=[])
        gc.freeze()  # none of it is garbage: it need not be looked through with every turn

    def library(self, tenant: str) -> Library:
        """What a tenant reads: the briefs, the house's documents, its own."""
        return self.libraries.library(tenant)

    def add_document(self, tenant: str, name: str, data: bytes, note: Mapping[str, str]) -> Added:
        """Put a file on a tenant's shelf and have it found from now on; one of the same name is replaced.

        Raises:
            InputError: it cannot be read, or the tenant holds as many as it may.
        """
        if len(self.libraries.held(tenant)) >= _DOCUMENTS:
            raise InputError("documents", f"{_DOCUMENTS} are held", "fewer; remove one first")
        added = self.libraries.add(tenant, name, data, self.settings.today("tw"))
        if added.outcome in ("added", "replaced"):
            self.library(tenant).search(name, as_of=self.settings.today("tw"), lang="zh-TW", limit=1)
        self.note({"tenant": tenant, **note, "target": added.id or "", "text": added.name, "outcome": added.outcome})
        return added

    def remove_document(self, tenant: str, document: str, note: Mapping[str, str]) -> None:
        """Take a document off a tenant's shelf.

        Raises:
            NotFound: the tenant has no document of that id.
        """
        gone = self.libraries.remove(tenant, document)
        self.note({"tenant": tenant, **note, "target": gone.id, "text": gone.name, "outcome": "done"})

    def call(self, name: str, arguments: Mapping[str, Any], as_of: date | None = None) -> Any:
        """Call a published tool; nothing is kept.

        Raises:
            KeyError: no such tool.
            CustomsError: of the class that says who can act.
        """
        tool = published()[name]
        return tool.call(arguments, as_of or self.settings.today(tool.clock_for(arguments)))

    def look_up(self, arguments: Mapping[str, Any], model: str | None = None) -> Found:
        """A code looked up by description, with a model where one is named; nothing is kept.

        Raises:
            CustomsError: of the class that says who can act.
        """
        given = read_input(SearchInput, arguments)
        assert isinstance(given, SearchInput)
        today = self.settings.today("us" if given.schedule == "us" else "tw")
        name = check_model(model or "offline", "model")
        if name == "offline":
            return search(given, today)
        from advisor.classify.door import look_up

        seconds = min(self.settings.timeout_seconds, self.settings.request_seconds * _OF_A_REQUEST)
        return look_up(self.settings, given, today, name, seconds=seconds).found

    def quote(
        self, tenant: str, name: str, arguments: Mapping[str, Any], note: Mapping[str, str] | None = None
    ) -> Result:
        """A quote, kept by its receipt, with its line of the audit log."""
        result = self.call(name, arguments)
        assert isinstance(result, Result)
        ending = {"target": result.receipt, "text": "", "outcome": "complete" if result.complete else "open"}
        noted = self._noted({"tenant": tenant, **note, **ending}) if note is not None else None
        self.records.keep_result(tenant, result, noted)
        return result

    def replay(self, tenant: str, receipt: str) -> dict[str, Any]:
        """A recorded result computed again.

        Raises:
            NotFound: no such receipt belongs to the tenant.
        """
        recorded = read_result(self.records.receipt(tenant, receipt))
        computed = again(recorded)
        return {
            "receipt": recorded.receipt,
            "identical": not altered(recorded) and computed.receipt == recorded.receipt,
            "altered": altered(recorded),
            "computed": computed.receipt,
            "changes": changes(recorded, computed),
        }

    def note(self, row: Mapping[str, str]) -> None:
        """A line of the audit log; texts are kept as they are or as a hash, as the operator chose."""
        self.records.note(self._noted(row))

    def _noted(self, row: Mapping[str, str]) -> dict[str, str]:
        text = row.get("text", "")
        if text and not self.settings.audit_text:
            text = f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
        return {**row, "text": text[:4_000]}

    def draft(self, answer: Answer, name: str) -> dict[str, Any]:
        """A reply to a customer made from an answer: nothing is added to its figures."""
        words = support_words()[answer.language]
        asked = [f"- {f.question}" for f in answer.follow_up]
        sources = [f"{c.marker} {c.title} — {c.source.citation}" for c in answer.citations]
        parts = [
            words["greeting"].format(name=name) if name else words["greeting_plain"],
            answer.answer,
            *([words["asked"], "\n".join(asked)] if asked else []),
            *([words["sources"], "\n".join(sources)] if sources else []),
            words["closing"],
        ]
        return {
            "subject": words["subject"].format(question=" ".join(answer.question.split())[:60]),
            "body": "\n\n".join(parts),
            "send_as_is": answer.status == "answered" and not answer.warnings,
            "answer": answer.model_dump(mode="json"),
        }

    def ready(self) -> dict[str, bool]:
        """What must work before a question can be answered; without vectors it is answered by words alone."""
        state = {"database": self.database.alive(), "library": False, "vectors": False}
        try:
            library = self.advisor.library
            found = library.search(_PROBE, as_of=self.settings.today("tw"), lang="zh-TW", limit=1)
            state |= {"library": bool(found.passages), "vectors": library.vectors_answer()}
        except CustomsError as error:
            logger.warning("the library is not ready: %s", error)
        return state

    def close(self) -> None:
        self.database.close()
