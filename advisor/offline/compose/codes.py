"""A code of a schedule in words: does it exist, what it covers, its rates, what is added, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from advisor.answer import FollowUp
from advisor.offline.compose.base import Draft, say
from tools.law.models import Lang
from tools.tariff.codes import compact
from tools.tariff.look import CodeShown
from tools.tariff.search.models import Candidate, Found
from tools.text import format as write

_SUBHEADING, _NOTES, _SHOWN = 6, 6, 4
#: notes that are said after the candidates
_LAST = ("hs_boundary", "hs_lines_selected", "hs_instruction")


def compose_codes(shown: Sequence[CodeShown], lang: Lang) -> Draft:
    """Codes, each with its verdict first."""
    return Draft("\n\n".join(_one(code, lang) for code in shown))


def _one(shown: CodeShown, lang: Lang) -> str:
    placed = shown.nomenclature
    name = shown.line.name[lang] if shown.line else placed.name[lang] if placed and shown.exists != "no" else ""
    parts = [shown.verdict.text[lang] + (say("code_named", lang, name=name) if name else "")]
    parts += [
        say("code_rate", lang, column=say(f"column_{column}", lang), rate=cell)
        for column, cell in shown.rates.items()
        if cell
    ]
    headings = [duty.heading for duty in shown.additional_duties if duty.heading]
    if headings:
        parts.append(say("code_added", lang, headings=("、" if lang == "zh-TW" else ", ").join(headings)))
    parts += _placed(shown, lang)
    parts += [f"- {note.text[lang]}" for note in shown.notes]
    parts.append(say("code_source", lang, frontier=write.day(shown.revision.frontier, lang)))
    return "\n".join(parts)


def _placed(shown: CodeShown, lang: Lang) -> list[str]:
    """Regulation codes of the line; section, chapter and heading; of a short code, the notes to read."""
    parts = []
    if shown.line and shown.line.import_regulations:
        parts.append(say("code_regulations", lang, codes=" ".join(shown.line.import_regulations)))
    placed = shown.nomenclature
    if placed is None:
        return parts
    levels = (say(f"code_level_{x.level}", lang, code=x.code, name=x.name[lang]) for x in placed.levels)
    parts.append(say("code_placed", lang, path=" > ".join(levels)))
    if len(compact(shown.code)) <= _SUBHEADING and placed.notes:
        parts.append(say("code_notes", lang))
        parts += [f"- {note.text[lang]}" for note in placed.notes[:_NOTES]]
    return parts


def compose_search(found: Found, lang: Lang) -> Draft:
    """Candidates for goods in words, with reasons; a list, never a verdict."""
    rows = [note.text[lang] for note in found.notes if note.code not in _LAST]
    rows += [row for part in found.parts for row in (f"**{part.text}**", *map(partial(_candidate, lang=lang), part.candidates[:2]))]  # fmt: skip
    if found.candidates:
        rows.append(say("search_candidates", lang, goods=found.query))
        rows += [_candidate(candidate, lang=lang) for candidate in found.candidates[:_SHOWN]]
    rows += [note.text[lang] for note in found.notes if note.code in _LAST]
    draft = Draft("\n".join(rows))
    if found.question:
        choices = tuple(choice[lang] for choice in found.question.choices)
        draft.follow_up.append(
            FollowUp(
                slot=found.question.slot, question=found.question.question.text[lang], choices=choices,
                matters=found.question.matters.text[lang],
            )
        )  # fmt: skip
    return draft


def _candidate(candidate: Candidate, lang: Lang) -> str:
    why = next((reason.text[lang] for reason in candidate.why), "")
    sure = say(f"search_{candidate.confidence}", lang)
    return say("search_candidate", lang, code=candidate.code, name=candidate.name[lang], sure=sure, why=why)
