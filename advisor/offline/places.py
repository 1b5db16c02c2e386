"""Where goods were made, where they are sent from and where they go, from the places a message names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from advisor.offline.cues import says
from advisor.offline.gifts import between_persons, sends_from, sent_there, sent_to_me
from tools.tariff.schedule import schedule
from tools.text.places import Place, find_places

_MADE_AFTER = re.compile(r"^貨(?![運櫃到值代價款物源幣])|^\s*(?:那邊|當地)?的?(?:代?工廠)(?:那邊)?(?:來|去)?(?:[做製]|生產|代工)|^\s*(?:那邊|當地)?的?(?:代?工廠|廠商|工坊|師傅)?(?:那邊|自己)?(?:原產(?!地[要該應寫填標怎在哪])|製|制造|出產|生產|產(?!險|地[要該應寫填標怎在哪])|做的|代工|縫製|goods\b|merchandise\b|origin\b|made\b|-made)", re.IGNORECASE)  # fmt: skip
_MADE_BEFORE = re.compile(
    r"(?:原產地(?:是|為|在)?|產地(?:是|為|在|變成?|改成?|改為|換成?)?|產於|製於|產自|\b(?:made|produced|manufactured|assembled|grown|sewn|stitched|woven|knitted|built|processed)(?: (?:in|at|by) (?:an?|the|our|my|his|her|their)(?: \w+)? (?:factory|plant|workshop|mill|supplier|manufacturer|maker))? (?:in|near)(?: the)?|\borigin(?:ates|ating)?(?: is| in| from| of)?:?)\s*$",
    re.IGNORECASE,
)
_GOODS_OF = re.compile(r"^的(?:貨(?![運櫃到值代價款源幣])|產品|商品)")
_DENIED = re.compile(r"(?:不是|並非|而非|非|不要|不從|沒有從|\bnot(?: from| in| to| made in)?|\binstead of|\brather than|\bisn't(?: from)?)\s*$", re.IGNORECASE)  # fmt: skip
#: a place in which whoever writes receives something
_RECEIVED = re.compile(
    r"\b(?:(?:com(?:e|es|ing)|arriv(?:e|es|ed|ing)|sent|shipped|delivered|mailed|addressed) (?:(?:here )?to |for )?(?:(?:me|us|my (?:home|place|house|office|address))(?: here)? )?|(?:to|for) (?:me|us)(?: here)? |(?:sent|mailed|shipped|gave|posted) (?:me|us) (?:[\w-]+ ){0,4}|\bI(?:'m| am| live)(?: \w+)? )in(?: the)?\s*$"
    r"|(?:我|我們)(?:目前)?[住人]在\s*$",
    re.IGNORECASE,
)
#: whose customs are spoken of: a bill from Taiwan Customs is for what comes in there
_AUTHORITY = re.compile(
    r"(?:的)?(?:海關|關務署)|(?:'s)? customs\b(?! (?:value|duty|tariff|broker))|(?:'s)? (?:import )?(?:VAT|GST)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(r"(?:從|自|由|\bfrom)\s*$", re.IGNORECASE)
_HERE = ("TW", "US")


@dataclass(frozen=True, slots=True)
class Places:
    """Codes by role; `other` is a place that is neither Taiwan nor the United States; `origins` are all made-in places."""

    origin: str | None = None
    shipped_from: str | None = None
    destination: str | None = None
    other: str | None = None
    origins: tuple[str, ...] = ()


#: a place goods only go to for repair, and come back from
_MENDED_THERE = re.compile(
    r"^的?(?:原廠|總公司|公司|工廠|維修中心|代理商?|師傅|店家)?(?:那邊|去)?(?:做|付費|送|保固|免費|進行)*(?:修|維修|檢修|保養|翻新)"
    r"|^(?: \w+){0,3}? (?:for|to be|to get|to have|and) (?:\w+ ){0,3}?(?:repair|fix|servic|mend|overhaul)",
    re.IGNORECASE,
)


def read_places(text: str, *, threshold: bool) -> Places:
    """Places of a folded message by role.

    Args:
        text: the message.
        threshold: whether the message quotes the US exemption's threshold, which names the United States without saying it.
    """
    told = _without_taiwan_codes(text)
    places = [p for p in find_places(text) if not _names_duty(p, text)]
    places = [p for p in places if not _DENIED.search(text[max(0, p.start - 14) : p.start])]
    made = [p for p in places if _made(p, text)]
    mine = [
        p for p in places if p not in made and (_RECEIVED.search(text[: p.start]) or _AUTHORITY.match(text[p.end :]))
    ]
    giver = [p for p in places if p not in made and p not in mine and sent_to_me(text, p.start, p.end)]
    sent = [p for p in places if p in giver or (p.role == "origin" and p not in made and p not in mine)]
    going = [
        p
        for p in places
        if p in mine
        or (p not in made and sent_there(text, p.start, p.end))
        or (p.role == "destination" and p not in (*made, *giver) and not _MENDED_THERE.match(text[p.end :]))
    ]
    destination = next((p.code for p in reversed(going) if p.code in _HERE), going[-1].code if going else None)
    sent += [p for p in places if p.role == "destination" and p not in (*made, *giver, *going)]  # mended there
    sent += [p for p in going if p.code != destination and p.code not in _HERE]
    origin = made[0].code if made else sent[0].code if sent else None
    loose = [p.code for p in places if p.role == "unknown" and p not in made and p.code not in (origin, destination)]
    if destination is None and any(p.code == "US" for p in giver):  # of the two sides, the other
        destination, loose = "TW", [code for code in loose if code not in _HERE]
    if (
        destination is None
        and "US" in loose
        and (
            origin
            or threshold
            or "TW" in loose
            or says(text, "us_exemption")
            or says(text, "gift")
            or between_persons(text)
            or _between(loose, text)
        )
    ):
        destination = "US"
        loose.remove("US")
    if (
        destination is None
        and between_persons(text)
        and any(p.code == "TW" and sends_from(text, p.start, p.end) for p in places)
    ):
        origin, destination, loose = "TW", "US", [code for code in loose if code not in _HERE]
    if destination is None and origin is None and set(loose) == {"TW"} and _US_ENTRY.search(told):
        origin, destination, loose = "TW", "US", []
    if destination is None and origin is None and loose and not {"TW", "US"} & set(loose) and _HTS.search(told):
        origin, destination, loose = loose[-1] if loose[0] == "EU" else loose[0], "US", []
    abroad = [origin or "", *loose]
    if destination is None and any(abroad) and {"TW", "US"}.isdisjoint(abroad) and _ADDED.search(text):
        origin, destination, loose = origin or loose[0], "US", [] if origin is None else loose
    if destination is None and threshold and origin == "TW" and "US" not in loose:
        destination = "US"  # its exemption is spoken of
    if threshold and origin is None and {p.code for p in places} == {"TW"} and _exemption_of(places, text):
        origin, destination, loose = "TW", "US", []
    if destination is None and "TW" in loose and not (made and "US" in [p.code for p in places]):
        destination = "TW"
        loose.remove("TW")
    if origin is None and loose:
        origin = loose[0]
    leaves = origin == "TW" and any(
        p in made or _LEAVES.search(text[: p.start]) or _of_goods(p, text) for p in (*made, *sent) if p.code == "TW"
    )
    if (
        destination is None
        and origin != "US"
        and not (set(loose) - {origin, *_listed(places, origin, text)} or (going and not made))
        and (leaves or says(told, "us_entry"))
    ):
        destination = "US"  # goods of Taiwan, and the words of a United States entry, go one way of the two held
    shipped = next((p.code for p in sent if made and p.code != origin), None)
    other = next((p.code for p in places if p.code not in _HERE), None)
    beside = [p for p in places if p in made or any(_joined(p, m, text) for m in made)]
    beside += [p for p in places if p not in beside and any(_joined(p, b, text) for b in beside)]
    named = tuple(
        dict.fromkeys(
            p.code for p in (sorted(beside, key=lambda p: p.start) or [p for p in places if p.role != "destination"])
        )
    )
    return Places(origin, shipped, destination, other, tuple(c for c in named if c != destination))


#: the exemption of the United States by its amount
_EXEMPTION = re.compile(
    r"800 ?(?:美[元金])?的?(?:小額|低價)?免稅|800 (?:dollars? |usd )?(?:de minimis|exemption|threshold)|de minimis (?:of )?(?:us)?\$? ?800",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?:\bfor|對|對於)\s*$", re.IGNORECASE)


def _exemption_of(places: Sequence[Place], text: str) -> bool:
    """Whether it is asked if that exemption is for a place, to which nothing is said to be sent."""
    sent = any(p.role != "unknown" and not _FOR.search(text[: p.start]) for p in places)
    return not sent and _EXEMPTION.search(text) is not None


def _names_duty(place: Place, text: str) -> bool:
    """Whether a place only tells which duty is meant: the 301 China duty, 301 條款中國關稅."""
    before, after = text[: place.start], text[place.end :]
    return _SECTION_BEFORE.search(before) is not None and _DUTY_AFTER.match(after) is not None


_SECTION_BEFORE = re.compile(r"301 ?(?:條款?)?(?:的|對)? ?$")
_DUTY_AFTER = re.compile(r" ?(?:dut(?:y|ies)|tariffs?|lists?|關稅|清單)", re.IGNORECASE)
_RATES = re.compile(r"關稅|稅率|課稅|\d ?%|幾 ?(?:%|趴)|\btariffs?\b|\bdut(?:y|ies)\b", re.IGNORECASE)


def _between(loose: Sequence[str], text: str) -> bool:
    """Whether a duty between the United States and one other country is spoken of: the United States charge it."""
    return len(set(loose)) > 1 and _RATES.search(text) is not None


#: fees, acts and the schedule that only goods entering the United States know
_US_ENTRY = re.compile(
    r"\b(?:mpf|hmf|htsu?s|ieepa|section (?:122|232|301|338)|fba|cbp)\b|(?<!\d)(?:122|232|301|338) ?條|(?<![a-z])(?:usmca|korus|fba|mpf|hmf|hts)(?![a-z])|(?<![\d.])\d{4}\.\d{2}\.\d{2}(?:\d{2})?(?![\d.-])",
    re.IGNORECASE,
)
_HTS = re.compile(r"(?<![\d.])\d{4}\.\d{2}\.\d{2}(?:\.?\d{2})?(?![\d.-])")


@cache
def _only_taiwan(digits: str) -> bool:
    """Whether eight digits begin lines of the Taiwan schedule and none of the United States schedule."""
    here, there = (any(c.startswith(digits) for c in schedule(side).lines) for side in ("tw", "us"))
    return here and not there


def _without_taiwan_codes(text: str) -> str:
    """A text without the codes that only the Taiwan schedule has: what is spelt like a code of the HTS and is none."""
    return _HTS.sub(lambda m: " " * len(m[0]) if _only_taiwan(m[0].replace(".", "")[:8]) else m[0], text)


#: duties that go by origin alone: of the two sides held only the United States have them
_ADDED = re.compile(
    r"加徵|附加(?:關|稅)|額外(?:的)?(?:關|稅)|加成關稅|\b(?:additional|extra|added|further) (?:\w+ )?(?:dut(?:y|ies)|tariffs?)\b|\badd-?ons?\b|\bsurcharges?\b|\bforced[- ]labou?r\b",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\s*(?:製|做)?(?:的)?\s*(?:or|vs\.?|versus|and|跟|和|還是|或是?|與|、|/|,)\s*(?:from |in |從|由|是)?\s*",
    re.IGNORECASE,
)


def _joined(one: Place, other: Place, text: str) -> bool:
    """Whether two places are named in one breath: Taiwan or Vietnam."""
    first, second = sorted((one, other), key=lambda p: p.start)
    return _OR.fullmatch(text[first.end : second.start]) is not None


def _listed(places: Sequence[Place], origin: str | None, text: str) -> set[str]:
    """Places named in one breath with the origin, one after the other: from Taiwan, Vietnam and China."""
    breath = [p for p in places if p.code == origin]
    for place in places:
        if breath and place not in breath and _joined(place, breath[-1], text):
            breath.append(place)
    return {p.code for p in breath}


#: a place between "for" and a noun tells whose goods they are: for Taiwan textile handbags
_WHOSE_BEFORE = re.compile(r"\b(?:for|of)\s+(?:some |the |my |our )?$", re.IGNORECASE)
_WHOSE_AFTER = re.compile(
    r"^\s+(?!(?:import|customs?|dut(?:y|ies)|tax(?:es)?|is|are|was|by|from|will|would|in|and|or|with|at|on|via|to|if|courier|express|tariff|vat)\b)[a-z]{3}",
    re.IGNORECASE,
)


#: what follows the name of a people and is no goods
_NO_GOODS = re.compile(
    r"^ (?:and|or|vs|import|customs?|dut(?:y|ies)|tax|law|rule|regulation|tariff|vat|authorit|govern|officer|buyer|customer|client|compan|seller|supplier|maker|manufacturer|importer|exporter|citizen|resident|passport|person|people|factor|side|post|address|broker|dollar|currency|invoice)",
    re.IGNORECASE,
)


def _of_goods(place: Place, text: str) -> bool:
    """Whether goods are called by the people that made them: Taiwanese bicycles."""
    return place.text.endswith("ese") and _GOODS_AFTER.match(text[place.end :]) is not None and not _NO_GOODS.match(text[place.end :])  # fmt: skip


_GOODS_AFTER = re.compile(r"^ [a-z]{3}", re.IGNORECASE)


def _made(place: Place, text: str) -> bool:
    if _WHOSE_BEFORE.search(text[: place.start]) and _WHOSE_AFTER.match(text[place.end :]):
        return True
    if place.role != "destination" and _GOODS_OF.match(text[place.end :]):
        return True
    return bool(_MADE_AFTER.match(text[place.end :]) or _MADE_BEFORE.search(text[: place.start]))


def only_sent_from(text: str, code: str) -> bool:
    """Whether a message names a place as where goods leave, and none as where they were made."""
    places = find_places(text)
    return any(p.code == code and p.role == "origin" for p in places) and not any(_made(p, text) for p in places)
