"""Parameters of the law that a text names, by their labels and aliases."""

from __future__ import annotations

import re
from functools import cache

from tools.law.store import law
from tools.text.normalise import normalise, to_traditional

_TOPIC_WORDS = {
    "us.mpf": r"\bmpf\b|商品處理費|貨物處理費|merchandise processing",
    "us.hmf": r"\bhmf\b|港口維護費|harbor maintenance",
}

_FREE_BELOW = re.compile(
    r"(?:元|塊|以下|以內|以上|不到|低於).{0,6}免(?:關|進口)?稅|免(?:關|進口)?稅.{0,6}(?:門檻|額|上限|金額|多少)|多少(?:錢|元)?(?:以下|以內|內).{0,3}免稅"
    r"|(?:under|below|up to|less than).{0,24}(?:duty|tax)[- ]free|(?:duty|tax)[- ]free.{0,20}(?:under|below|limit|threshold|up to|allowance)"
    r"|(?:no|without) (?:tax|duty|customs).{0,20}(?:under|below|up to)|(?:under|below|up to).{0,24}(?:no|exempt|isn't taxed|not taxed|free of)"
)


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all folded names, longest first, and the parameter each stands for."""
    rows: dict[str, str] = {}
    for parameter in law().all():
        for name in (parameter.label.zh_TW, parameter.label.en, *parameter.aliases.all()):
            folded = fold(name)
            if len(folded) > 2 or (len(folded) == 2 and not folded.isascii()):
                rows.setdefault(folded, parameter.id)
    ordered = sorted(rows, key=len, reverse=True)
    parts = (rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n.isascii() else re.escape(n) for n in ordered)
    return re.compile("|".join(parts)), rows


def fold(text: str) -> str:
    """Text as names of the law are compared."""
    return re.sub(r"\s+", " ", to_traditional(normalise(text).text).lower().replace("台", "臺"))


def named_parameters(text: str) -> tuple[str, ...]:
    """Ids named in a text, each stretch of text counted once, for the longest name."""
    folded = fold(text)
    pattern, parameters = _names()
    ids = [parameters[match[0]] for match in pattern.finditer(folded)]
    for topic, words in _TOPIC_WORDS.items():
        if re.search(words, fold(text)) and not any(i.startswith(topic) for i in ids):
            ids.append(topic)
    if not any(i.startswith(("tw.low_value", "us.")) for i in ids) and _FREE_BELOW.search(fold(text)):
        ids.append("tw.low_value.limit")
    return tuple(dict.fromkeys(_both_ends(ids, fold(text))))


def _both_ends(ids: list[str], text: str) -> list[str]:
    """Where one end of a pair is named and the other asked for too, both."""
    out: list[str] = []
    for name in ids:
        out.append(name)
        topic, _, end = name.rpartition(".")
        if end == "minimum" and re.search(r"最高|上限|max", text):
            out.append(f"{topic}.maximum")
        if end == "maximum" and re.search(r"最低|下限|\bmin", text):
            out.insert(len(out) - 1, f"{topic}.minimum")
        if name == "us.mpf":
            ends = [f"us.mpf.{e}" for e, w in (("minimum", r"最低|下限|\bmin"), ("maximum", r"最高|上限|\bmax")) if re.search(w, text)]
            if ends:
                out[-1:] = ends
    return out
