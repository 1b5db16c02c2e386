"""Figures written for people, in the two languages of the product. The only place that decides how."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from tools.exact import Exact, as_decimal, as_fraction, decimal_places, ends
from tools.law.models import Lang

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_COUNT_UNITS = {"days": ("日", "days"), "kilograms": ("公斤", "kg"), "litres": ("公升", "L")}
_CURRENCY_ZH = {"USD": "美元", "JPY": "日圓", "EUR": "歐元", "GBP": "英鎊", "CNY": "人民幣", "HKD": "港幣",
                "KRW": "韓元", "AUD": "澳幣", "CAD": "加幣", "SGD": "新加坡幣", "THB": "泰銖", "CHF": "瑞士法郎"}  # fmt: skip


@lru_cache(maxsize=4096)
def plain(value: Decimal) -> str:
    """Digits with thousands separators and no idle zeros.

    >>> plain(Decimal("3250.00")), plain(Decimal("162.5"))
    ('3,250', '162.5')
    """
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def written_out(value: Exact) -> str | None:
    """An exact amount with all its digits, or None where they never end.

    >>> from fractions import Fraction
    >>> written_out(Fraction(6501, 40)), written_out(Fraction(1, 3)), written_out(3250)
    ('162.525', None, '3,250')
    """
    if isinstance(value, int):
        return f"{value:,}"
    places = decimal_places(value)
    if places is None:
        return None
    whole, rest = divmod(value.numerator * 10**places // value.denominator, 10**places)
    return f"{whole:,}.{rest:0{places}d}".rstrip("0").rstrip(".")


def money(value: Decimal, currency: str, lang: Lang) -> str:
    """An amount with its currency: `3,250 元` / `NT$3,250`; US dollars keep their cents."""
    if currency == "TWD":
        return f"{plain(value)} 元" if lang == "zh-TW" else f"NT${plain(value)}"
    whole = value == value.to_integral_value()
    digits = f"{value:,.0f}" if whole else f"{value:,.2f}" if currency == "USD" else plain(value)
    if lang == "zh-TW":
        return f"{digits} {_CURRENCY_ZH.get(currency, currency)}"
    return f"US${digits}" if currency == "USD" else f"{currency} {digits}"


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage; a third is written as one.

    >>> percent(Decimal("0.105")), percent(Decimal("0.3333333333333333333333333333"))
    ('10.5%', '33 1/3%')
    """
    exact = as_fraction(ratio) * 100
    if ends(exact):
        return f"{plain(as_decimal(exact))}%"
    whole, part = divmod(exact, 1)
    return f"{whole} {part}%" if whole else f"{part}%"


def day(value: date, lang: Lang) -> str:
    """A day: `2025年8月29日` / `August 29, 2025`."""
    if lang == "zh-TW":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{_MONTHS[value.month - 1]} {value.day}, {value.year}"


def figure(value: Decimal | date | bool | str | tuple[str, ...], unit: str, lang: Lang) -> str:
    """A value of the law in its unit."""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh-TW" else ("yes" if value else "no")
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, tuple):
        return ("、" if lang == "zh-TW" else ", ").join(value)
    if isinstance(value, str):
        return value
    if unit == "ratio":
        return percent(value)
    if unit in ("TWD", "USD"):
        return money(value, unit, lang)
    if unit in _COUNT_UNITS:
        word = _COUNT_UNITS[unit][0 if lang == "zh-TW" else 1]
        return f"{plain(value)} {word}"
    return plain(value)
