"""The official file of the 2025 tariff, where the shared data stands beside the repository."""

from __future__ import annotations

import csv
import gzip
import io
import warnings
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
OFFICIAL = REPOSITORY / ".." / "shared" / "data" / "tw-tariff" / "海關進口稅則資料2025.csv.gz"


def official() -> dict[str, dict[str, str]]:
    """Rows of the official file by code, or a loud skip where it is not there."""
    if not OFFICIAL.is_file():
        reason = f"shared data absent: {OFFICIAL.name} is not in {OFFICIAL.parent}; the bundled lines go unchecked"
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # said aloud, also where warnings are errors
            warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return _rows()


@cache
def _rows() -> dict[str, dict[str, str]]:
    text = gzip.decompress(OFFICIAL.read_bytes()).decode("utf-8-sig")
    return {row["貨品分類號列"]: row for row in csv.DictReader(io.StringIO(text))}
