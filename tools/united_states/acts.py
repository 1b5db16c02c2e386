"""The duties of one act on goods of a code: which of its measures reach them on a day, whatever they are worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from tools.law.store import law
from tools.tariff.schedule import schedule
from tools.united_states.column import find_line, is_column_2
from tools.united_states.rules import for_goods
from tools.united_states.stack import Goods, order_on, stacks

_SECTION = re.compile(
    r"(?:\bsections? ?|第 ?)(?P<after>\d{3})(?!\d)|(?<![\d.$])(?<!\d,)(?P<before>\d{3}) ?(?:條款|條|關稅|(?:tariff|dut(?:y|ies)\b|surcharge|add-?on))"
    r"|(?:課|加|收|受|適用|繳|中|算|落入|\b(?:the|under|by|a|to))\s?(?:到|了)?\s?(?P<bare>232|301|122|338|201)(?=\s*(?:嗎|吧|呢|的|名單|清單|list|on top\b|also\b|too\b|appl|\?|$|[,，。]))"
    r"|(?<![\d.$])(?<!\d,)(?P<lone>232|301|122|338|201)(?=\s*(?:有沒有|會不會|有|會|要)?(?:課|加徵|適用))",
    re.IGNORECASE,
)


def acts_named(text: str) -> tuple[str, ...]:
    """Sections of the acts a text names whose duties are held.

    >>> acts_named("螺絲 232 條款是多少%"), acts_named("Section 301 on batteries"), acts_named("Section 999")
    (('section_232',), ('section_301',), ())
    """
    held = {p.measure.key for p in law().measures("us") if p.measure is not None}
    named = (f"section_{m['after'] or m['before'] or m['bare'] or m['lone']}" for m in _SECTION.finditer(text))
    return tuple(dict.fromkeys(act for act in named if any(_is_of(key, act) for key in held)))


def without_acts(text: str) -> str:
    """A text without the sections it names and what is asked of them, so that the goods are left."""
    return _ASKED_OF.sub(" ", _SECTION.sub(" ", text))


@lru_cache(maxsize=64)
def _sections_at(text: str) -> frozenset[int]:
    """Where the numbers of the sections that a text names begin; once a text, for its every number is asked about."""
    groups = ("after", "before", "bare", "lone")
    return frozenset(m.start(g) for m in _SECTION.finditer(text) for g in groups if m[g] is not None)


def names_act(text: str, start: int) -> bool:
    """Whether a number that begins at a place is that of a section, and no amount."""
    if start in _sections_at(text):
        return True
    return _ALONE.match(text, start) is not None and _OF_DUTY.search(text) is not None


#: the number of a section that stands without its word, in a text about duties
_ALONE = re.compile(r"(?<![$\d.,])(?:122|201|232|301|338)(?![\d,.]*\d| ?(?:元|塊|美|台|臺|日|歐|USD|NT|dollars?|bucks|件|個|雙|公斤|kg|pcs|pieces|units))", re.IGNORECASE)  # fmt: skip
_OF_DUTY = re.compile(r"關稅|條款|加徵|強迫勞動|名單|豁免|排除|附加|surcharge|add-?on|tariff|\bdut(?:y|ies)\b|forced[- ]labou?r|exclusion|section", re.IGNORECASE)  # fmt: skip


_ASKED_OF = re.compile(
    r"名單|清單|適用|(?:受到?|有)?影響|課到|會課|\b(?:hit|subject|covered|cover|affected|apply|applies|listed|on the list|list|fall|caught|still)\b|tariffs?|dut(?:y|ies)",
    re.IGNORECASE,
)


def measures_of(acts: Sequence[str], codes: Sequence[str], origin: str, day: date) -> tuple[str, ...]:
    """Ids of the measures of some acts that goods pay, or may pay where a fact is open; none where no act reaches them.

    Args:
        acts: as `acts_named` gives them.
        codes: HTS numbers the goods may stand under.
        origin: country of origin.
        day: day of entry.
    """
    store, held = law(), schedule("us")
    goods = Goods(origin=origin, column_2=is_column_2(store, origin, day))
    found: dict[str, None] = {}
    for code in codes:
        line = find_line(held, re.sub(r"\D", "", code), day)
        rules = for_goods(store, day, origin, line.code, line.footnotes)
        for stack in stacks(goods, rules, order_on(store, day, "decided")):
            taken = (rule for key, rule in stack.taken.items() if any(_is_of(key, act) for act in acts))
            found |= {rule.used.id: None for rule in taken if rule.measure.form != "none"}
    return tuple(found)


def _is_of(key: str, act: str) -> bool:
    return key == act or key.startswith(f"{act}_")
