"""What every composer shares: phrases, figures in the reader's locale, follow-up questions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from advisor.answer import FollowUp
from tools.dialogue import Slot, dialogues
from tools.law.models import Lang
from tools.result import Result

#: a space between two Chinese characters is a seam of the template
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).parent.with_name("phrases.toml").read_text("utf-8"))


def say(code: str, lang: Lang, /, **values: str) -> str:
    """A phrase with its placeholders filled."""
    text = _phrases()[code][lang].format(**values)
    return _BETWEEN.sub("", text) if lang == "zh-TW" else text


def has_phrase(code: str) -> bool:
    return code in _phrases()


@dataclass(slots=True)
class Draft:
    """An answer before the guard has seen it. `[n]` is the n-th passage retrieved in the turn."""

    text: str
    follow_up: list[FollowUp] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def ask(slot: str, lang: Lang, matters: str, choices: Iterable[str] = (), tool: str | None = None) -> FollowUp:
    """A question for one fact, as the dialogue of its tool asks it, with quick replies where it is a choice."""
    declared = _declared(slot, tool)
    if declared is not None and declared.ask is not None:
        matters = matters or (declared.matters[lang] if declared.matters else "")
        offered = tuple(choices) or tuple(c.name[lang] for c in declared.choices)
        return FollowUp(slot=slot, question=declared.ask[lang], choices=offered, matters=matters)
    return FollowUp(slot=slot, question=say(f"ask_{slot}", lang), choices=tuple(choices), matters=matters)


def _declared(slot: str, tool: str | None) -> Slot | None:
    names = [tool] if tool else list(dialogues())
    return next((d.slots[slot] for n in names if (d := dialogues().get(n)) and slot in d.slots), None)


def can_ask(fact: str) -> bool:
    """Whether there are words to ask for a fact."""
    declared = _declared(fact, None)
    return has_phrase(f"ask_{fact}") or (declared is not None and declared.ask is not None)


_CODES = ("ccc_code", "hts_code")


def asks(result: Result, lang: Lang, most: int = 2, *, one_sum: bool = False) -> list[FollowUp]:
    """Questions for the missing facts that can be asked, at most two at once, the cases found as quick replies.

    Of one sum for several kinds of goods it is asked first what each cost, and not which of the lines it is.
    """
    found: list[FollowUp] = []
    for missing in result.missing:
        fact = missing.fact.rsplit(".", 1)[-1]
        if one_sum and fact in _CODES:
            found.insert(0, ask("shares", lang, say("matter_goods", lang)))
        elif can_ask(fact):
            offered = [a.label.render(lang) for a in result.alternatives] if fact in _CODES else []
            asked = ask(fact, lang, missing.effect.render(lang), offered)
            own = f"ask_{fact}_{result.jurisdiction}"
            found.append(asked.model_copy(update={"question": say(own, lang)}) if has_phrase(own) else asked)
    return found[:most]
