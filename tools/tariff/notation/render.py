"""Rates printed back, in English as the schedules write them and in Chinese; what is printed reads back to the same rate."""

from __future__ import annotations

from fractions import Fraction

from tools.exact import as_decimal, ends
from tools.tariff.notation.tree import (
    AdValorem,
    Bounded,
    Capped,
    Choice,
    Conditional,
    Free,
    PerDegree,
    Reference,
    Season,
    Seasonal,
    Specific,
    Sum,
    Tree,
)
from tools.tariff.notation.vocabulary import OTHER_PIECES, Jurisdiction, Language, vocabulary

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def number(value: Fraction) -> str:
    """A number as schedules print it: digits, or a whole and a fraction.

    >>> number(Fraction(100, 3)), number(Fraction(21, 2))
    ('33 1/3', '10.5')
    """
    if ends(value):
        return f"{as_decimal(value):f}"
    whole, rest = divmod(value.numerator, value.denominator)
    return f"{whole} {rest}/{value.denominator}"


def percent(ratio: Fraction) -> str:
    """A ratio as a percentage."""
    return f"{number(ratio * 100)}%"


def print_tree(tree: Tree, lang: Language, jurisdiction: Jurisdiction) -> str:
    """A rate in words."""
    zh = lang == "zh-TW"

    def show(part: Tree) -> str:
        return print_tree(part, lang, jurisdiction)

    match tree:
        case Free():
            return "免稅" if zh else "Free"
        case AdValorem(ratio, part):
            words = vocabulary().parts[part] if part else None
            return percent(ratio) + ((words.zh if zh else words.en) if words else "")
        case Specific():
            return _specific_zh(tree, jurisdiction) if zh else _specific_en(tree, jurisdiction)
        case PerDegree(rate, less, under, proportional):
            if zh:
                share = "（不足一度按比例）" if proportional else ""
                return f"{show(rate)}，{number(under)} 度以下每度減 {show(less)}{share}"
            share = " (and fractions of a degree in proportion)" if proportional else ""
            return f"{show(rate)} less {show(less)} for each degree under {number(under)} degrees{share}"
        case Sum(terms):
            return " + ".join(show(t) for t in terms)
        case Choice(higher, options):
            if zh:
                return " 或 ".join(show(o) for o in options) + ("，從高徵收" if higher else "，從低徵收")
            return " or ".join(show(o) for o in options) + f" whichever is {'higher' if higher else 'lower'}"
        case Bounded(rate, at_least, at_most):
            low = f"{'，但不低於 ' if zh else ' but not less than '}{show(at_least)}" if at_least else ""
            high = f"{'，但不超過 ' if zh else ' but not more than '}{show(at_most)}" if at_most else ""
            return f"{show(rate)}{low}{high}"
        case Conditional(rate, text):
            return f"{show(rate)}（原文條件：{text}）" if zh else f"{show(rate)}{'' if text[0] == ',' else ' '}{text}"
        case Season(first, last, rate):
            return (
                f"{show(rate)}（{_day_zh(first)}至{_day_zh(last)}）"
                if zh
                else f"{show(rate)} ({_day(first)} to {_day(last)})"
            )
        case Seasonal(seasons, otherwise):
            all_of = [show(s) for s in seasons]
            if otherwise is not None:
                all_of.append(f"其他期間 {show(otherwise)}" if zh else f"otherwise {show(otherwise)}")
            return ("；" if zh else "; ").join(all_of)
        case Reference(_, text, change):
            return (
                text
                if change is None
                else f"{text} {'+' if change.ratio >= 0 else 'minus'} {_size(change, lang, jurisdiction)}"
            )
        case Capped(rate, text):
            return f"{show(rate)}{text}"


def _size(change: AdValorem, lang: Language, jurisdiction: Jurisdiction) -> str:
    return print_tree(AdValorem(abs(change.ratio), change.part), lang, jurisdiction)


def _specific_en(rate: Specific, jurisdiction: Jurisdiction) -> str:
    if jurisdiction == "tw":
        money = f"NT${number(rate.money)}"
    else:
        money = f"{number(rate.money * 100)}¢" if rate.money < 1 else f"${_dollars(rate.money)}"
    if rate.unit == OTHER_PIECES:
        return f"{money} for each other piece or part"
    basis = vocabulary().basis[rate.basis].en if rate.basis else ""
    unit = vocabulary().units[rate.unit]
    if rate.unit == "No." and rate.over is None and not basis and jurisdiction == "us":
        return f"{money} each"
    over = f" over {rate.over}" if rate.over is not None else ""
    return f"{money}/{unit.en if jurisdiction == 'us' else unit.tw}{over}{basis}"


def _dollars(money: Fraction) -> str:
    """Dollars with two places where the cents would otherwise lose their nought."""
    plain = number(money)
    return f"{plain}0" if len(plain.partition(".")[2]) == 1 else plain


def _specific_zh(rate: Specific, jurisdiction: Jurisdiction) -> str:
    money = f"新臺幣 {number(rate.money)} 元" if jurisdiction == "tw" else f"{number(rate.money)} 美元"
    if rate.unit == OTHER_PIECES:
        return f"{money}每其他零件"
    basis = vocabulary().basis[rate.basis].zh if rate.basis else ""
    over = f"（超過 {rate.over}）" if rate.over is not None else ""
    return f"每{vocabulary().units[rate.unit].zh}{over} {money}{basis}"


def _day(day: tuple[int, int]) -> str:
    return f"{_MONTHS[day[0] - 1]} {day[1]}"


def _day_zh(day: tuple[int, int]) -> str:
    return f"{day[0]}月{day[1]}日"
