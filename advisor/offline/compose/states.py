"""The US exemption, dated law and tariff lines in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from advisor.offline.asked import origins_named
from advisor.offline.compose.allowance import carried, is_age
from advisor.offline.compose.base import Draft, has_phrase, say
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.headings import what_it_says
from advisor.offline.limits import limits
from tools.law.models import Lang
from tools.law.store import law
from tools.law.tool import LawEntry, LawLookup
from tools.result import ParameterUsed
from tools.tariff.look import CodeShown
from tools.tariff.tool import TariffLines
from tools.text import format as write
from tools.text.places import name_of
from tools.text.quantities import Quantity
from tools.united_states.de_minimis import DeMinimis
from tools.united_states.headings import reported_under

_CLAIM_KINDS = {"money", "number", "percent", "count", "ordinal"}


def compose_de_minimis(states: Sequence[DeMinimis], frame: Frame, lang: Lang, today: date) -> Draft:
    """Whether the US exemption is open: verdict, since when, on which basis, what applies instead."""
    first = states[0]
    if first.gift:
        told = [_gift(s, lang) for s in states]
        if frame.price is not None and frame.amounts.currency not in (None, "USD"):
            told.append(say("us_gift_currency", lang))
        return Draft("\n".join(told))
    days = list(dict.fromkeys(s.on for s in states))
    if len(frame.asked_days) > 1:
        parts = [p for day in days for p in _of_day([s for s in states if s.on == day], frame, lang, today)]
        return Draft("\n".join(dict.fromkeys(parts)))  # what both days share is said once
    now = next((s for s in states if s.on != first.on), None)
    asked = [s for s in states if s.on == first.on]
    parts, state = _of_day(asked, frame, lang, today), _telling(asked)
    if now is not None and first.available and not now.available and now.since:
        parts.append(say("us_today", lang, on=write.day(now.on, lang), since=write.day(now.since, lang)))
    if not state.available and state.instead:
        parts.append(say("us_instead", lang, text=state.instead[lang]))
    if frame.origin in ("TW", "CN", "HK"):
        parts.append(say("us_origin", lang))
    return Draft("\n".join(parts))


def _of_day(asked: Sequence[DeMinimis], frame: Frame, lang: Lang, today: date) -> list[str]:
    """The states of one day: one verdict where the origins are alike, since when and on which basis."""
    alike = all(s.available == asked[0].available for s in asked)
    origin = say("origin_any", lang) if len(asked) > 1 else say("origin_eu", lang) if frame.origin == "EU" else ""
    verdicts = [_verdict(asked[0], lang, origin)] if alike else [_verdict(s, lang) for s in asked]
    if len(origins_named(frame.text)) > 1 and not any(s.available for s in asked) and len({s.since for s in asked}) > 1:
        each = [(name_of(s.origin, lang), s.since) for s in asked if s.since]
        verdicts += [say("us_since_each", lang, origin=o, since=write.day(day, lang)) for o, day in each]
    return verdicts + _since(_telling(asked), lang, past=bool(frame.asked_days) and asked[0].on < today)


def _telling(asked: Sequence[DeMinimis]) -> DeMinimis:
    """The state whose dates hold for every origin asked: of open ones the first to end, of closed ones the last."""
    if all(s.available for s in asked):
        return min(asked, key=lambda s: s.until or date.max)
    closed = not any(s.available for s in asked)
    return max(asked, key=lambda s: s.since or date.min) if closed else asked[0]


def _verdict(state: DeMinimis, lang: Lang, origin: str = "") -> str:
    words = {
        "on": write.day(state.on, lang),
        "origin": origin or name_of(state.origin, lang),
        "mode": say(f"mode_{state.mode}", lang),
    }
    threshold = write.money(state.threshold, "USD", lang) if state.threshold is not None else ""
    if not state.available:
        code = "us_no" if threshold else "us_no_statute"
        return say(code, lang, threshold=threshold, **words)
    if state.value is None:
        return say("us_yes", lang, threshold=threshold, **words)
    value = write.money(state.value, "USD", lang)
    code = "us_yes_value" if state.applies else "us_over_value"
    return say(code, lang, value=value, threshold=threshold, **words)


def _since(state: DeMinimis, lang: Lang, *, past: bool) -> list[str]:
    parts: list[str] = []
    why = state.why[lang] if state.why else ""
    if state.available:
        if state.since and state.until:
            parts.append(
                say("us_since_open", lang, since=write.day(state.since, lang), until=write.day(state.until, lang))
            )
        elif state.since:
            parts.append(say("us_since_open_only", lang, since=write.day(state.since, lang)))
        parts.append(say("us_basis", lang, basis=state.citation[lang]) + (f" {why}" if why else ""))
    else:
        code = "us_since_closed_then" if past else "us_since_closed"
        words = {"since": write.day(state.since, lang) if state.since else "—", "basis": state.citation[lang]}
        if state.basis_since:
            words["basis_since"] = write.day(state.basis_since, lang)
        parts.append(say(code, lang, **words) + (f" {why}" if why else ""))
        if state.statute_ends and state.on < state.statute_ends and not past:
            parts.append(say("us_statute", lang, ends=write.day(state.statute_ends, lang)))
    return parts


def _gift(state: DeMinimis, lang: Lang) -> str:
    threshold = write.money(state.threshold or Decimal(0), "USD", lang)
    basis = say("us_basis", lang, basis=state.citation[lang])
    if state.value is None:
        return say("us_gift", lang, threshold=threshold) + "\n" + basis
    value = write.money(state.value, "USD", lang)
    return say("us_gift_yes" if state.applies else "us_gift_no", lang, threshold=threshold, value=value) + "\n" + basis


def compose_law(lookups: Sequence[LawLookup], frame: Frame, lang: Lang, codes: Sequence[str] = ()) -> Draft:
    """Values of the law on a day, and what becomes of figures the person quotes.

    Args:
        codes: what the goods may stand under, where the duty of an act on them is told.
    """
    if barred := [e for lookup in lookups for e in lookup.entries if _bars(e)]:
        return Draft("\n".join(dict.fromkeys(_barred(e, lang) for e in barred)))
    if kinds := [k for lookup in lookups for e in lookup.entries if (k := _entry_kind(e, frame, lang))]:
        return Draft("\n".join(kinds))
    claims = frame.claim or any(q.kind in _CLAIM_KINDS for q in frame.quantities)
    verdicts = carried(lookups, frame, lang)
    claims = claims and not (
        verdicts and any(name in limits() for name in frame.parameters)
    )  # what is told was held against the limit
    parts = [*verdicts, *(_law_claims(frame, lookups, lang) if claims else [])]
    for day in dict.fromkeys(lookup.on for lookup in lookups):
        parts.append(say("law_head", lang, on=write.day(day, lang)))
        parts += [_entry(entry, day, lang) for lookup in lookups if lookup.on == day for entry in lookup.entries]
    parts += [*_replaced(lookups, lang), *_before_and_until(lookups, frame, lang)]
    parts += [
        "- " + say(what_it_says(row), lang, heading=heading)
        for heading in frame.headings
        for row in reported_under(heading)[:1]
    ]
    if codes:
        parts.insert(0, say("act_goods", lang, codes=("、" if lang == "zh-TW" else ", ").join(codes)))
        parts.append("- " + say("act_note", lang))
    elif frame.origin and any(lookup.name.startswith(("us.section_", "us.ieepa_")) for lookup in lookups):
        parts.append("- " + say("us_rate_note", lang, origin=name_of(frame.origin, lang)))
    return Draft("\n".join(parts))


def _replaced(lookups: Sequence[LawLookup], lang: Lang) -> list[str]:
    """Which measure in force took the place of one that has ended: it began on the day after."""
    entries = [(entry, lookup.on) for lookup in lookups for entry in lookup.entries]
    ended = {o.effective_to for e, on in entries if e.in_force is None for o in e.others if o.effective_to}
    now = [(e, e.in_force) for e, _ in entries if e.in_force is not None and e.in_force.effective_from]
    return [
        "- "
        + say("law_replaced", lang, act=act[1], label=entry.label[lang], since=write.day(used.effective_from, lang))
        for entry, used in now
        if (act := _ACT.match(used.id)) and used.effective_from and used.effective_from - timedelta(days=1) in ended
    ]


def _before_and_until(lookups: Sequence[LawLookup], frame: Frame, lang: Lang) -> list[str]:
    """What a value was before, and that no end of it is set, where that is asked."""
    said = []
    for used, entry in ((e.in_force, e) for lookup in lookups for e in lookup.entries if e.in_force is not None):
        start = used.effective_from
        earlier = [o for o in entry.others if start and o.effective_to and o.effective_to < start]
        if says(frame.text, "asks_before") and earlier:
            last = max(earlier, key=lambda o: o.effective_to or date.min)
            ended = write.day(last.effective_to, lang) if last.effective_to else ""
            said.append("- " + say("law_before", lang, label=entry.label[lang], value=shown(last, lang), last=ended))
        if (
            says(frame.text, "asks_until")
            and used.effective_to is None
            and law().parameter(used.id).measure is not None
        ):
            said.append("- " + say("law_open", lang, label=entry.label[lang]))
    return list(dict.fromkeys(said))


_ACT = re.compile(r"us\.section_(\d+)")


def _entry_kind(entry: LawEntry, frame: Frame, lang: Lang) -> str | None:
    """Whether a value told is entered informally or formally, and what makes an entry formal at any value."""
    used, price = entry.in_force, frame.price
    if used is None or used.id != "us.informal_entry.limit" or price is None:
        return None
    if frame.amounts.currency not in (None, "USD"):
        return None
    value = price * frame.amounts.count if frame.amounts.each and frame.amounts.count is not None else price
    code = "entry_informal" if value <= Decimal(used.value) else "entry_formal"
    words = {"label": entry.label[lang], "limit": shown(used, lang), "basis": used.source.citation[lang]}
    return say(code, lang, **words) + "\n- " + say("entry_at_any_value", lang)


def _bars(entry: LawEntry) -> bool:
    """Whether a rule in force keeps goods out: no rate of it is wanted, and no list of its codes."""
    return entry.in_force is not None and has_phrase(_bar_of(entry.in_force.id))


def _bar_of(parameter: str) -> str:
    return f"barred_{parameter.rpartition('.')[2]}"


def _barred(entry: LawEntry, lang: Lang) -> str:
    """That the goods may not come in, on which article, and what that means for who ordered them."""
    assert entry.in_force is not None
    return say(_bar_of(entry.in_force.id), lang, basis=entry.in_force.source.citation[lang])


def shown(used: ParameterUsed, lang: Lang) -> str:
    """A parameter's value as people write it."""
    if used.unit in ("text", "boolean"):
        return {"true": "是" if lang == "zh-TW" else "yes", "false": "否" if lang == "zh-TW" else "no"}.get(
            used.value, used.value
        )
    if used.unit == "date":
        return write.day(date.fromisoformat(used.value), lang)
    return write.figure(Decimal(used.value), used.unit, lang)


def _entry(entry: LawEntry, on: date, lang: Lang) -> str:
    used, label = entry.in_force, entry.label[lang]
    if used is None:
        past = [o for o in entry.others if o.effective_to and o.effective_to < on]
        if not past:
            return "- " + say("law_none_at_all", lang, label=label, on=write.day(on, lang))
        last = max(past, key=lambda o: o.effective_to or date.min)
        assert last.effective_to is not None
        words = {
            "label": label,
            "on": write.day(on, lang),
            "last": write.day(last.effective_to, lang),
            "value": shown(last, lang),
        }
        if law().parameter(last.id).measure is None:
            return "- " + say("law_none", lang, **words)
        first = last.effective_from
        since = say("law_since", lang, since=write.day(first, lang)) if first else ""
        return "- " + say("law_ended", lang, since=since, **words)
    if used.unit == "text" and used.value.isascii() and entry.note is not None:  # a code of ours: what it means is said
        basis = used.source.citation[lang]
        return say("law_text", lang, label=label, note=entry.note[lang].rstrip("。."), citation=basis)
    start = used.effective_from or used.evidenced_on
    until = say("law_until", lang, until=write.day(used.effective_to, lang)) if used.effective_to else ""
    if used.effective_from is None or start is None:
        return say(
            "law_list",
            lang,
            on=write.day(on, lang),
            label=label,
            value=f"**{shown(used, lang)}**",
            citation=used.source.citation[lang],
        )
    per = f"／{entry.per[lang]}" if entry.per and lang == "zh-TW" else f" {entry.per[lang]}" if entry.per else ""
    return say("law_value", lang, label=label, per=per, value=shown(used, lang), since=write.day(start, lang), until=until,
               citation=used.source.citation[lang])  # fmt: skip


def _law_claims(frame: Frame, lookups: Sequence[LawLookup], lang: Lang) -> list[str]:
    """Each quoted figure: right, an earlier value, or wrong. Only what is quoted as a claim can be wrong."""
    out: list[str] = []
    on = write.day(lookups[0].on, lang)
    entries = [e for lookup in lookups if lookup.on == lookups[0].on for e in lookup.entries]
    numeric = [(e, e.in_force) for e in entries if e.in_force and e.in_force.unit not in ("text", "boolean", "date")]
    for quantity in frame.quantities:
        if quantity.kind not in _CLAIM_KINDS or quantity.value is None:
            continue
        if is_age(frame.text, quantity.start, quantity.end):
            continue
        right = next((e for e, now in numeric if _equal(now, quantity)), None)
        old = next(
            ((e, now, o) for e, now in numeric for o in e.others if o.effective_to and _equal(o, quantity)), None
        )
        alike = [(e, now) for e, now in numeric if _same_unit(now, quantity)]
        if right:
            out.append(say("law_claim_right", lang, claim=quantity.text, label=right.label[lang], on=on))
        elif old and old[2].effective_to:
            since = old[2].effective_from
            words = {"claim": quantity.text, "label": old[0].label[lang], "now": shown(old[1], lang), "on": on,
                     "to": write.day(old[2].effective_to, lang), "from": write.day(since, lang) if since else ""}  # fmt: skip
            out.append(say("law_claim_old" if since else "law_claim_old_to", lang, **words))
        elif len(alike) == 1 and frame.claim:
            entry, now = alike[0]
            out.append(
                say("law_claim_wrong", lang, claim=quantity.text, label=entry.label[lang], now=shown(now, lang), on=on)
            )
    return out


def _equal(used: ParameterUsed, quantity: Quantity) -> bool:
    if not _same_unit(used, quantity) or quantity.value is None:
        return False
    factor = 100 if used.unit == "ratio" else 1
    return Decimal(used.value) * factor == quantity.value


def _same_unit(used: ParameterUsed, quantity: Quantity) -> bool:
    if used.unit == "ratio":
        return quantity.kind == "percent"
    if used.unit in ("USD", "TWD"):
        return quantity.kind in ("money", "number") and quantity.unit in (used.unit, "?", "")
    return quantity.kind in ("count", "ordinal", "number") and quantity.unit not in ("month", "year", "day", "hour")


def compose_unlisted(codes: Sequence[CodeShown], lang: Lang) -> Draft:
    """That the act asked about, whose duties reach the goods of its lists, holds no measure for goods of these codes."""
    joined = ("、" if lang == "zh-TW" else ", ").join(code.code for code in codes)
    return Draft(say("act_unlisted", lang, codes=joined))


def compose_lines(found: TariffLines, lang: Lang) -> Draft:
    """Candidate tariff lines with their rates."""
    parts = [say("tariff_head", lang, text=found.text)]
    for line in found.lines:
        parts.append(say("tariff_line", lang, code=line.code, name=line.name[lang], rate=line.rates["column_1"]))
    parts.append(
        say("tariff_source", lang, edition=found.source.citation[lang], frontier=write.day(found.frontier, lang))
    )
    return Draft("\n".join(parts))
