"""A calculation on the page: what is owed or between what and what, the lines, what decides, receipts, downloads."""

from __future__ import annotations

import json
from decimal import Decimal

import streamlit as st

from tools.labels import label
from tools.law.models import Lang
from tools.result import Line, Result, Totals
from ui.web import charts
from ui.web.answer_view import show_law
from ui.web.fields import fact_name
from ui.web.given import given_name, given_value
from ui.web.receipts import law_read
from ui.web.words import Words, begun, dollars, escaped, figure, table

_MONEY = {"tw": "TWD", "us": "USD"}


def money(amount: Decimal | None, jurisdiction: str) -> str:
    """An amount for a person; a dash where it is not known."""
    if amount is None:
        return "—"
    return f"NT${amount:,f}" if jurisdiction == "tw" else f"US${amount:,.2f}"


def span(low: Decimal | None, high: Decimal | None, jurisdiction: str, words: Words) -> str:
    """An amount, or between what and what it lies."""
    if low is None or low == high:
        return money(low, jurisdiction)
    return f"{money(low, jurisdiction)} – {money(high, jurisdiction) if high is not None else words('calc.no_ceiling')}"


def tool_of(result: Result) -> str:
    """The tool a result came from."""
    return "taiwan_quote" if result.jurisdiction == "tw" else "us_quote"


def result_view(result: Result, words: Words, key: str) -> None:
    """The whole result."""
    headline(result, words)
    alternatives_view(result, words)
    _lines(result, words)
    if steps := steps_of(result, words):
        st.altair_chart(charts.waterfall(steps, _MONEY[result.jurisdiction]), alt=words("chart.waterfall"))
    if result.warnings:
        st.warning("\n".join(f"- {dollars(message.render(words.lang))}" for message in result.warnings))
    if result.assumptions:
        with st.expander(words("calc.assumptions")):
            for message in result.assumptions:
                st.markdown(f"- {dollars(message.render(words.lang))}")
    downloads(result, words, key)


def headline(result: Result, words: Words) -> None:
    """What is owed; where it is open: between what and what, and the fact that decides."""
    totals, where = result.totals, result.jurisdiction
    if totals.total is not None:
        left, right = st.columns(2)
        left.metric(words("calc.total"), dollars(money(totals.total, where)))
        right.metric(begun(label("landed_cost")[words.lang]), dollars(money(totals.landed_cost, where)))
        return
    if result.range and result.range.low is not None:
        st.metric(words("calc.between"), dollars(span(result.range.low, result.range.high, where, words)))
    else:
        st.metric(words("calc.total"), "—")
    if result.missing:
        st.markdown(f"**{words('calc.decides')}**")
        for missing in result.missing:
            name = fact_name(missing.fact, tool_of(result), words)
            st.markdown(f"- **{escaped(name)}**{words.colon}{dollars(missing.why.render(words.lang))}")


def alternatives_view(result: Result, words: Words) -> None:
    """What each choice of an open fact comes to."""
    if not result.alternatives:
        return
    rows = [(a.label.render(words.lang), money(a.totals.total, result.jurisdiction)) for a in result.alternatives]
    with st.expander(words("calc.cases", count=str(len(rows))), expanded=len(rows) < 5):
        st.markdown(table([words("calc.case"), words("calc.total")], rows, {1}))


def _lines(result: Result, words: Words) -> None:
    """The lines as a table, and behind it the receipt of each."""
    if not result.lines:
        return
    lang = words.lang
    head = [words("calc.item"), words("receipt.formula"), words("calc.amount_in", unit=_MONEY[result.jurisdiction])]
    body = []
    for line in result.lines:
        name = _name(line, result, lang)
        applies = "" if line.applies == "yes" else f" ({words(f'calc.applies_{line.applies}')})"
        reason = f" {line.reason.render(lang)}" if line.reason else ""
        body.append((name + applies, line.formula + reason, figure(line.amount)))
    st.markdown(table(head, body, {2}))
    with st.expander(words("chat.receipts")):
        for line in result.lines:
            cited = line.citation[lang] if line.citation else line.legal_basis
            st.markdown(
                f"**{escaped(_name(line, result, lang))}** {line.amount:,f} {line.currency}  \n`{line.formula}`  \n{escaped(cited)}"
            )
            for parameter in line.parameters:
                show_law(law_read(parameter.model_dump(mode="json", by_alias=True), lang), words)


def _name(line: Line, result: Result, lang: Lang) -> str:
    """What a line of a result is called; of several goods, with the number of the goods it is for."""
    several = len({other.line_no for other in result.lines if other.line_no is not None}) > 1
    number = f"#{line.line_no} " if several and line.line_no is not None else ""
    return f"{number}{begun(line.label[lang])}" + (f" {line.heading}" if line.heading else "")


def steps_of(result: Result, words: Words) -> list[charts.Step]:
    """From the value to the landed cost, where both are known."""
    totals = result.totals
    start = totals.customs_value if totals.customs_value is not None else totals.entered_value
    if start is None or totals.total is None or totals.landed_cost is None:
        return []
    name = "customs_value" if totals.customs_value is not None else "entered_value"
    steps = [charts.Step(begun(label(name)[words.lang]), start, "start")]
    by_name: dict[str, Decimal] = {}
    for line in result.lines:
        if line.applies == "yes" and line.amount:
            named = begun(line.label[words.lang])
            by_name[named] = by_name.get(named, Decimal(0)) + line.amount
    steps += [charts.Step(n, a, "add") for n, a in by_name.items()]
    if rest := totals.landed_cost - start - totals.total:
        steps.append(charts.Step(begun(label("freight_and_insurance")[words.lang]), rest, "add"))
    return [*steps, charts.Step(begun(label("landed_cost")[words.lang]), totals.landed_cost, "end")]


def downloads(result: Result, words: Words, key: str) -> None:
    """The result as a receipt that can be replayed, and on paper."""
    whole = json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2)
    with st.container(horizontal=True, key=f"do-{key}", vertical_alignment="center"):
        st.download_button("PDF", lambda: result_pdf(result, words), f"{result.id}.pdf", "application/pdf", key=f"pdf-{key}",
                           icon=":material/picture_as_pdf:")  # fmt: skip
        st.download_button(words("chat.receipt_json"), whole, f"{result.id}.json", "application/json", key=f"json-{key}",
                           icon=":material/receipt_long:")  # fmt: skip
        st.caption(f"{result.as_of} · `{result.receipt[:20]}…`")


def result_pdf(result: Result, words: Words) -> bytes:
    """A result on paper, in the language of the page."""
    from ui.web.pdf import Paper

    lang, where = words.lang, result.jurisdiction
    paper = Paper(words("pdf.title"), words("nav.info"), lang)
    paper.text(words.labelled("bar.as_of", str(result.as_of)))
    paper.heading(words("pdf.result"))
    for name, value in _totals(result.totals, words, where):
        paper.text(f"{name}{words.colon}{value}")
    if result.totals.total is None and result.range and result.range.low is not None:
        paper.text(words.labelled("calc.between", span(result.range.low, result.range.high, where, words)))
    for missing in result.missing:
        paper.text(f"? {fact_name(missing.fact, tool_of(result), words)}{words.colon}{missing.why.render(lang)}")
    if result.lines:
        amount = words("calc.amount_in", unit=_MONEY[where])
        paper.row([words("calc.item"), words("receipt.formula"), amount, words("receipt.basis")])
    for line in result.lines:
        name = _name(line, result, lang)
        cited = line.citation[lang] if line.citation else line.legal_basis
        applies = "" if line.applies == "yes" else f" ({words(f'calc.applies_{line.applies}')})"
        paper.row([name + applies, line.formula, figure(line.amount), cited])
    for alternative in result.alternatives:
        paper.text(f"- {alternative.label.render(lang)}{words.colon}{money(alternative.totals.total, where)}")
    for message in (*result.warnings, *result.assumptions):
        paper.text(f"- {message.render(lang)}")
    paper.heading(words("receipt.inputs"))
    for name, value in _flat(result.input):
        if name != "as_of":  # stands above
            paper.text(f"{given_name(name, words)}{words.colon}{given_value(name, value, words)}")
    paper.text(result.receipt)
    return paper.made()


def _totals(totals: Totals, words: Words, where: str) -> list[tuple[str, str]]:
    named = {
        "customs_value": label("customs_value")[words.lang], "entered_value": label("entered_value")[words.lang],
        "duty": label("duty")[words.lang], "taxes": label("taxes")[words.lang], "fees": label("fees")[words.lang],
        "total": words("calc.total"), "landed_cost": label("landed_cost")[words.lang],
    }  # fmt: skip
    return [
        (begun(name), money(amount, where))
        for key, name in named.items()
        if (amount := getattr(totals, key)) is not None
    ]


def _flat(raw: object, name: str = "") -> list[tuple[str, str]]:
    """What was given, one line a value."""
    if isinstance(raw, dict):
        return [pair for k, v in raw.items() for pair in _flat(v, f"{name}.{k}".lstrip("."))]
    if isinstance(raw, list | tuple):
        return [pair for n, v in enumerate(raw, start=1) for pair in _flat(v, f"{name}.{n}")]
    return [] if raw in (None, "", False) else [(name, str(raw))]
