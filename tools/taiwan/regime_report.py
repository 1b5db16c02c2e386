"""The regime of a quote: how the value came about, which exemption and class apply, what declaration follows.

Nothing here predicts an inspection: the channels are named, not forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.law import Localized
from tools.law.models import Lang
from tools.result import Figure, Message
from tools.taiwan.cases import Consignment, Settled
from tools.taiwan.dollars import PERSON, POST, TRAVELLER, Dollars, declaration_of_post, told
from tools.taiwan.exchange import CustomsRate
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.regimes import CEILING, COUNT, LIMIT, express_class, formal_reasons
from tools.taiwan.samples import LIMIT as SAMPLES
from tools.taiwan.words import value_formula

_VALUE = ("tw.customs_value.basis", "tw.customs_value.rounding")
_CLASS_FIGURES = {"limit": LIMIT, "ceiling": CEILING}
_LANGS: tuple[Lang, ...] = ("zh-TW", "en")
_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"  # where the value goes in a text
_EZ_WAY = "tw.express.ez_way_confirmation"


def regime_of(
    of: Consignment, settled: Sequence[Settled], rate: CustomsRate | None, dollars: Dollars | None = None
) -> dict[str, object]:
    """What is the same in every case: the route, the value, the exemption, and of a single case its class."""
    found: dict[str, object] = {"route": of.given.route}
    if settled and len({s.customs_value for s in settled}) == 1 and not of.charges_open:
        found["customs_value"] = _value(of, settled[0], rate)
    exemptions = {(s.exempt.exempt, s.exempt.reason) for s in settled if s.exempt}
    if len(exemptions) == 1:
        exempt, reason = next(iter(exemptions))
        read = (SAMPLES,) if reason == "samples" else (LIMIT, COUNT)
        found["low_value"] = {"exempt": exempt, "reason": reason, "parameters": _shown(of.law, *read)}
    if len(settled) != 1:
        return found
    one = settled[0]
    if of.given.route == "express":
        exempt_here = one.exempt is not None and one.exempt.exempt
        relieved = of.samples != "none"
        name, why = express_class(of.law, one.customs_value, taxed=not exempt_here, relieved=relieved)
        found |= {"class": name, "class_reason": _class_reason(of.law, why, one.customs_value)}
    else:
        name, why = "G1" if of.given.route == "cargo" else None, f"class_{of.given.route}"
        told = of.law.once(why, lambda: of.law.message(why).model_dump(mode="json"))
        found |= {"class": name, "class_reason": told}
    if of.given.route in ("express", "cargo"):
        found |= _declaration(of, one, name)
    if of.given.route == "post" and dollars is not None:
        found |= declaration_of_post(dollars, excluded=one.case.excluded)
    return found


def _value(of: Consignment, settled: Settled, rate: CustomsRate | None) -> dict[str, object]:
    """How the customs value came about, for the reader."""
    law = of.law
    found: dict[str, object] = {
        "formula": value_formula(of, settled),
        "amount": format(settled.customs_value, "f"),
        "legal_basis": law.basis(_VALUE[0]),
        "citation": law.once("value_citation", law.citation(_VALUE[0]).as_dict),
        "parameters": _shown(law, *_VALUE),
    }
    if len(of.goods) > 1 and settled.exempt is not None:
        found["lines"] = [format(v, "f") for v in of.values(settled.case.charges)]
    if rate is not None:
        found["exchange_rate"] = {
            "currency": rate.currency,
            "rate": format(rate.sell, "f"),
            "start": rate.start.isoformat(),
            "end": rate.end.isoformat(),
            "citation": rate.citation.as_dict(),
            "certainty": rate.certainty,
        }
    return found


def _shown(law: TaiwanLaw, *names: str) -> list[dict[str, object]]:
    """Parameters as a regime records them, dumped once for a day."""
    return law.dumped(*names)


def _class_reason(law: TaiwanLaw, code: str, value: Decimal) -> dict[str, object]:
    """The message of a class as its own dump would be; all but the value is written once for a day."""
    figures, texts = law.once(code, lambda: _class_words(law, code))
    shown = Figure.built(value=value, unit="TWD", of="customs_value")
    return {
        "code": code,
        "figures": {"value": {"value": format(value, "f"), "unit": "TWD", "of": "customs_value"}, **figures},
        "words": {},
        "text": {lang: text.replace(_HERE, shown.text(lang)) for lang, text in texts.items()},
    }


def _class_words(law: TaiwanLaw, code: str) -> tuple[dict[str, dict[str, str]], dict[Lang, str]]:
    """Figures of the law in the message of a class, and its text with the place of the value left open."""
    figures = {name: Figure(value=law.number(of), unit="TWD", of=of) for name, of in _CLASS_FIGURES.items()}
    here = {"value": Localized.model_validate(_HERE)}
    message = Message(code=code, figures=figures, words=here)
    dumped = {name: figure.model_dump(mode="json") for name, figure in figures.items()}
    return dumped, {lang: message.render(lang) for lang in _LANGS}


def _declaration(of: Consignment, settled: Settled, name: str | None) -> dict[str, object]:
    """Simplified or formal, with why."""
    over = name in ("X4", "G1")
    luxury = any(line.key == "luxury_tax" for line in settled.lines)
    why = () if over else formal_reasons(of.law, of.goods, luxury=luxury, excluded=settled.case.excluded)
    exempt = settled.exempt is not None and settled.exempt.exempt
    if exempt and settled.exempt is not None and settled.exempt.reason != "samples":
        why = ()
    if not over and _relief_is_formal(of, settled.customs_value):
        why = (*why, "duty_relief")
    formal = over or bool(why)
    return {
        "declaration": "formal" if formal else "simplified",
        "formal_because": ["value"] if over else list(why) if formal else [],
        "channels": ["C1", "C2", "C3"] if formal else ["C1", "C3"],
    }


def _relief_is_formal(of: Consignment, customs_value: Decimal) -> bool:
    """Whether samples free of duty need a formal declaration by express: not those of a firm up to a limit."""
    if of.samples == "none" or customs_value <= of.law.number(LIMIT):
        return False
    limit = of.law.held("tw.express.sample_simplified_limit")
    return limit is None or of.given.importer != "company" or customs_value > limit.number


def route_warnings(of: Consignment, settled: Settled, dollars: Dollars) -> list[Message]:
    """What the route asks for besides money."""
    law, given = of.law, of.given
    found: list[Message] = []
    if given.route == "cargo" and given.transport != "air":
        found.append(Message(code="harbour_fee_not_computed"))
    if given.route == "express" and (law.held(_EZ_WAY) is not None) and given.importer == "person":
        found.append(law.message("ez_way_needed"))
    if given.route == "traveller":
        found += _traveller(of, settled, dollars)
    if given.route == "post":
        found += told(dollars, dollars.fob_over(POST), POST, "post_over_dollar_limit")
    if given.route != "traveller" and given.importer == "person":
        found += told(dollars, dollars.fob_over(PERSON), PERSON, "person_needs_permit")
    if given.freight and given.incoterm is not None and not _adds_freight(of):
        words = {"term": Localized.model_validate(given.incoterm)}
        found.append(Message(code="freight_beside_incoterm", words=words))
    return found


def _adds_freight(of: Consignment) -> bool:
    from tools.taiwan.inputs import FREIGHT_INCLUDED

    return of.given.incoterm not in FREIGHT_INCLUDED


def _traveller(of: Consignment, settled: Settled, dollars: Dollars) -> list[Message]:
    found: list[Message] = []
    if of.given.traveller is not None and of.given.traveller.first_entry_in_30_days is False:
        found.append(Message(code="traveller_frequent"))
    if any(g.alcohol or g.tobacco for g in of.goods):
        found.append(Message(code="traveller_declare_alcohol_tobacco"))
    over = dollars.over(TRAVELLER, int(settled.customs_value))
    if over is not False:
        found += told(dollars, True, TRAVELLER, "single_item_outside_cap")
    return found
