"""Small files in the official formats: a heading and a few lines for every chapter, written here, not copied."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

from tools.tariff.bundled import subheadings
from tools.tariff.codes import ccc_check_digit

CHAPTERS = sorted({code[:2] for code in subheadings() if code != "999999"})
TW_HEADER = "貨品分類號列,中文貨名,英文貨名,第一欄稅率,第二欄稅率,第三欄稅率,統計數量單位,統計重量單位,稽徵規定,輸入規定,輸出規定"


def us_row(
    number: str, indent: int, general: str = "", special: str = "", other: str = "", **more: Any
) -> dict[str, Any]:
    """A row as USITC exports it."""
    superior = None if number else "true"
    row = {
        "htsno": number, "indent": str(indent), "description": f"Goods of {number or 'a group'}", "superior": superior,
        "units": ["No."] if len(number) == 13 else [], "general": general, "special": special, "other": other,
        "footnotes": [], "quotaQuantity": None, "additionalDuties": None, "addiitionalDuties": None,
    }  # fmt: skip
    return row | more


def us_rows() -> list[dict[str, Any]]:
    """A schedule in little: in each chapter a heading, a dash heading, a rate line with two statistical lines, an own line."""
    rows: list[dict[str, Any]] = []
    for chapter in [*CHAPTERS, "98", "99"]:
        if chapter == "99":
            rows.append(us_row("9903.88.15", 0, "The duty provided in the applicable subheading + 7.5%"))
            continue
        notes = [{"columns": ["general"], "value": "See 9903.88.15. ", "type": "endnote"}]
        rows += [
            us_row(f"{chapter}01", 0),
            us_row("", 1),
            us_row(f"{chapter}01.10.00", 2, "5%", "Free (AU,SG)", "20%", footnotes=notes),
            us_row(f"{chapter}01.10.00.10", 3, " ", "", ""),
            us_row(f"{chapter}01.10.00.20", 3),
            us_row(f"{chapter}01.20.00.00", 1, "1¢/kg + 2%", " ", "4¢/kg"),
        ]
    return rows


def us_json(rows: list[dict[str, Any]] | None = None) -> bytes:
    """The JSON export."""
    return json.dumps(us_rows() if rows is None else rows, ensure_ascii=False).encode()


def us_csv() -> bytes:
    """The CSV export of the same rows."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["HTS Number", "Indent", "Description", "Unit of Quantity", "General Rate of Duty",
                    "Special Rate of Duty", "Column 2 Rate of Duty", "Quota Quantity", "Additional Duties"])  # fmt: skip
    for row in us_rows():
        units = json.dumps(row["units"]) if row["units"] else ""
        write.writerow([row["htsno"], row["indent"], row["description"], units, row["general"], row["special"],
                        row["other"], "", ""])  # fmt: skip
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def tw_rows() -> list[list[str]]:
    """A Taiwan schedule in little: two lines in each chapter."""
    rows = []
    for chapter in CHAPTERS:
        for ten in (f"{chapter}01100000", f"{chapter}01200000"):
            code = ten + ccc_check_digit(ten)
            rows.append([code, "貨品", "Goods", "5%", "0% (PA,NZ)", "7.5%", "PCE", "KGM", "T* ", "F01 B01 ", ""])
    return rows


def tw_csv(rows: list[list[str]] | None = None) -> bytes:
    """The CSV of Customs."""
    out = io.StringIO()
    csv.writer(out).writerows([TW_HEADER.split(","), *(tw_rows() if rows is None else rows)])
    return out.getvalue().encode()


def hs_csv() -> bytes:
    """The nomenclature."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["section", "hscode", "description", "parent", "level"])
    write.writerow(["TOTAL", "TOTAL", "Total of all commodities", "TOTAL", "5"])
    for chapter in CHAPTERS:
        write.writerows([["I", chapter, "Chapter", "TOTAL", "2"], ["I", f"{chapter}01", "Heading", chapter, "4"],
                         ["I", f"{chapter}0110", "Subheading", f"{chapter}01", "6"]])  # fmt: skip
    return out.getvalue().encode()


def packed(content: bytes) -> bytes:
    """Gzipped, without a date in it."""
    return gzip.compress(content, mtime=0)
