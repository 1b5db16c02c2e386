"""Questions with the real results of the tools, the figures they give by what they are of, and the ledger of the turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from advisor.evidence import build_ledger
from advisor.guard.conduct import misconduct
from advisor.guard.review import Review, review
from advisor.ledger import Ledger
from corpus.search import Library, Passage
from tools.law.models import Lang
from tools.law.tool import LawLookup
from tools.registry import published
from tools.result import Result

DAY = date(2026, 11, 25)
Of = Literal["quote", "law", "passage"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One question and what may be said to it.

    Args:
        facts: figures as numerals, by what they are of.
        units: unit of each fact.
        other: figures that were true at another time, by what they are of.
        claim: a wrong figure that the question holds.
    """

    name: str
    kind: Of
    lang: Lang
    question: str
    artifacts: tuple[Any, ...]
    ledger: Ledger
    facts: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)
    claim: str = ""
    passage: Passage | None = None


def judged(scene: Scene, text: str) -> Review:
    """What the guard makes of a hosted model's answer."""
    found = review(text, scene.ledger, scene.lang)
    more = misconduct(
        text, scene.artifacts, frozenset(published()) | {"policy_search", "no_answer"}, must_decline=False
    )
    return Review(found.numbers, found.identifiers, (*found.violations, *more))


#: price, freight, insurance (New Taiwan dollars), rate, and a duty that somebody claims on the net
_QUOTES = (
    ("3000", "200", "50", "5%", "77"), ("48000", "2000", "150", "12%", "999"), ("9600", "480", "20", "7.5%", "88"),
    ("12500", "650", "35", "10%", "654"), ("27800", "1200", "90", "3%", "711"), ("150000", "5200", "600", "4%", "1234"),
    ("6400", "310", "15", "20%", "123"), ("88000", "3300", "410", "6.5%", "4321"), ("4100", "260", "14", "2.5%", "58"),
)  # fmt: skip


def quotes() -> Iterator[Scene]:
    """Quotes for Taiwan, in both languages."""
    tool = published()["taiwan_quote"]
    for number, (price, freight, insurance, rate, claim) in enumerate(_QUOTES):
        given = {"route": "express", "freight": freight, "insurance": insurance,
                 "goods": [{"price": price, "rate": rate, "country_of_origin": "JP"}]}  # fmt: skip
        result = tool.call(given, DAY)
        assert isinstance(result, Result)
        amounts = {line.key: line.amount for line in result.lines} | {
            "customs_value": result.totals.customs_value, "total": result.totals.total,
            "landed_cost": result.totals.landed_cost, "price": Decimal(price), "freight": Decimal(freight),
            "insurance": Decimal(insurance),
        }  # fmt: skip
        facts = {of: f"{amount:,.0f}" for of, amount in amounts.items() if amount is not None}
        for lang in ("zh-TW", "en"):
            question = (
                f"從日本買 {price} 元的東西，運費 {freight} 元、保險 {insurance} 元，稅率 {rate}，快遞要繳多少？網路上說關稅是 {claim} 元。"
                if lang == "zh-TW"
                else f"Something for NT${price} from Japan, freight NT${freight}, insurance NT${insurance}, duty rate {rate}, by courier: "
                f"what do I pay in Taiwan? An article says the duty is NT${claim}."
            )
            yield Scene(
                f"quote-{number}-{lang}", "quote", lang, question, (result,), build_ledger(question, DAY, [("t1", result)]),
                {**facts, "duty_rate": rate}, dict.fromkeys(facts, "TWD") | {"duty_rate": "%"}, claim=claim,
            )  # fmt: skip


_LAWS = (
    ("us.mpf.minimum", "27.75"), ("us.mpf.maximum", "538.40"), ("us.mpf.rate", "0.21"), ("us.hmf.rate", "0.21"),
    ("tw.low_value.limit", "3000"), ("tw.business_tax.rate", "3"), ("us.informal_entry.limit", "800"),
    ("us.de_minimis.gift_threshold", "200"),
)  # fmt: skip


def laws() -> Iterator[Scene]:
    """Figures of the law, with a claim that is not it."""
    tool = published()["law_lookup"]
    for name, claim in _LAWS:
        found = tool.call({"name": name}, DAY)
        assert isinstance(found, LawLookup)
        entry = next(e for e in found.entries if e.in_force and e.in_force.id == name)
        used = entry.in_force
        assert used is not None
        shown = _said(used.value, used.unit)
        olds = [_said(o.value, o.unit) for o in entry.others if o.unit == used.unit and o.value != used.value]
        held = [
            str(getattr(e.in_force, "value", "")) for e in found.entries
        ] + [str(o.value) for e in found.entries for o in e.others]  # fmt: skip
        if claim in held:
            olds.append(claim)
        for lang in ("zh-TW", "en"):
            label = entry.label.zh_TW if lang == "zh-TW" else entry.label.en
            question = (
                f"{label}是多少？有人說是 {claim}。"
                if lang == "zh-TW"
                else f"What is the {label}? A blog says {claim}."
            )
            yield Scene(
                f"law-{name}-{lang}", "law", lang, question, (found,), build_ledger(question, DAY, [("t1", found)]),
                {"value": shown, "label": label}, {"value": "%" if used.unit == "ratio" else used.unit},
                {"value": olds[-1]} if olds else {}, claim=claim,
            )  # fmt: skip


def _said(value: str, unit: str) -> str:
    number = Decimal(value) * 100 if unit == "ratio" else Decimal(value)
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text and unit == "ratio" else text


_SEARCHES: Sequence[tuple[Lang, str]] = (
    ("zh-TW", "APEC 報告 快遞報單 簡化稅率"), ("zh-TW", "APEC 低價貨物研究 建議 門檻"), ("zh-TW", "低價免稅 限額 六次"),
    ("zh-TW", "商品處理費 最低 最高"), ("en", "APEC report express declarations rate bands"),
    ("en", "APEC low value study recommendations thresholds"), ("en", "low-value exemption limit half-year"),
)  # fmt: skip


def passages(library: Library) -> Iterator[Scene]:
    """Passages of the library, each with the other passages that were found beside it."""
    for number, (lang, words) in enumerate(_SEARCHES):
        found = library.search(words, as_of=DAY, lang=lang, limit=6)
        ledger = build_ledger(words, DAY, [("t1", found)])
        for place, passage in enumerate(found.passages, start=1):
            if passage.language == lang:
                yield Scene(
                    f"passage-{number}-{place}", "passage", lang, words, (found,), ledger, {"marker": str(place)},
                    passage=passage,
                )  # fmt: skip
