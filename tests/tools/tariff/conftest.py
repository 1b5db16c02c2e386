"""The official files, imported once a session where the shared data stands beside the repository."""

from __future__ import annotations

import fcntl
import gzip
import json
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tools.tariff.shared_data import REPOSITORY
from tools.tariff.compare import Differences, compare
from tools.tariff.importers import import_file
from tools.tariff.models import ScheduleName
from tools.tariff.narrate import narrate
from tools.tariff.store import FILE, Store

DATA = REPOSITORY / ".." / "shared" / "data"
REV_10 = DATA / "hts-us" / "hts_2026_rev_10.json.gz"
FILES: tuple[tuple[ScheduleName, Path], ...] = (
    ("us", REV_10),
    ("us", DATA / "hts-us" / "hts_2026_rev_4.json.gz"),
    ("us", DATA / "hts-us" / "hts_2026_rev_5.json.gz"),
    ("tw", DATA / "tw-tariff" / "海關進口稅則資料2025.xls"),
    ("tw", DATA / "tw-tariff" / "IReg.csv"),
    ("hs", DATA / "hs-nomenclature" / "hs2022_en_zh-hant.csv"),
)


@pytest.fixture(scope="session")
def official_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A store with the official editions; the workers of one run make it once."""
    if absent := [file.name for _, file in FILES if not file.is_file()]:
        reason = f"shared data absent: {', '.join(absent)}; the importers go unchecked against the official files"
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "official"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            for name, file in FILES:
                import_file(name, file, home, date(2026, 11, 27))
            (home / "done").touch()
    return home


@pytest.fixture(scope="session")
def metals(official_home: Path) -> Differences:
    """HTS 2026 Revisions 4 and 5 side by side."""
    store = Store(official_home / FILE)
    names = ("us-2026-rev-4", "us-2026-rev-5")
    old, new = [(n, {line.code: line for line in store.lines(n)}) for n in names]
    return narrate(compare("us", old, new))


@pytest.fixture(scope="session")
def rev_10() -> list[dict[str, Any]]:
    """Rows of Revision 10, as published."""
    return list(json.loads(gzip.decompress(REV_10.read_bytes())))
