"""The one door: a question in, a checked answer out."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Callable, Generator, Sequence
from datetime import date
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from pydantic import BaseModel

from advisor.agent import run_turn
from advisor.answer import Answer, Citation, CitationSource, FollowUp, Grounding, Number, Status, ToolCall
from advisor.classify.looking import walker
from advisor.control import Decline, NoAnswer, ToolProblem
from advisor.conversations import Conversations, spoken
from advisor.events import Done, Event, sentences_of, steps_in
from advisor.guard.middleware import Guard
from advisor.guard.review import Review
from advisor.hosted import warning_of
from advisor.hosted.meter import meter_of
from advisor.ledger import Ledger
from advisor.offline.compose.passages import plainly_answers
from advisor.offline.model import OfflineModel, artifacts_of
from advisor.offline.understand import language_in
from advisor.settings import Settings, check_model
from advisor.toolbox import Reader
from corpus.search import Library, Passage, SearchResult, open_library
from tools.errors import InputError
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Result
from tools.tariff.schedule import use_editions_in
from tools.tariff.search.models import Found

QUESTION_LIMIT = 4_000
_MARKER = re.compile(r"\[(\d{1,2})\]")


class Advisor:
    """Answers questions; a conversation goes on in another process, for what was said is kept in the state directory.

    Args:
        settings: what the operator chose; read from the environment when not given.
        model: a chat model to use instead of the configured one.
        library: a policy library to use instead of the shipped one.
    """

    def __init__(
        self, settings: Settings | None = None, *, model: BaseChatModel | None = None, library: Library | None = None
    ) -> None:
        self.settings = settings or Settings.from_environment()
        use_editions_in(self.settings.home)
        self._model = model
        self._library = library
        self._conversations = Conversations(self.settings.home, self.settings.database_url)
        self._opening = threading.Lock()

    @property
    def library(self) -> Library:
        """The policy library, opened on first use."""
        with self._opening:
            if self._library is None:
                self._library = open_library(self.settings.home, self.settings.stores)
            return self._library

    def ask(
        self, question: str, *, as_of: date | None = None, lang: Lang | None = None, conversation_id: str | None = None,
        model: str | None = None, history: Sequence[tuple[str, str]] | None = None,
    ) -> Answer:  # fmt: skip
        """Answer one question.

        Args:
            question: in Chinese or English, at most 4,000 characters.
            as_of: the day the law is read at; today in Taipei when not given.
            lang: language of the answer; the question's when not given.
            conversation_id: continues a conversation, of this process or an earlier one.
            model: `offline` or `openai:NAME`; the configured one when not given.
            history: questions and answers before this one, kept by the caller; the conversation is then not kept here.

        Raises:
            InputError: an empty or too long question, an unknown model.
            ServiceError: a hosted model was asked for without a key or an address.
        """
        turn = self.stream(
            question, as_of=as_of, lang=lang, conversation_id=conversation_id, model=model, history=history
        )
        return next(event.answer for event in turn if isinstance(event, Done))

    def stream(
        self, question: str, *, as_of: date | None = None, lang: Lang | None = None, conversation_id: str | None = None,
        model: str | None = None, history: Sequence[tuple[str, str]] | None = None,
        library: Callable[[], Library] | None = None,
    ) -> Generator[Event, None, None]:  # fmt: skip
        """Answer one question, telling what is done on the way; arguments and errors are those of `ask`.

        `library` opens the library the asker reads, where that is another than this advisor's.

        Nothing a model says is told before all of it was checked. Whoever stops reading stops the turn, and nothing
        of it is kept.
        """
        started = time.perf_counter()
        text = question.strip()
        if not text:
            raise InputError("question", "is empty", "a question in Chinese or English")
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise InputError("question", "holds half a character", "text in UTF-8")
        if len(text) > QUESTION_LIMIT:
            raise InputError("question", f"has {len(text)} characters", f"at most {QUESTION_LIMIT}")
        day = as_of or self.settings.today("tw")
        conversation = conversation_id or uuid.uuid4().hex
        kept = self._conversations.history(conversation) if conversation_id and history is None else []
        before = kept if history is None else spoken(history)
        asked = [m for m in before if isinstance(m, HumanMessage)]
        language: Lang = lang or language_in(text, [m.text for m in asked])
        name, chosen = self._choose(model, day, language)
        offline = OfflineModel(as_of=day, lang=language)
        guard = Guard(
            day, language, offline, hosted=not isinstance(chosen, OfflineModel), turn=uuid.uuid4().hex,
            meter=meter_of(self.settings), seconds=self.settings.timeout_seconds,
        )  # fmt: skip
        walk = None if isinstance(chosen, OfflineModel) else walker(self.settings, name, chosen, guard.meter)
        reader = Reader(library or (lambda: self.library), self.settings.today, as_of, language, walk)
        turn: list[BaseMessage] = []
        for speaker in (chosen, offline):
            told = 1  # the question
            read = before if guard.hosted else asked  # the rules read no answers
            for turn in run_turn(speaker, reader, guard, read, HumanMessage(text)):
                yield from steps_in(turn[told:])
                told = len(turn)
            if guard.accepted is not None:
                break
            guard.trouble = "limit"  # it ended the loop: what can be told by rules is
        assert guard.accepted is not None
        message, review, ledger = guard.accepted
        if history is None:
            self._conversations.keep(conversation, text, message.text)
        answer = self._answer(text, conversation, language, day, name, guard, message, review, ledger, turn, started)
        yield from sentences_of(answer.answer)
        yield Done(answer=answer)

    def _choose(self, model: str | None, day: date, lang: Lang) -> tuple[str, BaseChatModel]:
        if self._model is not None and model is None:
            return "given", self._model
        name = check_model(model or self.settings.model, "model")
        if name == "offline":
            return name, OfflineModel(as_of=day, lang=lang)
        from advisor.hosted.choice import hosted_model

        return name, hosted_model(self.settings, name, self.settings.timeout_seconds)

    def _answer(
        self, question: str, conversation: str, lang: Lang, day: date, model: str, guard: Guard, message: AIMessage,
        review: Review, ledger: Ledger, turn: list[BaseMessage], started: float,
    ) -> Answer:  # fmt: skip
        results = artifacts_of(turn)
        text, citations, renumbered = _cite(message.text, ledger.passages)
        numbers = tuple(_moved(n, renumbered) for n in review.numbers)
        extra = message.additional_kwargs
        warnings = list(dict.fromkeys(extra.get("warnings", ())))
        if guard.trouble is not None and guard.hosted:
            warnings.append(warning_of(guard.trouble, lang))
        composed: Literal["offline", "model", "fallback"] = (
            "offline" if not guard.hosted else "fallback" if guard.fell_back else "model"
        )
        return Answer(
            id=guard.turn, conversation_id=conversation, question=question, language=lang, as_of=day, model=model,
            composed_by=composed, status="not_covered" if guard.nothing_left else _status([a for *_, a in results]), answer=text, citations=citations,
            numbers=numbers, identifiers=review.identifiers,
            tool_calls=tuple(
                ToolCall(id=c, name=n, arguments=a, result=_dump(artifact)) for c, n, a, artifact in results
            ),
            follow_up=tuple(FollowUp.model_validate(f) for f in extra.get("follow_up", ())),
            warnings=tuple(warnings), usage=guard.meter.close(), elapsed_ms=round((time.perf_counter() - started) * 1000),
        )  # fmt: skip


def _status(artifacts: list[Any]) -> Status:
    """What the turn amounts to, from the artifacts alone."""
    if any(isinstance(a, Decline) for a in artifacts):
        return "declined"
    if any(isinstance(a, NoAnswer) and a.reason == "unclear" for a in artifacts):
        return "needs_input"
    others = [a for a in artifacts if not isinstance(a, NoAnswer | SearchResult | ToolProblem)]  # of other questions
    if any(isinstance(a, NoAnswer) for a in artifacts) and not others:
        covered = any(isinstance(a, SearchResult) and a.covered for a in artifacts)
        return "answered" if covered else "not_covered"
    answers = [a for a in artifacts if not isinstance(a, ToolProblem | SearchResult | NoAnswer)]
    if any(isinstance(a, Result | ToolProblem) for a in artifacts):  # candidates looked up on the way are no answer
        answers = [a for a in answers if not isinstance(a, Found)]
    if answers:
        results = [a for a in answers if isinstance(a, Result)]
        told = any(r.complete or r.alternatives or r.regime.get("hard_stops") for r in results)
        if len(results) == len(answers) and not told:
            facts = {m.fact for r in results for m in r.missing}
            return (
                "not_covered"
                if facts & {"tax_not_computed"} or any("." in f and not f.startswith("quantities.") for f in facts)
                else "needs_input"
            )
        return "answered" if not _nothing_held(answers) else "not_covered"
    problems = [a for a in artifacts if isinstance(a, ToolProblem)]
    if any(p.kind == "input" for p in problems):
        return "needs_input"
    searches = [a for a in artifacts if isinstance(a, SearchResult)]
    return "answered" if any(plainly_answers(s) for s in searches) and not problems else "not_covered"


def _nothing_held(answers: list[Any]) -> bool:
    """Whether every look-up came back without a value for the day."""
    entries = [e for a in answers for e in getattr(a, "entries", ())]
    return (
        bool(entries)
        and len(answers) == sum(hasattr(a, "entries") for a in answers)
        and not any(e.in_force or _ended(e, a.on) for a in answers for e in a.entries)
    )


def _ended(entry: Any, on: date) -> bool:
    """Whether a measure of the law is known to have ended: that it is gone is the answer."""
    past = [o for o in entry.others if o.effective_to and o.effective_to < on]
    return bool(past) and law().parameter(past[-1].id).measure is not None


def _cite(text: str, passages: Sequence[Passage]) -> tuple[str, tuple[Citation, ...], dict[str, str]]:
    """Markers renumbered in the order they are met, and the citations they stand for."""
    order = list(dict.fromkeys(_MARKER.findall(text)))
    renumbered = {old: str(new) for new, old in enumerate(order, start=1)}
    citations = []
    for old, new in renumbered.items():
        passage = passages[int(old) - 1]
        citations.append(
            Citation(
                marker=f"[{new}]", document_id=passage.document_id, title=passage.title, section=passage.section,
                passage=passage.text,
                source=CitationSource(publisher=passage.publisher, citation=passage.citation, url=passage.url),
                authority="user" if passage.authority == "user" else "brief", effective_from=passage.effective_from, effective_to=passage.effective_to,
                status=passage.status,
            )
        )  # fmt: skip
    return _MARKER.sub(lambda m: f"[{renumbered[m[1]]}]", text), tuple(citations), renumbered


def _moved(number: Number, renumbered: dict[str, str]) -> Number:
    match = re.match(r"\[(\d+)\] (.+)", number.grounding.ref)
    if not match:
        return number
    marker = f"[{renumbered[match[1]]}] " if match[1] in renumbered else ""
    return number.model_copy(update={"grounding": Grounding(kind=number.grounding.kind, ref=f"{marker}{match[2]}")})


def _dump(artifact: BaseModel) -> dict[str, Any]:
    return artifact.model_dump(mode="json")
