"""The adapter of this project: JSON lines of the pack in, replies out, answered by the command line or by a running service.

python -m evals.conformance.ours                          # ./customs
python -m evals.conformance.ours --service ADDRESS        # the service at an address; its key in CUSTOMS_KEY
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from evals.conformance.pack import Reply

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, Any]
Ask = Callable[[str, Sequence[Row]], list[Row]]
#: kind of case -> tool of the service, and the command that is the same
TOOLS = {
    "quote.taiwan": "taiwan_quote", "quote.united_states": "us_quote", "rate": "rate_parse",
    "de_minimis.united_states": "us_de_minimis", "check_digit.taiwan_code": "tariff_code", "check_digit.entry_number": "entry_check",
}  # fmt: skip
_BATCHES = {"taiwan_quote": ("quote", "tw"), "us_quote": ("quote", "us"), "rate_parse": ("rate", "parse")}


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


def _renamed(given: Mapping[str, Any], names: str) -> Row:
    table = _names()[names]
    return {table.get(key, key): value for key, value in given.items()}


# ------------------------------------------------------------------------------------------------- to our names


def to_ours(kind: str, day: str, given: Mapping[str, Any]) -> Row:
    """A case as an input of our contract."""
    match kind:
        case "quote.taiwan":
            top = _renamed({k: v for k, v in given.items() if k not in ("items", "channel")}, "taiwan")
            goods = [_renamed(item, "taiwan_item") for item in given["items"]]
            return {"as_of": day, "route": _names()["channels"][given["channel"]], "goods": goods, **top}
        case "quote.united_states":
            top = _renamed({k: v for k, v in given.items() if k != "items"}, "united_states")
            return {
                "entry_date": day,
                "lines": [_renamed(item, "united_states_item") for item in given["items"]],
                **top,
            }
        case "rate":
            more = {k: given[k] for k in ("value", "quantities") if k in given}
            return {"text": given["text"], "jurisdiction": _names()["tariffs"][given["tariff"]], "on": day, **more}
        case "de_minimis.united_states":
            return {"origin": given["origin"], "mode": given["transport"], "on": day, "value": given["value"],
                    "gift": given.get("gift", False)}  # fmt: skip
        case "check_digit.taiwan_code":
            return {"code": given["code"], "schedule": "tw"}
        case _:
            line = {"entered_value": "1", "tariffs": [{"hts_code": "9102.11.00"}]}
            return {"entry_date": day, "entry_number": given["number"], "lines": [line]}


# ------------------------------------------------------------------------------------------------- from our names


def figures(kind: str, result: Mapping[str, Any]) -> dict[str, str]:
    """What the pack asks for, out of one of our results."""
    if kind.startswith("quote."):
        return _bill(result)
    if kind == "rate":
        return {"amount": result["amount"] or "none"}
    if kind.startswith("de_minimis"):
        return {"duty_free": "yes" if result["applies"] else "no", "since": str(result["since"]),
                "threshold": str(result["threshold"])}  # fmt: skip
    if kind == "check_digit.taiwan_code":
        return {"valid": "no" if result["exists"] == "no" else "yes"}
    faults = [f for f in result["findings"] if f["field"] == "entry_number" and f["severity"] == "error"]
    return {"valid": "no" if faults else "yes"}


def _bill(result: Mapping[str, Any]) -> dict[str, str]:
    from decimal import Decimal

    sums: dict[str, Decimal] = {}
    for line in result["lines"]:
        if line["applies"] == "yes":
            sums[line["key"]] = sums.get(line["key"], Decimal(0)) + Decimal(line["amount"])
    totals = {name: value for name, value in result["totals"].items() if name not in sums and value is not None}
    return {name: str(value) for name, value in sums.items()} | {name: str(value) for name, value in totals.items()}


# ------------------------------------------------------------------------------------------------- who answers


def by_command(tool: str, rows: Sequence[Row]) -> list[Row]:
    """Our command line, in batches where it has them."""
    if tool in _BATCHES:
        lines = "\n".join(json.dumps(row | {"id": str(n)}, ensure_ascii=False) for n, row in enumerate(rows))
        said = _customs([*_BATCHES[tool], "--batch", "-"], lines).splitlines()
        return [json.loads(line) for line in said if line]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda row: _one(tool, row), rows))


def _one(tool: str, row: Row) -> Row:
    match tool:
        case "us_de_minimis":
            gift = ["--gift"] if row["gift"] else []
            words = [
                "--origin",
                row["origin"],
                "--mode",
                row["mode"],
                "--on",
                row["on"],
                "--value",
                row["value"],
                *gift,
            ]
            out = _customs(["law", "de-minimis", "us", *words, "--json"])
        case "tariff_code":
            out = _customs(["hs", "check", row["code"], "--json"])
        case _:
            out = _customs(["entry", "check", "-", "--json"], json.dumps(row))
    return dict(json.loads(out)) if out.strip() else {"error": "nothing was said"}


def _customs(args: Sequence[str], given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "ui.cli", *args], input=given, capture_output=True, text=True, encoding="utf-8",
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    return done.stdout or json.dumps({"error": (done.stderr.strip().splitlines() or [""])[-1]})


def by_service(address: str, key: str | None) -> Ask:
    """A running service of ours."""
    import httpx

    client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"} if key else {}, timeout=30.0)

    def one(tool: str, row: Row) -> Row:
        answer = client.post(f"/v1/tools/{tool}", json=row)
        return dict(answer.json()) if answer.is_success else {"error": answer.json().get("detail", answer.text[:200])}

    def ask(tool: str, rows: Sequence[Row]) -> list[Row]:
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(lambda row: one(tool, row), rows))

    return ask


# ------------------------------------------------------------------------------------------------- the adapter


def replies(questions: Sequence[Row], ask: Ask) -> Iterator[Reply]:
    """A reply for every question; those of one kind are asked together."""
    kinds = {q["kind"] for q in questions}
    for kind in sorted(kinds):
        rows = [q for q in questions if q["kind"] == kind]
        if kind not in TOOLS:
            yield from (Reply(id=row["id"], unsupported=f"no {kind}") for row in rows)
            continue
        results = ask(TOOLS[kind], [to_ours(kind, row["date"], row["given"]) for row in rows])
        for row, result in zip(rows, results, strict=True):
            if "error" in result:
                yield Reply(id=row["id"], refused=str(result["error"]))
            else:
                yield Reply(id=row["id"], figures=figures(kind, result))


def main() -> None:
    """Read questions on standard input, write replies on standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--service", help="address of a running service; without it, the command line answers")
    given = parser.parse_args()
    questions = [json.loads(line) for line in sys.stdin if line.strip()]
    ask = by_service(given.service, os.environ.get("CUSTOMS_KEY")) if given.service else by_command
    for reply in replies(questions, ask):
        print(reply.model_dump_json(exclude_none=True))


if __name__ == "__main__":
    main()
