"""Cases are read strictly; gold is frozen; arithmetic holds; the suites are as many and as mixed as promised."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from evals.cases import Case, read_cases, read_file
from evals.gold import differences, freeze
from evals.history import read_history
from tests.evals.made import DAY, case
from tests.tools.arithmetic import evaluate
from tools.errors import DataError

SUITES = read_cases()
OURS = [c for rows in SUITES.values() for c in rows]
ROW = json.loads(case().model_dump_json(exclude_defaults=True)) | {"as_of": "2026-11-21"}


def _read(tmp_path: Path, text: str, name: str = "suite.yaml") -> list[Case]:
    (tmp_path / name).write_text(text, "utf-8")
    return read_cases(tmp_path)[Path(name).stem]


def _yaml(*rows: dict[str, object]) -> str:
    return yaml.safe_dump(list(rows), allow_unicode=True)


@pytest.mark.parametrize("name", ["suite.yaml", "suite.jsonl"])
def test_yaml_and_jsonl_say_the_same(tmp_path: Path, name: str) -> None:
    text = _yaml(ROW) if name.endswith("yaml") else json.dumps(ROW) + "\n"
    assert _read(tmp_path, text, name) == [case()]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"qestion": "?"}, "qestion"), ({"status": "maybe"}, "status"), ({"turns": ["a", "b"]}, "question or turns"),
        ({"status": "needs_input", "figures": [], "facts": ["x"]}, "needs_input must say"),
        ({"status": "declined"}, "cannot want figures"), ({"figures": []}, "anything would pass"),
        ({"facts": ["a"], "forbidden": ["a"]}, "required and forbidden"), ({"facts": ["("]}, "suite.yaml, a-case"),
        ({"figures": ROW["figures"] * 2}, "wanted twice"), ({"split": "test"}, "split"), ({"id": "A b"}, "id"),
    ],
)  # fmt: skip
def test_a_wrong_case_is_refused(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        _read(tmp_path, _yaml(ROW | change))


def test_what_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="used twice"):
        _read(tmp_path, _yaml(ROW, ROW))
    with pytest.raises(DataError, match="twice in one case"):
        _read(tmp_path, _yaml(ROW) + "  status: declined\n")


def test_a_paraphrase_has_the_gold_of_its_original(tmp_path: Path) -> None:
    row = {"id": "b", "paraphrase_of": "a-case", "question": "錶要多少稅", "how": "short", "author": "t"}
    original, other = _read(tmp_path, _yaml(ROW, row))
    assert (other.figures, other.status, other.paraphrase_of) == (original.figures, original.status, original.id)
    with pytest.raises(DataError, match="which is no case"):
        _read(tmp_path, _yaml(row))


def test_the_simple_form_needs_status_and_forbidden_claims(tmp_path: Path) -> None:
    row = {"id": "ex-1", "lang": "zh", "question": "幾欄？", "answer": "三欄。", "must_contain": ["三欄|3 欄"], "source_seed": "004.txt",
           "kind": "policy", "status": "answered", "forbidden": ["兩欄"]}  # fmt: skip
    path = tmp_path / "simple.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    made = read_file(path, DAY)[0]
    assert isinstance(made, Case)
    assert (made.lang, made.facts, made.forbidden) == ("zh-TW", ("三欄|3 欄",), ("兩欄",))
    path.write_text(json.dumps({k: v for k, v in row.items() if k != "status"}), "utf-8")
    with pytest.raises(DataError, match="status"):
        read_file(path, DAY)
    path.write_text(json.dumps({k: v for k, v in row.items() if k != "forbidden"}), "utf-8")
    loose = read_file(path, DAY)[0]
    assert isinstance(loose, Case)
    assert "weak" in loose.tags
    with pytest.raises(DataError, match="forbidden"):
        read_file(path)


def test_gold_is_frozen_and_a_change_shows(tmp_path: Path) -> None:
    one = case()
    assert freeze("s", [one], tmp_path) == ["a-case: not frozen"]
    assert differences("s", [one], tmp_path) == []
    assert differences("s", [one.model_copy(update={"reason": "other words"})], tmp_path) == []
    assert differences("s", [case(facts=["332"])], tmp_path) == ["a-case: changed since it was frozen"]
    assert differences("s", [], tmp_path) == ["a-case: frozen, and gone"]


@pytest.mark.parametrize("suite", SUITES)
def test_the_gold_of_every_suite_is_frozen(suite: str) -> None:
    assert not differences(suite, SUITES[suite]), f"freeze with: ./customs eval freeze {suite}"


def test_every_history_begins_with_a_first_score() -> None:
    for suite, lines in read_history().items():
        assert [line["first"] for line in lines] == [True] + [False] * (len(lines) - 1), suite


# ---------------------------------------------------------------------------------------------- arithmetic

_STEP = re.compile(
    r"(?P<left>.+?)\s*=\s*(?P<right>-?[\d.]+)(?:\s*(?P<sign><=|>=|<|>)\s*(?P<bound>[\d.]+)\s*->\s*(?P<then>[\d.]+))?"
)
_WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_CALLS = re.compile(r"\b(?:floor|half_up|min|max)\b")
#: what is computed; other keys name a value of the law
_COMPUTED = re.compile(r"^[a-z_0-9]+$")


def steps(text: str) -> tuple[list[str], set[Fraction]]:
    """What is wrong in `3000+200=3200; floor(3200*0.05)=160; 1.28<=100 -> 0`, and every number it comes to."""
    wrong, reached = [], set()
    for part in filter(None, (p.strip() for p in text.split(";"))):
        step = _STEP.fullmatch(part)
        if step is None or _WORDS.search(_CALLS.sub("", step["left"])):
            reached |= {Fraction(n.replace(",", "")) for n in re.findall(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?", part)}
            continue
        reached |= {Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", step["left"])}  # a flat fee is only added
        value, said = evaluate(f"x = {step['left']}")["x"], Fraction(step["right"])
        if value != said:
            wrong.append(f"{part}: {value} is not {step['right']}")
        reached.add(said)
        if step["sign"]:
            holds = evaluate(f"x = 1 if {step['right']} {step['sign']} {step['bound']} else 0")["x"]
            wrong += [] if holds else [f"{part}: the comparison does not hold"]
            reached.add(Fraction(step["then"]))
    return wrong, reached


@pytest.mark.parametrize("suite", SUITES)
def test_the_arithmetic_of_every_case_holds_and_reaches_its_figures(suite: str) -> None:
    wrong = []
    for one in SUITES[suite]:
        mistakes, reached = steps(one.arithmetic)
        wrong += [f"{one.id}: {m}" for m in mistakes]
        wrong += [
            f"{one.id}: {f.of} {f.value} is not reached"
            for f in one.figures
            if _COMPUTED.match(f.of) and Fraction(f.value) not in reached
        ]
    assert not wrong, wrong


def test_wrong_arithmetic_is_noticed() -> None:
    assert steps("3000+200=3201")[0]
    assert steps("100.5=100.5<=100 -> 0")[0]
    assert steps("floor(3250*0.05)=162; (3250+162)*0.05=170.6; floor(170.6)=170; FY2027 minimum 34.58")[0] == []
