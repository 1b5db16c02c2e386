"""What every composer shares: phrases, figures in the reader's locale, follow-up questions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from advisor.answer import FollowUp
from tools.law.models import Lang
from tools.result import Message, Missing, Totals
from tools.text import format as write

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


def twd(amount: Decimal | None, lang: Lang) -> str:
    """New Taiwan dollars as the reader writes them."""
    return write.money(amount if amount is not None else Decimal(0), "TWD", lang)


def totals_words(totals: Totals, lang: Lang) -> dict[str, str]:
    """Totals ready for a phrase."""
    names = {
        "customs_value": totals.customs_value, "duty": totals.duty, "business_tax": totals.taxes,
        "trade_promotion_fee": totals.fees, "total": totals.total, "landed_cost": totals.landed_cost,
    }  # fmt: skip
    return {name: twd(value, lang) for name, value in names.items()}


@dataclass(slots=True)
class Draft:
    """An answer before the guard has seen it. `[n]` is the n-th passage retrieved in the turn."""

    text: str
    follow_up: list[FollowUp] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def ask(slot: str, lang: Lang, matters: str, choices: Iterable[str] = ()) -> FollowUp:
    """A question for one fact."""
    return FollowUp(slot=slot, question=say(f"ask_{slot}", lang), choices=tuple(choices), matters=matters)


def asks(missing: Iterable[Missing], lang: Lang, most: int = 2) -> list[FollowUp]:
    """Questions for the missing facts that can be asked, at most two at once."""
    found = [ask(m.fact, lang, m.effect.render(lang)) for m in missing if has_phrase(f"ask_{m.fact}")]
    return found[:most]


def bullets(messages: Iterable[Message], lang: Lang) -> list[str]:
    """Messages as list items."""
    return [f"- {m.render(lang)}" for m in messages]
