"""Reading of the entry cases: headers merged into entries, and the faults planted in them."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import yaml

from tests.tools.tables import CASES

PAPERWORK = CASES / "paperwork"


@cache
def _file() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((PAPERWORK / "entries.yaml").read_text("utf-8"))
    return held


def clean_entries() -> dict[str, dict[str, Any]]:
    """Every clean entry by name, with its header."""
    return {row["name"]: {**_file()["headers"][row["header"]], **row["entry"]} for row in _file()["entries"]}


def arithmetic() -> list[tuple[str, str, str]]:
    """(name, arithmetic, total) of every entry."""
    return [(row["name"], row["arithmetic"], row["entry"]["total"]) for row in _file()["entries"]]


def corrupted() -> list[dict[str, Any]]:
    """The planted faults."""
    rows: list[dict[str, Any]] = yaml.safe_load((PAPERWORK / "entries_corrupted.yaml").read_text("utf-8"))["cases"]
    return rows


def planted(case: dict[str, Any]) -> dict[str, Any]:
    """The clean entry with the fault of a case."""
    entry = copy.deepcopy(clean_entries()[case["base"]])
    if "swap" in case:
        _at(entry, case["swap"]).reverse()
    if "drop" in case:
        path, _, place = case["drop"].rpartition(".")
        del _at(entry, path)[int(place) - 1]
    for path, value in case.get("add", {}).items():
        above, _, place = path.rpartition(".")
        _at(entry, above).insert(int(place) - 1, value)
    for path, value in case.get("set", {}).items():
        above, _, last = path.rpartition(".")
        _at(entry, above)[last] = value
    return entry


def _at(entry: Any, path: str) -> Any:
    """What stands at a path; lists count from 1."""
    for part in filter(None, path.split(".")):
        entry = entry[int(part) - 1] if part.isdigit() else entry[part]
    return entry
