"""`quote` and `replay`. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tools.inputs import read_input, read_json
from tools.replay import again, altered, changes, read_result
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote
from tools.taiwan.exchange import ExchangeRates, exchange_rates, read_gc331
from tools.text import format as write
from ui.cli.batching import each_line

if TYPE_CHECKING:
    from advisor.settings import Settings
    from tools.registry import Clock


def read_object(name: str) -> Any:
    """A JSON object from a file or standard input, numbers read exactly."""
    from ui.cli.common import read_source

    return read_json(read_source(name, "input"), "input")


def quote_tw(settings: Settings, raw: Any, gc331: Sequence[str] = ()) -> Result:
    """One Taiwan quote from raw input.

    Args:
        gc331: official files of customs exchange rates to read besides the periods held.
    """
    return quote(read_input(TaiwanQuoteInput, raw), as_of=settings.today("tw"), rates=exchange_rates_with(gc331))


def exchange_rates_with(files: Sequence[str]) -> ExchangeRates | None:
    """The customs exchange rates held and those of official files; None for those held alone."""
    from ui.cli.common import read_source

    if not files:
        return None
    return exchange_rates().with_periods(read_gc331(read_source(name, "gc331")) for name in files)


def quote_us(settings: Settings, raw: Any) -> Result:
    """One United States quote from raw input."""
    from tools.united_states import UsQuoteInput
    from tools.united_states import quote as us_quote

    return us_quote(read_input(UsQuoteInput, raw), as_of=settings.today("us"))


def compare_us(settings: Settings, raw: Any, dates: Sequence[str], origins: Sequence[str], *, as_json: bool) -> None:
    """One shipment over entry dates and origins on standard output: a table, or JSON with series for a chart."""
    from tools.united_states.compare import CompareInput, compare

    given = {"shipment": raw, "dates": list(dates), "origins": list(origins)}
    if origins and isinstance(raw, Mapping):  # the line needs no origin of its own
        given["shipment"] = {
            **raw,
            "lines": [{"country_of_origin": origins[0], **line} for line in raw.get("lines", ())],
        }
    found = compare(read_input(CompareInput, given), as_of=settings.today("us"))
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    print("報關日 entry date  原產地 origin  關稅 duty  合計 total  各項 by key")
    for cell in found.cells:
        total = write.plain(cell.total) if cell.total is not None else f"{_bound(cell.low)} – {_bound(cell.high)}"
        duty = _bound(cell.duty)
        keys = ", ".join(f"{key} {write.plain(amount)}" for key, amount in cell.by_key.items())
        print(f"{cell.entry_date}  {cell.origin}  {duty}  {total}  {keys}{_open_words(cell.open_facts)}")


def _bound(amount: Decimal | None) -> str:
    return write.plain(amount) if amount is not None else "…"


def _open_words(facts: Sequence[str]) -> str:
    return f"  未定 open: {', '.join(facts)}" if facts else ""


def hts_codes(given: Sequence[str]) -> dict[str, Any]:
    """One HTS number as the code, several as candidates."""
    if len(given) > 1:
        return {"candidate_codes": list(given)}
    return {"hts_code": given[0] if given else None}


def batch(settings: Settings, jurisdiction: Clock, name: str) -> None:
    """One quote a line."""
    compute = quote_us if jurisdiction == "us" else quote_tw
    each_line(name, lambda raw: compute(settings, raw).model_dump_json())


def show(result: Result, *, as_json: bool) -> None:
    """A result on standard output."""
    if as_json:
        print(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    print("\n".join(as_text(result)))


def as_text(result: Result) -> list[str]:
    """A result for a terminal, in Chinese and English side by side."""
    totals, out = result.totals, []
    if totals.customs_value is not None:
        value = result.regime.get("customs_value", {}).get("formula", write.plain(totals.customs_value))
        out.append(f"完稅價格 customs value: {value}")
    if totals.entered_value is not None:
        out.append(f"申報價格 entered value: {write.plain(totals.entered_value)}")
    for line in result.lines:
        mark = "" if line.applies != "if" else "（視情況 if） "
        heading = f" {line.heading}" if line.heading else ""
        out.append(f"{mark}{line.label.zh_TW} {line.label.en}{heading}: {line.formula}  [{line.legal_basis}]")
    if totals.total is not None:
        out.append(f"稅費合計 total: {write.plain(totals.total)}")
    if totals.total is not None and totals.landed_cost is not None:
        out.append(f"落地成本 landed cost: {write.plain(totals.landed_cost)}")
    elif result.range and result.range.low is not None:
        high = write.plain(result.range.high) if result.range.high is not None else "…"
        out.append(f"未定 open ({result.range.decided_by}): {write.plain(result.range.low)} – {high}")
    for alternative in result.alternatives:
        amount = alternative.totals.total
        shown = write.plain(amount) if amount is not None else "?"
        out.append(f"- {alternative.label.render('zh-TW')} / {alternative.label.render('en')}: {shown}")
    for missing in result.missing:
        out.append(f"? {missing.fact}: {missing.why.render('zh-TW')} / {missing.why.render('en')}")
    for message in (*result.warnings, *result.assumptions):
        out.append(f"! {message.render('zh-TW')} / {message.render('en')}")
    return [*out, f"receipt {result.receipt}"]


def replay(name: str) -> int:
    """Recompute a recorded result; 0 when identical, 1 when it differs.

    Raises:
        InputError: the file holds no result.
    """
    recorded = read_result(read_object(name))
    if altered(recorded):
        print("receipt: the file was altered after it was made", file=sys.stderr)
        return 1
    computed = again(recorded)
    if computed.receipt == recorded.receipt:
        print(f"identical {computed.receipt}")
        return 0
    for change in changes(recorded, computed):
        print(change)
    return 1
