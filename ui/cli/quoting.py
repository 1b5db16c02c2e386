"""`quote` and `replay`. Nothing here loads the agent, the library or a web framework."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tools.errors import CustomsError, DataError, InputError
from tools.inputs import read_input, read_json
from tools.result import Result, differences, without_texts
from tools.taiwan import TaiwanQuoteInput, quote
from tools.text import format as write

if TYPE_CHECKING:
    from advisor.settings import Settings
    from tools.registry import Clock


def read_object(name: str) -> Any:
    """A JSON object from a file or standard input, numbers read exactly."""
    from ui.cli.common import read_source

    return read_json(read_source(name, "input"), "input")


def quote_tw(settings: Settings, raw: Any) -> Result:
    """One Taiwan quote from raw input."""
    given = read_input(TaiwanQuoteInput, raw)
    result = quote(given, as_of=settings.today("tw"))
    return result.model_copy(update={"id": given.id}) if given.id else result


def quote_us(settings: Settings, raw: Any) -> Result:
    """One United States quote from raw input."""
    from tools.united_states import UsQuoteInput
    from tools.united_states import quote as us_quote

    return us_quote(read_input(UsQuoteInput, raw), as_of=settings.today("us"))


def quantities(given: Sequence[str]) -> dict[str, str]:
    """Quantities written unit=amount.

    Raises:
        InputError: a text without the equals sign.
    """
    pairs = [text.partition("=") for text in given]
    for unit, sign, amount in pairs:
        if not (unit and sign and amount):
            raise InputError("quantity", f"{unit + sign + amount!r} is not unit=amount", "text such as gross=500")
    return {unit: amount for unit, _, amount in pairs}


def batch(settings: Settings, jurisdiction: Clock, name: str) -> None:
    """One result a line, in order; a bad line gives an error line and the run goes on."""
    from ui.cli.common import read_source

    compute = quote_us if jurisdiction == "us" else quote_tw
    for number, row in enumerate(read_source(name, "batch").splitlines(), start=1):
        if not row.strip():
            continue
        identity: Any = None
        try:
            raw = read_json(row, f"line {number}")
            identity = raw.get("id") if isinstance(raw, Mapping) else None
            print(compute(settings, raw).model_dump_json())
        except DataError:
            raise
        except CustomsError as error:
            print(json.dumps({"id": identity, "error": f"line {number}: {error}"}, ensure_ascii=False))


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
        out.append(f"完稅價格 customs value: {result.regime['customs_value']['formula']}")
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


def _again(recorded: Result) -> Result:
    """The recorded input computed once more, on the recorded day."""
    if recorded.jurisdiction == "us":
        from tools.united_states import UsQuoteInput
        from tools.united_states import quote as us_quote

        return us_quote(read_input(UsQuoteInput, recorded.input), as_of=recorded.as_of)
    return quote(read_input(TaiwanQuoteInput, recorded.input), as_of=recorded.as_of)


def replay(name: str) -> int:
    """Recompute a recorded result; 0 when identical, 1 when it differs.

    Raises:
        InputError: the file holds no result.
    """
    raw = read_object(name)
    if isinstance(raw, Mapping) and "tool_calls" in raw:
        found = [c.get("result", {}) for c in raw["tool_calls"] if "receipt" in c.get("result", {})]
        raw = found[0] if found else raw
    try:
        recorded = Result.model_validate(without_texts(json.loads(json.dumps(raw, default=str))))
    except ValueError as error:
        raise InputError("receipt", "is not a recorded result", "the JSON that quote --json printed") from error
    if recorded.sealed().receipt != recorded.receipt:
        print("receipt: the file was altered after it was made", file=sys.stderr)
        return 1
    again = _again(recorded)
    if again.receipt == recorded.receipt:
        print(f"identical {again.receipt}")
        return 0
    for difference in differences(recorded.receipt_payload(), again.receipt_payload()):
        print(difference)
    return 1
