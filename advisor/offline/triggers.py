"""The smaller tools that a message calls for by its words, with a fact to give them."""

from __future__ import annotations

import re

from advisor.offline.cues import says
from advisor.offline.papers import paper_asked
from advisor.offline.plan_tools import can_call
from advisor.offline.slots import read_slots
from tools.registry import published
from tools.text.quantities import find_quantities

_HAS_FACT = re.compile(r"\d")
#: what customs do to goods that were not declared, asked for as such
PUNISHED = re.compile(
    r"罰[款鍰則金]?|罰多少|沒入|沒收|處分|\bpenalt|\b(?:a|an|the|any|what|no|of) fine\b|\bfine[ds]\b|\bconfiscat|\bseiz|\bforfeit",
    re.IGNORECASE,
)

#: something left undeclared or found, and what becomes of it
_UNDECLARED = re.compile(
    r"(?:沒有?|不|未|忘(?:了|記)?)(?:主動)?(?:申報|報關|報(?!價))|漏報|走綠線|被(?:抓|查|海關發現)|\b(?:don'?t|didn'?t|do not|did not|not|never|forget to|forgot to|without) declar\w*|\bundeclared\b|\bgreen (?:channel|lane)\b|\b(?:get|got|getting|be|am|are) caught\b",
    re.IGNORECASE,
)
_BEFALLS = re.compile(r"怎樣|怎麼樣|後果|會(?:被|怎)|如何處理|怎麼處理|\b(?:happens?|trouble|risk|consequences?|do to me|do they do|lose)\b", re.IGNORECASE)  # fmt: skip


def punished(text: str) -> bool:
    """Whether it is asked what is done about goods that were not declared, by that word or by what befalls.

    >>> punished("What can happen if I don't declare it?"), punished("沒報被查到會怎樣"), punished("忘了申報期限")
    (True, True, False)
    """
    return PUNISHED.search(text) is not None or (
        _UNDECLARED.search(text) is not None and _BEFALLS.search(text) is not None
    )


#: tax that was not paid: an amount beside it is of that tax, not of goods
EVADED = re.compile(r"漏(?:掉|了|繳|報)?的?(?:關?稅|稅額|稅款)|(?:少|短|逃|未)(?:繳|漏|付)的?(?:關?稅|稅額|稅款)|\b(?:evaded|unpaid|missing|underpaid|lost) (?:tax|dut|revenue)|\b(?:tax|dut(?:y|ies)) (?:that )?(?:was |were |is )?(?:missed|short|unpaid|evaded|underpaid)", re.IGNORECASE)  # fmt: skip


_WHEN_OR_WHAT = re.compile(
    r"哪天|哪一天|何時|什麼時候|是什麼|什麼是|一定要|多久|會怎樣|from what day|\bwhen\b|what is|which day|how do i (?:install|register)",
    re.IGNORECASE,
)


_NOTICE = re.compile(
    r"(?:ez ?way|易利委).{0,20}\d.{0,30}(?:實際|我(?:買|付|訂)|\bpaid\b|actually|really cost)", re.IGNORECASE
)


def _is_notice(tool: str, text: str) -> bool:
    """Whether a notice and what was really paid are told."""
    return tool == "ezway_check" and _NOTICE.search(text) is not None


def triggered(text: str) -> str | None:
    """The tool of its own whose trigger phrase a message holds, with a fact to give it."""
    if (paper := paper_asked(text)) is not None:
        return paper
    if _ceiling_asked(text):
        return "us_penalty"
    if _BOND.search(text) and read_slots(text, "us_bond").values and _told_enough("us_bond", text):
        return "us_bond"
    lowered = text.lower()
    for name, tool in published().items():
        if (
            can_call(name)
            and (_told_enough(name, text) if name != "ezway_check" else not _WHEN_OR_WHAT.search(text))
            and (any(w in lowered for words in tool.triggers.values() for w in words) or _is_notice(name, lowered))
        ):
            return name
    return None


_OF_TAIWAN = re.compile(r"緝私條例|[台臺]灣海關|taiwan(?:'s)? customs", re.IGNORECASE)


def _ceiling_asked(text: str) -> bool:
    """Whether the ceiling of a penalty is asked for: the degree of culpability is told, and an amount."""
    degree = read_slots(text, "us_penalty").values.get("culpability")
    asked = degree and (PUNISHED.search(text) or _BASES.search(text))
    return bool(asked) and not _OF_TAIWAN.search(text) and _told_enough("us_penalty", text)


_BOND = re.compile(r"\bbonds?\b|海關保證|保證金", re.IGNORECASE)
_BASES = re.compile(r"漏稅|短繳|少繳|國內價值|應稅價值|lost (?:duty|duties|revenue)|loss of (?:duty|revenue)|domestic value|dutiable value", re.IGNORECASE)  # fmt: skip


def _told_enough(name: str, text: str) -> bool:
    """Whether a message holds a fact of the kind a tool computes from, and of a penalty the degree of culpability."""
    if name == "us_penalty" and "culpability" not in read_slots(text, name).values:
        return False
    if name == "ezway_check":
        return _HAS_FACT.search(text) is not None or says(text, "ordered_nothing")
    kinds = _FACTS.get(name)
    if kinds is None:
        return _HAS_FACT.search(text) is not None
    return any(q.kind in kinds for q in find_quantities(text))


#: what the smaller tools compute from: money, or a day
_FACTS = {"us_bond": ("money", "number"), "us_penalty": ("money", "number"), "us_clocks": ("date",)}
