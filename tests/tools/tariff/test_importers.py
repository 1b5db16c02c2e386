"""Official files are read whole or not at all; what a row says is what is held, and nothing becomes zero in silence."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.tariff import official_files as files
from tests.tools.tariff.shared_data import REPOSITORY
from tools.errors import DataError, InputError
from tools.tariff.importers.editions import edition_named, revision_of
from tools.tariff.importers.load import check_content, import_content, import_file
from tools.tariff.importers.rows import place
from tools.tariff.importers.usitc import read_json
from tools.tariff.models import ScheduleName, TariffLine
from tools.tariff.schedule import schedule, use_editions_in
from tools.tariff.store import FILE, Store

TODAY = date(2026, 11, 27)
US_ROWS = files.us_rows()
CHAPTERS = len(files.CHAPTERS)  # 96: chapter 77 is reserved


def lines_of(home: Path, edition: str) -> dict[str, TariffLine]:
    store = Store(home / FILE)
    try:
        return {line.code: line for line in store.lines(edition)}
    finally:
        store.close()


def digest(home: Path) -> str:
    place = home / FILE
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.exists() else ""


@pytest.mark.parametrize(
    "content", [files.us_json(), files.packed(files.us_json()), files.us_csv()], ids=["json", "gz", "csv"]
)
def test_the_us_schedule_keeps_every_row_and_inherits_by_indent(content: bytes, tmp_path: Path) -> None:
    done = import_content("us", "hts_2026_rev_10.json", content, tmp_path, TODAY)
    report = done.report
    # a heading, a dash heading and four lines in each of 96 chapters and 98, one line in 99
    assert report["rows"] == (CHAPTERS + 1) * 6 + 1
    assert report["without_code"] == CHAPTERS + 1
    assert report["by_digits"] == {"4": CHAPTERS + 1, "8": CHAPTERS + 2, "10": (CHAPTERS + 1) * 3}
    assert (report["own_rate"], report["inherited_rate"]) == (CHAPTERS + 1, (CHAPTERS + 1) * 2)
    assert (
        report["cells_read"] + report["cells_refused"] + report["cells_empty"] == report["cells"] == report["rows"] * 3
    )
    lines = lines_of(tmp_path, "us-2026-rev-10")
    assert len(lines) == report["rows"] - report["without_code"]
    child = lines["6101100010"]
    assert child.rates == {"general": "5%", "special": "Free (AU,SG)", "other": "20%"}
    assert (child.inherited_from, child.parent, child.path) == ("61011000", "61011000", ("6101", "61011000"))
    assert child.units == ("No.",)
    own = lines["6101200000"]
    assert (own.rates["special"], own.inherited_from, own.parent) == ("", None, "6101")


def test_footnotes_follow_the_rates(tmp_path: Path) -> None:
    import_content("us", "a.json", files.us_json(), tmp_path, TODAY, name="us-x")
    lines = lines_of(tmp_path, "us-x")
    assert lines["6101100010"].footnotes == lines["61011000"].footnotes == ("See 9903.88.15.",)
    assert lines["6101200000"].footnotes == ()


def test_taiwan_s_schedule_and_its_lists(tmp_path: Path) -> None:
    report = import_content("tw", "海關進口稅則資料2025.csv", files.tw_csv(), tmp_path, TODAY).report
    assert (report["rows"], report["own_rate"], report["cells_read"]) == (CHAPTERS * 2, CHAPTERS * 2, CHAPTERS * 6)
    line = next(x for c, x in lines_of(tmp_path, "tw-2025").items() if c.startswith("61011"))
    assert (line.path, line.parent, line.units) == (("61", "6101", "610110"), "610110", ("PCE", "KGM"))
    assert (line.levies, line.import_regulations, line.export_regulations) == (("T*",), ("F01", "B01"), ())
    listed = "稽徵規定,規定中文說明,規定英文說明\nT*,部份課徵貨物稅,Commodity tax, partially\n\n".encode()
    assert import_content("tw", "TaxReg.csv", listed, tmp_path, TODAY).list_name == "levy"
    meaning = Store(tmp_path / FILE).meaning("tw", "levy", "T*")
    assert meaning is not None and meaning.en == "Commodity tax, partially"


def test_the_nomenclature(tmp_path: Path) -> None:
    report = import_content("hs", "harmonized-system.csv", files.hs_csv(), tmp_path, TODAY).report
    assert report["by_digits"] == {"2": CHAPTERS, "4": CHAPTERS, "6": CHAPTERS}
    assert lines_of(tmp_path, "hs-2022")["610110"].path == ("61", "6101")


# ------------------------------------------------------------------------------------------------- files that are wrong


def _us(change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    rows = files.us_rows()
    change(rows)
    return files.us_json(rows)


def _tw(change: Callable[[list[list[str]]], object]) -> bytes:
    rows = files.tw_rows()
    change(rows)
    return files.tw_csv(rows)


WRONG: dict[str, tuple[ScheduleName, bytes, str]] = {
    "cut json": ("us", files.us_json()[:9000], r"row \d\d: the JSON breaks off here"),
    "cut gzip": ("us", files.packed(files.us_json())[:-60], r"row \d+: the gzip breaks off here"),
    "damaged gzip": ("us", b"\x1f\x8b" + b"x" * 90, "gzip is damaged"),
    "cut at a row": ("us", _us(lambda r: r.__delitem__(slice(300, None))), r"ends at row 300 .* without chapter \d\d"),
    "an object": ("us", b'{"htsno": "0101"}', "no list of rows"),
    "a row that is text": ("us", _us(lambda r: r.insert(4, "x")), "row 5: is no object"),  # type: ignore[arg-type]
    "a key is gone": ("us", _us(lambda r: r[7].pop("general")), "row 8: lacks general"),
    "a code twice": ("us", _us(lambda r: r.insert(5, dict(r[4]))), r"row 6 \(0101\.10\.00\.20\): stands twice"),
    "out of order": ("us", _us(lambda r: r.insert(9, r.pop(3))), r"row 10 \(0101\.10\.00\.10\): comes after"),
    "a bad code": ("us", _us(lambda r: r[2].update(htsno="0101.1")), "row 3: '0101.1' is no tariff number"),
    "a bad indent": ("us", _us(lambda r: r[2].update(indent="x")), r"row 3 .*indent 'x' is no depth"),
    "an indent below nothing": ("us", _us(lambda r: r[2].update(indent="9")), r"row 3 .*indent 9 below nothing"),
    "no description": ("us", _us(lambda r: r[2].update(description=" ")), r"row 3 .*no description"),
    "a rate that is a number": ("us", _us(lambda r: r[2].update(general=0)), "row 3: general is no text"),
    "units that are no list": ("us", _us(lambda r: r[2].update(units=4.5)), "row 3: units are no list"),
    "other columns": ("us", files.tw_csv(), "row 1: has other columns"),
    "not utf-8": (
        "us",
        files.us_csv().replace(b"Goods of 6101", b"Goods \xa4\xa4 of 6101", 1),
        r"row \d+: is no UTF-8",
    ),
    "empty": ("us", b"", "row 1: has other columns"),
    "tw: check digit": ("tw", _tw(lambda r: r[3].__setitem__(0, "02012000009")), r"row 5: .*check digit"),
    "tw: a cell short": ("tw", _tw(lambda r: r[3].pop()), "row 5: has 10 cells"),
    "tw: no rate": ("tw", _tw(lambda r: r[3].__setitem__(3, " ")), r"row 5 .*empty first or third column"),
    "tw: a code twice": ("tw", _tw(lambda r: r.insert(3, r[2])), r"row 5 .*stands twice"),
    "tw: cut": ("tw", _tw(lambda r: r.__delitem__(slice(50, None))), r"ends at row 51 .* without chapter 26"),
    "tw: half a workbook": ("tw", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "cannot be opened as a workbook"),
    "tw: a list without meaning": ("tw", "稽徵規定,中,英\nT,,\n".encode(), "row 2: has no code or no meaning"),
    "hs: level": ("hs", files.hs_csv().replace(b"I,0201,", b"I,020,"), r"row \d: '020' at level '4' is no code"),
    "hs: a page": ("hs", b"<html></html>", "row 1: has other columns"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_wrong_changes_nothing_and_names_the_row(name: str, tmp_path: Path) -> None:
    schedule, content, said = WRONG[name]
    whole = {"us": files.us_json, "tw": files.tw_csv, "hs": files.hs_csv}[schedule]()
    import_content(schedule, "a", whole, tmp_path, TODAY, name=f"{schedule}-held")
    before = digest(tmp_path)
    with pytest.raises(InputError, match=f"^file: .*{said}"):
        import_content(schedule, "b", content, tmp_path, TODAY)
    assert digest(tmp_path) == before


def test_a_part_of_a_schedule_replaces_no_edition(tmp_path: Path) -> None:
    import_content("us", "a", files.us_json(), tmp_path, TODAY, name="us-held")
    fewer = [row for row in files.us_rows() if not row["htsno"].endswith(("10.00.10", "10.00.20"))]
    with pytest.raises(InputError, match="lines where an edition held has"):
        import_content("us", "b", files.us_json(fewer), tmp_path, TODAY)


def test_the_same_file_twice_is_one_edition_and_a_corrected_one_replaces_it(tmp_path: Path) -> None:
    first = import_content("us", "hts_2026_rev_10.json", files.us_json(), tmp_path, TODAY)
    again = import_content("us", "hts_2026_rev_10.json", files.us_json(), tmp_path, TODAY)
    assert (first.unchanged, again.unchanged) == (False, True)
    rows = files.us_rows()
    rows[2]["general"] = "6%"
    import_content("us", "hts_2026_rev_10.json", files.us_json(rows), tmp_path, TODAY)
    assert lines_of(tmp_path, "us-2026-rev-10")["0101100010"].rates["general"] == "6%"
    assert len(Store(tmp_path / FILE).editions("us")) == 1


def test_an_older_edition_does_not_hide_newer_bundled_lines(tmp_path: Path) -> None:
    rows = files.us_rows()
    rows.insert(6, files.us_row("0101.30.00.00", 1, "99%"))
    import_content("us", "hts_2026_rev_4.json", files.us_json(rows), tmp_path, TODAY)
    use_editions_in(tmp_path)
    try:
        held = schedule("us")
        assert held.line("0101300000", date(2026, 3, 1)).rates["general"] == "99%"  # the edition of the day
        assert held.line("0101300000", TODAY).rates["general"] == "6.8%"  # the bundled line is of Revision 10
        assert held.line("61011000", TODAY).revision == "us-2026-rev-4"  # not among the bundled ones
        assert held.revision.id == "us-2026-rev-10"
    finally:
        use_editions_in(None)


_KILLED = """
import os, signal, sqlite3, sys
from datetime import date
from pathlib import Path
from tools.tariff.importers import load
home, file = Path(sys.argv[1]), Path(sys.argv[2])
make, columns, seen = load.create, load._columns, []

def small(path):
    db = make(path)
    db.execute("PRAGMA cache_size = 5")  # pages reach the disk before the end
    return db

def dying(*row):
    seen.append(row)
    if len(seen) > 400:
        os.kill(os.getpid(), signal.SIGKILL)
    return columns(*row)

load.create, load._columns = small, dying
load.import_file("us", file, home, date(2026, 11, 27), name="us-killed")
"""


def test_an_import_that_is_killed_leaves_what_was_held(tmp_path: Path) -> None:
    import_content("us", "a", files.us_json(), tmp_path, TODAY, name="us-held")
    file = tmp_path / "b.json"
    file.write_bytes(files.us_json())
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path), str(file)], cwd=REPOSITORY, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / f"{FILE}-journal").exists()  # it had begun to write
    assert [r.id for r in Store(tmp_path / FILE).revisions] == ["us-held"]
    assert len(lines_of(tmp_path, "us-held")) == len([r for r in US_ROWS if r["htsno"]])


def test_a_file_that_cannot_be_read_and_a_store_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        import_file("us", tmp_path / "absent.json", tmp_path, TODAY)
    (tmp_path / FILE).write_bytes(b"no store" * 300)
    with pytest.raises(DataError, match="delete it and import again"):
        import_content("us", "a", files.us_json(), tmp_path, TODAY)
    with pytest.raises(DataError, match="delete it and import again"):
        Store(tmp_path / FILE)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"^CUSTOMS_HOME: "):
        import_content("us", "a", files.us_json(), tmp_path / "file", TODAY)


@pytest.mark.parametrize(
    ("schedule", "file", "edition"),
    [
        ("us", "hts_2026_rev_10.json.gz", "us-2026-rev-10"),
        ("us", "hts_2026_basic.json", "us-2026-basic"),
        ("us", "2026HTSRev21.json", "us-2026-rev-21"),
        ("us", "hts_2026_revision_9_json.json", "us-2026-rev-9"),
        ("us", "htsdata.json", None),
        ("tw", "海關進口稅則資料2025.xls", "tw-2025"),
        ("hs", "harmonized-system.csv", "hs-2022"),
    ],
)
def test_an_edition_is_known_by_its_file(schedule: ScheduleName, file: str, edition: str | None) -> None:
    assert edition_named(schedule, file) == edition


@pytest.mark.parametrize(
    ("file", "given", "span"),
    [
        ("hts_2026_rev_10.json", (None, None), ("2026-06-08", "2026-06-30")),  # Revision 11 began on 1 July
        ("2026HTSRev21.json", (None, None), ("2026-10-07", "2026-10-10")),  # the last day anything is known of
        ("htsdata_export_2025-06.csv", (None, None), ("2025-06-30", "2025-06-30")),
        ("htsdata.json", (None, None), ("2026-11-27", "2026-11-27")),
        ("htsdata.json", ("us-mine", date(2026, 11, 2)), ("2026-11-02", "2026-11-02")),
    ],
)
def test_an_edition_s_days(file: str, given: tuple[str | None, date | None], span: tuple[str, str]) -> None:
    revision = revision_of("us", file, "0" * 64, given, TODAY)
    assert (revision.first_day.isoformat(), revision.frontier.isoformat()) == span


# ------------------------------------------------------------------------------------------------- mutated rows

CELL = st.one_of(
    st.sampled_from(["", " ", "Free", "0", "0%", "5", "%5", "5 %", "See 9903.88.15", "從高徵收", "5%\n", "N/A", "1¢/kg +"]),
    st.text(alphabet="0123456789.%¢$/kgFre +-()A", max_size=14),
    st.none(), st.integers(0, 9), st.lists(st.text(max_size=2), max_size=2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    at=st.integers(0, 40),
    key=st.sampled_from(["general", "special", "other", "htsno", "indent", "units", "footnotes", "description"]),
    value=CELL,
)
def test_a_mutated_row_is_refused_or_held_as_it_stands(at: int, key: str, value: Any) -> None:
    rows = [dict(row) for row in US_ROWS]
    rows[at][key] = value
    try:
        placed, _ = place(read_json(files.us_json(rows).decode()), "us", "general")
    except InputError as error:
        assert "row" in str(error)
        return
    assert len(placed) == len(rows)
    assert value is None or isinstance(value, str) or key in ("units", "footnotes")
    if key in ("general", "special", "other"):
        said, held = " ".join((value or "").split()), placed[at].rates[key]
        # verbatim: a misprint never becomes a rate of nothing; a blank is the line's own, or what it inherits
        assert held == said if said else held in ("", "5%", "Free (AU,SG)", "20%")


@settings(max_examples=60, deadline=None)
@given(content=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)),
       schedule=st.sampled_from(["us", "tw", "hs"]))  # fmt: skip
def test_no_bytes_crash_an_importer(content: bytes, schedule: ScheduleName) -> None:
    with pytest.raises(InputError, match=r"^file: "):
        check_content(schedule, content)
