"""What only a United States quote says: its cases with duty and value, and what was taken where the words are silent."""

from __future__ import annotations

from decimal import Decimal

from advisor.offline.asked import asks_ends, asks_us_rate
from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.tables import cited, money, named, owed
from advisor.offline.frame import Frame
from advisor.offline.places import only_sent_from
from tools.labels import labels
from tools.law.models import Lang
from tools.result import Alternative, Line, Result
from tools.text import format as write
from tools.text.places import name_of


def case_parts(alternative: Alternative, result: Result, lang: Lang) -> str:
    """One case: its total with duty and fees, and its value where the cases differ in it."""
    totals = alternative.totals
    made_of = owed(result.model_copy(update={"totals": totals}), lang)
    if result.totals.entered_value is None and totals.entered_value is not None:
        value = f"{named('entered_value', lang)} {money(result, totals.entered_value, lang)}"
        made_of = ("、" if lang == "zh-TW" else ", ").join(filter(None, (value, made_of)))
    total = money(result, totals.total, lang)
    return say("case_line_us", lang, label=alternative.label.render(lang), total=total, parts=made_of)


def taken_for_granted(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """The origin and the mode a quote was made for, where nobody named them."""
    said: list[str] = []
    if "mode" not in result.input:  # a bond, a ceiling or a period: no shipment
        return said
    programs = {str(line["program"]) for line in result.input.get("lines", ()) if line.get("program")}
    said += [say("program_claimed", lang, program=program) for program in sorted(programs)]
    origins = {line.get("country_of_origin") for line in result.input.get("lines", ())}
    if len(origins) == 1:
        origin = str(*origins)
        sent = only_sent_from(frame.text, origin)
        if sent or frame.origin is None:
            said.append(say("origin_sent_from" if sent else "origin_assumed", lang, origin=name_of(origin, lang)))
    if frame.mode is None and not asks_us_rate(frame):
        said.append(say("mode_assumed", lang, mode=say(f"mode_{result.input.get('mode')}", lang)))
    return said


def compose_fees(result: Result, frame: Frame, lang: Lang) -> Draft:
    """The fees an amount owes, where nothing but a fee is asked for: each with its formula and law, and no duty."""
    fees = [line for line in result.lines if line.key in _FEES and line.applies == "yes"]
    named_in = [
        line
        for line in fees
        if any(n.lower() in frame.text.lower() for n in (line.key, *labels()[line.key].names.all()))
    ]
    absent = frame.names_law("us.hmf") and not any(line.key == "hmf" for line in fees)
    shown = named_in or ([] if absent and not frame.names_law("us.mpf") else fees)
    said = [say("fee_head", lang, value=money(result, result.totals.entered_value, lang))]
    said += [
        say(
            "explain_line", lang, label=f"**{line.label[lang]}**", amount=money(result, line.amount, lang),
            formula=line.formula, basis=cited(line, lang),
        )
        for line in shown
    ]  # fmt: skip
    if asks_ends(frame.text) and any(line.key == "hmf" for line in shown):
        said.append(say("fee_no_ends", lang, label=labels()["hmf"].shown[lang]))
    said += [bound for line in shown if (bound := _bound(line, result, lang))]
    if absent:
        mode = say(f"mode_{result.input.get('mode')}", lang)
        said.append(say("fee_not_by_ship", lang, label=labels()["hmf"].shown[lang], mode=mode))
    said.append(say("explain_law", lang, on=write.day(result.as_of, lang)))
    return Draft("\n".join(said))


def _bound(line: Line, result: Result, lang: Lang) -> str:
    """That a fee stands at its maximum or its minimum, or is the same whatever the value, where it does."""
    if line.key == "mpf" and line.amount and not any(u.id.endswith(".rate") for u in line.parameters):
        return say("fee_flat", lang, amount=money(result, line.amount, lang))
    for used in line.parameters:
        end = used.id.rpartition(".")[2]
        if end in ("maximum", "minimum") and Decimal(used.value) == line.amount:
            code = "fee_at_most" if end == "maximum" else "fee_at_least"
            return say(code, lang, amount=money(result, line.amount, lang), on=write.day(result.as_of, lang))
    return ""


_FEES = ("mpf", "hmf")
