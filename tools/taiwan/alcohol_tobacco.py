"""Alcohol tax by class and degree; tobacco tax and the health surcharge by stick or weight.

Part units count pro rata. Sources: 菸酒稅法第 2, 7, 8 條; 菸害防制法第 4 條 (Tobacco and Alcohol Tax Act arts. 2, 7, 8;
Tobacco Hazards Prevention Act art. 4), as the parameters carry them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import cast, get_args

from tools.exact import as_decimal
from tools.law import Localized
from tools.result import Message
from tools.taiwan.choices import Choice, Excise, Options, missing
from tools.taiwan.goods_input import AlcoholClass, TaiwanGoods
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.units import STICKS_OF_A_THOUSAND
from tools.text.format import plain

_ALCOHOL, _TOBACCO = "tw.alcohol_tax", "tw.tobacco_tax"
HEALTH = f"{_TOBACCO}.health_surcharge"
_CLASSES: tuple[AlcoholClass, ...] = get_args(AlcoholClass)
_BY_DEGREE = frozenset({"brewed", "distilled", "other"})
_KINDS = ("cigarettes", "cigars", "cut_tobacco", "other")


def is_weak(law: TaiwanLaw, goods: TaiwanGoods) -> bool:
    """Whether a drink holds too little alcohol to be one."""
    least = law.held(f"{_ALCOHOL}.least_degree")
    return goods.alcohol_percent is not None and least is not None and goods.alcohol_percent <= least.number


def class_of(law: TaiwanLaw, digits: str) -> AlcoholClass | None:
    """The class a tariff number stands for, where its name says so."""
    held = law.store.topic(_ALCOHOL)
    named = [c for c in _CLASSES if f"{_ALCOHOL}.{c}_headings" in held]
    return next((c for c in named if law.listed(f"{_ALCOHOL}.{c}_headings", digits)), None)


def alcohol_tax(law: TaiwanLaw, goods: TaiwanGoods, digits: str | None, levies: tuple[str, ...]) -> Options:
    """What alcohol tax a line may owe.

    Raises:
        NotInForce: no tax of the class is held for the day.
    """
    whole, partly = "B" in levies, "B*" in levies
    named = goods.alcohol_class is not None or goods.alcohol_percent is not None
    if not (whole or partly or (named and digits is None) or goods.alcohol_class) or is_weak(law, goods):
        return Options()
    options = Options()
    by_number = class_of(law, digits) if digits else None
    stated = goods.alcohol_class
    if stated and by_number and stated != by_number:
        words = {"stated": Localized.model_validate(stated), "number": Localized.model_validate(by_number)}
        options.warnings.append(Message(code="alcohol_class_differs", words=words))
    if stated and digits is not None and not (whole or partly):
        options.warnings.append(Message(code="alcohol_not_in_schedule"))
    known = stated or by_number
    if known is None:
        options.missing.append(missing("alcohol_class"))
    classes = (known,) if known else tuple(c for c in _CLASSES if c != "ethanol")
    options.choices = [Choice((_alcohol(law, goods, c, options),), None if known else _named(c)) for c in classes]
    if partly and not stated:
        options.choices.insert(0, Choice((), Message(code="case_alcohol_free")))
        options.missing.insert(0, missing("alcohol_class"))
    return options


def _named(name: str) -> Message:
    return Message(code=f"case_alcohol_{name}")


def _alcohol(law: TaiwanLaw, goods: TaiwanGoods, name: AlcoholClass, options: Options) -> Excise:
    litres, degree = goods.volume_litres, goods.alcohol_percent
    by_degree = name in _BY_DEGREE
    parameter: str = name
    more: tuple[str, ...] = ()
    if name == "reprocessed":
        limit = law.number(f"{_ALCOHOL}.reprocessed_degree")
        strong = degree is not None and degree > limit
        parameter, by_degree = ("reprocessed_strong", False) if strong else ("reprocessed_weak", True)
        more = (f"{_ALCOHOL}.reprocessed_degree",)
    used = (f"{_ALCOHOL}.{parameter}", *more)
    each = law.number(used[0])
    if litres is None:
        _once(options, "volume_litres", "why_volume_alcohol", "effect_volume_alcohol")
    if by_degree and degree is None:
        _once(options, "alcohol_percent")
    rate = f"{plain(each)}/L" + ("/°" if by_degree else "")
    if litres is None or (by_degree and degree is None):
        return Excise("alcohol_tax", used, rate=rate)
    amount = Fraction(each) * Fraction(litres)
    formula = f"{plain(each)} × {plain(litres)} L"
    if by_degree:
        amount *= Fraction(cast("Decimal", degree))
        formula = f"{plain(each)} × {plain(cast('Decimal', degree))} × {plain(litres)} L"
    return Excise("alcohol_tax", used, amount=amount, formula=formula, rate=rate)


def tobacco_tax(law: TaiwanLaw, goods: TaiwanGoods, digits: str | None, levies: tuple[str, ...]) -> Options:
    """What tobacco tax and health surcharge a line may owe.

    Raises:
        NotInForce: no tax is held for the day.
    """
    if "C" not in levies and (digits is not None or goods.sticks is None):
        return Options()
    kind = next((k for k in _KINDS if digits and law.listed(f"{_TOBACCO}.{k}_headings", digits)), "cigarettes")
    options = Options()
    if digits is None:
        options.assumptions.append(Message(code="assumed_cigarettes"))
    count = _tobacco_count(goods, kind, options)
    options.choices = [Choice(tuple(_tobacco(law, key, kind, count) for key in ("tobacco_tax", "health_surcharge")))]
    return options


def _tobacco_count(goods: TaiwanGoods, kind: str, options: Options) -> tuple[Fraction, str] | None:
    """Thousands of sticks or kilograms, whichever the kind is taxed by, and how it is written."""
    sticks = None if goods.sticks is None else Fraction(goods.sticks, STICKS_OF_A_THOUSAND)
    weight = None if goods.net_weight_kg is None else Fraction(goods.net_weight_kg)
    if kind == "cigarettes" and sticks is None:
        _once(options, "sticks")
    if kind in ("cigars", "cut_tobacco") and weight is None:
        _once(options, "net_weight_kg", "why_weight_tobacco", "effect_weight_tobacco")
    by_sticks = None if sticks is None else (sticks, f"{goods.sticks:,} / {STICKS_OF_A_THOUSAND}")
    by_weight = None if weight is None else (weight, f"{plain(as_decimal(weight))} kg")
    if kind == "cigarettes":
        return by_sticks
    if kind != "other":
        return by_weight
    if by_sticks is None and by_weight is None:
        _once(options, "net_weight_kg", "why_weight_tobacco", "effect_weight_tobacco")
        return None
    if by_weight is None:
        _once(options, "net_weight_kg", "why_weight_tobacco", "effect_weight_tobacco")
        return None
    return max((found for found in (by_sticks, by_weight) if found is not None), key=lambda f: f[0])


def _tobacco(law: TaiwanLaw, key: str, kind: str, count: tuple[Fraction, str] | None) -> Excise:
    name = HEALTH if key == "health_surcharge" else f"{_TOBACCO}.{kind}"
    each = law.number(name)
    tax = "health_surcharge" if key == "health_surcharge" else "tobacco_tax"
    rate = plain(each)
    if count is None:
        return Excise(tax, (name,), rate=rate)  # type: ignore[arg-type]
    formula = f"{plain(each)} × {count[1]}"
    return Excise(tax, (name,), amount=Fraction(each) * count[0], formula=formula, rate=rate)  # type: ignore[arg-type]


def _once(options: Options, fact: str, why: str = "", effect: str = "") -> None:
    if all(m.fact != fact for m in options.missing):
        options.missing.append(missing(fact, why=why, effect=effect))
