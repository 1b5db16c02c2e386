"""A code of a schedule in words: does it exist, what it covers, its rates, what is added, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.offline.compose.base import Draft, say
from tools.law.models import Lang
from tools.tariff.look import CodeShown
from tools.text import format as write


def compose_codes(shown: Sequence[CodeShown], lang: Lang) -> Draft:
    """Codes, each with its verdict first."""
    return Draft("\n\n".join(_one(code, lang) for code in shown))


def _one(shown: CodeShown, lang: Lang) -> str:
    name = shown.line.name[lang] if shown.line else ""
    parts = [shown.verdict.text[lang] + (say("code_named", lang, name=name) if name else "")]
    parts += [
        say("code_rate", lang, column=say(f"column_{column}", lang), rate=cell)
        for column, cell in shown.rates.items()
        if cell
    ]
    headings = [duty.heading for duty in shown.additional_duties if duty.heading]
    if headings:
        parts.append(say("code_added", lang, headings=("、" if lang == "zh-TW" else ", ").join(headings)))
    parts += [f"- {note.text[lang]}" for note in shown.notes]
    parts.append(say("code_source", lang, frontier=write.day(shown.revision.frontier, lang)))
    return "\n".join(parts)
