"""Two quotes side by side, or a claim held against one, as a tool."""

from __future__ import annotations

from datetime import date

from tools.difference import Difference, DifferenceInput, claim_checked, what_changed
from tools.registry import Tool
from tools.result import Result
from tools.taiwan.quote import quote as taiwan_quote
from tools.united_states.quote import quote as us_quote

_SHOES = {"route": "express", "freight": "0", "insurance": "0", "goods": [{"price": "3000", "rate": "0.05"}]}
_DEARER = _SHOES | {"goods": [{"price": "3800", "rate": "0.05"}]}
_SHIRTS = {"mode": "air", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "TW", "value": "12500"}]}


def check(given: DifferenceInput, as_of: date) -> Difference:
    """Quote what is given, and say what differs or whether the claim is so."""
    if given.destination == "tw":
        pair = [taiwan_quote(one, as_of=as_of) for one in (given.tw, given.tw_before) if one is not None]
    else:
        pair = [us_quote(one, as_of=as_of) for one in (given.us, given.us_before) if one is not None]
    results: tuple[Result, ...] = tuple(pair)
    claims = claim_checked(given, results[0])
    said = claims or (what_changed(*results) if len(results) > 1 else ())
    return Difference(said=said, results=results)


TOOL = Tool(
    name="quote_difference",
    use_when=(
        "Says by how much one quote differs from the one before it, line by line and why; or whether an amount, a share of "
        "the value or a rule on the excess that somebody holds of a quote is right."
    ),
    not_for="a carrier's bill with lines of its own; a first quote.",
    next_step="say the verdict first, then the lines that differ.",
    input_model=DifferenceInput,
    run=check,
    clock="tw",
    triggers={
        "zh-TW": ("比剛剛多多少", "跟剛才差在哪", "算出來差在哪一項"),
        "en": ("how much more than before", "what makes the difference between the two quotes"),
    },
    examples=(
        {"destination": "tw", "tw": _DEARER, "tw_before": _SHOES},
        {"destination": "tw", "tw": _SHOES, "claimed_amount": "300"},
        {"destination": "tw", "tw": _SHOES, "claimed_percent": "10"},
        {"destination": "tw", "tw": _SHOES, "only_excess": True},
        {"destination": "us", "us": _SHIRTS | {"mode": "ocean"}, "us_before": _SHIRTS},
    ),
)  # fmt: skip
