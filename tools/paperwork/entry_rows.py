"""An entry as a flat table: one row a tariff number, rows of one line number together; and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tools.errors import InputError
from tools.text.values import said

#: columns of a row; those of the line stand in its first row
ROW_COLUMNS = (
    "line_no", "hts_code", "rate", "duty", "entered_value", "charges", "relationship", "country_of_origin", "quantities",
    "program", "adcvd_case", "melt_and_pour", "primary_smelt", "cast", "description",
)  # fmt: skip
_OF_TARIFF = ("hts_code", "rate", "duty")


def to_rows(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of the lines of an entry."""
    rows = []
    for number, line in enumerate(lines, start=1):
        for place, tariff in enumerate(line.get("tariffs", ())):
            row = dict.fromkeys(ROW_COLUMNS, "")
            row["line_no"] = str(line.get("line_no") or f"{number:03d}")
            row |= {name: str(tariff.get(name) or "") for name in _OF_TARIFF}
            if place == 0:
                of_line = (n for n in ROW_COLUMNS if n not in (*_OF_TARIFF, "line_no", "quantities"))
                row |= {name: str(line.get(name) or "") for name in of_line}
                quantities = (f"{amount} {unit}" for unit, amount in (line.get("quantities") or {}).items())
                row["quantities"] = "; ".join(quantities)
            rows.append(row)
    return rows


def from_rows(rows: Iterable[Mapping[str, Any]], fees: str) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Lines and fees of an entry.

    Raises:
        InputError: a quantity or fee that is not written as an amount with its unit or class.
    """
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        cells = {name: str(row.get(name) or "").strip() for name in ROW_COLUMNS}
        if not cells["hts_code"]:
            continue
        key = cells["line_no"] or next(reversed(lines), "001")
        line = lines.setdefault(key, {"line_no": key, "tariffs": []})
        tariff = {"hts_code": cells["hts_code"], "rate": cells["rate"]}
        line["tariffs"].append(tariff | ({"duty": cells["duty"]} if cells["duty"] else {}))
        for name, text in cells.items():
            if text and name not in (*_OF_TARIFF, "line_no", "quantities"):
                line[name] = text
        if cells["quantities"]:
            line["quantities"] = dict(_pairs(cells["quantities"], "quantities"))
    charged = [{"class_code": code, "amount": amount} for amount, code in _pairs(fees, "fees", first_is_amount=False)]
    return list(lines.values()), charged


def _pairs(text: str, field: str, *, first_is_amount: bool = True) -> list[tuple[str, str]]:
    """`500 doz.; 1200 kg` as (unit, amount); `499 34.64` as (amount, class)."""
    found = []
    for part in filter(None, (p.strip() for p in text.split(";"))):
        first, _, second = part.partition(" ")
        if not second.strip():
            accepted = "500 doz.; 1200 kg" if first_is_amount else "499 34.64; 501 12.50"
            raise InputError(field, f"{said(part)} cannot be read", f"text such as {accepted}")
        found.append((second.strip(), first))
    return found
