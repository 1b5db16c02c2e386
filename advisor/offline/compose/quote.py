"""A Taiwan quote in words: verdict, table with formula and article, what could change it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from advisor.offline.compose.base import Draft, ask, asks, bullets, say, totals_words, twd
from advisor.offline.understand import Frame
from tools.labels import label
from tools.law.models import Lang
from tools.result import Alternative, Line, Result
from tools.text import format as write


def compose_quote(result: Result, frame: Frame, lang: Lang) -> Draft:
    """Words for a Taiwan quote, complete or open."""
    if result.complete:
        return _complete(result, frame, lang)
    facts = {m.fact for m in result.missing}
    if "tax_not_computed" in facts:
        return _other_tax(result, lang)
    if not result.alternatives:
        return _nothing_yet(result, frame, lang)
    return _open(result, lang)


def _complete(result: Result, frame: Frame, lang: Lang) -> Draft:
    words = totals_words(result.totals, lang)
    low_value = result.regime["low_value"]
    if low_value["exempt"]:
        parts = [say("quote_exempt", lang, **words)]
    else:
        parts = [say("quote_total", lang, **words), _why_taxed(low_value, lang)]
    parts += [*_claims(result, frame, lang), "", _table(result, lang), ""]
    reason = result.regime["class_reason"]["text"][lang]
    parts.append(say("class", lang, text=reason))
    for alternative in result.alternatives:
        parts.append(_by_schedule(alternative, lang))
    if low_value["exempt"]:
        count = _count_limit(result.lines)
        if count:
            parts.append("- " + say("also_changes", lang, count=count))
    parts += bullets(result.warnings, lang)
    if result.assumptions:
        joined = ("；" if lang == "zh-TW" else "; ").join(m.render(lang) for m in result.assumptions)
        parts.append("- " + say("assumptions", lang, text=joined))
    return Draft("\n".join(parts), warnings=[m.render(lang) for m in result.warnings])


def _why_taxed(low_value: dict[str, Any], lang: Lang) -> str:
    """Why the low-value exemption does not apply."""
    limit, most = (Decimal(p["value"]) for p in low_value["parameters"])
    return say(f"taxed_{low_value['reason']}", lang, limit=twd(limit, lang), count=write.plain(most))


def _table(result: Result, lang: Lang) -> str:
    value = result.regime["customs_value"]
    rows = [say("table_head", lang)]
    rows.append(_row(label("customs_value")[lang], value["formula"], twd(result.totals.customs_value, lang),
                     value["citation"][lang]))  # fmt: skip
    for line in result.lines:
        cited = line.citation[lang] if line.citation else line.legal_basis
        rows.append(_row(line.label[lang], line.formula, twd(line.amount, lang), cited))
    rows.append(_row(label("total")[lang], result.totals.formula("total"), f"**{twd(result.totals.total, lang)}**", ""))
    rows.append(
        _row(label("landed_cost")[lang], result.totals.formula("landed_cost"), twd(result.totals.landed_cost, lang), "")
    )
    return "\n".join(rows)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _by_schedule(alternative: Alternative, lang: Lang) -> str:
    figure = next(f for f in alternative.label.figures.values() if f.of == "schedule_rate")
    return say("by_schedule", lang, rate=figure.text(lang), **totals_words(alternative.totals, lang))


def _claims(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """Figures the person quotes from elsewhere, set against the calculation."""
    if not frame.claim:
        return []
    given = result.input
    inputs = {Decimal(str(given[k])) for k in ("freight", "insurance", "exchange_rate") if k in given}
    inputs |= {Decimal(g["price"]) for g in given["goods"]}
    totals = {v for v in result.totals.model_dump().values() if v is not None}
    out = []
    for quantity in frame.quantities:
        value = quantity.value
        if quantity.kind not in ("money", "number") or value is None or value in inputs or value < 100:
            continue
        code = "claim_right" if str(value) in {str(t) for t in totals} else "claim_wrong"
        out.append(say(code, lang, claim=quantity.text))
    return out


def _count_limit(lines: tuple[Line, ...]) -> str | None:
    for line in lines:
        for used in line.parameters:
            if used.id == "tw.low_value.exempt_imports_per_half_year":
                return write.plain(Decimal(used.value))
    return None


def _open(result: Result, lang: Lang) -> Draft:
    alternatives, follow = list(result.alternatives), asks(result.missing, lang)
    exempt = [a for a in alternatives if a.lines and a.lines[0].applies == "no"]
    taxed = [a for a in alternatives if a not in exempt]
    facts = {m.fact for m in result.missing}
    parts: list[str] = []
    if exempt and taxed and facts & {"freight", "insurance"}:
        parts.append(_flip(result, exempt[0], taxed, lang))
        parts += ["", say("open_cases", lang), *(_case(a, lang) for a in alternatives), ""]
        if count := _count_limit(exempt[0].lines):
            parts.append(say("also_changes", lang, count=count))
    elif facts <= {"freight", "insurance"}:
        parts += [say("open_charges", lang, **totals_words(alternatives[0].totals, lang))]
        parts.append("")
        parts.append(_lines_table(alternatives[0], lang))
    elif "exempt_imports_this_half_year" in facts:
        parts += [say("open_count", lang), *(_case(a, lang) for a in alternatives)]
    elif result.range and result.range.low is not None and result.range.high is not None:
        parts.append(say("open_range", lang, low=twd(result.range.low, lang), high=twd(result.range.high, lang)))
        parts += [_case(a, lang) for a in alternatives]
    else:
        parts += [say("open_cases", lang), *(_case(a, lang) for a in alternatives)]
    if (low_value := result.regime.get("low_value")) and not low_value["exempt"]:
        parts.insert(1, _why_taxed(low_value, lang))
    parts += bullets(result.warnings, lang)
    if result.assumptions:
        joined = ("；" if lang == "zh-TW" else "; ").join(m.render(lang) for m in result.assumptions)
        parts.append("- " + say("assumptions", lang, text=joined))
    return Draft("\n".join(parts), follow, [m.render(lang) for m in result.warnings])


def _flip(result: Result, exempt: Alternative, taxed: list[Alternative], lang: Lang) -> str:
    room = next(f for f in exempt.label.figures.values() if f.of == "freight_and_insurance")
    limit = next(f for m in result.missing for f in m.effect.figures.values() if f.of == "tw.low_value.limit")
    prices = [Decimal(g["price"]) for g in result.input["goods"]]
    price = write.money(sum(prices, Decimal(0)), result.input.get("currency", "TWD"), lang)
    least = min((a.totals.total for a in taxed if a.totals.total is not None), default=None)
    if least is None:
        return say("open_cases", lang)
    return say(
        "open_flip", lang, price=price, room=room.text(lang), limit=limit.text(lang), zero=twd(Decimal(0), lang),
        high=twd(least, lang),
    )  # fmt: skip


def _case(alternative: Alternative, lang: Lang) -> str:
    name, totals = alternative.label.render(lang), alternative.totals
    if totals.total is None:
        return say("case_line_open", lang, label=name)
    return say(
        "case_line", lang, label=name, customs_value=twd(totals.customs_value, lang), total=twd(totals.total, lang)
    )


def _lines_table(alternative: Alternative, lang: Lang) -> str:
    rows = [say("table_head", lang)]
    for line in alternative.lines:
        cited = line.citation[lang] if line.citation else line.legal_basis
        rows.append(_row(line.label[lang], line.formula, twd(line.amount, lang), cited))
    return "\n".join(rows)


def _other_tax(result: Result, lang: Lang) -> Draft:
    why = [m.why.render(lang) for m in result.missing if m.fact == "tax_not_computed"]
    effects = [m.effect.render(lang) for m in result.missing if m.fact == "tax_not_computed"]
    sentences = [say("not_computed_tax", lang, why=w) for w in (*why, *effects)]
    return Draft("\n".join([*sentences, *bullets(result.warnings, lang)]))


def _nothing_yet(result: Result, frame: Frame, lang: Lang) -> Draft:
    """No total in any case: what is settled already, and the fact that is wanted."""
    if {m.fact for m in result.missing} == {"ccc_code"} and not frame.goods and "customs_value" in result.regime:
        return _rate_wanted(result, lang)
    reasons = [f"{m.why.render(lang)}：{m.effect.render(lang)}" if lang == "zh-TW" else f"{m.why.render(lang)}: {m.effect.render(lang)}"
               for m in result.missing]  # fmt: skip
    follow = asks(result.missing, lang)
    return Draft("\n".join([*(f"- {r}" for r in reasons), *bullets(result.warnings, lang)]), follow)


def _rate_wanted(result: Result, lang: Lang) -> Draft:
    """The goods are in no line held: everything but the rate."""
    value, low_value = result.regime["customs_value"], result.regime.get("low_value")
    parts = [say("rate_wanted", lang)]
    if low_value and not low_value["exempt"]:
        parts.append(_why_taxed(low_value, lang))
    row = _row(
        label("customs_value")[lang], value["formula"], twd(Decimal(value["amount"]), lang), value["citation"][lang]
    )
    parts += ["", say("table_head", lang), row, "", *bullets(result.warnings, lang)]
    return Draft("\n".join(parts).rstrip(), [ask("rate", lang, say("matter_goods", lang))])


def compose_missing(frame: Frame, lang: Lang, arguments: dict[str, Any]) -> Draft:
    """When not even a range can be given: what is needed, and why."""
    if len(frame.amounts.currencies) > 1:
        return Draft(say("mixed_currencies", lang), [ask("price", lang, say("matter_price", lang))])
    goods = (arguments.get("goods") or [{}])[0]
    wanted = []
    if not frame.goods and "rate" not in goods:
        wanted.append("goods")
    if "price" not in goods:
        wanted.append("quantity" if frame.amounts.each else "price")
    for name in ("freight", "insurance"):
        if name not in arguments:
            wanted.append(name)
    names = ("、" if lang == "zh-TW" else ", ").join(say(f"fact_{w}", lang) for w in wanted)
    follow = [ask(w, lang, say(f"matter_{w}", lang)) for w in wanted if w in ("goods", "price", "quantity")][:2]
    return Draft(f"{say('need_facts', lang, facts=names)}\n{say('need_why', lang)}", follow)
