"""Goods by everyday name: the lines whose names stand in a text, longest name first, small typos allowed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from tools.tariff.schedule import Schedule, TariffLine
from tools.text.normalise import normalise, to_traditional
from tools.text.tokens import stem

_FUZZY_FLOOR = 85.0  # similarity out of 100 below which a misspelling is not taken for the name
_SHORT = 4  # characters of a Chinese name up to which a slip at its first or last makes another word
#: characters that belong to the sentence around a name: verbs of buying and sending, prepositions, particles
_SENTENCE = frozenset("買賣購寄運送進出到從來去回帶的了是有要和跟與或在用給多少這那個件海關稅，。、？！：；")
_WORD = re.compile(r"[a-z][a-z']*")
_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
#: what follows a name and makes other goods of it: 手機殼 is no 手機, a watch strap no watch
_ACCESSORY = re.compile(
    r"(?:保護)?(?:殼|套|膜|貼|架|座|線|錶帶|帶|袋|盒|墊|扣|夾|罩|吊飾|配件|零件|支架|收納|頭盔|安全帽|車鎖|車燈|打氣筒|輪胎|電池(?!可))"
    r"|\s?(?:case|cover|strap|stand|holder|cabl|charger|protector|sleev|part|accessori|box|film|band|mount|rack|bag|pouch|helmet|lock|pump|tire|tyre|bell|pedal)\b"
)
#: words of the trade that are no misspelt goods
_NO_GOODS = frozenset(
    map(
        stem,
        [
            "be", "can", "the", "carnet", "case", "charge", "charges", "customs", "custom", "develop", "freight", "import",
            "measures", "order", "package", "parcel", "price", "process", "project", "several", "stuff", "thing", "total", "united",
        ],
    )
)  # fmt: skip
#: names of what is left over are no words that somebody misspells: 電機零件 is no slip for 電腦零件
_REST = ("其他", "other ")
_KINDS = ("零件", "製品", "配件")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A line found by one of its names."""

    line: TariffLine
    name: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class _Index:
    names: dict[str, tuple[tuple[TariffLine, bool], ...]]
    longest_first: tuple[str, ...]
    by_initials: dict[str, tuple[str, ...]]
    spelt: tuple[tuple[str, int], ...]  # Chinese names that somebody may misspell, with how many characters each has
    sizes: dict[str, tuple[int, ...]]  # how long the names are that begin with two characters
    spelt_with: dict[str, tuple[int, ...]]  # places in `spelt` of the names that have a character


def fold(text: str) -> str:
    """Text as names are compared: half-width, Traditional, lower case, English words in the singular."""
    folded = to_traditional(normalise(text).text).lower().replace("揹", "背").replace("表", "錶")
    words = " ".join(_WORD.sub(lambda word: stem(word[0]), folded.replace("-", " ")).split())
    return _BESIDE_CHINESE.sub("", words)


@lru_cache(maxsize=4)
def _index(held: Schedule) -> _Index:
    names: dict[str, list[tuple[TariffLine, bool]]] = {}
    for line in held.lines.values():
        preferred = {fold(n) for n in line.default_for.all()}
        own = {fold(n) for n in (*line.aliases.all(), *line.default_for.all(), line.name.zh_TW, line.name.en)}
        for name in own:
            names.setdefault(name, []).append((line, name in preferred))
    frozen = {n: tuple(sorted(rows, key=lambda r: not r[1])) for n, rows in names.items()}
    longest_first = tuple(sorted(names, key=lambda n: (-len(n), n)))
    initials: dict[str, list[str]] = {}
    for name in longest_first:
        if name.isascii() and len(name) > 4 and not name.startswith(_REST):
            initials.setdefault(_initials(name), []).append(name)
    spelt = tuple(
        (name, len(set(name)))
        for name in longest_first
        if len(name) >= 3 and not name.isascii() and not name.startswith(_REST) and not name.endswith(_KINDS)
    )
    spelt_with: dict[str, list[int]] = {}
    for at, (name, _) in enumerate(spelt):
        for char in set(name):
            spelt_with.setdefault(char, []).append(at)
    sizes: dict[str, set[int]] = {}
    for name in names:
        sizes.setdefault(name[:2], set()).add(len(name))
    by_initials = {key: tuple(found) for key, found in initials.items()}
    lengths = {head: tuple(found) for head, found in sizes.items()}
    with_char = {char: tuple(found) for char, found in spelt_with.items()}
    return _Index(frozen, longest_first, by_initials, spelt, lengths, with_char)


def _initials(words: str) -> str:
    """First letters of the words: a slip of the pen seldom falls on them."""
    return "".join(word[0] for word in words.split())


def find_lines(text: str, held: Schedule, *, fuzzy: bool = True) -> list[NameMatch]:
    """Lines named in a text, those of the longest name first.

    Args:
        text: a description or a whole question.
        held: the schedule whose names are searched.
        fuzzy: whether a misspelt name may be taken where none is spelt right.
    """
    index = _index(held)
    folded = fold(text)
    accessory = False
    for name in _present(folded, index):
        if len(name) > 1 or name.isascii():
            ends = _ends(name, folded)
            if any(not _ACCESSORY.match(folded, end) for end in ends):
                return [NameMatch(line, name, preferred) for line, preferred in index.names[name]]
            accessory = accessory or bool(ends)
    return _misspelt(folded, index) if fuzzy and not accessory else []


def _present(text: str, index: _Index) -> list[str]:
    """The names that stand in a text, longest first: its stretches are looked up, not the names searched for."""
    sizes = index.sizes
    stretches = {text[i : i + n] for i in range(len(text)) for n in (1, *sizes.get(text[i : i + 2], ()))}
    return sorted(stretches & index.names.keys(), key=lambda name: (-len(name), name))


def _ends(name: str, text: str) -> list[int]:
    """Where a name stands in a text, its Latin words as whole words: no `pu包` in `xpu包`, no `cap` in `escape`."""
    ends = []
    at = text.find(name)
    while at >= 0:
        if _whole_words(text, at, at + len(name)):
            ends.append(at + len(name))
        at = text.find(name, at + 1)
    return ends


def _whole_words(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number runs over either edge of a stretch of text."""
    return not any(0 < edge < len(text) and _latin(text[edge - 1]) and _latin(text[edge]) for edge in (start, end))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _misspelt(folded: str, index: _Index) -> list[NameMatch]:
    words = folded.split()
    grams = {" ".join(words[i : i + k]) for k in (1, 2, 3) for i in range(len(words) - k + 1)}
    best: tuple[str, float] | None = None
    for gram in sorted(g for g in grams if g.isascii() and len(g) > 4 and not _NO_GOODS & set(g.split())):
        alike = index.by_initials.get(_initials(gram), ())
        hit = process.extractOne(gram, alike, scorer=fuzz.ratio, score_cutoff=_FUZZY_FLOOR)
        if hit and (best is None or hit[1] > best[1]):
            best = (hit[0], hit[1])
    if best is None:
        held = Counter(at for char in set(folded) for at in index.spelt_with.get(char, ()))
        close = (index.spelt[at][0] for at in sorted(held) if held[at] == index.spelt[at][1] - 1)
        if name := next((name for name in close if _one_off(name, folded)), ""):
            best = (name, 0.0)
    return [NameMatch(line, best[0], p) for line, p in index.names[best[0]]] if best else []


def _one_off(name: str, text: str) -> bool:
    """Whether a Chinese name stands in the text with exactly one Chinese character wrong; Latin words stand as they are.

    A word of the sentence is no slip of the pen: 日本買 is not a misspelt 日本茶.
    """
    size = len(name)
    for at in range(len(text) - size + 1):
        wrong = [i for i in range(size) if name[i] != text[at + i]]
        if len(wrong) != 1 or not _whole_words(text, at, at + size):
            continue
        if size <= _SHORT and wrong[0] in (0, size - 1):  # what is left at either end is a word of its own
            continue
        meant, written = name[wrong[0]], text[at + wrong[0]]
        if not meant.isascii() and not written.isascii() and written not in _SENTENCE:
            return True
    return False
