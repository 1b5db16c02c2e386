"""Where a document found disagrees with the law of the day: both are told, with which governs and why.

The claims are those a scan looks for (`scan_rules.toml`), read in the passages that a search found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from corpus.briefs_reader import Brief, Section
from corpus.documents.blocks import Block, Parsed
from corpus.passage import Conflict
from corpus.scan import scan
from corpus.scan_models import Finding
from tools.law.models import Localized
from tools.text.format import day as written_day

_BEGINNING = 60  # passages of a document that tell what it is about


@cache
def _why() -> dict[str, Localized]:
    raw = tomllib.loads(Path(__file__).with_name("governs.toml").read_text("utf-8"))
    return {name: Localized.model_validate(words) for name, words in raw.items()}


def conflicts_in(brief: Brief, section: Section, on: date) -> list[Conflict]:
    """Claims of one passage of a user's document that disagree with the law on a day.

    Args:
        brief: the document; what it is about is told by all of it.
        section: the passage.
        on: the day.
    """
    return [
        _conflict(section, f, on) for f in scan(_parsed(section), section.heading, on, whole=_whole(brief)).findings
    ]


def _whole(brief: Brief) -> str:
    return "\n".join(f"{s.heading}\n{s.body}" for s in brief.sections[:_BEGINNING])


def _parsed(section: Section) -> Parsed:
    blocks: list[Block] = []
    at, header = 0, ""
    for number, line in enumerate(section.body.split("\n"), start=1):
        row = " | " in line
        blocks.append(Block("row" if row else "text", line, at, at + len(line), number, header=header if row else ""))
        header = (header or line) if row else ""
        at += len(line) + 1
    return Parsed(section.body, tuple(blocks), section.heading)


def _conflict(section: Section, finding: Finding, on: date) -> Conflict:
    lang = section.language
    why = _why()["was_law" if finding.was_so else "other"][lang]
    return Conflict(
        passage=section.id, document_id=section.document_id, rule=finding.rule, claim=finding.claim,
        sentence=finding.sentence, parameter=finding.parameter, current=finding.current,
        effective_from=finding.effective_from, effective_to=finding.effective_to, citation=finding.citation,
        url=finding.url, governs="law", correction=finding.correction,
        why=why.format(was_so=finding.was_so or "", day=written_day(on, lang)),
    )  # fmt: skip


def parameters_of(conflicts: Sequence[Conflict]) -> list[str]:
    """Parameters of the law that the claims are about, each once."""
    return list(dict.fromkeys(c.parameter for c in conflicts if c.parameter and c.current))
