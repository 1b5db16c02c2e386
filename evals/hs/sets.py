"""The sets the search is measured on: published ones beside the checkout, and goods of our own, everyday and described at length."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "classification-dev"
EVERYDAY = Path(__file__).parent / "everyday.jsonl"
DESCRIBED = Path(__file__).parent / "described.jsonl"
_PUBLISHED = {
    "ATLAS": "atlas.jsonl", "HSCodeComp": "hscodecomp.jsonl", "UK rulings and personas": "uk_tariff.jsonl",
    "Chinese rulings, simplified": "cn_advance_rulings.jsonl", "Chinese rulings, traditional": "cn_advance_rulings_zh-hant.jsonl",
}  # fmt: skip
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A description with the subheadings that are right for it."""

    id: str
    text: str
    codes: frozenset[str]


def published() -> dict[str, list[Item]]:
    """The published sets that stand beside the checkout; used to measure, never to write a phrase or a rule from."""
    files = {name: SHARED / file for name, file in _PUBLISHED.items()}
    return {name: [_item(row) for row in _rows(file)] for name, file in files.items() if file.is_file()}


def everyday(split: str) -> list[Item]:
    """Everyday goods in Taiwan's words, `dev` or `held-out`."""
    return [_item(row) for row in _rows(EVERYDAY) if row["split"] == split]


def described(split: str) -> list[Item]:
    """Goods described at length, as an importer does before a ruling, `dev` or `held-out`."""
    return [_item(row) for row in _rows(DESCRIBED) if row["split"] == split]


def _rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(row) for row in file.read_text("utf-8").splitlines()]


def _item(row: dict[str, object]) -> Item:
    listed = row.get("codes") or [row["code"]]
    assert isinstance(listed, Sequence)
    return Item(str(row["id"]), str(row["text"]), frozenset(str(code)[:DIGITS] for code in listed))
