"""An optional judge of prose, by another model. It never says whether an answer is right: it has no part in passing.

Any OpenAI-compatible endpoint. A grade that cannot be read leaves the answer unscored, not wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import httpx

from advisor.settings import Settings
from evals.records import Outcome
from evals.scorers.base import Score, measure
from tools.errors import InputError, ServiceError

_PROMPT = Path(__file__).with_name("judge_prompt.md")
_GRADE = re.compile(r"GRADE:\s*([1-5])\b")


@dataclass(frozen=True, slots=True)
class Judge:
    """A model that grades how an answer reads, from 1 to 5."""

    name: str
    base_url: str
    api_key: str
    timeout: int
    transport: httpx.BaseTransport | None = None

    @classmethod
    def of(cls, name: str, under_test: str, settings: Settings) -> Judge:
        """The judge of a run.

        Raises:
            InputError: no hosted model, or the very model under test.
            ServiceError: no address to reach it at.
        """
        if not name.startswith("openai:") or name == "openai:":
            raise InputError("judge", f"{name!r} is not a hosted model", "openai:NAME")
        if name == under_test:
            raise InputError("judge", f"{name} would judge itself", "another model than the one under test")
        if not settings.base_url:
            raise ServiceError(f"judge {name}: set CUSTOMS_OPENAI_BASE_URL to reach it")
        return cls(name.removeprefix("openai:"), settings.base_url, settings.api_key or "", settings.timeout_seconds)

    def grade(self, outcome: Outcome) -> Outcome:
        """The outcome with the score `prose` added."""
        return outcome.model_copy(update={"scores": {**outcome.scores, "prose": self._score(outcome)}})

    def _score(self, outcome: Outcome) -> Score:
        prompt = _PROMPT.read_text("utf-8").format(question="\n".join(outcome.asked), answer=outcome.answer)
        body = {"model": self.name, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        try:
            with httpx.Client(timeout=self.timeout, transport=self.transport) as client:
                done = client.post(f"{self.base_url.rstrip('/')}/chat/completions", json=body, headers=headers)
                done.raise_for_status()
                text = str(done.json()["choices"][0]["message"]["content"])
        except (httpx.HTTPError, KeyError, IndexError, TypeError, ValueError) as error:
            return measure(None, f"unscored: the judge did not answer ({type(error).__name__})")
        grade = _GRADE.search(text)
        if grade is None:
            return measure(None, "unscored: the grade cannot be read")
        return measure(float(grade[1]), " ".join(text.split())[:300])
