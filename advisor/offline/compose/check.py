"""A verdict on what somebody holds of a calculation, and the difference between two of them, in the tool's own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.compare import compose_comparison
from advisor.offline.compose.explain import compose_explanation
from advisor.offline.compose.quote import compose_quote
from advisor.offline.compose.tables import messages
from advisor.offline.frame import Frame
from advisor.offline.sums_told import converted
from tools.difference import Difference
from tools.law.models import Lang
from tools.result import Result
from tools.text import format as write


def compose_check(found: Difference, results: Sequence[Result], frame: Frame, lang: Lang) -> Draft:
    """The verdict first, then why: the working of what was claimed, or what differs line by line."""
    said = [m.render(lang) for m in found.said]
    if frame.check is not None and not (frame.check.difference or frame.check.fresh):
        explained = compose_explanation(results[0], frame, lang)
        return Draft("\n".join([*said, "", explained.text]), explained.follow_up, explained.warnings)
    if frame.compare is not None and len(results) > 1:
        draft = compose_comparison(results, frame, lang)
        if all(r.totals.total is None for r in results):  # both open: the difference, before the cases
            draft.text = "\n".join([said[0], *(f"- {text}" for text in said[1:]), "", draft.text])
            return draft
        draft.text = "\n".join([draft.text, "", said[0], *(f"- {text}" for text in said[1:])])
        return draft
    if frame.check is not None and frame.check.fresh:
        draft = compose_quote(results[0], frame, lang)
        draft.text = "\n".join([*said[:1], *(f"- {text}" for text in said[1:]), "", draft.text]).lstrip()
        return draft
    notes = messages(results[0].warnings, lang)
    law = say("explain_law", lang, on=write.day(results[0].as_of, lang))
    body = [said[0], *(f"- {text}" for text in said[1:]), "", law]
    return Draft("\n".join([*body, *notes]), warnings=[m.render(lang) for m in results[0].warnings])


def with_charges_told(draft: Draft, frame: Frame, result: Result, lang: Lang) -> Draft:
    """Beside a calculation with a charge left out: that it belongs into the value, where it does."""
    if (frame.left_out or over_by_charges(frame, result)) and result.jurisdiction == "tw":
        draft.text += "\n- " + say("explain_charges", lang)
    if (
        converted(frame.text, frame.quantities)
        and result.input.get("currency", "TWD") == "TWD"
        and result.jurisdiction == "tw"
    ):
        draft.text += "\n- " + say("converted_by_you", lang)
    return draft


def over_by_charges(frame: Frame, result: Result) -> bool:
    """Whether the goods alone are within the low-value limit, and only their freight or insurance passes it."""
    low_value = result.regime.get("low_value", {})
    limit = next((p["value"] for p in low_value.get("parameters", ()) if p["id"] == "tw.low_value.limit"), None)
    amounts, rate = frame.amounts, frame.amounts.exchange_rate
    told = amounts.price is not None and not frame.items and (amounts.freight or amounts.insurance)
    if low_value.get("reason") != "over_limit" or limit is None or not told or amounts.price is None:
        return False
    if amounts.currency not in (None, "TWD") and rate is None:
        return False
    count = amounts.count if amounts.each and amounts.count is not None else Decimal(1)
    return amounts.price * count * (rate or Decimal(1)) <= Decimal(limit)
