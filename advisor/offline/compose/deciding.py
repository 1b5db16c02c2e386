"""The one to three rules that decided a calculation, with their value on its day, read from the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from advisor.offline.compose.allowance import ALLOWANCES, LICENCE
from advisor.offline.compose.base import has_phrase, say
from advisor.offline.frame import Frame
from advisor.offline.whether import act_names
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Line, Result
from tools.text import format as write
from tools.united_states.acts import acts_named

_MOST = 3


def deciding(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """What decided the amount and is not told by the verdict: acts behind added duties, kind of entry, allowances."""
    found = _of_us(result, frame, lang) if result.jurisdiction == "us" else _allowances(result, frame, lang)
    if frame.subject and has_phrase(beside := f"decides_{frame.subject}"):
        found = [say(beside, lang), *found]
    return found[:_MOST]


def act_of(line: Line, lang: Lang) -> str | None:
    """The act a duty line rests on, as it is commonly called; None of lines of the schedule and of fees."""
    names: Mapping[str, Mapping[str, str]] = act_names()
    return next((shown[lang] for key, shown in names.items() if line.key.startswith(key)), None)


def _of_us(result: Result, frame: Frame, lang: Lang) -> list[str]:
    by_act: dict[str, dict[str, None]] = {}
    for line in result.lines:
        if line.applies == "yes" and line.amount and (act := act_of(line, lang)) is not None:
            by_act.setdefault(act, {})[say("act_line", lang, label=line.label[lang], rate=line.rate or "")] = None
    joint = "、" if lang == "zh-TW" else ", "
    acts = [say("decides_act", lang, act=act, lines=joint.join(lines)) for act, lines in by_act.items()]
    said = (
        [say("decides_acts", lang, acts=("；" if lang == "zh-TW" else "; ").join(acts))]
        if acts and not acts_named(frame.text)
        else []
    )  # an act asked about is told already
    kind, value = result.regime.get("name"), result.totals.entered_value
    by_value = result.regime.get("limit_parameter") is not None and result.regime.get("entry_type_reason") in _BY_VALUE
    if kind in ("formal", "informal") and by_value and value is not None:
        limit = write.money(Decimal(str(result.regime["limit"])), "USD", lang)
        said.append(say(f"decides_{kind}", lang, limit=limit))
    return said


_BY_VALUE = ("over_limit", "within_limit")


def _allowances(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """What a traveller of the age may bring of alcohol and tobacco, where such goods were computed."""
    goods: Sequence[Mapping[str, Any]] = result.input.get("goods") or []
    if result.input.get("route") in ("express", "post"):
        return _licence(result, goods, lang)
    if result.input.get("route") != "traveller":
        return []
    found = []
    for name, (slot, _) in ALLOWANCES.items():
        value = next((v for v in law().parameter(name).values if v.holds(result.as_of)), None)
        if value is not None and any(slot in one for one in goods) and not frame.days:
            unit, label = law().parameter(name).unit, law().parameter(name).label
            shown = write.figure(value.number, unit, lang)
            found.append(say("decides_allowance", lang, label=label[lang], value=shown))
    return found


def _licence(result: Result, goods: Sequence[Mapping[str, Any]], lang: Lang) -> list[str]:
    """That more alcohol is sent than comes in without an importer's licence."""
    held = next((v for v in law().parameter(LICENCE).values if v.holds(result.as_of)), None)
    litres = sum((Decimal(str(one.get("volume_litres") or 0)) * Decimal(str(one.get("quantity") or 1)) for one in goods), Decimal(0))  # fmt: skip
    if held is None or litres <= held.number:
        return []
    label, unit = law().parameter(LICENCE).label[lang], law().parameter(LICENCE).unit
    return [say("limit_alcohol_licence_over", lang, label=label, limit=write.figure(held.number, unit, lang))]
