"""Facts of a message by slot, as the dialogues beside the tools declare them: choices by their words, measures by unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from tools.dialogue import Choice, Dialogue, Slot, dialogues
from tools.text.numerals import NUMERAL, read_numeral
from tools.text.quantities import readable

_NEAR = 8  # characters a word of the slot may stand away from a figure of another kind
#: counts written out, as people write them before bottles and cans
WORDS = {
    w: Decimal(n)
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
#: words that count pieces in Chinese
COUNTERS = "個|件|支|副|雙|隻|條|台|臺|瓶|盒|套|本|枚|頂|把|組|張|罐|顆|輛|份"
_CONTAINERS = re.compile(
    rf"(?P<n>{NUMERAL}|\b(?:{'|'.join(WORDS)})\b) ?(?:瓶|罐|箱|盒|手|入|bott?le?s?|cans?|[x×*](?= ?\d)(?! ?\d[\d.]* ?%)(?! ?0\.)|(?=(?<= )\d+(?:\.\d+)? ?(?:m?l|litres?|liters?) (?:bott?le?s?|cans?)))",
    re.IGNORECASE,
)
_BETWEEN = 24  # characters that may stand between the number of containers and what one holds
_BETWEEN_EACH = 80  # the same where it is said that each holds it
_EACH = re.compile(r"^ ?(?:each|apiece|a bottle|per bottle|a can|per can)\b")
_IN_ALL = re.compile(r"(?:一共|總共|共計|合計|共|total(?: of)?|in all|altogether)[:： ]*$")
_NEGATED = re.compile(
    r"(?:不是|不走|不用|沒有|並非|非|not(?: by| a| the)?|isn't|no|without)\s*$"
    # a paper that is wanting: 沒有附 ECFA 原產地證明, without an ECFA certificate
    r"|(?:沒有?|無法?|未|不|缺少?|拿不到|開不出)(?:能|會|肯)?(?:附上?|提供|給|開立?|出具|取得|申請|拿到?)?(?:任何|正式|什麼)?的? ?(?:[A-Za-z]{2,8})?的? ?(?:原)?$"
    r"|(?:\bno|without|n't (?:have|provide|issue|give|supply)|cannot (?:provide|issue|give|supply)|lacks?|lacking)(?: (?:an?|any|the|me|us|valid|formal|ecfa|fta))*\s*$",
    re.IGNORECASE,
)
#: the same, said after the paper
_WANTING = re.compile(r"^書?(?:正本)?(?:都)?(?:沒有|沒給|沒附|拿不到|開不出|弄丟|遺失|過期|無法)|^s? (?:is|was|are)? ?(?:not available|missing|lost|unavailable|expired)", re.IGNORECASE)  # fmt: skip
#: an agreement or a way of carriage that is not claimed, not met, not taken
_NOT_SO = re.compile(
    r"(?:不是|不走|不用|不經由?|不在|不透過|不進|(?:沒有?|未|不是?)(?:經過?|進|走|在|從|由|透過|到)|沒有?|並非|非|(?:不能|無法|不(?:打算|想|會)?|未|沒有?|放棄)(?:符合|合於|合|適用|主張|申請|申報|使用|用|具備?|屬於?|取得|辦理?)|(?:不|未)(?:符|合)"
    r"|(?<!if )(?<!or )(?:\bnot|n't|\bnever|cannot)(?: (?:be|been|being|have|an?|any|the|valid|eligible|qualify\w*|claim\w*|originat\w*|entitled|cover\w*|meet\w*|met|using|use|used|going|go|goes|gone|pass\w*|clear\w*|releas\w*|handled|entered|shipped|sent|by|at|in|via|through|from|for|under|to|of|with))*|isn't|\bno|\bwithout|\boutside(?: of)?|\bnon-?|\binstead of|\brather than)(?: (?:an?|any|the|valid|claiming))*[\s-]*$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^(?: ?(?:協定|優惠|資格|證明|產證|原產地規則|條件)){0,2} ?(?:都|並|也)?(?:不符合?|不適用|不成立|拿不到|用不[上了]|沒過|沒有?(?:申請|主張|資格|證明|辦)|開不出)"
    r"|^(?: (?:claim|certificate|certification|status|origin|preference|rules?|treatment)){0,2} (?:do(?:es)?|is|are|was|can|will)(?: ?not|n't|n’t) (?:be |been )?(?:met|appl\w*|claimed|available|satisfied|possible|hold|valid|given|issued|used)|^[- ]?(?:non-?(?:qualifying|originating|compliant)|ineligible)",
    re.IGNORECASE,
)  # a programme or a way said and then denied


@dataclass(frozen=True, slots=True)
class SlotsRead:
    """Values by slot, every choice said, and the stretches of text that measures took."""

    values: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()

    def of(self, names: Iterable[str]) -> dict[str, Any]:
        return {n: self.values[n] for n in names if n in self.values}


@lru_cache(maxsize=256)
def read_slots(text: str, tool: str, whole: str | None = None) -> SlotsRead:
    """Facts a text gives for a tool.

    Args:
        text: a folded message, or the part of it that speaks of one kind of goods.
        tool: whose slots are read.
        whole: the message the part stands in, whose words may say what a unit is of.
    """
    dialogue = dialogues().get(tool)
    if dialogue is None:
        return SlotsRead()
    lowered, about = readable(text.lower()), (whole or text).lower()
    values: dict[str, Any] = {}
    said: dict[str, tuple[Any, ...]] = {}
    spans: list[tuple[int, int]] = []
    for slot in dialogue.slots.values():
        if slot.choices:
            chosen = _choices(_spelt(tool)[slot.name], lowered, about)
            found = tuple(dict.fromkeys(v for _, v in sorted(chosen, key=lambda r: r[0])))
            if found:
                said[slot.name] = found
                values[slot.name] = _first(slot, found)
        elif slot.is_measure and (not slot.about or mentions(slot.about, about)):
            measured = _measure(slot, lowered)
            if measured is not None:
                values[slot.name] = measured[0]
                spans += [] if slot.counts else [measured[1]]
    return SlotsRead(values, said, tuple(spans))


def _first(slot: Slot, found: tuple[Any, ...]) -> Any:
    """Of several choices said, the one that stands first in the declaration: 空運快遞 is a courier."""
    return next(c.value for c in slot.choices if c.value in found)


def _choices(choices: Sequence[tuple[Choice, re.Pattern[str]]], text: str, about: str) -> list[tuple[int, Any]]:
    """Choices said and not denied, with where they stand; a longer word hides those inside it."""
    rows: list[tuple[int, int, Any]] = []
    for choice, words in choices:
        if choice.about and not mentions(choice.about, about):
            continue
        rows += [(m.start(), m.end(), choice.value) for m in words.finditer(text)]
    kept = [r for r in rows if not any(o[0] <= r[0] and r[1] <= o[1] and o[1] - o[0] > r[1] - r[0] for o in rows)]
    return [
        (start, value)
        for start, end, value in kept
        if not _NEGATED.search(text[:start])
        and not _NOT_SO.search(text[:start])
        and not _DENIED_AFTER.match(text[end:])
        and not (value is True and _WANTING.match(text[end:]))
    ]


#: a percentage of tax is no strength of a drink
_OF_TAX = re.compile(
    r"(?:稅率?|稅是|(?:tax|duty|tariff|vat|rate)(?: rate)?(?: is| of|:)?)[ :：是為=約]*$", re.IGNORECASE
)


def _measure(slot: Slot, text: str) -> tuple[Decimal, tuple[int, int]] | None:
    """The first figure that stands with a unit of the slot, in the slot's own unit, and where it stands."""
    for match in (*_figures(slot).finditer(text), *(_led(slot.before).finditer(text) if slot.before else ())):
        value = WORDS.get(match["n"].lower()) or read_numeral(match["n"])
        if value is None:
            continue
        start, end = match.span()
        if match[0].endswith("%") and _OF_TAX.search(text[:start]):
            continue
        if slot.near and not any(w in text[max(0, start - _NEAR) : end + _NEAR] for w in slot.near):
            continue
        measured = value * (slot.units[match["u"].lower()] if "u" in match.groupdict() else Decimal(1))
        if slot.per_container and not _IN_ALL.search(text[:start]):
            measured *= _containers(text, start, end) or 1
        if slot.whole and measured != measured.to_integral_value():
            continue
        return measured, (start, end)
    return None


_BOTH = ("packages", "containers in each")
_PACKED = re.compile(
    rf"({NUMERAL}) ?箱[^。？?\d]{{0,8}}?(?:每|一)箱(?:有|裝|含)?\s?({NUMERAL}) ?(?:瓶|罐|支)"
    rf"|(\d{{1,4}}|{'|'.join(WORDS)}) (?:cases?|cartons?|boxes|box|crates?) of ({NUMERAL}) (?:bottles|cans)\b"
    rf"|(\d{{1,4}}|{'|'.join(WORDS)}) (?:cases?|cartons?|boxes|box|crates?),? ({NUMERAL}) (?:bottles|cans) (?:each|per|in each|a|to)\b",
    re.IGNORECASE,
)


def _containers(text: str, start: int, end: int) -> Decimal | None:
    """How many bottles or cans of that size there are, where that is said beside it."""
    if (packed := _PACKED.search(text)) is not None:  # 2 箱每箱 24 瓶: of all the boxes
        counts = [read_numeral(n) or WORDS.get(n.lower()) for n in packed.groups() if n]
        if len(counts) == len(_BOTH) and all(counts):
            return counts[0] * counts[1]  # type: ignore[operator]
    found: list[tuple[int, Decimal]] = []
    between = _BETWEEN_EACH if _EACH.match(text[end:]) else _BETWEEN
    for match in _CONTAINERS.finditer(text):
        away = start - match.end() if match.end() <= start else match.start() - end
        value = WORDS.get(match["n"].lower()) or read_numeral(match["n"])
        if 0 <= away <= between and value is not None and value >= 1:
            found.append((away, value))
    return min(found)[1] if found else None


def containers_said(text: str) -> Decimal | None:
    """How many bottles, cans or boxes a text speaks of last; one of them is what a price or a measure is of.

    >>> containers_said("six cans of beer"), containers_said("改成 12 罐")
    (Decimal('6'), Decimal('12'))
    """
    said = [WORDS.get(m["n"].lower()) or read_numeral(m["n"]) for m in _CONTAINERS.finditer(readable(text.lower()))]
    told = [n for n in said if n is not None and n >= 1]
    return next((n for n in reversed(told) if n > 1), told[-1] if told else None)


@lru_cache(maxsize=1_024)
def mentions(words: tuple[str, ...], text: str) -> bool:
    """Whether a lower-case text holds one of the words, Latin ones from their beginning."""
    return bool(words) and _any_of(words).search(text) is not None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z]){re.escape(w)}" if w.isascii() else re.escape(w) for w in words))


@cache
def _words_of(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted({w.lower() for w in words}, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(w)}s?(?![a-z])" if w.isascii() else re.escape(w) for w in ordered)
    )


@cache
def _spelt(tool: str) -> Mapping[str, tuple[tuple[Choice, re.Pattern[str]], ...]]:
    """By slot of a tool its choices, each with the words it is said by."""
    slots = dialogues()[tool].slots.values()
    return {slot.name: tuple((choice, _words_of(choice.words.all())) for choice in slot.choices) for slot in slots}


_SEVERAL = [word for word, number in WORDS.items() if number > 1]


@cache
def _units(units: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(units, key=len, reverse=True)
    parts = [rf"{re.escape(u)}(?![a-z])" if u[-1].isascii() and u[-1].isalpha() else re.escape(u) for u in ordered]
    parts = [rf"{part}(?![灣湾幣币中北南東])" if part in ("台", "臺") else part for part in parts]  # 2,000 台幣
    return re.compile(rf"(?P<n>{NUMERAL}|\b(?:{'|'.join(_SEVERAL)})\b) ?-?(?P<u>{'|'.join(parts)})", re.IGNORECASE)


@cache
def _led(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, words))}) (?P<n>{NUMERAL})(?![\d.,]*\d)", re.IGNORECASE)


def _figures(slot: Slot) -> re.Pattern[str]:
    return _units(tuple(slot.units))


def slot_of(tool: str, name: str) -> Slot | None:
    """A slot by tool and name."""
    dialogue: Dialogue | None = dialogues().get(tool)
    return dialogue.slots.get(name) if dialogue else None
