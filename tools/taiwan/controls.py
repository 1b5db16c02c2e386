"""Goods that may not come in, and the import regulation codes of a line with the agency behind each.

A hard stop gives no total: no duty makes a barred import lawful. Whether a permit is needed is the agency's decision.
"""

from __future__ import annotations

from collections.abc import Sequence

from tools.law import Localized
from tools.result import Message
from tools.taiwan.goods_input import TaiwanGoods
from tools.taiwan.inputs import Route
from tools.taiwan.law import TaiwanLaw
from tools.tariff.schedule import TariffLine

_TOPIC = "tw.import_controls"


def hard_stops(
    law: TaiwanLaw, goods: TaiwanGoods, digits: Sequence[str], lines: Sequence[TariffLine], route: Route
) -> list[Message]:
    """Why the goods may not come in at all; nothing where some code given would be free to."""
    stops: list[Message] = []
    if (digits and all(law.listed(f"{_TOPIC}.ecigarettes", d) for d in digits)) or _named(law, "ecigarettes", goods):
        stops.append(_stop(law, "stop_ecigarettes", "ecigarettes"))
    if route == "post" and digits and all(law.listed(f"{_TOPIC}.meat", d) for d in digits):
        stops.append(_stop(law, "stop_meat_by_post", "meat"))
    barred = law.held(f"{_TOPIC}.china_barred")
    codes = [line.import_regulations for line in lines]
    if goods.country_of_origin == "CN" and barred is not None and codes and all(barred.value in c for c in codes):
        stops.append(_stop(law, "stop_china", "china_barred"))
    return stops


def _named(law: TaiwanLaw, name: str, goods: TaiwanGoods) -> bool:
    """Whether a description without a code names the goods."""
    if goods.codes or not goods.description or law.held(f"{_TOPIC}.{name}") is None:
        return False
    words = law.store.parameter(f"{_TOPIC}.{name}").aliases.all()
    return any(word.lower() in goods.description.lower() for word in words)


def _stop(law: TaiwanLaw, code: str, name: str) -> Message:
    return Message(code=code, words={"basis": law.citation(f"{_TOPIC}.{name}")})


def regulations(law: TaiwanLaw, lines: Sequence[TariffLine], origin: str | None) -> list[Message]:
    """What the import regulation codes of the one line the goods stand on ask for."""
    if len(lines) != 1 or not lines[0].import_regulations:
        return []
    codes = lines[0].import_regulations
    shown = [_agency(law, code) for code in codes]
    words = {
        "codes": Localized(
            **{"zh-TW": "、".join(s.zh_TW for s in shown), "en": ", ".join(s.en for s in shown)},
        )
    }
    found = [Message(code="import_regulations", words=words)]
    conditional = law.held(f"{_TOPIC}.china_conditional")
    if origin == "CN" and conditional is not None and conditional.value in codes:
        found.append(Message(code="china_conditional"))
    return found


def _agency(law: TaiwanLaw, code: str) -> Localized:
    """A code with its agency, where that is held."""
    name = f"tw.import_regulations.code_{code.lower()}"
    value = law.held(name) if name in law.store.topic("tw.import_regulations") else None
    if value is None:
        return Localized(**{"zh-TW": code, "en": code})
    agency, about = value.details["agency"], value.details["about"]
    return Localized(**{"zh-TW": f"{code}（{agency.zh_TW}：{about.zh_TW}）", "en": f"{code} ({agency.en}: {about.en})"})


def self_use_limits(law: TaiwanLaw, goods: TaiwanGoods, *, alcohol: bool, tobacco: bool) -> list[Message]:
    """A licence is needed where alcohol or tobacco is more than for own use."""
    litres = law.held(f"{_TOPIC}.alcohol_without_licence")
    sticks = law.held(f"{_TOPIC}.cigarettes_without_licence")
    too_much = (alcohol and litres is not None and (goods.volume_litres or 0) > litres.number) or (
        tobacco and sticks is not None and (goods.sticks or 0) > sticks.number
    )
    return [Message(code="alcohol_tobacco_licence")] if too_much else []
