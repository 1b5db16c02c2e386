"""Every published cell of the shared data: read or refused with a reason, and in step with USITC's own numbers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.tools.tariff.shared_data import OFFICIAL, REPOSITORY
from tools.errors import MissingFact
from tools.tariff.notation import Rate, RateRefused, parse_cell, parse_rate, quantity_key
from tools.tariff.notation.grammar import clean
from tools.tariff.notation.tree import AdValorem, Specific
from tools.tariff.notation.vocabulary import Jurisdiction, convert, squeeze

DATA = REPOSITORY / ".." / "shared" / "data"
REV_10 = DATA / "hts-us" / "hts_2026_rev_10.json.gz"
ORACLE = DATA / "rate-oracle" / "usitc_tariff_database_2025_r16_dev.csv.gz"
#: a line whose text has a percentage that USITC's numbers drop: 27.6 cents/liter+ 17.5%
USITC_DROPS = {("22029928", "col2")}
#: reported quantities of USITC by the names the HTS gives them
REPORTED = {"KG": "kg", "L": "liter", "CKG": "kg", "M3": "m3", "NO": "No.", "": ""}


def held(path: Path) -> bytes:
    """A shared file unpacked, or a loud skip where it is not there."""
    if not path.is_file():
        reason = f"shared data absent: {path.name}; the notation goes unchecked against it"
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # said aloud, also where warnings are errors
            warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return gzip.decompress(path.read_bytes())


@cache
def us_cells() -> Counter[str]:
    rows = json.loads(held(REV_10))
    return Counter(row[column] or "" for row in rows for column in ("general", "special", "other"))


@cache
def tw_cells() -> Counter[str]:
    rows = csv.DictReader(io.StringIO(held(OFFICIAL).decode("utf-8-sig")))
    return Counter(row[column] for row in rows for column in ("第一欄稅率", "第二欄稅率", "第三欄稅率"))


def outcomes(cells: Counter[str], jurisdiction: Jurisdiction) -> Counter[str]:
    """How many cells end how: read, empty, read in part, or refused by reason."""
    found: Counter[str] = Counter()
    for text, times in cells.items():
        try:
            groups = parse_cell(text, jurisdiction).groups
        except RateRefused as error:
            found[error.code] += times
            continue
        refused = [g.refused.code for g in groups if g.refused]
        part = "read, with references" if len(refused) < len(groups) else refused[0] if refused else ""
        found["empty" if not groups else part if refused else "read"] += times
    return found


def test_every_cell_of_the_hts_is_read_or_refused_by_reason() -> None:
    cells = us_cells()
    found = outcomes(cells, "us")
    assert sum(found.values()) == sum(cells.values()) == 3 * 35509
    assert found["unreadable"] == 0
    # counted by shapes in rate-shapes.md: "See" alone 5 + 5, capped 2 + 2, "No change" of chapter 99
    assert (found["see"], found["capped"]) == (10, 4)
    assert found["no_change"] == (19 + 2) + (1689 + 1) + (1717 + 14 + 2 + 1)
    assert found["empty"] == sum(times for text, times in cells.items() if not text.strip())


def test_every_cell_of_the_taiwan_tariff_is_read() -> None:
    cells = tw_cells()
    found = outcomes(cells, "tw")
    assert sum(found.values()) == sum(cells.values()) == 3 * 12686
    assert found == {"read": 3 * 12686 - 95, "empty": 95}


def every_rate() -> Iterator[tuple[str, Rate]]:
    for cells, jurisdiction in ((us_cells(), "us"), (tw_cells(), "tw")):
        for text in cells:
            for group in parse_cell(text, jurisdiction).groups:  # type: ignore[arg-type]
                if group.rate is not None:
                    yield group.text, group.rate


def test_no_rate_is_silently_zero_and_all_print_back() -> None:
    count = 0
    for text, rate in every_rate():
        count += 1
        if rate.ad_valorem == 0:
            assert text.strip().startswith(("Free", "0%")), text
        else:
            assert all(t.ratio > 0 for t in rate.terms if isinstance(t, AdValorem)), text
            assert all(t.money > 0 for t in rate.terms if isinstance(t, Specific)), text
        for lang in ("en", "zh-TW"):
            again = parse_rate(rate.render(lang), rate.jurisdiction)
            assert (again.tree, again.codes) == (rate.tree, rate.codes), text
    assert count > 2000


#: wordings of one meaning; beside these, what is read prints back letter for letter
SAME = (
    (r"percent", "%"),
    (r"/(?:head|article)", "each"),
    (r"/(?:1000|thousand)", "/1,000"),
    (r"/lin\.m", "/m"),
    (r"onthecaseandstrap", "oncaseandstrap"),
    (r"notless(?!than)", "notlessthan"),
    (r"(\.[0-9]*?)0+(?![0-9])", r"\1"),
    (r"\.(?![0-9])(?=[%¢e/])", ""),
)


def plainly(text: str) -> str:
    """A rate without blanks, codes and differences of wording."""
    text = re.sub(r"\([A-Z][A-Z*+,.LDCs]*\)$", "", squeeze(clean(text)).removesuffix("."))
    for pattern, same in SAME:
        text = re.sub(pattern, same, text)
    return text


def test_what_is_read_prints_back_letter_for_letter() -> None:
    other = {text: rate.render("en") for text, rate in every_rate() if plainly(text) != plainly(rate.render("en"))}
    assert not other


#: what rates need and the line's reported units do not hold: polarisation, content, values of parts, containers
NOT_REPORTED = re.compile(
    r"degrees|kg ttl sug|(?:Cu|Pb|Zn) kg|gross of immediate containers|value of .+|cost of .+|fair .+"
)


def test_every_other_need_is_among_the_units_the_line_reports() -> None:
    above: list[dict[str, Any]] = []
    lost: dict[str, str] = {}
    for row in json.loads(held(REV_10)):
        above = [*above[: int(row["indent"])], row]
        if len(row["htsno"].replace(".", "")) != 10:
            continue
        units = [quantity_key(unit) for unit in row["units"] or ()]
        for column in ("general", "other"):
            text = next((r[column] for r in reversed(above) if (r[column] or "").strip()), "")
            groups = parse_cell(text, "us").groups
            for need in groups[0].rate.needs if groups and groups[0].rate else ():
                key = quantity_key(need)
                if not NOT_REPORTED.fullmatch(need) and not any(
                    u == key or convert(Fraction(1), u, key) for u in units
                ):
                    lost[row["htsno"]] = f"{text}: {need} is not in {units}"
    assert not lost


# ------------------------------------------------------------------------------------------------- USITC's numbers


@cache
def usitc() -> tuple[tuple[str, str, dict[str, str]], ...]:
    rows = list(csv.DictReader(io.StringIO(held(ORACLE).decode("utf-8-sig"))))
    return tuple((row["hts8"], column, row) for row in rows for column in ("mfn", "col2"))


def test_usitc_reads_the_same_numbers_on_every_line_it_computes() -> None:
    wrong, compared = {}, 0
    for code, column, row in usitc():
        kind = row[f"{column}_rate_type_code"]
        if kind not in "01234567":
            continue
        compared += 1
        text = row[f"{column}_text_rate"]
        rate = parse_rate(text, "us")
        ratio = sum((t.ratio for t in rate.terms if isinstance(t, AdValorem)), Fraction(0))
        money = sorted(t.money for t in rate.terms if isinstance(t, Specific))
        theirs = Fraction(row[f"{column}_ad_val_rate"])
        columns = (f"{column}_specific_rate", f"{column}_other_rate")
        same_ratio = ratio == theirs or ("/3%" in text and abs(ratio - theirs) < Fraction(1, 1000))  # they cut thirds
        if not same_ratio or money != sorted(n for c in columns if (n := Fraction(row[c]))):
            wrong[code, column] = text
    assert compared == 2 * 3190 - (32 + 14 + 7 + 4)
    assert set(wrong) == USITC_DROPS, wrong


def test_what_usitc_cannot_compute_is_refused_with_the_quantities_it_reports() -> None:
    kinds: Counter[str] = Counter()
    for code, column, row in usitc():
        kind = row[f"{column}_rate_type_code"]
        if kind in "01234567":
            continue
        kinds[kind] += 1
        reported = {
            REPORTED[row[f"quantity_{n}_code"]]: Fraction(100) for n in (1, 2) if row[f"quantity_{n}_code"] in REPORTED
        }
        try:
            rate = parse_rate(row[f"{column}_text_rate"], "us")
        except RateRefused as error:
            assert error.code in ("prose", "see"), code
            continue
        with pytest.raises(MissingFact):
            rate.evaluate(Fraction(1000), reported)
    assert kinds == {"9": 32, "K": 14, "T": 7, "X": 4}
