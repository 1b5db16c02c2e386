"""Dialogues of real life, answered by the program as it is: `docs/dialogues.md`, and the tests that hold it current."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from advisor.advisor import Advisor
from advisor.answer import Answer
from advisor.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "dialogues.md"
_HEAD = """# Dialogues

Twenty conversations as people have them, answered by the program without any model, as of {as_of}. Written by
`./customs eval dialogues --write` from `evals/dialogues.toml`; a test keeps it current and holds each answer to figures worked by hand. Do not edit.
"""


class Dialogue(BaseModel):
    """A title, what the person says, and what each answer must hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    turns: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]

    @model_validator(mode="after")
    def _each_turn_is_held(self) -> Dialogue:
        if len(self.turns) != len(self.must) or not all(self.must):
            raise ValueError("every turn needs what its answer must hold")
        return self


def read_dialogues() -> tuple[date, tuple[Dialogue, ...]]:
    """The day they are held on, and the dialogues."""
    raw = tomllib.loads(Path(__file__).with_name("dialogues.toml").read_text("utf-8"))
    return raw["as_of"], tuple(Dialogue.model_validate(row) for row in raw["dialogue"])


def held(advisor: Advisor, dialogue: Dialogue, as_of: date) -> list[Answer]:
    """The answers of one conversation, turn by turn."""
    answers: list[Answer] = []
    for turn in dialogue.turns:
        known = answers[-1].conversation_id if answers else None
        answers.append(advisor.ask(turn, as_of=as_of, conversation_id=known))
    return answers


def missed(dialogue: Dialogue, answers: list[Answer]) -> list[str]:
    """What answers do not hold that they must."""
    return [
        f"{dialogue.title}, turn {number}: nothing of /{pattern}/"
        for number, (patterns, answer) in enumerate(zip(dialogue.must, answers, strict=True), start=1)
        for pattern in patterns
        if not re.search(pattern, answer.answer)
    ]


def render(as_of: date, rows: list[tuple[Dialogue, list[Answer]]]) -> str:
    """The document."""
    parts = [_HEAD.format(as_of=as_of.isoformat())]
    for number, (dialogue, answers) in enumerate(rows, start=1):
        parts.append(f"## {number}. {dialogue.title}\n")
        for turn, answer in zip(dialogue.turns, answers, strict=True):
            parts.append(f"**» {turn}**\n\n{answer.answer.strip()}\n")
            asked = [f"- {f.question}{f' ({chr(44).join(f.choices)})' if f.choices else ''}" for f in answer.follow_up]
            sources = [f"- {c.marker} {c.title}: {c.section} ({c.source.citation})" for c in answer.citations]
            parts += [
                f"*{word}*\n\n" + "\n".join(lines) + "\n" for word, lines in (("?", asked), ("↗", sources)) if lines
            ]
        parts.append("---\n")
    return "\n".join(parts).rstrip("-\n") + "\n"


def write_dialogues(settings: Settings, *, write: bool) -> int:
    """Print or write the document; 1 when the one held differs, or an answer lacks what it must hold."""
    as_of, dialogues = read_dialogues()
    advisor = Advisor(settings)
    rows = [(d, held(advisor, d, as_of)) for d in dialogues]
    wrong = [line for d, answers in rows for line in missed(d, answers)]
    text = render(as_of, rows)
    current = DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == text
    if write:
        DOCUMENT.write_text(text, "utf-8")
    print(
        "\n".join([*wrong, "docs/dialogues.md is current" if current or write else "docs/dialogues.md is not current"])
    )
    return 1 if wrong or not (current or write) else 0
