"""Papers in words: boxes of the form, entry numbers, entries and bills checked. The sentences are the tools' own."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.tables import money, owed
from advisor.offline.frame import Frame
from tools.law.models import Lang
from tools.paperwork.bill_lines import kind_of, kinds
from tools.paperwork.bill_models import BillCheck
from tools.paperwork.box_models import BoxGuide
from tools.paperwork.entry_check import EntryCheck
from tools.paperwork.entry_number import EntryNumber
from tools.paperwork.papers import Papers
from tools.text.places import name_of

#: artifacts that this composer tells
PAPERS = (BoxGuide, EntryCheck, EntryNumber, BillCheck, Papers)


def compose_papers(papers: Sequence[object], frame: Frame, lang: Lang) -> Draft:
    """Every paper in turn; where it is asked by whose leave goods come in, without those that every import needs."""
    leave = frame.intent == "tool" and frame.tool is None
    told = [country for p in papers if isinstance(p, BoxGuide) and (country := _country(p, frame, lang))]
    return Draft("\n\n".join([*told, *(_one(_agencies(p) if leave else p, lang) for p in papers)]))


def _country(guide: BoxGuide, frame: Frame, lang: Lang) -> str:
    """What a box for a country reads for the goods told: where they were made, or from where they were sent."""
    if frame.origin is None or frame.shipped_from is None:  # of one country alone it is not sure which of both it is
        return ""
    countries = {"10": frame.origin, "14": frame.shipped_from}
    box = next((b for b in guide.official if countries.get(b.number)), None)
    if box is None or (code := countries[box.number]) is None:
        return ""
    return say("box_country", lang, country=name_of(code, lang), box=box.number, name=box.name[lang], code=code)


def _agencies(paper: object) -> object:
    """A checklist without the papers that every import needs."""
    if not isinstance(paper, Papers):
        return paper
    return paper.model_copy(update={"said": tuple(m for m in paper.said if m.code != "papers_paper")})


def compose_bill_lines(frame: Frame, lang: Lang) -> Draft:
    """Lines of a bill told without its shipment: which are government money, which the carrier's own."""
    groups: dict[str, list[str]] = {"bill_government": [], "bill_private": [], "bill_unknown": []}
    for label, amount in frame.bill:
        kind = kinds().get(kind_of(label) or "")
        group = "bill_unknown" if kind is None else "bill_government" if kind.government else "bill_private"
        groups[group].append(f"「{label} {amount}」" if lang == "zh-TW" else f"“{label} {amount}”")
    joint = "、" if lang == "zh-TW" else ", "
    return Draft("\n".join(f"- {say(code, lang, lines=joint.join(told))}" for code, told in groups.items() if told))


def _one(paper: object, lang: Lang) -> str:
    if isinstance(paper, BoxGuide):
        return "\n".join(f"- {message.render(lang)}" for message in paper.said)
    if isinstance(paper, EntryNumber):
        return paper.verdict.render(lang)
    if isinstance(paper, Papers):
        rows = [f"- {_ended(message.render(lang), lang)}" for message in paper.said]
        return "\n".join([*rows, _ended(paper.boundary.render(lang), lang)])
    if isinstance(paper, BillCheck):
        first, *more = (message.render(lang) for message in paper.said)
        rows = [f"- {_ended(text, lang)}" for text in (*more, *(clock.render(lang) for clock in paper.clocks))]
        if (result := paper.result) is not None and result.totals.total is not None:
            words = {"total": money(result, result.totals.total, lang), "parts": owed(result, lang)}
            rows.insert(0, "- " + say("bill_recomputed", lang, **words))
        return "\n".join([f"**{first}**", *rows, _ended(paper.boundary.render(lang), lang)])
    assert isinstance(paper, EntryCheck)
    rows = [f"- {finding.said(lang)}" for finding in paper.findings]
    return "\n".join([paper.verdict.render(lang), *rows, paper.boundary.render(lang)])


def _ended(text: str, lang: Lang) -> str:
    """A sentence with its full stop."""
    return text if text.endswith(("。", ".")) else f"{text}。" if lang == "zh-TW" else f"{text}."
