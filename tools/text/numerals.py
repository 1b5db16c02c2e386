"""Numerals as people write them: 3,000 / 三千 / 3千5 / 1.5萬 / 一百七十 / 參佰, read exactly.

Chinese numerals are read by the cn2an library; figures with an Arabic mantissa stay in Decimal throughout.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

CHINESE = "〇零一二兩三四五六七八九十百千萬億壹貳貮參肆伍陸柒捌玖拾佰仟"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: an Arabic mantissa with Chinese magnitudes, a run of Chinese numerals, or a plain Arabic figure
NUMERAL = (
    rf"(?:(?:{ARABIC})[ ]?[十百千萬億][{CHINESE}\d]*|[{CHINESE}]+(?:點[{CHINESE}]+)?|{ARABIC})"
)

_MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "萬": 10_000, "億": 100_000_000}
_SIMPLE = re.compile(rf"({ARABIC}) ?([十百千萬億]+)$")
_FOLD = str.maketrans({"貮": "貳", " ": None, ",": None})


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Decimal | None:
    """The value of one numeral, or None when it is not one.

    >>> [str(read_numeral(t)) for t in ("3,000", "三千", "3千5", "1.5萬", "兩千三百")]
    ['3000', '3000', '3500', '15000', '2300']
    """
    compact = text.strip().translate(_FOLD)
    if not compact:
        return None
    try:
        return Decimal(compact)
    except InvalidOperation:
        pass
    if match := _SIMPLE.fullmatch(compact):
        value = Decimal(match[1])
        for unit in match[2]:
            value *= _MAGNITUDES[unit]
        return value.normalize() if value != value.to_integral() else value.quantize(Decimal(1))
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(compact, "smart"))).quantize(Decimal(1))
    except (ValueError, InvalidOperation):
        return None


def is_chinese_numeral(text: str) -> bool:
    """Whether a numeral is written in Chinese characters only."""
    return bool(text) and all(char in CHINESE + "點" for char in text)
