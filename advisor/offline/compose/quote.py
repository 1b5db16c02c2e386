"""A calculation in words, whichever calculator made it: verdict, table, why, what could change it, what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from advisor.offline.asked import asks_us_rate
from advisor.offline.compose.american import case_parts, taken_for_granted
from advisor.offline.compose.base import Draft, ask, asks, has_phrase, say
from advisor.offline.compose.claimed import claims
from advisor.offline.compose.deciding import deciding
from advisor.offline.compose.rates import compose_rates
from advisor.offline.compose.tables import (
    allowance_shown,
    cited,
    currency,
    exempt_by,
    line_rows,
    messages,
    money,
    owed,
    parts,
    reasons,
    regime_messages,
    table,
    total_words,
    value_row,
    why_taxed,
)
from advisor.offline.compose.verdict import numbers_of, verdicts
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.one_sum import lines_of_all
from advisor.offline.whether import points_asked
from tools.law.models import Lang
from tools.result import Alternative, Line, Missing, Result
from tools.text import format as write


def compose_quote(result: Result, frame: Frame, lang: Lang) -> Draft:
    """Words for a calculation, complete or open, with how an ambiguous sign of money was read."""
    draft = compose_rates(result, lang) if _only_rates(result, frame) else _composed(result, frame, lang)
    carriage = result.jurisdiction == "us" and says(frame.text, "freight_taxed")
    answered = (
        [say("explain_cif_us", lang)] if carriage else verdicts(result, frame, lang) if frame.check is None else []
    )
    if answered:
        draft.text = "\n".join(answered) + f"\n\n{draft.text}"
    signs = {q.text[:1] for q in frame.quantities if q.kind == "money" and q.unit == "?"}
    read_as = f"sign_{result.input.get('currency')}"
    if signs & {"¥", "￥"} and has_phrase(read_as):
        draft.text += "\n- " + say(read_as, lang)
    if frame.parcels:
        apart = result.regime.get("consignments", ())
        code = "parcels_apart" if len(apart) == len(frame.parcels) else "parcels_added"
        draft.text = say(code, lang) + "\n" + draft.text
    if frame.searched and frame.subheading and frame.lines(result.jurisdiction):
        codes = dict.fromkeys(m.line.code[:6] for m in frame.lines(result.jurisdiction))
        shown = ("、" if lang == "zh-TW" else ", ").join(f"{code[:4]}.{code[4:]}" for code in codes)
        draft.text += "\n- " + say("placed_by_words", lang, code=shown)
    claimed = frame.slots.get("us_quote", {}).get("program")
    if claimed and result.jurisdiction == "us" and not any("program" in line for line in result.input.get("lines", ())):
        draft.text += "\n- " + say("program_without_rate", lang, program=str(claimed))
    if result.jurisdiction == "us":
        draft.text += "".join(f"\n- {text}" for text in taken_for_granted(result, frame, lang))
    return draft


def _only_rates(result: Result, frame: Frame) -> bool:
    """Whether rates are asked for, and the value is only what they are shown on."""
    return "lines" in result.input and asks_us_rate(frame) and not frame.explain


def _composed(result: Result, frame: Frame, lang: Lang) -> Draft:
    if result.regime.get("hard_stops"):
        return _stopped(result, lang)
    if result.complete and result.totals.total is None:
        return _statement(result, lang)
    if result.complete:
        return _complete(result, frame, lang)
    if "tax_not_computed" in {m.fact for m in result.missing} or not (result.alternatives or result.range):
        return _nothing_yet(result, frame, lang)
    return _open(result, frame, lang, classed=_CLASS.search(frame.text) is not None)


#: classes of courier goods, asked about by name
_CLASS = re.compile(
    r"\bX[1-7]\b|(?<![A-Za-z])X[1-7](?!\d)|類別|簡易申報|一般申報|simplified|formal declaration", re.IGNORECASE
)


def compose_trade_fee(result: Result, lang: Lang) -> Draft:
    """The trade promotion fee alone: what it comes to, how, and on which article."""
    fee = next(line for line in result.lines if line.key == "trade_promotion_fee")
    amount = write.money(fee.amount, fee.currency, lang)
    return Draft(
        say("statement", lang, label=fee.label[lang], amount=amount, formula=fee.formula, basis=cited(fee, lang))
    )


def _stopped(result: Result, lang: Lang) -> Draft:
    """Goods that may not come in: the verdict first, why, and no figure."""
    barred = next(m for m in result.missing)
    effect = barred.effect.render(lang)
    said = [say("stopped", lang, why=barred.why.render(lang), effect=effect[:1].upper() + effect[1:])]
    said += [m for m in messages(result.warnings, lang) if barred.why.render(lang) not in m]
    return Draft("\n".join(said), warnings=[m.render(lang) for m in result.warnings])


def _statement(result: Result, lang: Lang) -> Draft:
    """A result that is no bill: an amount of its own, or days, and what it says of them."""
    said = [
        say(
            "statement",
            lang,
            label=x.label[lang],
            amount=write.money(x.amount, x.currency, lang),
            formula=x.formula,
            basis=cited(x, lang),
        )
        for x in result.lines
    ]
    said += [*messages(result.assumptions, lang), *regime_messages(result, lang), *messages(result.warnings, lang)]
    return Draft("\n".join(said), warnings=[m.render(lang) for m in result.warnings])


def _complete(result: Result, frame: Frame, lang: Lang) -> Draft:
    said = [
        *_verdict(result, lang),
        *deciding(result, frame, lang),
        *_formal(result, lang),
        *_untaxed(result, frame, lang),
        *claims(result, frame, lang, numbers_of(result.input)),
        "",
        table(result, lang),
        "",
    ]
    said += [*(reasons(result, lang) if result.jurisdiction == "us" else []), *regime_messages(result, lang)]
    said += [_by_schedule(a, result, lang) for a in result.alternatives]
    low_value = result.regime.get("low_value", {})
    if low_value.get("exempt") and (count := _count_limit(result.lines)):
        said.append("- " + say("also_changes", lang, count=count))
    said += [*messages(result.warnings, lang), *_assumed(result, lang), *_next(result, lang)]
    return Draft("\n".join(said), _route_asked(result, frame, lang), [m.render(lang) for m in result.warnings])


def _verdict(result: Result, lang: Lang) -> list[str]:
    words = total_words(result, result.totals, lang)
    low_value = result.regime.get("low_value", {})
    if low_value.get("exempt"):
        return [
            say(
                "quote_exempt_samples" if low_value.get("reason") == "samples" else "quote_exempt",
                lang,
                customs_value=words["value"],
                total=words["total"],
                landed_cost=words["landed_cost"],
            ),
            *exempt_by("exempt_within", low_value, lang),
        ]
    if result.input.get("route") == "traveller" and result.totals.total == 0:
        return [say("traveller_free", lang, total=words["total"]), *allowance_shown(result, lang)]
    made_of = owed(result, lang)
    landed = result.totals.landed_cost is not None
    code = "quote_total" if landed else "quote_total_only"
    said = [say(code, lang, parts=say("quote_parts", lang, parts=made_of) if made_of else "", **words)]
    if result.input.get("value_basis") == "cif":
        said.append(say("value_without_charges", lang, value=words["value"]))
    if result.input.get("route") == "traveller":
        said += allowance_shown(result, lang)
    return [*said, *why_taxed(low_value, lang)]


def _formal(result: Result, lang: Lang) -> list[str]:
    """Why express goods need a formal declaration although their value alone would not."""
    reasons = result.regime.get("formal_because", ()) if result.input.get("route") == "express" else ()
    return [say(code, lang) for reason in reasons if has_phrase(code := f"formal_{reason}")]


_COMMODITY_TAX = re.compile(r"貨物稅|commodity tax|excise", re.IGNORECASE)


def _untaxed(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """That commodity tax is not owed, where it is asked about and the line of the goods does not bear it."""
    asked = result.jurisdiction == "tw" and _COMMODITY_TAX.search(frame.text) is not None
    asked = asked and not any(point.name == "commodity_tax" for point in points_asked("tw", frame.text))
    goods: Sequence[Any] = result.input.get("goods") or []
    if (
        not asked
        or len(goods) != 1
        or "ccc_code" not in goods[0]
        or any(x.key == "commodity_tax" for x in result.lines)
    ):
        return []
    return [say("no_commodity_tax", lang, name=str(goods[0].get("description", goods[0]["ccc_code"])))]


def _by_schedule(alternative: Alternative, result: Result, lang: Lang) -> str:
    """Another way the same goods could be taxed, with its total."""
    made_of = parts(alternative.lines, lang, zeros=True)
    words = total_words(result, alternative.totals, lang)
    shown = say("quote_parts", lang, parts=made_of) if made_of else ""
    return "- " + say("other_case", lang, label=alternative.label.render(lang), parts=shown, **words)


def _count_limit(lines: Sequence[Line]) -> str | None:
    for line in lines:
        for used in line.parameters:
            if used.id == "tw.low_value.exempt_imports_per_half_year":
                return write.plain(Decimal(used.value))
    return None


def _assumed(result: Result, lang: Lang) -> list[str]:
    if not result.assumptions:
        return []
    joined = ("；" if lang == "zh-TW" else "; ").join(dict.fromkeys(m.render(lang) for m in result.assumptions))
    return ["- " + say("assumptions", lang, text=joined)]


def _next(result: Result, lang: Lang) -> list[str]:
    """What to do now."""
    if result.jurisdiction == "us":
        return ["- " + say("next_us", lang)]
    route = result.input.get("route")
    if route == "express" and not result.regime.get("low_value", {}).get("exempt"):
        return ["- " + say("next_express", lang)]
    return []


def _route_asked(result: Result, frame: Frame, lang: Lang) -> list[Any]:
    """The route, where it was not said and another could owe something else."""
    slot = "route" if result.jurisdiction == "tw" else "mode"
    if slot in frame.slots.get("taiwan_quote" if slot == "route" else "us_quote", {}):
        return []
    return [ask(slot, lang, "", tool="taiwan_quote" if slot == "route" else "us_quote")]


def _open(result: Result, frame: Frame, lang: Lang, *, classed: bool = False) -> Draft:
    alternatives, follow = list(result.alternatives), asks(result, lang, one_sum=frame.one_sum)
    exempt = [a for a in alternatives if a.lines and all(x.applies == "no" for x in a.lines if x.key == "duty")
              and a.totals.total == 0]  # fmt: skip
    taxed = [a for a in alternatives if a not in exempt]
    facts = {m.fact for m in result.missing}
    said: list[str] = []
    if exempt and taxed and facts & {"freight", "insurance"} and (flip := _flip(result, exempt[0], taxed, lang)):
        said += [flip, "", say("open_cases", lang), *(_case(a, result, lang) for a in alternatives), ""]
        if count := _count_limit(exempt[0].lines):
            said.append(say("also_changes", lang, count=count))
    elif alternatives and facts <= {"freight", "insurance"}:
        first = alternatives[0]
        words = total_words(result, first.totals, lang)
        made_of = parts(first.lines, lang)
        shown = say("open_parts", lang, parts=made_of) if made_of else ""
        said += [say("open_charges", lang, parts=shown, **words), ""]
        said += [say("table_head", lang), *line_rows(result, first.lines, lang)]
    elif "exempt_imports_this_half_year" in facts:
        said += [say("open_count", lang), *(_case(a, result, lang) for a in alternatives)]
    elif result.range and result.range.low is not None and result.range.high is not None:
        low, high = (money(result, bound, lang) for bound in (result.range.low, result.range.high))
        said.append(say("open_range", lang, low=low, high=high))
        said += [_case(a, result, lang) for a in alternatives]
    elif alternatives or _conditions(result, lang):
        said += [say("open_cases", lang), *(_case(a, result, lang) for a in alternatives)]
        said += _conditions(result, lang)
    else:
        said += _whys([m for m in result.missing if m.fact not in _EXPLAINED], lang)
    if follow and follow[0].slot == "shares":
        held = lines_of_all(frame, frame.lines(result.jurisdiction))
        said.insert(0, say("shares_as_one" if held else "shares_wanted", lang))
    said[1:1] = why_taxed(result.regime.get("low_value", {}), lang)
    said += allowance_shown(result, lang) if result.input.get("route") == "traveller" else []
    said += deciding(result, frame, lang)
    if not alternatives or any(line.applies == "yes" for line in result.lines):
        said += ["", *_settled_table(result, lang)]
    said += ["", *(w for w in _whys([m for m in result.missing if m.fact not in _EXPLAINED], lang) if w not in said)]
    valued = "customs_value" in result.regime and not facts & {"freight", "insurance"}  # only the line is open
    said += regime_messages(result, lang) if classed or valued else []
    said += [*messages(result.warnings, lang), *_assumed(result, lang)]
    return Draft("\n".join(said), follow, [m.render(lang) for m in result.warnings])


#: facts whose meaning the verdict above already tells
_EXPLAINED = ("freight", "insurance", "exempt_imports_this_half_year")


def _conditions(result: Result, lang: Lang) -> list[str]:
    """Lines that apply only if a fact is so."""
    return [
        "- " + say("line_condition", lang, label=line.label[lang], amount=write.money(line.amount, line.currency, lang))
        for line in result.lines
        if line.applies == "if" and line.amount
    ]


def _settled_table(result: Result, lang: Lang) -> list[str]:
    """The lines that are owed in every case."""
    rows = line_rows(result, [line for line in result.lines if line.applies != "if"], lang)
    value = value_row(result, lang)
    return [say("table_head", lang), *([value] if value else []), *rows] if rows or value else []


_MOST_WHYS = 4  # facts told; of goods under many codes the cases tell the rest


def _whys(missing: Sequence[Missing], lang: Lang) -> list[str]:
    """Each missing fact once, and what it changes."""
    return list(dict.fromkeys(f"- {_why(m, lang)}" for m in missing))[:_MOST_WHYS]


def _why(missing: Missing, lang: Lang) -> str:
    joint = "：" if lang == "zh-TW" else ": "
    return f"{missing.why.render(lang)}{joint}{missing.effect.render(lang)}"


_LIMITS = ("tw.low_value.limit", "tw.low_value.sample_limit")


def _worth(goods: dict[str, Any]) -> Decimal:
    """The price of goods, of all their pieces where that of one is told."""
    if goods.get("price") is not None:
        return Decimal(str(goods["price"]))
    return Decimal(str(goods["unit_price"])) * Decimal(str(goods.get("quantity", 1)))


def _flip(result: Result, exempt: Alternative, taxed: list[Alternative], lang: Lang) -> str | None:
    """Where freight and insurance decide between exempt and taxed."""
    room = next((f for f in exempt.label.figures.values() if f.of == "freight_and_insurance"), None)
    limit = next((f for m in result.missing for f in m.effect.figures.values() if f.of in _LIMITS), None)
    most = Decimal(str(limit.value)) if limit is not None else None
    over = [
        a.totals for a in taxed if most is not None and (a.totals.customs_value or 0) > most
    ]  # no exemption used up
    least = min((t.total for t in over if t.total is not None), default=None)
    prices = [_worth(g) for g in result.input.get("goods", ()) if {"price", "unit_price"} & g.keys()]
    if room is None or limit is None or least is None or len(prices) != 1:
        return None
    price = write.money(prices[0], result.input.get("currency", currency(result)), lang)
    return say(
        "open_flip", lang, price=price, room=room.text(lang), limit=limit.text(lang),
        zero=money(result, Decimal(0), lang), high=money(result, least, lang),
    )  # fmt: skip


def _case(alternative: Alternative, result: Result, lang: Lang) -> str:
    name, totals = alternative.label.render(lang), alternative.totals
    if totals.total is None:
        return say("case_line_open", lang, label=name)
    words = total_words(result, totals, lang)
    if result.jurisdiction == "us":
        return case_parts(alternative, result, lang)
    has_value = totals.customs_value is not None
    return say("case_line" if has_value else "case_line_total", lang, label=name, **words)


def _nothing_yet(result: Result, frame: Frame, lang: Lang) -> Draft:
    """No total in any case: what is settled already, and the fact that is wanted."""
    follow = asks(result, lang, one_sum=frame.one_sum)
    said: list[str] = why_taxed(result.regime.get("low_value", {}), lang)
    if follow and follow[0].slot == "shares":
        said.append(say("shares_wanted", lang))
    elif (
        {m.fact for m in result.missing} == {"ccc_code"} and not frame.named_goods and "customs_value" in result.regime
    ):
        said.append(say("rate_wanted", lang))
        follow = [ask("rate", lang, say("matter_goods", lang))]
    else:
        said += _whys(result.missing, lang)
    if rows := _settled_table(result, lang):
        said += ["", *rows]
    said += ["", *regime_messages(result, lang), *messages(result.warnings, lang)]
    return Draft("\n".join(said).strip(), follow, [m.render(lang) for m in result.warnings])


def compose_missing(frame: Frame, lang: Lang, arguments: dict[str, Any]) -> Draft:
    """When not even a range can be given: what is needed, and why."""
    if len(frame.amounts.currencies) > 1:
        return Draft(say("mixed_currencies", lang), [ask("price", lang, say("matter_price", lang))])
    american = "lines" in arguments
    goods = (arguments.get("goods") or arguments.get("lines") or [{}])[0]
    wanted = []
    if not frame.named_goods and not {"rate", "general_rate"} & goods.keys():
        wanted.append("goods")
    if not {"price", "value", "repair_value"} & goods.keys():
        wanted.append("quantity" if frame.amounts.each else "price")
    if not american:
        wanted += [name for name in ("freight", "insurance") if name not in arguments]
    names = ("、" if lang == "zh-TW" else ", ").join(say(f"fact_{w}", lang) for w in wanted)
    follow = [ask(w, lang, say(f"matter_{w}", lang)) for w in wanted if w in ("goods", "price", "quantity")][:2]
    return Draft(
        f"{say('need_facts', lang, facts=names)}\n{say('need_why_us' if american else 'need_why', lang)}", follow
    )
