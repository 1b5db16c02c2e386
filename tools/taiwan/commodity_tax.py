"""Commodity tax on imported goods: the class of the goods and what it comes to.

The class is stated, or read from the tariff number where the schedule's levy code says the whole number owes the tax; a
number that owes it only in part leaves it open. Leaves out rebates that a buyer claims after registration or purchase.
Sources: 貨物稅條例第 6 至 12 條、第 12 條之 3 (Commodity Tax Act arts. 6 to 12, 12-3), as the parameters carry them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from tools.errors import InputError
from tools.exact import as_decimal
from tools.law import Localized
from tools.result import Message
from tools.taiwan.choices import Choice, Excise, Options, figure, missing
from tools.taiwan.goods_input import COMMODITY_CLASSES, TaiwanGoods
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.units import KILOGRAMS_OF_A_TONNE, LITRES_OF_A_KILOLITRE
from tools.text.format import percent, plain

_TOPIC = "tw.commodity_tax"
_CUTS = "tw.provisional_rates"
_OTHER_VEHICLES = ("bus", "lorry", "motorcycle")


def commodity_tax(law: TaiwanLaw, goods: TaiwanGoods, digits: str | None, levies: tuple[str, ...]) -> Options:
    """What commodity tax a line may owe.

    Args:
        digits: the tariff number, None where it is not known.
        levies: the schedule's levy codes of that number.

    Raises:
        InputError: seats or a class that contradict each other.
        NotInForce: no rate of the class is held for the day.
    """
    whole, partly = "T" in levies, "T*" in levies
    if goods.commodity_tax is not None:
        options = _of_class(law, goods, goods.commodity_tax)
        if digits is not None and not (whole or partly):
            words = {"name": Localized.model_validate(goods.commodity_tax)}
            options.warnings.append(Message(code="commodity_tax_not_in_schedule", words=words))
        return options
    if not (whole or partly):
        return Options()
    name = class_of_number(law, digits or "")
    if name is None:
        unknown = Choice((Excise("commodity_tax", ()),), Message(code="case_commodity_taxed"))
        free = [Choice((), Message(code="case_commodity_free"))] if partly else []
        return Options([*free, unknown], [missing("commodity_tax")])
    options = _of_class(law, goods, name)
    words = {"name": Localized.model_validate(name)}
    if all(_nothing(c) for c in options.choices):
        return options
    if whole:
        options.assumptions.append(Message(code="commodity_class_by_number", words=words))
        return options
    taxed = [Choice(c.excises, c.name or Message(code="case_commodity_class", words=words)) for c in options.choices]
    options.choices = [Choice((), Message(code="case_commodity_free")), *taxed]
    options.missing.insert(0, missing("commodity_tax"))
    return options


def class_of_number(law: TaiwanLaw, digits: str) -> str | None:
    """The class the law file reads from a tariff number: the longest entry that fits."""
    value = law.held(f"{_TOPIC}.numbers")
    entries = value.value if value is not None and isinstance(value.value, tuple) else ()
    fitting = [entry.partition(":") for entry in entries if digits.startswith(entry.partition(":")[0])]
    return max(fitting, key=lambda e: len(e[0]))[2] if fitting else None


def _nothing(choice: Choice) -> bool:
    return all(e.ratio == 0 or e.amount == 0 for e in choice.excises)


def _of_class(law: TaiwanLaw, goods: TaiwanGoods, stated: str) -> Options:
    name, _, kind = stated.partition(":")
    special: dict[str, Callable[[], Options]] = {
        "car": lambda: _car(law, goods),
        "beverage": lambda: _beverage(law, goods, kind),
        "cement": lambda: _by_quantity(law, goods, "cement", kind),
        "oil": lambda: _by_quantity(law, goods, "oil", kind),
    }
    if name in special:
        return special[name]()
    if name in _OTHER_VEHICLES and goods.powertrain in ("electric", "hybrid"):
        return _vehicle(law, goods, name)
    return Options([Choice((_ratio(law, f"{name}_{kind}" if kind else name),))])


def _ratio(law: TaiwanLaw, name: str, *more: str, share: Fraction = Fraction(1), off: Fraction = Fraction(0)) -> Excise:
    """A tax by value."""
    parameter = f"{_TOPIC}.{name}"
    value = law.value(parameter)
    ratio = Fraction(value.number) * share
    ended = ratio == 0 and any(v.value != 0 for v in law.store.parameter(parameter).values)
    used = (parameter, *(f"{_TOPIC}.{m}" for m in more), f"{_TOPIC}.base")
    return Excise("commodity_tax", used, ratio=ratio, off=off, rate=percent(as_decimal(ratio)), ended=ended)


def _car(law: TaiwanLaw, goods: TaiwanGoods) -> Options:
    most_seats = law.number(f"{_TOPIC}.car_seats")
    if goods.seats is not None and goods.seats > most_seats:
        raise InputError(
            "seats", f"{goods.seats} seats are no passenger car", f"at most {most_seats}, or commodity_tax bus"
        )
    options = Options()
    if goods.powertrain == "electric" or (goods.powertrain is None and goods.motor_kw is not None):
        return _electric_car(law, goods, options)
    sizes, hybrid = _sizes(law, goods, options), _hybrid(law, goods, options)
    options.choices = [
        Choice((_ratio(law, size, *used, share=share),), _joined(name, more))
        for size, name in sizes
        for share, used, more in hybrid
    ]
    if goods.powertrain is None:
        options.assumptions.append(Message(code="assumed_combustion_car"))
    return options


def _sizes(law: TaiwanLaw, goods: TaiwanGoods, options: Options) -> list[tuple[str, Message | None]]:
    limit = law.number(f"{_TOPIC}.car_engine_limit")
    if goods.engine_cc is not None:
        return [("car_small" if goods.engine_cc <= limit else "car_large", None)]
    figures = {"limit": figure(limit, "count", f"{_TOPIC}.car_engine_limit")}
    options.missing.append(missing("engine_cc", figures=figures))
    return [
        ("car_small", Message(code="case_engine_small", figures=figures)),
        ("car_large", Message(code="case_engine_large", figures=figures)),
    ]


def _hybrid(
    law: TaiwanLaw, goods: TaiwanGoods, options: Options
) -> list[tuple[Fraction, tuple[str, ...], Message | None]]:
    """Shares of the rate: half for a hybrid that meets the standard."""
    whole: tuple[Fraction, tuple[str, ...], Message | None] = (Fraction(1), (), None)
    if goods.powertrain != "hybrid" or goods.meets_hybrid_standard is False:
        return [whole]
    half = Fraction(law.number(f"{_TOPIC}.hybrid_share"))
    if goods.meets_hybrid_standard:
        return [(half, ("hybrid_share",), None)]
    options.missing.append(missing("meets_hybrid_standard"))
    return [
        (half, ("hybrid_share",), Message(code="case_hybrid_standard")),
        (*whole[:2], Message(code="case_hybrid_no_standard")),
    ]


def _electric_car(law: TaiwanLaw, goods: TaiwanGoods, options: Options) -> Options:
    """Half the rate of the size the motor stands for, and free up to a value while the exemption lasts."""
    share, used = Fraction(law.number(f"{_TOPIC}.electric_share")), ["electric_share", "electric_horsepower"]
    off = Fraction(0)
    exempt = law.held(f"{_TOPIC}.electric_exempt_value")
    if exempt is not None:
        off = Fraction(exempt.number)
        used.append("electric_exempt_value")
        options.warnings.append(Message(code="electric_needs_registration"))

    def choice(size: str, name: Message | None) -> Choice:
        return Choice((_ratio(law, size, *used, share=share, off=off),), name)

    if goods.motor_kw is not None:
        options.choices = [choice("car_small" if _weak(law, goods.motor_kw) else "car_large", None)]
        return options
    figures = {"limit": figure(law.number(f"{_TOPIC}.electric_horsepower"), "count", f"{_TOPIC}.electric_horsepower")}
    options.missing.append(missing("motor_kw", figures=figures))
    options.choices = [
        choice("car_small", Message(code="case_motor_weak", figures=figures)),
        choice("car_large", Message(code="case_motor_strong", figures=figures)),
    ]
    return options


def _weak(law: TaiwanLaw, kilowatts: Decimal) -> bool:
    """Whether a motor stands for a small engine, by either kind of horsepower."""
    pairs = (
        ("electric_horsepower", "kilowatts_per_horsepower"),
        ("electric_metric_horsepower", "kilowatts_per_metric_horsepower"),
    )
    return any(
        Fraction(kilowatts) <= Fraction(law.number(f"{_TOPIC}.{most}")) * Fraction(law.number(f"{_TOPIC}.{each}"))
        for most, each in pairs
    )


def _vehicle(law: TaiwanLaw, goods: TaiwanGoods, name: str) -> Options:
    """Other vehicles with an electric motor: free while the exemption lasts, hybrids at half."""
    options = Options()
    if goods.powertrain == "electric":
        free = law.held(f"{_TOPIC}.electric_exempt_value") is not None
        share = Fraction(0) if free else Fraction(law.number(f"{_TOPIC}.electric_share"))
        used = "electric_exempt_value" if free else "electric_share"
        if free:
            options.warnings.append(Message(code="electric_needs_registration"))
        options.choices = [Choice((_ratio(law, name, used, share=share),))]
        return options
    options.choices = [
        Choice((_ratio(law, name, *used, share=share),), more) for share, used, more in _hybrid(law, goods, options)
    ]
    return options


def _beverage(law: TaiwanLaw, goods: TaiwanGoods, kind: str) -> Options:
    by_juice = {"pure": "pure_juice", "diluted": "diluted_juice", "none": "other"}
    kind = kind or by_juice.get(goods.juice or "", "")
    options = Options()
    exempt_name = "beverage_no_added_sugar_exempt"
    sugar_matters = law.value(f"{_TOPIC}.{exempt_name}").value is True
    free = Excise("commodity_tax", (f"{_TOPIC}.{exempt_name}",), ratio=Fraction(0), rate="0%", ended=True)
    if sugar_matters and goods.sugar == "none":
        options.choices = [Choice((free,))]
        options.warnings.append(Message(code="no_added_sugar_needs_proof"))
        return options
    kinds = [kind] if kind else list(COMMODITY_CLASSES["beverage"])
    if not kind:
        options.missing.append(missing("juice"))
    options.choices = [
        Choice((_ratio(law, f"beverage_{k}"),), None if kind else Message(code=f"case_beverage_{k}")) for k in kinds
    ]
    if sugar_matters and goods.sugar is None and not all(_nothing(c) for c in options.choices):
        options.missing.append(missing("sugar"))
        added = Message(code="case_sugar_added")
        options.choices = [
            Choice((free,), Message(code="case_sugar_none")),
            *(Choice(c.excises, _joined(c.name, added)) for c in options.choices),
        ]
    return options


def _by_quantity(law: TaiwanLaw, goods: TaiwanGoods, name: str, kind: str) -> Options:
    """Cement and oils: so much a metric ton or kilolitre, less what a temporary cut takes off."""
    options = Options()
    kinds = [kind] if kind else list(COMMODITY_CLASSES[name])
    if not kind:
        options.missing.append(missing("commodity_tax", why="why_commodity_class", effect="effect_commodity_class"))
    options.choices = [
        Choice((_specific(law, goods, name, k, options),), None if kind else _class_name(f"{name}:{k}")) for k in kinds
    ]
    return options


def _class_name(name: str) -> Message:
    return Message(code="case_commodity_class", words={"name": Localized.model_validate(name)})


def _specific(law: TaiwanLaw, goods: TaiwanGoods, name: str, kind: str, options: Options) -> Excise:
    parameter = f"{_TOPIC}.{name}_{kind}"
    by_weight = name == "cement" or kind == "lpg"
    each = Fraction(law.number(parameter)) / (KILOGRAMS_OF_A_TONNE if by_weight else LITRES_OF_A_KILOLITRE)
    used = [parameter]
    cut_name = f"{_CUTS}.{f'{name}_{kind}' if name == 'cement' else kind}"
    if cut_name in law.store.topic(_CUTS) and (cut := law.held(cut_name)) is not None:
        each = each * Fraction(cut.number) if by_weight else max(Fraction(0), each - Fraction(cut.number))
        used.append(cut_name)
    fact = "net_weight_kg" if by_weight else "volume_litres"
    quantity = goods.net_weight_kg if by_weight else goods.volume_litres
    unit = "kg" if by_weight else "L"
    shown = f"{plain(as_decimal(each))}/{unit}"
    if quantity is None:
        if all(m.fact != fact for m in options.missing):
            options.missing.append(missing(fact))
        return Excise("commodity_tax", tuple(used), rate=shown)
    formula = f"{plain(quantity)} {unit} × {plain(as_decimal(each))}"
    return Excise("commodity_tax", tuple(used), amount=Fraction(quantity) * each, formula=formula, rate=shown)


def _joined(one: Message | None, other: Message | None) -> Message | None:
    """Two names as one."""
    if one is None or other is None:
        return one or other
    words = {
        "one": Localized(**{"zh-TW": one.render("zh-TW"), "en": one.render("en")}),
        "other": Localized(**{"zh-TW": other.render("zh-TW"), "en": other.render("en")}),
    }
    return Message(code="case_both", figures=one.figures | other.figures, words=words)
