"""Suites: what can be run, and which part of it in CI."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.answer import Answer
from evals.cases import CASES, Case, read_cases, read_file
from evals.scorers import MEASURES, Score, grounding, score
from evals.scorers.base import judged
from evals.variants import Variant, check, variants
from tools.errors import DataError, InputError

GENERATED = "variants"
#: of the suites that no threshold gates, CI runs every n-th case, chosen by its hash
_EVERY = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to ask and to judge; a case, or a generated variant with its oracle."""

    suite: str
    case: Case
    variant: Variant | None = None

    @property
    def gold(self) -> str:
        """Hash of what is asked and wanted."""
        if self.variant is None:
            return self.case.gold
        return hashlib.sha256(repr(self.variant).encode()).hexdigest()

    def judge(self, answer: Answer) -> dict[str, Score]:
        """Every score of an answer."""
        if self.variant is None:
            return score(self.case, answer)
        wrong = check(self.variant, answer.model_dump(mode="json"))
        measured = {name: scorer(self.case, answer) for name, scorer in MEASURES.items()}
        return {"oracle": judged(wrong), "grounding": grounding.score(self.case, answer), **measured}


def all_suites(extra: Path | None = None, day: date | None = None) -> dict[str, list[Item]]:
    """Every suite by name: the files of `cases/`, the generated variants, and a file of the caller's."""
    found = {name: [Item(name, case) for case in cases] for name, cases in read_cases(CASES).items()}
    found[GENERATED] = [Item(GENERATED, _as_case(v), v) for v in variants()]
    if extra is not None:
        found[f"file-{extra.stem}"] = [Item(f"file-{extra.stem}", row) for row in _outside(extra, day)]
    return found


def _outside(path: Path, day: date | None) -> list[Case]:
    """Cases of a file that is not ours.

    Raises:
        InputError: naming the file and what is wrong with it.
    """
    try:
        rows = read_file(path, day)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cases", f"{path} cannot be read", "a UTF-8 file of cases, YAML or JSONL") from error
    except DataError as error:
        raise InputError("cases", str(error), "cases as docs/evals.md describes them") from error
    return [row for row in rows if isinstance(row, Case)]


def chosen(suites: dict[str, list[Item]], names: Sequence[str], subset: str, gated: set[str]) -> list[Item]:
    """The items of a run, in order.

    Args:
        suites: all suites.
        names: the wanted ones; none means all.
        subset: `full`, or `ci` for the part that CI has time for.
        gated: suites with a fail band, which CI runs whole.

    Raises:
        InputError: an unknown suite.
    """
    for name in names:
        if name not in suites:
            raise InputError("suite", f"{name!r} is not known", ", ".join(suites))
    items = [item for name in (names or suites) for item in suites[name]]
    if subset == "full":
        return items
    return [i for i in items if i.suite in gated or int(i.gold[:8], 16) % _EVERY == 0]


def _as_case(variant: Variant) -> Case:
    return Case(
        id=re.sub(r"[^a-z0-9-]", "-", variant.id.lower()), question=variant.question, lang=variant.lang,
        as_of=variant.as_of, status="answered", facts=variant.must_match, source="tw-facts, us-facts; evals/variants.py",
        reason="generated; judged by an oracle of its own", tags=("generated", variant.demo), difficulty="medium",
        author="generator",
    )  # fmt: skip
