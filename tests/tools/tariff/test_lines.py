"""The bundled lines against the official file, and the names people find them by."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from tests.tools.tariff.shared_data import OFFICIAL, official
from tools.errors import NotFound, NotInForce, OutOfScope
from tools.law import law
from tools.taiwan.law import TaiwanLaw
from tools.tariff import CccCode, TariffLine, parse_rate_text, schedule
from tools.tariff.codes import ccc_check_digit
from tools.tariff.names import find_lines, fold
from tools.tariff.schedule import LINES
from tools.text.normalise import to_traditional

HELD = schedule("tw")
DAY = date(2026, 11, 21)
TAIWAN = TaiwanLaw(law(), DAY)


LINES_HELD = list(HELD.lines.values())
SPECIFIC = re.compile(r"NT\$\d+(\.\d+)?/[A-Z]{3}( or \d+(\.\d+)?% whichever is higher)?")


def _cells(line: TariffLine) -> dict[str, str]:
    return {
        "貨品分類號列": line.code,
        "第一欄稅率": line.rates["column_1"],
        "第二欄稅率": line.rates["column_2"],
        "第三欄稅率": line.rates["column_3"],
        "統計單位": " ".join(line.units),
        "稽徵規定": " ".join(line.levies),
        "輸入規定": " ".join(line.import_regulations),
        "輸出規定": " ".join(line.export_regulations),
    }


def test_lines_agree_with_the_official_file_cell_by_cell() -> None:
    rows = official()
    differing = []
    for line in LINES_HELD:
        row = {name: " ".join((cell or "").split()) for name, cell in rows[line.code].items()}
        row["統計單位"] = f"{row['統計數量單位']} {row['統計重量單位']}".strip()
        ours = _cells(line)
        differing += [(line.code, name, ours[name], row[name]) for name in ours if ours[name] != row[name]]
    assert not differing


def test_lines_are_placed_under_their_headings() -> None:
    for line in LINES_HELD:
        assert line.path == (line.code[:2], line.code[:4], line.code[:6]), line.code
        assert line.parent == line.code[: 6 if line.code[8:10] == "00" else 8], line.code
        assert line.rates.keys() == {"column_1", "column_2", "column_3"}, line.code
        assert line.revision == HELD.revision.id, line.code


def test_lines_have_true_check_digits() -> None:
    for line in LINES_HELD:
        assert str(CccCode.parse(line.code)) == line.display_code
        assert CccCode.parse(line.display_code).digits == line.code


def test_lines_have_a_rate_that_is_a_share_of_value_or_a_sum_by_quantity() -> None:
    for line in LINES_HELD:
        cell = line.rates["column_1"]
        assert SPECIFIC.fullmatch(cell) or parse_rate_text(cell).decimal >= 0, line.code


def test_lines_are_found_by_their_names() -> None:
    lost = []
    for line in LINES_HELD:
        for name in line.default_for.all():
            first = find_lines(name, HELD, fuzzy=False)[0]
            lost += [(line.code, name)] * ((first.line.code, first.preferred) != (line.code, True))
        for name in (line.name.zh_TW, line.name.en, *line.aliases.all()):
            found = {m.line.code for m in find_lines(name, HELD, fuzzy=False)}
            lost += [(line.code, name)] * (line.code not in found)
    assert not lost


def test_lines_have_names_in_both_languages() -> None:
    for line in LINES_HELD:
        assert all(name == to_traditional(name) for name in (line.name.zh_TW, *line.aliases.zh_TW)), line.code
        assert re.search(r"[\u4e00-\u9fff]", line.name.zh_TW), line.code
        assert line.name.en.isascii(), line.code
        assert line.aliases.zh_TW, line.code
        assert line.aliases.en, line.code


def test_a_name_shared_by_unrelated_headings_says_what_it_usually_means() -> None:
    headings: dict[str, set[str]] = defaultdict(set)
    meant: set[str] = set()
    for line in LINES_HELD:
        for name in (line.name.zh_TW, line.name.en, *line.aliases.all(), *line.default_for.all()):
            headings[fold(name)].add(line.code[:4])
        meant |= {fold(name) for name in line.default_for.all()}
    assert not {name: found for name, found in headings.items() if len(found) > 1 and name not in meant}


def test_levies_and_lists_agree() -> None:
    for line in LINES_HELD:
        for name, levies in (("alcohol_headings", {"B", "B*"}), ("tobacco_headings", {"C"})):
            expected = bool(levies & set(line.levies))
            assert TAIWAN.listed(f"tw.excluded_lists.{name}", line.code) is expected, line.code


def test_no_name_is_claimed_by_two_lines() -> None:
    claims: dict[str, set[str]] = defaultdict(set)
    for line in HELD.lines.values():
        for name in line.default_for.all():
            claims[fold(name)].add(line.display_code)
    assert not {name: codes for name, codes in claims.items() if len(codes) > 1}


def test_lines_are_sorted_and_stand_once() -> None:
    assert len(HELD.lines) >= 600
    rows = [json.loads(row) for row in (LINES / "tw.jsonl").read_text("utf-8").splitlines()]
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    assert len(codes) == len(HELD.lines)


def test_the_lists_of_alcohol_and_tobacco_are_those_of_the_official_file() -> None:
    wrong = []
    for code, row in official().items():
        levies = set((row["稽徵規定"] or "").split())
        for name, marks in (("alcohol_headings", {"B", "B*"}), ("tobacco_headings", {"C"})):
            if TAIWAN.listed(f"tw.excluded_lists.{name}", code) is not bool(levies & marks):
                wrong.append((code, name))
    assert not wrong


def test_the_check_digit_fits_every_code_of_the_official_file() -> None:
    rows = official()
    assert len(rows) == 12_686
    assert not [code for code in rows if ccc_check_digit(code[:10]) != code[10]]


def test_every_column_1_of_the_official_file_is_read_or_refused_as_counted() -> None:
    read = refused = 0
    for row in official().values():
        try:
            parse_rate_text(row["第一欄稅率"])
            read += 1
        except OutOfScope:
            refused += 1
    assert (read, refused) == (12_487, 113 + 79 + 7)


def test_absent_shared_data_is_said_aloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.tools.tariff.shared_data.OFFICIAL", tmp_path / OFFICIAL.name)
    with pytest.warns(UserWarning, match="shared data absent"), pytest.raises(pytest.skip.Exception, match="absent"):
        official()


@pytest.mark.parametrize("code", ["91021100006", "9102.11.00.00-6", " 9102 1100 006 "])
def test_a_line_is_found_by_code_in_any_spelling(code: str) -> None:
    assert HELD.line(code, DAY).display_code == "9102.11.00.00-6"


def test_a_code_not_held_names_its_neighbours() -> None:
    with pytest.raises(NotFound, match=r"tariff line 91029900001: not held; near it: 9102\.11\.00\.00-6"):
        HELD.line("91029900001", DAY)


def test_the_day_before_the_edition_is_not_held() -> None:
    with pytest.raises(NotInForce, match="2024-12-31; held: 2025-01-01 to open"):
        HELD.line("91021100006", date(2024, 12, 31))
    assert HELD.line("91021100006", date(2025, 1, 1)).rates["column_1"] == "5%"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("從日本買一支 3,000 元的石英錶", "9102.11.00.00-6"),
        ("a pair of bluetooth headphones", "8518.30.32.00-5"),
        ("棉T", "6109.10.00.00-6"),
        ("皮夾", "4202.31.00.00-1"),
        ("LAPTOPS", "8471.30.00.00-8"),
        ("笔电", "8471.30.00.00-8"),
    ],
)
def test_goods_are_found_by_everyday_names(text: str, code: str) -> None:
    assert find_lines(text, HELD)[0].line.display_code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Can my drones come by courier?", "8806.21.00.00-5"),  # a name in the plural, in a sentence
        ("露營帳篷一頂", "6306.22.00.00-3"),
        ("一個空氣青淨機", "8421.39.10.00-8"),  # one character wrong
        ("toothbrsh", "9603.21.00.00-8"),  # one letter left out
    ],
)
def test_a_longer_list_of_names_is_found_too(text: str, code: str) -> None:
    assert find_lines(text, HELD)[0].line.display_code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "智慧海關的前景",  # one character off 智慧開關
        "韓國海關在疫情中做了什麼",
        "風力發電機零件的例子",
        "利害關係人參與的策略",
        "customs processing in the Asia-Pacific region",
        "a project to develop several measures",
        "   ",
        "關稅怎麼算",
        "3,000 元",
        "快遞要不要繳稅",
        "第七次進口要繳多少",
        "how is duty computed",
        "what does the public notice say",
        "I want to purchase something for 3,000",
        "who pays the duty",
    ],
)
def test_a_text_without_goods_finds_none(text: str) -> None:
    assert find_lines(text, HELD) == []


@pytest.mark.parametrize(
    ("text", "held", "others"),
    [
        ("腳踏車安全帽", "tw", "8712"),
        ("手錶帶", "tw", "9102"),
        ("相機袋", "tw", "8525"),
        ("吉他架", "tw", "92"),
        ("bicycle helmet", "us", "8712"),
    ],
)
def test_what_belongs_to_goods_is_not_the_goods(text: str, held: Literal["tw", "us"], others: str) -> None:
    assert not [m.line.code for m in find_lines(text, schedule(held)) if m.line.code.startswith(others)]
