"""Cases as people write and correct them. Unknown keys, repeated ids and contradictions are refused.

A file of `cases/` is a suite: YAML, or JSONL of the same keys. `docs/evals.md` describes the form for a customs broker.
A row with `paraphrase_of` takes everything but its words from the case it names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from advisor.answer import Status
from tools.errors import DataError

CASES = Path(__file__).parent / "cases"
#: tag of a case that forbids nothing
WEAK = "weak"
Split = Literal["dev", "held-out"]
_GOLD = (
    "question", "turns", "lang", "as_of", "status", "figures", "facts", "forbidden", "citations", "asks", "may_ask",
    "tools", "max_characters",
)  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WantedFigure(_Model):
    """A figure the answer must hold, exactly, and what it is of."""

    value: Decimal
    unit: str
    of: str


class WantedCall(_Model):
    """A tool that must be called, with at least these arguments."""

    name: str
    arguments: dict[str, Any] = {}


class Case(_Model):
    """One question with what a right answer must do."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str | None = None
    turns: tuple[str, ...] = ()
    lang: Literal["zh-TW", "en"]
    as_of: date
    status: Status
    figures: tuple[WantedFigure, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    tools: tuple[WantedCall, ...] = ()
    max_characters: int | None = Field(default=None, gt=0)
    arithmetic: str = ""
    source: str = Field(min_length=3)
    reason: str = Field(min_length=3)
    tags: tuple[str, ...] = Field(min_length=1)
    difficulty: Literal["easy", "medium", "hard"]
    author: str
    split: Split = "dev"
    paraphrase_of: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if (self.question is None) == (not self.turns):
            raise ValueError("give question or turns")
        if self.status == "needs_input" and not self.asks:
            raise ValueError("needs_input must say what is asked")
        if self.status in ("not_covered", "declined") and self.figures:
            raise ValueError(f"{self.status} cannot want figures")
        if not (self.figures or self.facts):
            raise ValueError("wants neither figure nor fact: anything would pass")
        if both := set(self.facts) & set(self.forbidden):
            raise ValueError(f"required and forbidden: {sorted(both)}")
        if len(set(self.figures)) < len(self.figures):
            raise ValueError("a figure is wanted twice")
        for pattern in (*self.facts, *self.forbidden):
            re.compile(pattern)
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """Messages in order."""
        return self.turns or (self.question or "",)

    @property
    def gold(self) -> str:
        """Hash of the question and of everything a right answer is judged by."""
        held = self.model_dump(mode="json", include=set(_GOLD))
        return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Paraphrase(_Model):
    """Other words for an existing case: everything not said here is the original's."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    paraphrase_of: str
    question: str | None = None
    turns: tuple[str, ...] = ()
    how: str = Field(min_length=3)
    author: str

    def case(self, original: Case) -> Case:
        """The paraphrase as a case of its own."""
        held = original.model_dump()
        return Case.model_validate(
            held | {"id": self.id, "question": self.question, "turns": self.turns, "author": self.author,
                    "reason": f"paraphrase of {original.id}: {self.how}", "paraphrase_of": original.id,
                    "tags": tuple(dict.fromkeys(("paraphrase", *original.tags)))}
        )  # fmt: skip


class SimpleCase(_Model):
    """The simple form of other people's files: a row with substrings, read as a case.

    Its status is required. So are its `forbidden` claims in a suite of ours: substrings alone are met by luck. A file of
    somebody else's may leave them out; its passes are then called weak.
    """

    id: str
    lang: Literal["zh", "en", "zh-TW"]
    question: str
    answer: str
    must_contain: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    status: Status
    kind: str
    source_seed: str = ""
    as_of: date | None = None

    def case(self, day: date) -> Case:
        """The row as a case of ours, on `day` unless it names its own."""
        return Case(
            id=re.sub(r"[^a-z0-9-]+", "-", self.id.lower()), question=self.question,
            lang="en" if self.lang == "en" else "zh-TW", as_of=self.as_of or day, status=self.status,
            facts=self.must_contain or ((".",) if self.status != "answered" else ()), forbidden=self.forbidden,
            asks=("any",) if self.status == "needs_input" else (), source=self.source_seed or "not stated",
            reason=self.answer[:300], tags=("simple-form", self.kind, *(() if self.forbidden else (WEAK,))), difficulty="medium", author="outside",
        )  # fmt: skip


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a key stands once."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(k, deep=True) for k, _ in node.value]
        if doubled := {str(k) for k in keys if keys.count(k) > 1}:
            raise yaml.YAMLError(f"line {node.start_mark.line + 1}: {sorted(doubled)} twice in one case")
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a YAML or JSONL file as they stand."""
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return list(yaml.load(text, Loader=_Strict) or [])  # noqa: S506 -- the loader is a safe one


def read_file(path: Path, day: date | None = None) -> list[Case | Paraphrase]:
    """Cases and paraphrases of one file; rows of the simple form need `day`.

    Raises:
        DataError: naming the file, the case and what is wrong.
    """
    made: list[Case | Paraphrase] = []
    where = path.name
    try:
        for number, row in enumerate(read_rows(path), start=1):
            where = f"{path.name}, {row.get('id', f'row {number}')}"
            if "paraphrase_of" in row:
                made.append(Paraphrase.model_validate(row))
            elif "must_contain" in row:
                if day is None and not row.get("forbidden"):
                    raise ValueError("names no forbidden claim")  # noqa: TRY301 -- told with the case's name below
                made.append(SimpleCase.model_validate(row).case(day or date.fromisoformat(str(row["as_of"]))))
            else:
                made.append(Case.model_validate(row))
    except (ValidationError, yaml.YAMLError, json.JSONDecodeError, KeyError, TypeError, ValueError, re.error) as error:
        raise DataError(where, " ".join(str(error).split())[:300]) from error
    return made


def read_cases(root: Path = CASES) -> dict[str, list[Case]]:
    """Cases by suite, a suite being a file.

    Raises:
        DataError: naming the file and what is wrong.
    """
    files = {p.stem: read_file(p) for p in sorted(root.iterdir()) if p.suffix in (".yaml", ".jsonl")}
    return _resolved(files)


def _resolved(files: Mapping[str, Iterable[Case | Paraphrase]]) -> dict[str, list[Case]]:
    originals: dict[str, Case] = {}
    seen: set[str] = set()
    for name, rows in files.items():
        for row in rows:
            if row.id in seen:
                raise DataError(name, f"id {row.id} is used twice")
            seen.add(row.id)
            if isinstance(row, Case):
                originals[row.id] = row
    suites: dict[str, list[Case]] = {}
    for name, rows in files.items():
        suites[name] = []
        for row in rows:
            if isinstance(row, Paraphrase):
                if row.paraphrase_of not in originals:
                    raise DataError(name, f"{row.id} is a paraphrase of {row.paraphrase_of}, which is no case")
                suites[name].append(row.case(originals[row.paraphrase_of]))
            else:
                suites[name].append(row)
    return suites
