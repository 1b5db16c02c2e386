"""A description as weighted terms: one spelling, filler left out, the words that name the goods before those beside them.

Terms are stems and pairs of stems in English, characters and pairs of characters in Chinese.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tools.tariff.search import prose
from tools.text.normalise import normalise, to_traditional
from tools.text.tokens import stem

_DATA = Path(__file__).parent / "words.toml"
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9][a-z0-9'+]*")
_NUMBER = re.compile(r"\d+(?:x\d+)*(?:cm|mm|m|kg|g|mg|ml|l|w|v|mah|ah|inch|pcs|pc|oz|gb|tb|hz|in|ft|k|d|pack|set)?$")
_TAGS = re.compile(r"<[^>]{1,80}>|https?://\S+|[\w.]+@[\w.]+")
_ELECTRIC = re.compile(r"\be(?:-| (?=cig|bike|scooter|reader))(?=[a-z]{3})")
_PART = re.compile(r"[.;；。\n|]\s*(?=\S)|\s+[-–/]\s+")
_BRACKETS = re.compile(r"[(（\[【《「『][^)）\]】》」』]*[)）\]】》」』]?")
_KEYED = re.compile(r"^\s*([^:：]{1,30})[:：]\s*(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the search, read once."""

    filler_en: frozenset[str]
    filler_zh: re.Pattern[str]
    beside_en: frozenset[str]
    beside_zh: re.Pattern[str]
    telling: frozenset[str]
    idle: frozenset[str]


@cache
def words() -> Words:
    """The word lists of `words.toml`."""
    raw = tomllib.loads(_DATA.read_text("utf-8"))

    def pattern(key: str) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(raw[key], key=len, reverse=True))))

    return Words(
        frozenset(map(stem, raw["filler_en"])), pattern("filler_zh"), frozenset(raw["beside_en"]), pattern("beside_zh"),
        frozenset(raw["telling_keys"]), frozenset(raw["idle_keys"]),
    )  # fmt: skip


@lru_cache(maxsize=512)
def spelt(text: str) -> str:
    """One spelling: half-width, Traditional, lower case, 台 as 臺, no mark-up and no addresses."""
    plain = _TAGS.sub(" ", text)
    folded = to_traditional(normalise(plain).text).lower()
    return (
        _ELECTRIC.sub("e", folded)  # an e-cigarette is no cigarette
        .replace("台", "臺")
        .replace("t-shirt", "tshirt")
        .replace("t shirt", "tshirt")
        .replace("t恤", "tshirt恤")
    )


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a description.

    Args:
        place: where it stands: `head` what the goods are called, `named` beside it, `beside` what they are for or of,
            `aside` in brackets or under an idle key; in sentences those of `prose.py`.
    """

    text: str
    place: str


def runs(text: str) -> Iterator[str]:
    """Words and stretches of Chinese of a text already in one spelling."""
    for match in _RUN.finditer(text.replace("-", " ").replace("'s", "")):
        yield match[0]


def terms_of(text: str, idle: frozenset[str] = frozenset()) -> list[str]:
    """Terms of a short phrase in order, filler and what else is idle left out.

    >>> terms_of("leather wallets")
    ['leather', 'wallet', 'leather_wallet']
    >>> terms_of("手機殼")
    ['手', '機', '殼', '手機', '機殼']
    """
    out: list[str] = []
    before = ""
    for run in runs(text):
        if "\u3400" <= run[0] <= "\u9fff":
            out.extend(run)
            out.extend(run[i : i + 2] for i in range(len(run) - 1))
            before = ""
            continue
        word = stem(run)
        if not word or word in words().filler_en or _NUMBER.match(word) or len(word) < 2 or run in idle:
            continue
        out.append(word)
        if before:
            out.append(f"{before}_{word}")
        before = word
    return out


def query_terms(text: str) -> list[Term]:
    """Weighted terms of a description, each once, at its best place.

    Args:
        text: any description, a listing with keys and values as well.
    """
    found: dict[str, str] = {}
    plain = spelt(text)
    if prose.is_prose(plain):
        return _prose_terms(plain)
    for number, part in enumerate(p for p in _PART.split(plain) if p and p.strip()):
        for chunk, place in _chunks(part, first=number == 0):
            for term in _placed(chunk, place):
                known = found.get(term.text)
                if known is None or _ORDER[term.place] < _ORDER[known]:
                    found[term.text] = term.place
    return [Term(text, place) for text, place in found.items()]


#: places of terms in sentences
PROSE = frozenset({"name", "told", "stuff", "use", "parts", "idle"})
_ORDER = {
    "head": 0, "named": 1, "beside": 2, "aside": 3, "name": 1, "told": 2, "stuff": 3, "use": 4, "parts": 5, "idle": 6,
}  # fmt: skip


def _prose_terms(plain: str) -> list[Term]:
    """Terms of a description in sentences, each at its best place, by what the stretches of it say."""
    found: dict[str, str] = {}
    for stretch in prose.stretches(plain):
        last = stem(prose.head(stretch.text)) if stretch.place == "name" else ""
        for term in terms_of(stretch.text, prose.rules().filler):
            place = "head" if last and (term == last or term.endswith(f"_{last}")) else stretch.place
            if term not in found or _ORDER[place] < _ORDER[found[term]]:
                found[term] = place
    return [Term(text, place) for text, place in found.items()]


def _chunks(part: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """Stretches of a part and where their words stand."""
    keyed = _KEYED.match(part)
    if keyed and not first:
        key, value = keyed[1].strip(), keyed[2]
        if key in words().idle:
            return
        if key in words().telling:
            *above, last = re.split(r"\s*[>›/]\s*", value)
            yield last, "named"
            yield from ((level, "beside") for level in above[-1:])
            return
        values = re.sub(r"(^|;|,)\s*[^:;,]{1,30}:", r"\1 ", value)
        yield values, "aside"
        return
    brackets = " ".join(m[0] for m in _BRACKETS.finditer(part))
    if brackets:
        yield brackets, "aside"
    bare = words().filler_zh.sub(" ", _BRACKETS.sub(" ", part))
    name, beside = _cut(bare)
    yield name, "named" if first else "beside"
    if beside:
        yield beside, "beside"


def _cut(text: str) -> tuple[str, str]:
    """What the goods are called, and what stands beside it."""
    chinese = words().beside_zh.search(text)
    if chinese and chinese.start() > 1:
        return text[: chinese.start()], text[chinese.start() :]
    pieces = text.split(" ")
    for at, word in enumerate(pieces):
        if at and word.strip(",") in words().beside_en and any(w.strip(",") for w in pieces[:at]):
            return " ".join(pieces[:at]), " ".join(pieces[at:])
    return text, ""


def _placed(chunk: str, place: str) -> Iterator[Term]:
    """Terms of a stretch; the last word of a name is its head."""
    stretches = [s for s in re.split(r"[,，、]", chunk) if s.strip()]
    for stretch in stretches:
        terms = terms_of(stretch)
        head = _head(stretch, terms) if place == "named" else frozenset()
        yield from (Term(term, "head" if term in head else place) for term in terms)


def _head(stretch: str, terms: list[str]) -> frozenset[str]:
    """The terms that end a name: its last word in English, its last two characters in Chinese."""
    last = next((run for run in reversed(list(runs(stretch))) if run[0] >= "\u3400" or stem(run) in terms), "")
    if not last:
        return frozenset()
    if "\u3400" <= last[0] <= "\u9fff":
        return frozenset({last[-2:], last[-1]})
    word = stem(last)
    return frozenset(t for t in terms if t == word or t.endswith(f"_{word}"))
