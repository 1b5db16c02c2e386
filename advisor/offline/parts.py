"""Several questions of one message: their calls together, their answers one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from advisor.offline.compose import compose
from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.retell import retold
from advisor.offline.frame import Frame
from advisor.offline.plan import Call, plan, plan_more
from corpus.search import SearchResult
from tools.law.models import Lang
from tools.text.quantities import find_quantities

Row = tuple[str, dict[str, Any], Any]  # tool, arguments, artifact
_FEW = 3  # questions of which each is also given the passage that explains its figure
_MARKER = re.compile(r"\[(\d{1,2})\]")
_SHOWN_ZH, _SHOWN_EN = 26, 64  # characters of a question that is shown above its answer


def plan_parts(frame: Frame, results: Sequence[Row], as_of: date) -> list[Call]:
    """Calls still to be made for the questions of a message, each once."""
    wanted: dict[str, Call] = {}
    for part in frame.parts:
        _, missing = _share(part, results, as_of, explained=len(frame.parts) <= _FEW)
        wanted |= {_key(name, arguments): (name, arguments) for name, arguments in missing}
    return list(wanted.values())


def compose_parts(frame: Frame, results: Sequence[Row], lang: Lang, today: date) -> Draft:
    """The answers in the order of the questions, numbered; markers count the passages of the whole turn."""
    whole = Draft("")
    said: list[str] = []
    for number, part in enumerate(frame.parts, start=1):
        own, _ = _share(part, results, today, explained=len(frame.parts) <= _FEW)
        draft = compose(part, own, lang, today)
        said.append(f"{number}. **{_shown(part.text, lang)}**\n{_moved(draft.text, own, results)}")
        whole.follow_up += [f for f in draft.follow_up if f.slot not in {d.slot for d in whole.follow_up}]
        whole.warnings += [w for w in draft.warnings if w not in whole.warnings]
    whole.text, whole.follow_up = "\n\n".join(said), whole.follow_up[:2]
    return retold(whole, frame, [found for _, _, found in results], lang) if frame.telling else whole


def _share(part: Frame, results: Sequence[Row], as_of: date, *, explained: bool) -> tuple[list[Row], list[Call]]:
    """What was found for one question, and what is still to be called for it."""
    held = {_key(name, arguments): (name, arguments, found) for name, arguments, found in results}
    own: list[Row] = []
    calls = plan(part)
    while calls:
        missing = [call for call in calls if _key(*call) not in held]
        own += [held[_key(*call)] for call in calls if _key(*call) in held]
        if missing:
            return own, missing
        further = plan_more(part, [(name, found) for name, _, found in own], as_of) if explained else []
        calls = [call for call in further if _key(*call) not in {_key(n, a) for n, a, _ in own}]
    return own, []


def _key(name: str, arguments: dict[str, Any]) -> str:
    return f"{name} {json.dumps(arguments, sort_keys=True, default=str, ensure_ascii=False)}"


def _moved(text: str, own: Sequence[Row], results: Sequence[Row]) -> str:
    """A draft whose markers count the passages of its own searches, with those of the turn."""
    first: dict[int, int] = {}
    counted = 1
    for _, _, found in results:
        if isinstance(found, SearchResult):
            first[id(found)] = counted
            counted += len(found.passages)
    numbers = [
        first[id(found)] + place
        for _, _, found in own
        if isinstance(found, SearchResult)
        for place in range(len(found.passages))
    ]
    return _MARKER.sub(lambda m: f"[{numbers[int(m[1]) - 1]}]", text)


def _shown(question: str, lang: Lang) -> str:
    """A short question without figures is shown above its answer."""
    most = _SHOWN_ZH if lang == "zh-TW" else _SHOWN_EN
    bare = question.strip()
    told = any(q.kind in ("money", "number", "percent", "count", "date", "year") for q in find_quantities(bare))
    return bare if len(bare) <= most and not told else say("part_answer", lang)
