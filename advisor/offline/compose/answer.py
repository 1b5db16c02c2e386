"""Which composer answers which artifacts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.control import Decline, NoAnswer, ToolProblem
from advisor.offline.asked import asks_trade_fee
from advisor.offline.compose.american import compose_fees
from advisor.offline.compose.base import Draft, ask, has_phrase, say
from advisor.offline.compose.check import compose_check, with_charges_told
from advisor.offline.compose.codes import compose_codes, compose_search
from advisor.offline.compose.compare import compose_comparison
from advisor.offline.compose.explain import compose_explanation
from advisor.offline.compose.limit import compose_limit
from advisor.offline.compose.notice import compose_notice
from advisor.offline.compose.papers import PAPERS, compose_bill_lines, compose_papers
from advisor.offline.compose.passages import (
    compose_passages,
    compose_scan,
    goes_on,
    law_beside,
    plainly_answers,
    quoted,
    stands_alone,
    told_first,
)
from advisor.offline.compose.quote import compose_missing, compose_quote, compose_trade_fee
from advisor.offline.compose.rates import compose_at_rates
from advisor.offline.compose.retell import retold
from advisor.offline.compose.states import compose_de_minimis, compose_law, compose_lines, compose_unlisted
from advisor.offline.frame import Frame
from advisor.offline.intent import asks_fee
from advisor.offline.plan_taiwan import law_missing
from advisor.offline.plan_topic import leave_of
from advisor.offline.wordings import FAR
from corpus.scan_models import Scan
from corpus.search import Passage, SearchResult, best_sentences
from tools.difference import Difference
from tools.law.models import Lang
from tools.law.tool import LawLookup
from tools.result import Result
from tools.taiwan.ezway import EzWayCheck
from tools.tariff.look import CodeShown
from tools.tariff.search.models import Found
from tools.tariff.tool import TariffLines
from tools.text.format import day
from tools.united_states.de_minimis import DeMinimis


def compose(frame: Frame, artifacts: Sequence[tuple[str, dict[str, Any], Any]], lang: Lang, today: date) -> Draft:
    """An answer from what the tools returned.

    Args:
        frame: what was asked.
        artifacts: (tool name, arguments, artifact) in the order of the calls.
        lang: language of the answer.
        today: the day "now" means.
    """
    asides = [row for row in artifacts if row[0] == "policy_search" and _aside_of(row[1], frame) is not None]
    main = [row for row in artifacts if row not in asides]
    draft = _ruled(frame, main, lang, today) if frame.rule_first else _main(frame, main, lang, today)
    every = [a for _, _, a in artifacts if isinstance(a, SearchResult)]
    for _, arguments, found in asides:
        if isinstance(found, SearchResult):
            offset = sum(len(s.passages) for s in every[: every.index(found)])
            draft.text += "\n\n" + _aside(found, _aside_of(arguments, frame) or "", offset, lang)
    if frame.unknown:  # what is asked for is not known: it is not asked again
        draft = (
            Draft(f"{say('unknown_ok', lang)}\n\n{draft.text}", [], draft.warnings)
            if draft.warnings or len(draft.follow_up) < _ASKED
            else draft
        )
    if frame.beside and draft.text:
        draft.text = "\n".join(say(name, lang) for name in frame.beside) + f"\n\n{draft.text}"
    if frame.unplaced:
        draft.text = f"{say('unplaced', lang)}\n\n{draft.text}"
    return draft if frame.telling is None else retold(draft, frame, [a for _, _, a in artifacts], lang)


_ASKED = 2


def _ruled(frame: Frame, artifacts: Sequence[tuple[str, dict[str, Any], Any]], lang: Lang, today: date) -> Draft:
    """The rule that is asked about, then what the facts told come to; that alone where no passage plainly answers."""
    alone, rest = replace(frame, rule_first=False), artifacts[1:]
    if not told_first(frame, [(name, found) for name, _, found in artifacts]):
        return _main(alone, rest, lang, today)
    found = artifacts[0][2]
    shown = found.passages[:1] if rest else found.passages
    draft = compose_passages(shown, found.conflicts, frame, lang)
    return _joined(draft, [_main(alone, rest, lang, today)]) if rest else draft


def _aside_of(arguments: dict[str, Any], frame: Frame) -> str | None:
    """The question of its own that a search was made for; the heading of its passage may follow it there."""
    asked = str(arguments.get("question", ""))
    return next((q for q in frame.aside if asked == q or asked.startswith(f"{q} ")), None)


def _aside(found: SearchResult, question: str, offset: int, lang: Lang) -> str:
    """A question of its own beside the main one, answered by the passage that answers it."""
    same = [(n, p) for n, p in enumerate(found.passages, start=offset + 1) if p.language == lang]
    if not plainly_answers(found) or not same:
        return f"**{question}** {say('no_not_held', lang)}"
    number, best = same[0]
    return quoted(best, number, question, most=4)


def _main(frame: Frame, artifacts: Sequence[tuple[str, dict[str, Any], Any]], lang: Lang, today: date) -> Draft:
    found = [a for _, _, a in artifacts]
    searches = [a for a in found if isinstance(a, SearchResult)]
    passages = [p for s in searches for p in s.passages]
    if declined := next((a for a in found if isinstance(a, Decline)), None):
        return _decline(declined, passages, lang)
    if refusal := next((a for a in found if isinstance(a, NoAnswer)), None):
        return _no_answer(refusal, searches, frame, lang)
    if frame.bill and searches and len(searches) == len(found):
        return _with_passage(compose_bill_lines(frame, lang), searches, frame, lang, most=3, heading=False)
    if papers := [a for a in found if isinstance(a, PAPERS)]:
        listed = compose_papers(papers, frame, lang)
        if frame.tool is None and searches and (heading := leave_of(frame)) and plainly_answers(searches[0]):
            held = searches[0].passages  # a rule, then the list
            at = next((n for n, p in enumerate(held) if p.section == heading), 0)
            return _joined(Draft(quoted(held[at], at + 1, frame.text, most=6)), [listed])
        return _with_passage(listed, searches, frame, lang, most=3, heading=False)
    results, states = [a for a in found if isinstance(a, Result)], [a for a in found if isinstance(a, DeMinimis)]
    if states and not frame.explain:
        draft = _with_passage(compose_de_minimis(states, frame, lang, today), searches, frame, lang, most=2)
        return _joined(draft, [compose_quote(r, frame, lang) for r in results if r.complete or r.alternatives])
    lookups = [a for a in found if isinstance(a, LawLookup)]
    if results and frame.intent == "law" and frame.held is not None:
        told = {used.id for a in lookups for e in a.entries if (used := e.in_force)}
        draft = _with_passage(compose_law(lookups, frame, lang), searches, frame, lang, most=2, told=told)
        return _joined(draft, [compose_quote(results[0], frame.held, lang)])
    if results and frame.intent == "law" and asks_trade_fee(frame):
        return _joined(compose_trade_fee(results[0], lang), [compose_law(lookups, frame, lang)])
    if results and lookups and law_missing(results[0]):
        return _joined(compose_limit(lookups, results[0], frame, lang), [compose_quote(results[0], frame, lang)])
    if results:
        checks = [a for a in found if isinstance(a, Difference) and a.said]
        if checks:
            return compose_check(checks[0], results, frame, lang)
        if frame.compare is not None and len(results) > 1:
            at_rates = frame.compare.slot == "rate"
            return compose_at_rates(results, lang) if at_rates else compose_comparison(results, frame, lang)
        if not frame.explain and asks_fee(frame) and results[0].complete:
            return _joined(compose_fees(results[0], frame, lang), [compose_fees(r, frame, lang) for r in results[1:]])
        if frame.explain and (
            frame.check is None or results[0].lines
        ):  # nothing is worked out that a claim could be of
            return compose_explanation(results[0], frame, lang)
        return with_charges_told(compose_quote(results[0], frame, lang), frame, results[0], lang)
    if states:
        return _with_passage(compose_de_minimis(states, frame, lang, today), searches, frame, lang, most=2)
    if scans := [a for a in found if isinstance(a, Scan)]:
        return compose_scan(scans[0], lang)
    if lookups:
        told = {used.id for a in lookups for e in a.entries if (used := e.in_force)}
        goods = tuple(a.code for a in found if isinstance(a, CodeShown))
        draft = _with_passage(compose_law(lookups, frame, lang, goods), searches, frame, lang, most=2, told=told)
        wanting = [_trouble(t, a, frame, lang) for _, a, t in artifacts if isinstance(t, ToolProblem)]
        return _joined(draft, wanting[:1])
    codes = [a for a in found if isinstance(a, CodeShown)]
    if frame.acts and codes:
        return _with_passage(compose_unlisted(codes, lang), searches, frame, lang, most=3, heading=False)
    if codes:
        return compose_codes(codes, lang)
    problem = any(isinstance(a, ToolProblem) for a in found)
    if not problem and (hits := next((a for a in found if isinstance(a, Found)), None)):
        return compose_search(hits, lang)
    if lines := next((a for a in found if isinstance(a, TariffLines)), None):
        return _with_passage(compose_lines(lines, lang), searches, frame, lang, most=4)
    if check := next((a for a in found if isinstance(a, EzWayCheck)), None):
        return compose_notice(check, lang)
    if trouble := next(((n, a, t) for n, a, t in artifacts if isinstance(t, ToolProblem)), None):
        return _trouble(trouble[2], trouble[1], frame, lang)
    conflicts = [c for s in searches for c in s.conflicts]
    leant = len(searches) > 1 and bool(frame.lean) and plainly_answers(searches[1])
    if leant and (not stands_alone(searches[0], frame.text) or goes_on(searches[0], searches[1], frame)):
        return compose_passages(passages, conflicts, frame, lang, len(searches[0].passages))
    if len(searches) > 1 and not frame.lean and goes_on(searches[0], searches[1], frame):
        return compose_passages(passages, conflicts, frame, lang, len(searches[0].passages), near=FAR)
    if searches and plainly_answers(searches[0]):
        own = searches[0].passages if frame.lean else passages
        return compose_passages(own, conflicts, frame, lang)
    return Draft(f"{say('no_not_held', lang)}\n{say('no_what_held', lang)}")


def _joined(draft: Draft, more: Sequence[Draft]) -> Draft:
    """One answer of several parts, each warning and question once."""
    for part in more:
        draft.text += "\n\n" + part.text
        draft.follow_up += [f for f in part.follow_up if f.slot not in {d.slot for d in draft.follow_up}]
        draft.warnings += part.warnings
    draft.follow_up = draft.follow_up[:2]
    return draft


def _with_passage(
    draft: Draft, searches: Sequence[SearchResult], frame: Frame, lang: Lang, most: int, *, heading: bool = True,
    told: Collection[str] = (),
) -> Draft:  # fmt: skip
    """The tool's answer, then the passage that explains it, where one does.

    Args:
        heading: a passage that begins with a yes or no is quoted under its heading, else without that verdict.
        told: parameters of the law that the draft tells.
    """
    headed = bool(searches) and any(p.section == searches[0].query for p in searches[0].passages)
    if searches and (searches[0].covered or headed) and not (frame.brief and told):
        found = searches[0].passages
        at = next(
            (n for n, p in enumerate(found) if p.section == searches[0].query), 0
        )  # a heading asked for as it stands
        best = found[at]
        most = min(most, _BRIEF) if frame.brief else most
        if best.language == lang:
            shown = quoted(best, at + 1, frame.text, most, heading=heading, conflicts=searches[0].conflicts)
            law = law_beside(searches[0].conflicts, searches[0].passages, {best.id: at + 1}, lang, told)
            draft.text += "\n\n".join(["", shown, *law])
    return draft


_BRIEF = 2  # sentences beside a figure, where several questions are answered


def _decline(refusal: Decline, passages: Sequence[Passage], lang: Lang) -> Draft:
    parts = [say("decline" if refusal.reason == "evasion" else f"decline_{refusal.reason}", lang)]
    lawful = [(n, p) for n, p in enumerate(passages, start=1) if p.document_id in _LAWFUL_IN and p.language == lang]
    lawful.sort(
        key=lambda row: not any(word in f"{row[1].section} {row[1].text}".lower() for word in ("合法", "lawful"))
    )
    if lawful:
        parts += ["", say("decline_lawful", lang)]
        for number, passage in _one_of_each(lawful):
            sentences = best_sentences(passage, passage.section, 3)
            joined = "".join(sentences) if lang == "zh-TW" else " ".join(sentences)
            parts.append(f"- **{passage.section}** {joined} [{number}]")
    return Draft("\n".join(parts))


def _one_of_each(rows: list[tuple[int, Passage]]) -> list[tuple[int, Passage]]:
    """Two passages: the best of each document, or the two best of the only one."""
    first = {passage.document_id: (number, passage) for number, passage in reversed(rows)}
    return list(first.values())[::-1][:2] if len(first) > 1 else rows[:2]


_LAWFUL_IN = ("lawful-ways", "us-seller-checklist")


def _no_answer(refusal: NoAnswer, searches: Sequence[SearchResult], frame: Frame, lang: Lang) -> Draft:
    draft = Draft(say(f"no_{refusal.reason}", lang))
    if refusal.reason == "unclear":
        draft.follow_up = [ask("question", lang, say("matter_question", lang))]
    if refusal.reason in ("thanks", "unclear"):
        return draft
    if searches and searches[0].covered:
        return _with_passage(draft, searches, frame, lang, most=4)
    draft.text += "\n" + say("no_what_held", lang)
    return draft


def _trouble(trouble: ToolProblem, arguments: dict[str, Any], frame: Frame, lang: Lang) -> Draft:
    if (
        trouble.tool in ("taiwan_quote", "us_quote")
        and trouble.kind == "input"
        and trouble.message.endswith("it is required")
    ):
        return compose_missing(frame, lang, arguments)
    if trouble.kind == "not_in_force":
        on = arguments.get("on") or arguments.get("as_of")
        shown = day(date.fromisoformat(on), lang) if on else ""
        return Draft(say("asked_law_of_day", lang, on=shown))
    if arguments.get("value_basis") == "cif" and (apart := [n for n in ("freight", "insurance") if n not in arguments]):
        return Draft(say("problem_cif", lang), [ask(name, lang, "") for name in apart])
    slot = _FACT_OF.get(field := trouble.field.rsplit(".", 1)[-1], field)
    if not has_phrase(f"fact_{slot}"):  # names of arguments are ours, not the reader's
        return Draft(say("problem_unnamed", lang))
    told = bool(trouble.accepted) and _ARGUMENT.search(trouble.accepted) is None
    named = say(f"fact_{slot}", lang)
    draft = Draft(say("problem_input" if told else "problem_fact", lang, field=named, accepted=trouble.accepted))
    if has_phrase(f"ask_{slot}"):
        draft.follow_up = [ask(slot, lang, "")]
    return draft


#: what a person calls the arguments of the tools that have another name there
_FACT_OF = {"unit_price": "price", "value": "price", "general_rate": "rate"}
_ARGUMENT = re.compile(r"[a-z]+_[a-z]+|\binput\b")
