"""A result explains itself: canonical receipts, messages in both languages, labels without figures."""

from __future__ import annotations

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tools.labels import label, labels
from tools.result import Figure, Message, catalogue, differences
from tools.text import format as write

TOOLS = Path(__file__).resolve().parents[2] / "tools"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


#: numbers that are names: of sections of acts, columns and chapters of the tariff, entry types
NAMED = re.compile(
    r"Section \d+|\b\d+ 條款|\b\d+ 清單|column \d|第 \d 欄|Chapter \d+|第 \d+ 章|entry type \d+|第 \d+ 類|G1|columns \d and \d|第 \d+ 章|chapter \d+|MW0"
)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    texts = catalogue()[code]
    assert set(PLACEHOLDER.findall(texts.zh_TW)) - {"name"} == set(PLACEHOLDER.findall(texts.en)) - {"name", "detail"}
    assert not re.search(
        r"\d",
        NAMED.sub("", PLACEHOLDER.sub("", texts.zh_TW + texts.en))
        .replace("X2", "")
        .replace("X3", "")
        .replace("X4", "")
        .replace("column 1", "")
        .replace("1 元", ""),
    )


def test_every_message_used_in_the_code_is_in_the_catalogue() -> None:
    used: set[str] = set()
    for file in TOOLS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                used |= {
                    str(k.value.value) for k in node.keywords if k.arg == "code" and isinstance(k.value, ast.Constant)
                }
    assert used
    assert used <= set(catalogue())


@pytest.mark.parametrize("key", sorted(labels()))
def test_a_label_holds_no_figure(key: str) -> None:
    for name in labels()[key].names.all():
        assert name.strip()
        assert not re.search(r"\d", NAMED.sub("", name))
    assert label(key).zh_TW == labels()[key].names.zh_TW[0]


def test_a_message_renders_its_figures() -> None:
    message = Message(code="exempt_low_value", figures={"limit": Figure(value=Decimal(2000), unit="TWD", of="limit")})
    assert message.text == {
        "zh-TW": "完稅價格未超過 2,000 元，依低價免稅規定免徵",
        "en": "customs value does not exceed NT$2,000: exempt as a low-value import",
    }


def test_differences_name_each_leaf() -> None:
    old = {"totals": {"duty": "162", "total": "332"}, "lines": [{"key": "duty"}], "same": 1}
    new = {"totals": {"duty": "163", "total": "332"}, "lines": [{"key": "fee"}], "same": 1, "more": 2}
    assert differences(old, new) == ["lines[0].key: 'duty' -> 'fee'", "more: None -> 2", "totals.duty: '162' -> '163'"]
    assert differences(old, old) == []


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (Decimal(3250), "TWD", "3,250 元", "NT$3,250"),
        (Decimal("33.10"), "USD", "33.10 美元", "US$33.10"),
        (Decimal(800), "USD", "800 美元", "US$800"),
        (Decimal("670.86"), "USD", "670.86 美元", "US$670.86"),
        (Decimal("0.003464"), "ratio", "0.3464%", "0.3464%"),
        (Decimal("0.105"), "ratio", "10.5%", "10.5%"),
        (Decimal(1000000), "TWD", "1,000,000 元", "NT$1,000,000"),
        (Decimal(6), "count", "6", "6"),
        (Decimal(70), "kilograms", "70 公斤", "70 kg"),
        (date(2025, 8, 29), "date", "2025年8月29日", "August 29, 2025"),
        (True, "boolean", "是", "yes"),
        (("a", "b"), "text", "a、b", "a, b"),
    ],
)
def test_figures_are_written_one_way(
    value: Decimal | date | bool | tuple[str, ...], unit: str, zh: str, en: str
) -> None:
    assert (write.figure(value, unit, "zh-TW"), write.figure(value, unit, "en")) == (zh, en)


FORBIDDEN = {"datetime.now", "date.today", "datetime.today", "datetime.utcnow", "time.time", "os.environ", "os.getenv"}


@pytest.mark.parametrize("file", [pytest.param(f, id=str(f.relative_to(TOOLS))) for f in sorted(TOOLS.rglob("*.py"))])
def test_no_clock_no_environment_no_float(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    seen = {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    assert not seen & FORBIDDEN
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not calls & {"float", "round", "print", "input", "open", "time.sleep"}
