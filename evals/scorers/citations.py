"""Citations: an acceptable document, retrieved in this turn, in force on the day, and saying what it is cited for."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Any

from advisor.answer import Answer, Citation
from evals.cases import Case
from evals.reader import plain, read
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    wrong = []
    found = {c.document_id for c in answer.citations}
    if case.citations and not any(fnmatch(d, pattern) for d in found for pattern in case.citations):
        wrong.append(f"cites {sorted(found)}, not {list(case.citations)}")
    markers = set(re.findall(r"\[\d+\]", answer.answer))
    wrong += [f"{m} leads nowhere" for m in sorted(markers - {c.marker for c in answer.citations})]
    retrieved = _retrieved(answer)
    for cited in answer.citations:
        if _squeezed(cited.passage) not in retrieved:
            wrong.append(f"{cited.marker} {cited.document_id} was not retrieved in this turn")
        if cited.status == "in_force" and not _covers(cited, answer):
            wrong.append(f"{cited.marker} {cited.document_id} is not in force on {answer.as_of}")
    return judged([*wrong, *_unsupported(answer)], 1 + len(answer.citations))


def _retrieved(answer: Answer) -> str:
    texts: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            texts.extend(_squeezed(str(v)) for k, v in node.items() if k in ("text", "passage") and isinstance(v, str))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for call in answer.tool_calls:
        walk(call.result)
    return "\n".join(texts)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _covers(cited: Citation, answer: Answer) -> bool:
    return not (cited.effective_from and cited.effective_from > answer.as_of) and not (
        cited.effective_to and cited.effective_to < answer.as_of
    )


def _unsupported(answer: Answer) -> list[str]:
    """Figures grounded in a passage that no citation of their sentence says."""
    said = _squeezed(" ".join(plain(f"{c.title} {c.section} {c.passage}") for c in answer.citations))
    known = {(r.kind, r.value) for c in answer.citations for r in read(c.passage)}
    return [
        f"{plain(n.text)!r} is in no cited passage"
        for n in answer.numbers
        if n.grounding.kind == "passage"
        and _squeezed(plain(n.text)) not in said
        and not any((r.kind, r.value) in known for r in read(n.text))
    ]
