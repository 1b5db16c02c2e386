"""The guard in the agent's loop: nothing a model says is kept before it was checked.

A draft that fails is sent back once with what is wrong; a second failure, an error or a timeout hands the turn to the
offline model, which works on the results already there. Rejected drafts never enter the history.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from advisor.evidence import build_ledger
from advisor.guard.context import Violation
from advisor.guard.review import Review, review
from advisor.ledger import Ledger
from advisor.offline.compose.base import say
from advisor.offline.fold import fold_question
from advisor.offline.model import CORRECTION, OfflineModel, artifacts_of, questions_of
from advisor.offline.understand import language_of
from tools.law.models import Lang
from tools.text.quantities import find_quantities

logger = logging.getLogger("customs.guard")


class Guard(AgentMiddleware[Any, Any]):
    """Checks every answer of one turn.

    Args:
        as_of: the day the answer speaks for.
        lang: the language it must be in.
        offline: the model that takes over.
        hosted: whether the turn's model is anything but the offline one.
    """

    def __init__(self, as_of: date, lang: Lang, offline: OfflineModel, *, hosted: bool) -> None:
        super().__init__()
        self.as_of, self.lang, self.offline, self.hosted = as_of, lang, offline, hosted
        self.accepted: tuple[AIMessage, Review, Ledger] | None = None
        self.blocked: list[str] = []
        self.fell_back = False

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any] | AIMessage:
        """Call the model; let only checked words through."""
        if self.fell_back:
            return self._by_rules(request.messages)
        messages = list(request.messages)
        for _ in range(2):
            try:
                message = _spoken(handler(request.override(messages=messages)))
            except Exception as error:
                if not self.hosted:
                    raise
                logger.warning("model failed: %s", type(error).__name__)
                self.blocked.append("model_failed")
                break
            if message.tool_calls:
                return message
            found = self._check(message, request.messages)
            if found.passed:
                return message
            if not self.hosted:
                break
            messages = [*request.messages, message, HumanMessage(_correction(found), name=CORRECTION)]
        self.fell_back = True
        return self._by_rules(request.messages)

    def _by_rules(self, messages: list[BaseMessage] | list[Any]) -> AIMessage:
        """The offline model's next message; its words are checked as well."""
        message = self.offline.reply(messages)
        if message.tool_calls:
            return message
        ledger = self._ledger(messages)
        found = review(message.text, ledger, self.lang)
        if not found.passed:
            for violation in found.violations:
                logger.error("offline answer blocked: %s %r %s", violation.code, violation.text, violation.detail)
            message = AIMessage(content=without_figures(message.text, found))
            found = review(message.text, ledger, self.lang)
            if not found.passed:
                message = AIMessage(content=f"{say('no_not_held', self.lang)}\n{say('no_what_held', self.lang)}")
                found = review(message.text, ledger, self.lang)
        self.accepted = (message, found, ledger)
        return message

    def _check(self, message: AIMessage, messages: list[Any]) -> Review:
        ledger = self._ledger(messages)
        found = review(message.text, ledger, self.lang)
        if self.hosted and not artifacts_of(messages):
            unasked = Violation("no_tool", "", "no tool was called; call one, or no_answer")
            found = Review(found.numbers, found.identifiers, (*found.violations, unasked))
        if found.passed:
            self.accepted = (message, found, ledger)
        for violation in found.violations:
            self.blocked.append(violation.code)
            logger.warning("blocked: %s %r %s", violation.code, violation.text, violation.detail)
        return found

    def _ledger(self, messages: list[Any]) -> Ledger:
        asked = questions_of(messages)
        folded = fold_question(asked[-1], english=language_of(asked[-1]) == "en")
        earlier = [q for text in (*asked[:-1], folded) for q in find_quantities(text)]
        artifacts = [(call, artifact) for call, _, _, artifact in artifacts_of(messages)]
        return build_ledger(asked[-1], self.as_of, artifacts, earlier)


def without_figures(text: str, found: Review) -> str:
    """The lines of an answer in which nothing was found wrong; for our own composer's mistakes only."""
    bad = {v.text for v in found.violations}
    kept = [line for line in text.splitlines() if not any(b and b in line for b in bad)]
    return "\n".join(kept)


def _spoken(response: ModelResponse[Any]) -> AIMessage:
    message = response.result[-1]
    assert isinstance(message, AIMessage)
    return message


def _correction(found: Review) -> str:
    problems = "\n".join(f"- {v.code}: {v.text!r}: {v.detail}" for v in found.violations[:8])
    return (
        "Your answer was not shown. Mend only what is wrong and answer again in the same language, "
        f"using figures exactly as the tools gave them:\n{problems}"
    )


def chat_model(name: str, base_url: str | None, api_key: str | None, timeout: int) -> BaseChatModel:
    """A hosted model behind any OpenAI-compatible endpoint."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        model=name, base_url=base_url, api_key=SecretStr(api_key or "none"), timeout=timeout, max_retries=1,
        stream_usage=True, use_responses_api=False, temperature=0, tags=["nostream"],
    )  # fmt: skip
