"""Understanding a question without a model: what is wanted, and the facts it gives.

Declared, not guessed: a slot that the words do not give stays empty, and is asked for when it matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.offline.adjust import adjusted, origin_supposed
from advisor.offline.amounts import is_charge, read_amounts
from advisor.offline.asides import beside, split_asides
from advisor.offline.asked import (
    about_us,
    asks_act,
    asks_entry_kind,
    asks_general_rate,
    asks_us_rate,
    quotes_threshold,
)
from advisor.offline.cash import of_cash
from advisor.offline.checks import asks_difference_of, checked, converted_at, remembered, settled
from advisor.offline.cues import cues, pattern, says
from advisor.offline.currency_said import currency_alone
from advisor.offline.edits import edited
from advisor.offline.fees import fee_on_amount
from advisor.offline.floors import at_own_rates
from advisor.offline.fold import fold_question
from advisor.offline.follow import continued
from advisor.offline.frame import CALCULATED, Comparison, Frame
from advisor.offline.gifts import between_persons
from advisor.offline.goods import (
    by_engine,
    codes_in,
    find_goods,
    find_items,
    goods_together,
    of_all,
    of_sticks,
    without,
    without_denied,
)
from advisor.offline.headings import headings_asked, origin_under, without_chapter_99
from advisor.offline.held_sum import again, restated
from advisor.offline.intent import asks_fee, choose_intent, compared, described_law
from advisor.offline.later_law import dated_by_ruling, moved_rule, reported_since
from advisor.offline.law_search import described_parameters
from advisor.offline.leaning import leans
from advisor.offline.lexicon import (
    subheadings_in,
)
from advisor.offline.limits import before_class, of_limit
from advisor.offline.luggage import at_flat_rate, come_back, recounted, still_carried, to_taiwan, without_denied_goods
from advisor.offline.materials import by_material
from advisor.offline.matter import with_matter
from advisor.offline.one_sum import of_one_sum, shares_told
from advisor.offline.others_goods import against_others
from advisor.offline.owed import wants_quote
from advisor.offline.own_charges import fixed_sum_of_mail, own_charge
from advisor.offline.papers import of_form
from advisor.offline.parcels import parcels_in, senders_of
from advisor.offline.places import Places, read_places
from advisor.offline.placing import goods_before, placed
from advisor.offline.queries import ENTRY_LIMIT
from advisor.offline.rules_first import rules_first
from advisor.offline.second import looked_at_again
from advisor.offline.slots import read_slots
from advisor.offline.splitting import split_up
from advisor.offline.spoken_of import of_these_goods
from advisor.offline.subjects import subject_told
from advisor.offline.talk import wanted_language
from advisor.offline.topics import country_measures, named_parameters
from advisor.offline.triggers import PUNISHED, triggered
from advisor.offline.turns import asks_of_these, at_its_own_rate, other_side
from advisor.offline.two_cases import two_cases
from advisor.offline.two_days import of_two_days
from advisor.offline.used import anew, in_new_half, spent_before, told_since, used_exemptions
from advisor.offline.when import absolute, days_of, entry_days
from advisor.offline.wordings import NEAR, PLAIN, matter_of, passage_of, side_of
from tools.law.models import Lang
from tools.paperwork.bill_text import split_bill
from tools.text.quantities import Quantity, find_quantities
from tools.united_states.headings import headings_in

__all__ = ["Frame", "cues", "language_in", "language_of", "says", "understand"]

_PARTICLES = re.compile(r"[的是嗎在了請怎呢吧我們要]|多少")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def language_of(text: str) -> Lang:
    """The language a question is asked in.

    >>> language_of("X3 是什麼"), language_of("what is X3")
    ('zh-TW', 'en')
    """
    chinese = len(_CHINESE.findall(text))
    if len(_PARTICLES.findall(text)) > 1:  # 我的 buyer 在 LA，duty free 嗎: a Chinese sentence with English words in it
        return "zh-TW"
    return "zh-TW" if chinese and chinese >= len(re.findall(r"[A-Za-z]+", text)) else "en"


def language_in(text: str, earlier: Sequence[str]) -> Lang:
    """The language of a message: where it holds too few words to tell, that of the conversation.

    >>> language_in("3,000", ["稅多少？"]), language_in("and by post?", ["稅多少？"])
    ('zh-TW', 'en')
    """
    if earlier and (wanted := wanted_language(text)) is not None:
        return wanted
    words = re.findall(r"[A-Za-z]{2,}", text)
    if earlier and _CHINESE.search(text) and language_in(earlier[-1], earlier[:-1]) == "zh-TW":
        return "zh-TW"  # by post 呢
    telling = len(_CHINESE.findall(text)) > 0 or len(words) > 2 or any(_FUNCTION_WORD.match(w) for w in words)
    if telling or not earlier:
        return language_of(text)
    return language_in(earlier[-1], earlier[:-1])


_ABOUT = 400  # characters of the conversation that are kept for this
_FUNCTION_WORD = re.compile(
    r"(?:and|by|the|what|how|is|are|if|of|from|to|no|yes|why|for|on|in|with|it|more|sorry|not|then|thanks)$",
    re.IGNORECASE,
)


#: a figure of the law, or a rate, that is no line of a bill
_NO_CHARGE = re.compile(r"率|最低|最高|rate\b|minimum|maximum|exemption|limit", re.IGNORECASE)


def understand(question: str, as_of: date, before: Frame | None = None) -> Frame:
    """Read one message, in the light of the one before it.

    Args:
        question: the person's words.
        as_of: the day "today" means, for dates without a year.
        before: what the conversation had settled, whose facts this message may add to or change.
    """
    told, before = before, before_class(question, before)
    read = in_new_half(_understood(question, as_of, before), before)
    if before is not None and before is not told and read.intent in ("policy", "not_covered"):
        read = again(before, read)  # what goods owe whose class alone was told
    return of_limit(of_cash(with_matter(read, before), before), before)


def _understood(question: str, as_of: date, before: Frame | None) -> Frame:
    lang = language_in(question, [before.text] if before else [])
    if before is not None and before.intent in ("taiwan_quote", "us_quote"):
        question = origin_supposed(question)
    text = of_form(
        absolute(fold_question(question, english=lang == "en"), as_of),
        before.tool if before else None,
        before.text if before else "",
    )
    bill, total, rest = split_bill(text)
    charges = sum(_NO_CHARGE.search(line.label) is None for line in bill)
    if charges > 1 and _read(text, lang, as_of, "", as_of)[0].intent != "decline":
        told, _ = _read(rest, lang, as_of, "", as_of)
        lines = tuple((line.label, f"{line.amount:f}") for line in bill)
        return replace(told, text=text, intent="tool", tool="bill_check", bill=lines, bill_total=total)
    main, asides = split_asides(text)
    so_far = before.about[-_ABOUT:] if before else ""
    near = before.days[-1] if before and before.days else as_of
    frame, places = _read(main, lang, as_of, so_far, near)
    if asides and frame.intent not in CALCULATED:
        frame, places = _read(text, lang, as_of, so_far, near)
        asides = ()
    if before is None and not asides and frame.intent == "taiwan_quote":
        asides = beside(text, lang)
    if before is None:
        return rules_first(two_cases(replace(frame, aside=asides)), later=False)
    frame = restated(still_carried(frame, before), before)
    told = _later(frame, before, text, asides, places, as_of, lang, so_far, near)
    return looked_at_again(told, frame, settled(before))


#: what may be asked of the other side next
_RULES = ("law", "policy", "us_de_minimis")


def _later(
    frame: Frame,
    before: Frame,
    text: str,
    asides: tuple[str, ...],
    places: Places,
    as_of: date,
    lang: Lang,
    so_far: str,
    near: date,
) -> Frame:
    """What a message after another wants, by its cues."""
    if before.intent in _RULES and (asked := other_side(text, before.text)) is not None and asked != before.text:
        return replace(_understood(asked, as_of, None), text=asked)
    before = replace(settled(before), rule_first=False, recomputes=False, unplaced=False, beside=())
    computed = before.intent in ("taiwan_quote", "us_quote", "us_de_minimis", "law")
    held = replace(before, held=None) if computed else before.held  # one, not a chain of them
    if not asides and (fee := fee_on_amount(frame, before)) is not None:
        return replace(fee, held=held)
    if (apart := split_up(frame, before) or own_charge(frame, before) or fixed_sum_of_mail(frame, before)) is not None:
        return remembered(apart, before)
    if (taxed := at_flat_rate(frame, before) or recounted(frame, before)) is not None:
        return remembered(taxed, before)
    if (beside_theirs := against_others(frame, before)) is not None:
        return beside_theirs
    if (told := converted_at(frame, before) or shares_told(frame, before)) is not None:
        return told
    if not asides and (again := adjusted(frame, before) or checked(frame, before) or edited(frame, before)) is not None:
        return remembered(again, before)
    if not asides and (rated := at_its_own_rate(frame, before)) is not None:
        return rated
    if not asides and (then := moved_rule(frame, before)) is not None:
        return replace(then, held=held)
    if (told_of := of_these_goods(frame, before)) is not None:
        return asks_difference_of(remembered(told_of, before))
    if asks_of_these(frame, before):
        return replace(frame, intent="policy", aside=asides, held=held, lean=before.text)
    leaning = not frame.subject and leans(frame, before)
    if leaning:
        both, _ = _read(f"{text} {before.text}", lang, as_of, so_far, near)
        turned = (
            says(text, "asks_law") or says(text, "mends") or says(text, "refund") or PUNISHED.search(text)
        )  # another rule on the same matter
        same = both.intent == "law" and both.parameters == before.parameters and both.days == before.days
        dated = any(
            says(text, cue) for cue in ("asks_before", "asks_since", "asks_until")
        )  # told with the value itself
        if (
            same and not turned and not dated and matter_of(text, side_of(both), NEAR)
        ):  # nothing but what was told, yet more is asked
            return replace(frame, intent="policy", parameters=(), held=held, lean=before.text)
        if (both.intent == before.intent != "policy" or both.intent == "law") and not turned:
            return replace(both, held=held)
    if (merged := continued(frame, before, places)) is not None:
        merged = remembered(replace(goods_before(merged, before), aside=asides or merged.aside), before)
        return rules_first(asks_difference_of(merged), later=True)
    promised = frame.intent == "not_covered" and before.intent in ("policy", "law")
    back = (
        says(text, "refund") and frame.intent == "policy" and before.intent in ("policy", "law")
    )  # of what was spoken of
    if before.subject and before.intent == "policy" and frame.intent in ("us_quote", "us_de_minimis"):
        frame = replace(frame, origin=frame.origin or before.origin)  # the goods whose origin was asked about
    lean = before.text if (leaning and frame.intent == "policy") or promised or back else ""
    carried = frame.intent == "us_quote" and before.intent == "policy" and frame.origin is None and about_us(before)
    if carried or frame.tool == before.tool == "form_7501_box":  # of the same shipment
        frame = replace(
            frame, origin=frame.origin or before.origin, shipped_from=frame.shipped_from or before.shipped_from
        )
    alone = replace(frame, aside=asides, held=held, lean=lean, after=before.text)
    return rules_first(remembered(alone, before), later=False)


def _read(text: str, lang: Lang, as_of: date, so_far: str, near: date) -> tuple[Frame, Places]:
    """A message on its own; of what was said before only the words count by which a unit is understood.

    Args:
        text: the folded message.
        lang: its language.
        as_of: the day "today" means.
        so_far: what was said before.
        near: the day spoken of last, whose year a day without one has.
    """
    six = subheadings_in(text)
    acts = [
        m.span() for m in pattern("intent", "act_number").finditer(text) if not is_charge(text[: m.start()])
    ]  # an act by its number is no amount
    quantities = without(kept(text, tuple(find_quantities(text))), [*((start, end) for start, end, _ in six), *acts])
    about = f"{so_far} {text}"
    here, there = (read_slots(text, tool, whole=about) for tool in ("taiwan_quote", "us_quote"))
    places = read_places(text, threshold=quotes_threshold(quantities))
    spans = here.spans + (there.spans if places.destination == "US" else ())
    if "traveller" in here.said.get("route", ()) and places.destination not in (
        None,
        "TW",
        "US",
    ):  # flown there, brought back
        places = replace(places, destination=None, origin=places.origin or places.destination)
    used = used_exemptions(text, quantities, as_of)
    dated = [
        q for q in quantities if used is None or not (told_since(text, q, as_of) or spent_before(text, q, as_of))
    ]  # from which they are counted
    meant = without_denied(text)
    items = find_items(meant, as_of)
    whole = read_amounts(text, without(quantities, spans))
    if not whole.currencies and (currency := currency_alone(text)) is not None:
        whole = replace(whole, currency=currency)
    if used is not None and whole.count == used and not whole.each:  # so many were used, not bought
        whole = replace(whole, count=None)
    named = find_goods(meant)
    named = named if items else {**by_material(named, meant), **goods_together(meant)}
    frame = Frame(
        text=text, lang=lang, intent="policy", today=as_of, quantities=quantities, amounts=of_all(items, whole) if items else whole,
        goods=of_sticks(by_engine(named, here.values), here.values), items=items, slots={"taiwan_quote": _carried(here.values, text, places), "us_quote": there.values},
        said={**here.said, **there.said}, origin=places.origin, shipped_from=places.shipped_from,
        destination=places.destination, other_place=places.other, days=days_of(text, dated, as_of, near),
        fiscal_year=next((int(q.value) for q in quantities if q.kind == "fiscal_year" and q.value), None),
        gift=says(text, "gift") or (places.destination == "US" and between_persons(text)), used_exemptions=used, claim=says(text, "claim"),
        codes=without_chapter_99(codes_in(text, 6 if says(text, "checks_code") else 8)), headings=headings_in(text), parameters=named_parameters(text), about=about, tool=triggered(text),
        parcels=parcels_in(text, quantities), senders=senders_of(text),
    )  # fmt: skip
    frame = come_back(to_taiwan(without_denied_goods(frame)))
    if reported_since(frame):
        frame = replace(frame, days=(), claim=True)
    if dated_by_ruling(frame):
        frame = replace(frame, days=())
    if (
        frame.days
        and (len(frame.days) > 1 or says(text, "compares"))
        and _TODAY_TOO.search(text)
        and as_of not in frame.days
    ):
        frame = replace(frame, days=(*frame.days, as_of))
    frame = replace(frame, subject=subject_told(frame, so_far))
    frame = placed(frame, meant, tuple(digits for _, _, digits in six), alone=not so_far)
    if asks_general_rate(frame) and frame.origin is not None:
        general = country_measures(frame.origin, frame.day or as_of, text)
        frame = replace(frame, parameters=tuple(dict.fromkeys((*frame.parameters, *general))), general=True)
    frame = replace(frame, compare=compared(frame, places), acts=asks_act(frame))
    if frame.parameters and about_us(frame) and all(n.startswith("tw.") for n in frame.parameters):
        frame = replace(frame, parameters=described_parameters(text, "us") or frame.parameters)
    if reported := headings_asked(frame):
        frame = replace(frame, parameters=reported, origin=frame.origin or origin_under(frame.headings))
    if asks_entry_kind(frame):
        frame = replace(frame, parameters=(ENTRY_LIMIT,), destination=frame.destination or "US")
    return of_one_sum(_intended(frame, as_of, near), meant), places


def _intended(frame: Frame, as_of: date, near: date) -> Frame:
    """The frame with what its facts and words want."""
    text = frame.text
    frame = replace(frame, wants_quote=wants_quote(frame))
    frame = replace(frame, intent=choose_intent(frame))
    if frame.intent == "law" and frame.general and _of_its_history(frame):
        frame = replace(frame, intent="policy", parameters=())
    exempt = says(text, "exempt") and frame.price is None and frame.named_goods
    rates = frame.intent == "us_quote" and (asks_us_rate(frame) or exempt)
    frame = replace(frame, fees=frame.intent == "us_quote" and asks_fee(frame), rates=rates)
    frame = of_two_days(frame)
    if len(frame.days) > 1 and frame.compare is None and frame.intent in ("taiwan_quote", "us_quote"):
        frame = _of_days(frame, as_of, near)
    frame = at_own_rates(anew(frame, as_of))
    if frame.intent == "law" and not frame.parameters and not frame.acts:  # since when the exemption is what it is
        frame = replace(frame, parameters=("us.de_minimis.threshold",))
    if (described := described_law(frame)) and not frame.parameters:
        frame = replace(frame, intent="law", parameters=described)
    return frame


def _of_its_history(frame: Frame) -> bool:
    """Whether it is asked how the duty on all goods of an origin came about, which no rate in force says."""
    if says(frame.text, "asks_until"):  # told with the rate itself
        return False
    return any(says(frame.text, c) for c in ("asks_since", "asks_how")) and bool(passage_of(frame, PLAIN))


_TODAY_TOO = re.compile(r"[、和跟與,/] ?(?:今天|現在|目前)|(?:今天|現在|目前)(?:比|相比|[三兩]個)|\b(?:and|vs\.?|versus|with|or|than|to) (?:today|now|currently)\b", re.IGNORECASE)  # fmt: skip


def _of_days(frame: Frame, as_of: date, near: date) -> Frame:
    """A calculation that names several days: of the day of import where one is said to be it, else of each."""
    entered = days_of(frame.text, entry_days(frame.text, frame.quantities), as_of, near)
    if len(entered) == 1 or frame.amounts.repair is not None:
        return replace(frame, days=entered or frame.days)
    return replace(frame, compare=Comparison("day", frame.days[:3]))


def _carried(told: Mapping[str, Any], text: str, places: Places) -> Mapping[str, Any]:
    """Facts of an import into Taiwan, with what they imply: an engine is that of a car, what a person brings is luggage."""
    if "engine_cc" in told:
        told = {"commodity_tax": "car", **told}
    if "route" in told or places.destination not in (None, "TW") or not says(text, "carries"):
        return told
    return {**told, "route": "traveller"}


_TAKEN_BACK = re.compile(r"(?:不是|並非|而非|\bnot)\s*$", re.IGNORECASE)


def kept(text: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Figures that are not taken back in the same breath: 不是 3,000，是 2,500."""
    left = tuple(q for q in quantities if not _TAKEN_BACK.search(text[: q.start]))
    return left if any(q.kind in ("money", "number", "percent", "date") for q in left) else quantities
