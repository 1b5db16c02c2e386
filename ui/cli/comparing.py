"""`quote tw --compare-…` and `ezway check`: the same goods several ways, and a notice set against an order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tools.inputs import read_input
from tools.taiwan.compare import TaiwanCompareInput, TaiwanComparison, Variant, compare
from tools.taiwan.ezway import EzWayCheck, EzWayInput, check_notice
from tools.text import format as write

if TYPE_CHECKING:
    from advisor.settings import Settings


def compare_tw(
    settings: Settings, raw: Any, routes: Sequence[str], origins: Sequence[str], dates: Sequence[str]
) -> TaiwanComparison:
    """Every combination of routes, origins and dates of one consignment.

    A consignment whose route is varied needs none of its own.
    """
    base = dict(raw) if isinstance(raw, Mapping) else raw
    if isinstance(base, dict) and routes:
        base.setdefault("route", routes[0])
    given = {"base": base, "routes": list(routes), "origins": list(origins), "dates": list(dates)}
    return compare(read_input(TaiwanCompareInput, given), settings.today("tw"))


def show_comparison(found: TaiwanComparison, *, as_json: bool) -> None:
    """A comparison on standard output, one line a combination."""
    if as_json:
        print(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    for variant in found.variants:
        print("\t".join(_row(variant)))
    if found.lowest is not None and found.highest is not None:
        print(f"最低 lowest: {write.plain(found.lowest)}\t最高 highest: {write.plain(found.highest)}")


def _row(variant: Variant) -> list[str]:
    named = [variant.as_of.isoformat(), variant.route, variant.country_of_origin or "-"]
    if variant.error is not None:
        return [*named, f"! {variant.error}"]
    totals = variant.totals
    if totals is not None and totals.total is not None and totals.landed_cost is not None:
        return [*named, f"稅費 total {write.plain(totals.total)}", f"落地 landed {write.plain(totals.landed_cost)}"]
    low = variant.range.low if variant.range else None
    high = variant.range.high if variant.range else None
    span = f"{write.plain(low) if low is not None else '?'} – {write.plain(high) if high is not None else '…'}"
    return [*named, f"未定 open {span}", ", ".join(variant.missing)]


def check_ezway(settings: Settings, raw: Any) -> EzWayCheck:
    """A notice against the order."""
    return check_notice(read_input(EzWayInput, raw), as_of=settings.today("tw"))


def show_ezway(found: EzWayCheck, *, as_json: bool) -> None:
    """A verdict on standard output, in both languages."""
    if as_json:
        print(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    print(found.verdict)
    for difference in found.differences:
        print(f"- {difference.message.render('zh-TW')} / {difference.message.render('en')}")
    if found.not_compared:
        print(f"? {', '.join(found.not_compared)}")
    for name, result in (("實付 on what was paid", found.tax), ("照申報 as declared", found.tax_as_declared)):
        if result is not None and result.totals.total is not None:
            print(f"稅費 tax {name}: {write.plain(result.totals.total)}")
        elif result is not None:
            span = result.range
            low = write.plain(span.low) if span and span.low is not None else "?"
            print(f"稅費 tax {name}: {low} – ({', '.join(m.fact for m in result.missing)})")
    for message in (*found.confirming, *found.refusing):
        print(f"! {message.render('zh-TW')} / {message.render('en')}")
    print(f"給賣家 to the seller:\n{found.words_to_seller.render('zh-TW')}\n{found.words_to_seller.render('en')}")
