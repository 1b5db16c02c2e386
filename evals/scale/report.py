"""`customs bench scale`: measured afresh or as kept, and docs/scale.md written from it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from evals.scale.model import Hour, Need, busiest_rate, needs

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "scale.md"
_MARK = "<!-- reckoned: written by `customs bench scale --write` -->"


def kept() -> dict[str, Any]:
    """The figures of the last measurement that was kept."""
    return dict(json.loads((HERE / "measured.json").read_text("utf-8")))


def assumed() -> dict[str, Any]:
    """What nobody measured."""
    return tomllib.loads((HERE / "assumed.toml").read_text("utf-8"))


def tables(measured: dict[str, Any], given: dict[str, Any]) -> str:
    """What is needed, in Markdown."""
    need = needs(measured, given)
    return "\n".join(_lines(measured, given, need)) + "\n"


def _lines(measured: dict[str, Any], given: dict[str, Any], need: Need) -> list[str]:
    desk = given["desk"]
    return [
        "## Measured", "",
        f"On {measured['measured_on']}, {measured['machine_cores']} cores, Python {measured['python']}; processor time, one process, {measured['turns']} questions of the suites.", "",
        "| what | figure |", "|---|---|",
        f"| a turn offline, mean / median / 95th percentile | {measured['turn_ms']} / {measured['turn_p50_ms']} / {measured['turn_p95_ms']} ms |",
        f"| a Taiwan quote from raw input | {measured['quote_ms']} ms |",
        f"| an answer kept with receipts and its audit line | {measured['answer_bytes']:,} bytes |",
        f"| a receipt | {measured['receipt_bytes']:,} bytes |",
        f"| the index, words and vectors | {measured['index_bytes_a_passage']:,} bytes a passage |",
        f"| a worker's memory | {measured['worker_mb']:,} MB |",
        f"| a turn with a hosted model, reckoned | {measured['hosted_input_tokens']:,} tokens read, {measured['hosted_output_tokens']:,} written |",
        "",
        "## The busiest hour", "",
        f"{busiest_rate(desk):,.1f} questions a second for an hour, arriving by chance, each answered by the worker that is free first; at most one in twenty may wait more than {desk['patience_seconds']} s.", "",
        "| load | workers | busy | median | 95th percentile | over patience |", "|---|---|---|---|---|---|",
        _hour("as assumed", need.hour), "", f"The same workers bear {need.breaks_at:g} times that before more than one in twenty waits too long.",
        "",
        "## A year and a season", "",
        "| what | need |", "|---|---|",
        f"| machines of {measured['machine_cores']} cores for the desk's busiest hour | {need.machines} |",
        f"| writes a second to PostgreSQL at the peak | {need.writes_a_second:,.0f} |",
        f"| PostgreSQL: answers, receipts, audit of {desk['kept_days']} days | {need.answers_gb:,.0f} GB |",
        f"| PostgreSQL: receipts of parcels that are kept | {need.receipts_gb:,.1f} GB |",
        f"| Chroma and word index, tenants' documents and the briefs | {need.index_gb:,.1f} GB |",
        f"| parcels on the busiest day | {need.parcels_busiest_day:,.0f} |",
        f"| processes for a day's parcels within the night | {need.parcel_workers} |",
        f"| processor time of the year, all questions and parcels | {need.processor_years:,.2f} processor-years |",
        f"| with a hosted model for every turn, at {given['hosted']['input_price']} and {given['hosted']['output_price']} dollars a million tokens | {need.hosted_dollars:,.0f} dollars a year |",
        "| without one | no charge beyond the machines |",
    ]  # fmt: skip


def _hour(name: str, hour: Hour) -> str:
    late = f"{hour.over_patience:.1%}"
    return f"| {name} | {hour.workers} | {hour.load:.0%} | {hour.p50:,.2f} s | {hour.p95:,.2f} s | {late} |"


def main(*, measure: bool, write: bool) -> None:
    """Print the tables; measure afresh where asked, and keep both where asked."""
    if measure:
        from evals.scale.measure import measure as take

        found = take()
    else:
        found = kept()
    text = tables(found, assumed())
    print(text, end="")
    if write:
        if measure:
            (HERE / "measured.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        head = PAGE.read_text("utf-8").partition(_MARK)[0]
        PAGE.write_text(f"{head}{_MARK}\n\n{text}", "utf-8")
