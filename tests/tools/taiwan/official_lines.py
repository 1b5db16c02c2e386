"""Lines of the official file as the schedule holds them, for goods that the bundled selection leaves out."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.tools.tariff.shared_data import official
from tools.tariff import Schedule, TariffLine, schedule

_DAY = "2025-01-01"


def line_of(row: dict[str, str]) -> TariffLine:
    """One row of the official file as a tariff line."""
    code = row["貨品分類號列"]
    units = (row["統計數量單位"], row["統計重量單位"])
    raw: dict[str, Any] = {
        "code": code,
        "parent": code[:6],
        "indent": 3,
        "path": [code[:2], code[:4], code[:6]],
        "name": {"zh-TW": row["中文貨名"], "en": row["英文貨名"] or code},
        "units": [unit for unit in units if unit],
        "rates": {f"column_{n}": row[f"第{word}欄稅率"] for n, word in ((1, "一"), (2, "二"), (3, "三"))},
        "levies": row["稽徵規定"].split(),
        "import_regulations": row["輸入規定"].split(),
        "evidenced_on": _DAY,
        "revision": schedule("tw").revision.id,
    }
    return TariffLine.model_validate(raw)


@cache
def whole_schedule() -> Schedule:
    """Every line of the official file; the test is skipped aloud where the file is not there."""
    return Schedule(schedule("tw").revision, [line_of(row) for row in official().values()])


def schedule_for(codes: list[str]) -> Schedule:
    """The bundled lines where they hold every code, else the official ones."""
    held = schedule("tw")
    known = all("".join(c for c in code if c.isdigit()) in held.lines for code in codes)
    return held if known else whole_schedule()
