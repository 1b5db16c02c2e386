"""Why a figure is what it is: the formula and the article from the receipt, and what it stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.tables import (
    allowance_shown,
    cited,
    exempt_by,
    money,
    named,
    parts,
    regime_messages,
    total_words,
    why_taxed,
)
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from tools.labels import labels
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Line, Result
from tools.text import format as write

#: beside why, what it comes to
_WHOLE_TOO = re.compile(r"(?:總共|一共|合計|全部)[^，。？?]{0,6}(?:多少|幾)|\b(?:what|how much)\b.{0,40}\b(?:total|in all|altogether)\b", re.IGNORECASE)  # fmt: skip


#: more than a rate told: the rate is not all there is
_MORE_THAN = re.compile(r"(?:這麼|那麼)(?:多|高|貴)|(?:不是|不就)?(?:只有|才) ?\d[\d.]* ?%|比 ?\d[\d.]* ?%.{0,4}(?:多|高)|\bmore than \d|\b(?:not just|only) \d[\d.]* ?%|\bso (?:much|high)\b", re.IGNORECASE)  # fmt: skip


#: how a part of a dollar is dealt with
_ROUNDED = re.compile(r"四捨五入|[捨舍舎]去|進位|小數|零頭|尾數|\bround\w*|\bdecimals?\b|\bcents?\b|\btruncat\w+", re.IGNORECASE)  # fmt: skip


#: a tax by its name
_NAMED = re.compile(r"關稅|營業稅|貨物稅|酒稅|菸稅|規費|\b(?:duty|vat|business tax|fee|mpf|hmf)\b", re.IGNORECASE)


def compose_explanation(result: Result, frame: Frame, lang: Lang) -> Draft:
    """The lines asked about, each with its formula and law; all of them where none is named."""
    lines = _settled(result, frame)
    of_flat = frame.names_law("tw.post.flat") or _asks_flat(result, frame)
    whole = _WHOLE_TOO.search(frame.text) or (_MORE_THAN.search(frame.text) and not _NAMED.search(frame.text))
    asked = [] if of_flat or whole else _asked(lines, frame)
    said = [_value(result, lang)] if _value(result, lang) else []
    if said and result.jurisdiction == "tw" and says(frame.text, "charges"):
        said.append(say("explain_charges", lang))
    if result.jurisdiction == "us" and frame.slots.get("us_quote", {}).get("value_basis") == "cif":
        said.append(say("explain_cif_us", lang))
    shown = [line for line in lines if line.applies != "no" or line in asked]
    if asked:
        last = max(shown.index(line) for line in asked if line in shown)
        head = asked[-1]
        said.insert(
            0, say("explain_head", lang, label=head.label[lang], amount=write.money(head.amount, head.currency, lang))
        )
        shown = shown[: last + 1]
    else:
        said.insert(
            0,
            say("explain_all", lang, total=money(result, result.totals.total, lang))
            if result.totals.total is not None
            else _so_far(result, lang),
        )
    if of_flat:
        flat = any(p.id.startswith("tw.post.flat") for line in lines for p in line.parameters if line.key == "duty")
        said.insert(0, say("post_flat_yes" if flat else "post_flat_no", lang))
    said += [_line(line, lang) for line in shown]
    if any(line.key == "mpf" and line.amount for line in shown) and "limit_parameter" in result.regime:
        limit = write.money(Decimal(str(result.regime["limit"])), "USD", lang)
        said.append(say(f"explain_entry_{result.regime['name']}", lang, limit=limit))
    if says(frame.text, "exempt") or says(frame.text, "only_excess") or not asked:
        said += allowance_shown(result, lang)
        said += [f"- {m.render(lang)}" for m in result.assumptions] if says(frame.text, "gift") else []
        low_value = result.regime.get("low_value", {})
        said += [
            *why_taxed(low_value, lang),
            *exempt_by("exempt_whole", low_value, lang),
            *regime_messages(result, lang),
        ]
    if not asked and (formula := result.totals.formula("total")):
        said.append(
            f"- {named('total', lang)}：{formula}" if lang == "zh-TW" else f"- {named('total', lang)}: {formula}"
        )
    if result.jurisdiction == "tw" and _ROUNDED.search(frame.text):
        said.append(say("explain_rounded", lang))
    if result.jurisdiction == "tw" and says(frame.text, "gift"):
        said.append(say("explain_gift", lang))
    said.append(say("explain_law", lang, on=write.day(result.as_of, lang)))
    return Draft("\n".join(said))


def _so_far(result: Result, lang: Lang) -> str:
    """What can be told of a total that is open: the least where nothing but charges of carriage is."""
    if result.alternatives and {m.fact for m in result.missing} <= {"freight", "insurance"}:
        first = result.alternatives[0]
        made_of = parts(first.lines, lang)
        shown = say("open_parts", lang, parts=made_of) if made_of else ""
        return say("open_charges", lang, parts=shown, **total_words(result, first.totals, lang))
    return say("explain_open", lang)


def _asks_flat(result: Result, frame: Frame) -> bool:
    """Whether the flat rate of the post is named by its figure, of goods that came by post at another."""
    if result.input.get("route") != "post":
        return False
    held = next((v for v in law().parameter(_FLAT).values if v.holds(result.as_of)), None)
    rates = {q.value for q in frame.quantities if q.kind == "percent" and q.value is not None}
    duty = {Decimal(x.rate.rstrip("%")) for x in result.lines if x.key == "duty" and x.rate and _plain(x.rate)}
    return held is not None and held.number * 100 in rates and held.number * 100 not in duty


_FLAT = "tw.post.flat_rate"


def _settled(result: Result, frame: Frame) -> Sequence[Line]:
    if result.complete or not result.alternatives:
        return result.lines
    told = {q.value for q in frame.quantities if q.kind in ("money", "number")}
    for case in result.alternatives:  # the case that comes to what is asked about
        if case.totals.total in told or any(x.amount in told for x in case.lines if x.amount):
            return case.lines
    return result.alternatives[0].lines or result.lines


def _value(result: Result, lang: Lang) -> str:
    value = result.regime.get("customs_value")
    if not isinstance(value, dict) or "formula" not in value:
        return ""
    amount = money(result, Decimal(str(value["amount"])), lang)
    words = {
        "label": named("customs_value", lang),
        "amount": amount,
        "formula": str(value["formula"]),
        "basis": value["citation"][lang],
    }
    return say("explain_line", lang, **words)


def _line(line: Line, lang: Lang) -> str:
    code = "explain_line" if line.formula else "explain_line_bare"
    amount = write.money(line.amount, line.currency, lang)
    return say(code, lang, label=line.label[lang], amount=amount, formula=line.formula, basis=cited(line, lang))


def _asked(lines: Sequence[Line], frame: Frame) -> list[Line]:
    """Lines whose amount, rate or name the question holds."""
    values = {q.value for q in frame.quantities if q.value is not None and q.kind != "percent"}
    rates = {q.value for q in frame.quantities if q.kind == "percent" and q.value is not None}
    text = frame.text.lower()
    found = [
        x for x in lines if x.amount in values or (x.rate and _plain(x.rate) and Decimal(x.rate.rstrip("%")) in rates)
    ]
    if found:
        return found
    names = {key: entry.names.all() for key, entry in labels().items()}
    return [
        x for x in lines if any(n.lower() in text for n in (*names.get(x.key, ()), x.key, x.label.zh_TW, x.label.en))
    ]


def _plain(rate: str) -> bool:
    return rate.rstrip("%").replace(".", "", 1).isdigit()
