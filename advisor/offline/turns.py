"""What a later message is about beside the facts it changes: another rate, a treaty, a correction, what is punished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.offline.cues import says
from advisor.offline.frame import Comparison, Frame, Item
from advisor.offline.slots import containers_said, slot_of
from advisor.offline.topics import floor_of, named_luggage
from advisor.offline.triggers import punished
from tools.text.places import find_places

_LONG = 48  # characters of a message that is still no question of its own


#: a treaty said to lower the rate just told: whether it holds is answered beside the calculation
NAMES_AGREEMENT = re.compile(
    r"對等貿易|[台臺]美.{0,6}協[定議]|美[台臺].{0,6}協[定議]|協[定議](?:不是)?(?:都|已|已經)?簽|\b(?:deal|agreement|pact) (?:with|between) .{0,24}(?:USA?|United States|America|Taiwan)\b|(?:自由)?貿易(?:協定|協議|條約)|(?:降|減|調降)(?:稅|到|為|成).{0,12}協[定議]|協[定議].{0,8}(?:降|減|零|免)(?:關)?稅|(?<![A-Za-z])ART(?![A-Za-z])|\b(?:trade|reciprocal) (?:deal|agreement|pact)\b|agreement on reciprocal trade",
    re.IGNORECASE,
)


def at_another_rate(frame: Frame, before: Frame) -> Frame | None:
    """The calculation before at another rate of exchange, told by nothing but its figure or as that of customs."""
    of_rate = _RATE.search(frame.text) is not None
    if before.intent != "taiwan_quote" or before.amounts.currency in (None, "TWD") or (frame.named_goods and not of_rate):  # fmt: skip
        return None
    numbers = [q for q in frame.quantities if q.kind == "number" and q.value is not None]
    others = [q for q in frame.quantities if q.kind in ("money", "percent") or (q.kind == "count" and q.unit != "day")]
    of_old = (
        before.amounts.exchange_rate is not None
        and "." in frame.text
        and frame.amounts.price in [q.value for q in numbers]
    )
    priced = frame.amounts.price is not None and not of_rate and not of_old
    if len(numbers) != 1 or others or priced or len(frame.text) > (2 * _LONG if of_rate else _LONG):
        return None
    value, old = numbers[0].value, before.amounts.exchange_rate
    alike = "." in numbers[0].text if old is None else old / 2 < (value or 0) < old * 2
    if not alike or value is None:
        return None
    also = {n: v for n in ("freight", "insurance") if (v := getattr(frame.amounts, n)) is not None and v != value}
    amounts = replace(before.amounts, exchange_rate=value, **also)
    return replace(before, text=frame.text, quantities=frame.quantities, amounts=amounts, explain=False, compare=None, aside=(), lang=frame.lang)  # fmt: skip


#: a rate of exchange, not of duty
_RATE = re.compile(
    r"匯率|這一?旬|本旬|當旬|\b(?:exchange|customs|ten-day) rate\b|\brate\b[^%.?!]{0,40}\d[\d.]*(?! ?%)", re.IGNORECASE
)
FOR_PROFIT = re.compile(
    r"代購|轉賣|回來賣|來賣|販售|營利|做生意|賣給|(?:幫|替).{0,6}客[人戶]|商用|\bresell|\bresale|\bfor sale\b|\bto sell\b|\bsell (?:them|it)\b|\bfor (?:my |\d+ |ten )?(?:customers|clients)\b|\bbusiness\b",
    re.IGNORECASE,
)
#: a message that corrects what was said
CORRECTS = re.compile(
    r"其實|實際上|再算(?:一次|過)|重算|更正|才發現|後來發現|算錯|看錯|記錯|說錯|打錯|寫錯|填錯|搞錯|弄錯|\b(?:actually|in fact|turns? out|recounted|correction|i meant|miscounted|my mistake)\b",
    re.IGNORECASE,
)


#: what is bought beside the goods spoken of: its sum is one of its own
ANOTHER = re.compile(
    r"包裹|東西|物品|另(?:外|一)|別的|再買|還有一|\b(?:parcels?|packages?|shipments?|orders?|gifts?|another|something|stuff|items?|things?)\b",
    re.IGNORECASE,
)


def asks_of_these(frame: Frame, before: Frame) -> bool:
    """Whether a question of a rule is about the goods or the traveller just spoken of: what is punished, for whom it is."""
    if frame.price is not None or frame.intent in ("decline", "us_quote", "us_de_minimis", "tool"):
        return False
    carried = before.route == "traveller" or before.names_law("tw.traveller") or named_luggage(before.text)
    told = (
        punished(frame.text) or FOR_PROFIT.search(frame.text) or AGED.search(frame.text) or _POOLED.search(frame.text)
    )
    return bool(carried and told)


#: allowances of travellers who come together
_POOLED = re.compile(
    r"(?:老婆|太太|先生|老公|家人|朋友|[兩二三四]個?人|同行|小孩|爸媽)[^。？?]{0,20}(?:合併|合起來|加起來|合算|一起算|共用|分攤|給我用|算我的)|\b(?:wife|husband|spouse|partner|family|friend|together|two of us|both of us)\b[^.?!]{0,40}\b(?:combin\w+|pool\w*|shar\w+|add(?:ed)? (?:up|together)|joint\w*|use (?:his|her|their))\b|\b(?:combin\w+|pool\w*|shar\w+)\b[^.?!]{0,30}\ballowances?\b",
    re.IGNORECASE,
)
AGED = re.compile(r"\d ?歲|未成年|未滿|小孩|兒子|女兒|孩子|\b(?:years? old|minor|underage|kids?|child(?:ren)?|son|daughter)\b", re.IGNORECASE)  # fmt: skip


def used_before(frame: Frame, before: Frame, days: tuple[date, ...]) -> int | None:
    """Exemptions used before: those told, none yet where the day moved into another half-year."""
    if frame.used_exemptions is not None or before.used_exemptions is None or not frame.days:
        return before.used_exemptions if frame.used_exemptions is None else frame.used_exemptions
    then, now = before.day or frame.today, days[0]
    moved = (then.year, then.month > _HALF) != (now.year, now.month > _HALF)
    return 0 if moved else before.used_exemptions


_HALF = 6  # months of half a year


#: the same of the other side: and the US?
OTHER_SIDE = re.compile(
    r"^(?:and|what about|how about|then)(?: in| for| on)?(?: the)? (?:US|USA|United States|America|Taiwan)\b|^那?(?:在|換成)?(?:美國|[台臺]灣)(?:那邊|那裡|進口)?(?:呢|的話|也是)",
    re.IGNORECASE,
)


def other_side(text: str, lean: str) -> str | None:
    """The question before, asked of the place this one names instead; None where it names no other side.

    >>> other_side("And the US?", "Does Taiwan count shipping?")
    'Does the US count shipping?'
    """
    here = OTHER_SIDE.search(text)
    there = find_places(lean)
    if here is None or not there:
        return None
    named = re.sub(r"^(?:and|what about|how about|then|that|那)?(?: ?(?:in|for|on|在|換成))? ?|(?:那邊|那裡|進口)?(?:呢|的話|也是)$", "", here[0], flags=re.IGNORECASE)  # fmt: skip
    return lean[: there[0].start] + named.strip() + lean[there[0].end :]


def of_count(before: Frame, frame: Frame) -> Mapping[str, Mapping[str, Any]]:
    """What was told of so many bottles or cans, for as many as this message says."""
    old, new = before.amounts.count, frame.amounts.count or containers_said(frame.text)
    old = old or containers_said(before.text)
    if old is None and not _IN_ALL.search(before.text):
        old = Decimal(1)  # of one bottle, as long as no more were told
    if old is None or new is None or old == new or frame.named_goods:
        return before.slots
    return {
        tool: {n: v * new / old if (s := slot_of(tool, n)) and s.per_container else v for n, v in told.items()}
        for tool, told in before.slots.items()
    }


def of_these(before: Frame, frame: Frame) -> Mapping[str, Mapping[str, Any]]:
    """What one bottle or can holds, told now, for as many as were told before."""
    count = before.amounts.count or containers_said(before.about)
    if count is None or frame.amounts.count is not None or frame.named_goods or _IN_ALL.search(frame.text):
        return frame.slots
    each = _EACH.search(frame.text) is not None  # of each, also where it was told before
    return {
        tool: {
            n: v * count
            if (s := slot_of(tool, n)) and s.per_container and (each or n not in before.slots.get(tool, {}))
            else v
            for n, v in told.items()
        }
        for tool, told in frame.slots.items()
    }


_EACH = re.compile(
    r"每|裝(?:的|$)|\d ?(?:ml|cl|l|litres?|liters?|oz) (?:bottles|cans)\b|\b(?:bottles|cans) of \d|一(?:瓶|罐|盒|支|條|包)|\beach\b|\bapiece\b|\bper (?:bottle|can|box)\b|\b(?:a|one) (?:bottle|can)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"一共|總共|共計|合計|\b(?:total|in all|altogether)\b", re.IGNORECASE)


def over(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {tool: {**old.get(tool, {}), **new.get(tool, {})} for tool in {*old, *new}}


def repriced(items: tuple[Item, ...], frame: Frame) -> tuple[Item, ...]:
    """Several goods stay as they were; a single new price cannot be given to one of them."""
    return () if frame.amounts.price is not None else items


TODAY = re.compile(
    r"今天|今日|現在|目前|今年(?! ?[\d一二三四五六七八九十])|\b(?:today|now|currently|this year)\b", re.IGNORECASE
)


def says_the_same(frame: Frame, before: Frame) -> bool:
    """Whether a question names nothing but what is settled: whether EZ WAY is needed, after a parcel by courier."""
    amounts = frame.amounts.any or frame.amounts.count is not None or frame.used_exemptions is not None
    facts = (
        amounts or frame.days or frame.origin or frame.named_goods or frame.destination or frame.gift or frame.parcels
    )
    told = [(tool, n, v) for tool, read in frame.slots.items() for n, v in read.items()]
    same = all(before.slots.get(tool, {}).get(n) == v for tool, n, v in told)
    return bool(told) and same and not facts and not TODAY.search(frame.text)


def rate_corrected(frame: Frame, before: Frame) -> Frame | None:
    """The calculation before at another rate of duty, where the one it had was told and this message puts one in its place."""
    told = before.amounts.rate
    percents = [q.value / 100 for q in frame.quantities if q.kind == "percent" and q.value is not None]
    others = [rate for rate in percents if rate != told]
    own = frame.price is not None or frame.named_goods or frame.origin or frame.destination or frame.days
    if before.intent not in _QUOTES or told is None or before.items or len(others) != 1 or own:
        return None
    if (
        not (_CORRECTS_RATE.search(frame.text) or _BARE_RATE.match(frame.text))
        or OF_OTHER_TAX.search(frame.text)
        or len(frame.text) > _LONG
    ):
        return None
    if says(frame.text, "share", "later") and not OF_DUTY.search(frame.text):  # of all that is owed
        return None
    amounts = replace(before.amounts.updated(frame.amounts), rate=others[0])
    return replace(before, text=frame.text, quantities=frame.quantities, amounts=amounts, explain=False, compare=None, aside=(), lang=frame.lang)  # fmt: skip


_QUOTES = ("taiwan_quote", "us_quote")
_CORRECTS_RATE = re.compile(rf"{CORRECTS.pattern}|不對|應該|才對|才是|不是 ?\d|寫錯|改|變|重算|重新算|換成|是 ?\d[\d.]* ?%(?:啦|喔|才)|\b(?:should be|not \d|wait|sorry|no,|wrong|make (?:it|that)|chang\w*|now|new total|instead)\b", re.IGNORECASE)  # fmt: skip
_BARE_RATE = re.compile(r"^\W*(?:那|那麼|and|or|what about|how about|what if(?: it'?s)?|with|at|如果|若)? ?(?:the )?(?:稅率|關稅|rate)?(?:是|為|is|of)? ?\d[\d.]* ?%(?:呢|的話|duty|rate|instead| |,)*\W*$", re.IGNORECASE)  # fmt: skip
#: what makes a percentage a rate of duty, and what one of another tax or of the flat duty
OF_DUTY = re.compile(r"稅率|關稅|稅號|號列|稅則|\b(?:rates?|lines?|duty|tariff)\b", re.IGNORECASE)
OF_OTHER_TAX = re.compile(r"營業稅|加值稅|郵局|單一|統一|\b(?:vat|business tax|flat|post)\b", re.IGNORECASE)


def doubts_rate(frame: Frame, before: Frame) -> bool:
    """Whether a rate is only thought to be another than the one just computed with: that one is explained."""
    told = any(q.kind == "percent" for q in frame.quantities)
    own = (
        frame.amounts.any
        or frame.named_goods
        or frame.origin
        or frame.destination
        or frame.days
        or any(frame.slots.values())
    )
    return before.intent in ("taiwan_quote", "us_quote") and told and not own and len(frame.text) <= _LONG


def at_its_own_rate(frame: Frame, before: Frame) -> Frame | None:
    """The rates on goods whose column 1 rate alone is told, after the duties on all goods of an origin were asked for."""
    percents = [q.value for q in frame.quantities if q.kind == "percent" and q.value is not None]
    if not (before.general and before.origin) or not percents or frame.amounts.price is not None:
        return None
    if not (_COLUMN_1.search(frame.text) or says(frame.text, "own_rate")):
        return None
    floor = floor_of(frame.origin or before.origin, frame.day or before.day or frame.today)
    told = tuple(dict.fromkeys(p / 100 for p in percents if p / 100 != floor)) or (percents[0] / 100,)
    # 16.5%, "so 26.5% in all?": a rate and the duty of the origin put together is a total that is doubted, no second rate
    rates = tuple(r for r in told if floor is None or r - floor not in told) or told
    rate = frame.amounts.rate if frame.amounts.rate is not None and len(rates) == 1 else rates[0]
    compare = Comparison("rate", rates) if len(rates) > 1 else None
    amounts = replace(before.amounts, rate=rate)
    return replace(
        before, intent="us_quote", text=frame.text, lang=frame.lang, quantities=frame.quantities, amounts=amounts, destination="US",
        origin=frame.origin or before.origin, days=frame.days or before.days, rates=True, general=False, parameters=(), aside=(), held=None,
        compare=compare,
    )  # fmt: skip


_COLUMN_1 = re.compile(r"第 ?[一1] ?欄|一般稅率|基本稅率|原本|本來|稅率|\bcolumn (?:1|one)\b|\b(?:normal|base|regular|general|mfn|ordinary) (?:duty|rate|tariff)|\brate\b", re.IGNORECASE)  # fmt: skip


def claims_program(frame: Frame) -> bool:
    """Whether no more of the law is named than the agreement that is claimed for goods spoken of."""
    claimed = "program" in frame.slots.get("us_quote", {})
    return claimed and all(name.startswith("us.programmes.") for name in frame.parameters)


TO_TAIWAN = re.compile(r"(?:[到往寄回來進]|運到|進口)[台臺]|\b(?:to|into) taiwan", re.IGNORECASE)


#: a certificate or a claim that is not to be had after all
_NO_PROOF = re.compile(
    r"(?:沒有?|無法|不能|拿不到|不給|開不出|不符合?|不適用|弄丟|遺失|過期).{0,10}(?:證明|產地?證|資格|優惠|USMCA|KORUS)|(?:USMCA|KORUS|證明|產地?證).{0,8}(?:沒有?|拿不到|不符|不適用|開不出|弄丟|不見|遺失|過期)"
    r"|(?:can'?t|cannot|won'?t|unable to|no|without|not|don'?t|doesn'?t|didn'?t|lost|lose|missing|expired|never got) .{0,30}(?:certifi\w+|qualif\w+|USMCA|KORUS)",
    re.IGNORECASE,
)


def claims_nothing(frame: Frame, before: Frame) -> bool:
    """Whether the programme or certificate claimed before cannot be claimed after all."""
    here = before.slots.get("taiwan_quote", {}).get("preference_proof")
    claimed = "program" in before.slots.get("us_quote", {}) if before.intent == "us_quote" else here
    return bool(claimed) and not frame.named_goods and _NO_PROOF.search(frame.text) is not None


_PROOFS = ("program", "preference_proof")


def no_proof(slots: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What was told, without the programme and the certificate."""
    return {tool: {n: v for n, v in told.items() if n not in _PROOFS} for tool, told in slots.items()}


def other_proof(frame: Frame, before: Frame) -> bool:
    """Whether a message supposes another proof of origin than the calculation before it had."""
    new, old = (f.slots.get("taiwan_quote", {}).get("preference_proof") for f in (frame, before))
    return before.intent == "taiwan_quote" and new is not None and new != old


def back_to_today(frame: Frame, before: Frame) -> bool:
    """Whether a message leaves the day that was asked about for today."""
    return bool(before.days or before.fiscal_year) and not frame.days and TODAY.search(frame.text) is not None
