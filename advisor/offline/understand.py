"""Understanding a question without a model: what is wanted, and the facts it gives.

Declared, not guessed: a slot that the words do not give stays empty, and is asked for when it matters.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from advisor.offline.amounts import Amounts, read_amounts
from advisor.offline.fold import fold_question
from tools.law.models import Lang
from tools.law.store import law
from tools.tariff.names import NameMatch, find_lines
from tools.tariff.schedule import schedule
from tools.text.dates import us_fiscal_year
from tools.text.numerals import read_numeral
from tools.text.places import Place, find_places
from tools.text.quantities import Quantity, find_quantities

Intent = Literal["decline", "taiwan_quote", "us_de_minimis", "law", "tariff_line", "policy", "not_covered"]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def cues() -> dict[str, dict[str, list[str]]]:
    """Cue words by group and name."""
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))


@cache
def _pattern(group: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(cues()[group][name]), re.IGNORECASE)


def says(text: str, name: str, group: str = "intent") -> bool:
    """Whether a text holds one of a group's cues."""
    return _pattern(group, name).search(text) is not None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question wants and gives."""

    text: str
    lang: Lang
    intent: Intent
    quantities: tuple[Quantity, ...] = ()
    amounts: Amounts = field(default_factory=Amounts)
    goods: tuple[NameMatch, ...] = ()
    origin: str | None = None
    destination: str | None = None
    other_place: str | None = None
    mode: str | None = None
    days: tuple[date, ...] = ()
    fiscal_year: int | None = None
    gift: bool = False
    used_exemptions: int | None = None
    claim: bool = False
    wants_quote: bool = False
    parameters: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The first day named."""
        return self.days[0] if self.days else None

    @property
    def asked_days(self) -> tuple[date, ...]:
        """Days the law is asked about, at most three.

        Of a fiscal year its first; of a calendar year alone both ends, for the law may have changed between them.
        """
        if self.days:
            return self.days[:3]
        if self.fiscal_year is not None:
            return us_fiscal_year(self.fiscal_year)[:1]
        years = {int(q.value) for q in self.quantities if q.kind == "year" and q.value is not None}
        if len(years) != 1 or says(self.text, "not_of_a_year"):
            return ()
        (year,) = years
        return date(year, 1, 1), date(year, 12, 31)

    def names_law(self, prefix: str) -> bool:
        """Whether a parameter under this topic is named."""
        return any(p.startswith(prefix) for p in self.parameters)


def language_of(text: str) -> Lang:
    """The language a question is asked in.

    >>> language_of("X3 是什麼"), language_of("what is X3")
    ('zh-TW', 'en')
    """
    chinese = len(_CHINESE.findall(text))
    return "zh-TW" if chinese and chinese >= len(re.findall(r"[A-Za-z]+", text)) else "en"


def understand(question: str, as_of: date, before: Frame | None = None) -> Frame:
    """Read one message, in the light of the one before it.

    Args:
        question: the person's words.
        as_of: the day "today" means, for dates without a year.
        before: what the conversation had settled, whose open facts this message may fill.
    """
    text = fold_question(question, english=language_of(question) == "en")
    quantities = tuple(find_quantities(text))
    places = find_places(text)
    origin, destination, other = _places(places, quantities, text)
    frame = Frame(
        text=text, lang=language_of(question), intent="policy", quantities=quantities,
        amounts=read_amounts(text, quantities), goods=tuple(find_lines(text, schedule("tw"))),
        origin=origin, destination=destination, other_place=other, mode=_mode(text), days=_days(quantities, as_of),
        fiscal_year=next((int(q.value) for q in quantities if q.kind == "fiscal_year" and q.value), None),
        gift=says(text, "gift"), used_exemptions=_used(text, quantities), claim=says(text, "claim"),
        parameters=_parameters(text),
    )  # fmt: skip
    frame = replace(frame, wants_quote=_wants_quote(frame))
    if before is not None and _continues(frame, before):
        return _merged(frame, before)
    return replace(frame, intent=_intent(frame))


def _intent(frame: Frame) -> Intent:
    text = frame.text
    if says(text, "evasion") and not _asks_law(text) and (not says(text, "consequence") or says(text, "seeks_way")):
        return "decline"
    if says(text, "document") and not (frame.claim and says(text, "verify")):
        return "policy"
    if frame.destination not in (None, "TW", "US") and says(text, "tax_question"):
        return "not_covered"
    if says(text, "forecast") and says(text, "tax_question"):
        return "not_covered"
    if frame.names_law("us.mpf") or frame.names_law("us.hmf"):
        return "law" if _law_question(frame) or _figures(frame) or frame.asked_days else "policy"
    if _about_us(frame) and (
        says(text, "exempt") or frame.gift or says(text, "tax_question") or _quotes_threshold(frame.quantities)
    ):
        return "us_de_minimis"
    if frame.other_place and frame.destination is None and not frame.wants_quote and not frame.goods:
        if says(text, "tax_question") and not frame.parameters and not says(text, "topic"):
            return "not_covered"
    if frame.parameters and not frame.wants_quote and (_law_question(frame) or _figures(frame)):
        return "law"
    if frame.wants_quote:
        return "taiwan_quote"
    if frame.goods and says(text, "compare_rate") and not says(text, "chapter"):
        return "tariff_line"
    return "policy"


def _figures(frame: Frame) -> bool:
    return any(q.kind in ("money", "number") for q in frame.quantities)


def _asks_law(text: str) -> bool:
    """Whether the law on a wrong is asked for, rather than help with it."""
    return says(text, "asks_law")


def _about_us(frame: Frame) -> bool:
    if frame.destination is not None:
        return frame.destination == "US"
    if frame.origin == "US":
        return False
    quoted = not frame.wants_quote and _quotes_threshold(frame.quantities)
    return quoted or says(frame.text, "us_exemption") or "美國" in frame.text


def _quotes_threshold(quantities: tuple[Quantity, ...]) -> bool:
    """Whether an amount is the threshold of the US exemption, as last held."""
    held = max(law().parameter("us.de_minimis.threshold").values, key=lambda v: v.first_day).value
    return any(q.kind == "money" and q.unit in ("USD", "?") and q.value == held for q in quantities)


def _law_question(frame: Frame) -> bool:
    """A question about the figure of a rule, rather than about what a rule means."""
    text = frame.text
    if frame.claim and any(q.kind in ("money", "number", "percent", "count", "ordinal") for q in frame.quantities):
        return True
    return re.search(
        r"多少|幾|最低|最高|上限|下限|門檻|額度|限額|how (?:much|many|long)|多久|minimum|maximum|threshold|limit|what(?:'s| is| are) the|rate|amount", text, re.IGNORECASE
    ) is not None  # fmt: skip


def _wants_quote(frame: Frame) -> bool:
    """Whether duties on something imported into Taiwan are to be computed."""
    text, amounts = frame.text, frame.amounts
    if frame.destination not in (None, "TW") or frame.names_law("us.") or _is_threshold(frame):
        return False
    has_price = amounts.price is not None or amounts.customs_value is not None
    bought = frame.goods or frame.mode == "express"
    if has_price and bought and (amounts.freight, amounts.insurance, amounts.rate) != (None, None, None):
        return True
    if has_price and frame.goods and frame.used_exemptions is not None:
        return True
    if not says(text, "tax_question"):
        return False
    if has_price and (frame.goods or amounts.rate is not None or amounts.freight is not None):
        return True
    if has_price and says(text, "asks_amount"):
        return not (frame.claim and frame.parameters)
    things = re.search(
        r"這個|這件|這包|包裹|東西|商品|this|(?:my|a|the) (?:parcel|package|order|shipment)|\bit\b", text, re.IGNORECASE
    )
    named = frame.goods or things
    return bool(says(text, "asks_amount") and named and not frame.parameters and not says(text, "compare_rate"))


def _is_threshold(frame: Frame) -> bool:
    """Whether a figure is said to be the limit up to which imports are free."""
    return "tw.low_value.limit" in frame.parameters and frame.used_exemptions is None and not (
        frame.goods and (frame.amounts.freight is not None or frame.amounts.rate is not None or not frame.claim)
        and frame.amounts.price is not None
    )  # fmt: skip


_SHORT = 14  # characters of a message that only changes one fact


def _continues(frame: Frame, before: Frame) -> bool:
    """Whether a message only adds facts to the question before it."""
    if says(frame.text, "evasion") or before.intent not in ("taiwan_quote", "us_de_minimis", "law"):
        return False
    if before.intent == "taiwan_quote":
        if frame.wants_quote:
            return frame.amounts.price is None and frame.amounts.customs_value is None
        gives = frame.goods or frame.amounts.any or frame.origin or frame.mode or frame.used_exemptions is not None
        asks_law = bool(frame.parameters) and frame.used_exemptions is None and len(frame.text) > _SHORT
        return bool(gives) and not says(frame.text, "what_is") and not asks_law and frame.destination != "US"
    own_topic = frame.wants_quote or says(frame.text, "what_is") or (frame.parameters and before.intent != "law")
    changes = frame.origin or frame.day or frame.mode or frame.gift or frame.fiscal_year or frame.amounts.any
    return bool(changes) and not own_topic and len(frame.text) < 40


def _merged(frame: Frame, before: Frame) -> Frame:
    return replace(
        frame, intent=before.intent, amounts=before.amounts.updated(frame.amounts),
        goods=frame.goods or before.goods, origin=frame.origin or before.origin,
        destination=frame.destination or before.destination, mode=frame.mode or before.mode,
        days=frame.days or before.days, fiscal_year=frame.fiscal_year or before.fiscal_year,
        gift=frame.gift or before.gift, claim=frame.claim,
        used_exemptions=before.used_exemptions if frame.used_exemptions is None else frame.used_exemptions,
        parameters=frame.parameters or before.parameters, wants_quote=before.wants_quote,
    )  # fmt: skip


def _places(
    places: list[Place], quantities: tuple[Quantity, ...], text: str
) -> tuple[str | None, str | None, str | None]:
    """Origin, destination, and a place that is neither Taiwan nor the United States where one is named."""
    origin = next((p.code for p in places if p.role == "origin"), None)
    destination = next((p.code for p in places if p.role == "destination"), None)
    loose = [p.code for p in places if p.role == "unknown" and p.code not in (origin, destination)]
    if (
        destination is None
        and "US" in loose
        and (origin or says(text, "us_exemption") or says(text, "gift") or _quotes_threshold(quantities))
    ):
        destination = "US"
        loose.remove("US")
    if destination is None and "TW" in loose:
        destination = "TW"
        loose.remove("TW")
    if origin is None and loose:
        origin = loose[0]
    other = next((p.code for p in places if p.code not in ("TW", "US")), None)
    return origin, destination, other


def _mode(text: str) -> str | None:
    for mode in ("express", "post", "traveller", "ocean", "air", "land"):
        if says(text, mode, "modes"):
            return mode
    return None


def _days(quantities: tuple[Quantity, ...], as_of: date) -> tuple[date, ...]:
    """Days named, in order: full dates, days of the nearest such date behind or of a year named before, months."""
    found: list[date] = []
    for quantity in quantities:
        if quantity.kind != "date" or quantity.day is None:
            continue
        if quantity.day.year != 4:
            found.append(quantity.day)
            continue
        year = found[-1].year if found else as_of.year
        try:
            day = quantity.day.replace(year=year)
        except ValueError:
            continue
        found.append(day if found or day <= as_of else day.replace(year=year - 1))
    if not found:
        found = [q.day for q in quantities if q.kind == "month" and q.day is not None]
    return tuple(dict.fromkeys(found))


def _used(text: str, quantities: tuple[Quantity, ...]) -> int | None:
    """Low-value exemptions used before this import, where the person says so."""
    for quantity in quantities:
        if quantity.value is None:
            continue
        if quantity.kind == "ordinal" and (says(text, "half_year") or re.search(r"件|次|筆|包|parcel|import|package|shipment|order|one", text[quantity.start : quantity.end + 12])):  # fmt: skip
            return int(quantity.value) - 1
        if quantity.kind == "count" and quantity.unit in ("time", "parcel", "piece") and (
            says(text, "half_year") or says(text, "used")
        ):  # fmt: skip
            if says(text[max(0, quantity.start - 14) : quantity.end + 14], "used"):
                return int(quantity.value)
    if match := re.search(r"前 ?([一二三四五六七八九\d]+) ?(?:次|件|筆)", text):
        used = read_numeral(match[1])
        return int(used) if used is not None else None
    if says(text, "half_year") and re.search(r"第一次|頭一次|首次|first", text):
        return 0
    return None


def _parameters(text: str) -> tuple[str, ...]:
    """Topics or parameters of the law named in a text, the longest name first."""
    from advisor.offline.topics import named_parameters

    return named_parameters(text)
