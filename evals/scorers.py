"""Scorers: each returns what is wrong with an answer, in words; an empty list is a pass.

Money is compared exactly. No model judges anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from advisor.answer import Answer
from evals.cases import Case, WantedFigure
from tools.text.normalise import normalise

Scorer = Callable[[Case, Answer], list[str]]


def status(case: Case, answer: Answer) -> list[str]:
    """The status is the one wanted."""
    return [] if answer.status == case.status else [f"status {answer.status}, wanted {case.status}"]


def figures(case: Case, answer: Answer) -> list[str]:
    """Every wanted figure is in `numbers`, of the right thing, grounded in a tool, and in the prose."""
    return [f"no {f.of} {f.value} {f.unit}" for f in case.figures if not _has(f, answer)]


def _has(wanted: WantedFigure, answer: Answer) -> bool:
    for number in answer.numbers:
        if number.of == wanted.of and number.grounding.kind == "tool" and _equal(number.value, wanted.value):
            return normalise(number.text).text in normalise(answer.answer).text
    return False


def _equal(text: str, value: Decimal) -> bool:
    try:
        return Decimal(text) == value
    except InvalidOperation:
        return False


def facts(case: Case, answer: Answer) -> list[str]:
    """Every required fact is said."""
    said = normalise(answer.answer).text
    return [f"does not say /{p}/" for p in case.facts if not re.search(p, said, re.IGNORECASE)]


def forbidden(case: Case, answer: Answer) -> list[str]:
    """No forbidden claim is made."""
    said = normalise(answer.answer).text
    return [f"says /{p}/" for p in case.forbidden if re.search(p, said, re.IGNORECASE)]


def citations(case: Case, answer: Answer) -> list[str]:
    """One of the acceptable documents is cited; every marker has its citation."""
    found = {c.document_id for c in answer.citations}
    wrong = (
        []
        if not case.citations or found & set(case.citations)
        else [f"cites {sorted(found)}, not {list(case.citations)}"]
    )
    markers = set(re.findall(r"\[\d+\]", answer.answer))
    return wrong + [f"{m} leads nowhere" for m in markers - {c.marker for c in answer.citations}]


def grounding(_: Case, answer: Answer) -> list[str]:
    """Every figure of the answer has a ground."""
    return [f"{n.text} has no ground" for n in answer.numbers if not n.grounding.ref]


def questions(case: Case, answer: Answer) -> list[str]:
    """What is needed is asked, and not more than two things at once."""
    asked = {f.slot for f in answer.follow_up}
    wrong = ["asks more than two things"] if len(asked) > 2 else []
    if case.asks and not asked & set(case.asks):
        wrong.append(f"asks {sorted(asked)}, not {list(case.asks)}")
    return wrong


def language(case: Case, answer: Answer) -> list[str]:
    """The answer is in the language of the case."""
    return [] if answer.language == case.lang else [f"language {answer.language}, wanted {case.lang}"]


SCORERS: dict[str, Scorer] = {
    "status": status, "figures": figures, "facts": facts, "forbidden": forbidden, "citations": citations,
    "grounding": grounding, "questions": questions, "language": language,
}  # fmt: skip


def score(case: Case, answer: Answer) -> dict[str, list[str]]:
    """Everything that is wrong, by scorer."""
    found = {name: scorer(case, answer) for name, scorer in SCORERS.items()}
    return {name: wrong for name, wrong in found.items() if wrong}
