"""The command line over many questions, over conversations, and on the three clocks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tools.law import law

Cli = Callable[..., Any]

# ------------------------------------------------------------------------------------------------- batches


def watch(price: int) -> tuple[str, int]:
    """A question and what is owed: value = price + 250, duty and business tax 5 % each, each cut to the dollar."""
    value = price + 250
    duty = value * 5 // 100
    return f"從日本買一支 {price} 元的石英錶，運費 200 元，保險 50 元，快遞要繳多少稅？", duty + (
        value + duty
    ) * 5 // 100


def test_200_questions_in_one_process_keep_their_order(cli: Cli) -> None:
    rows, owed = [], {}
    for number in range(200):
        if number % 10 == 0:
            question, owed[number] = watch(3000 + 17 * number)
        else:
            question = ("快遞寄來台灣的東西要繳多少稅？", "台灣進口免稅門檻是多少？")[number % 2]
        rows.append(json.dumps({"id": number, "question": question}, ensure_ascii=False))
    rows.insert(50, "{broken")
    done = cli("ask", "--batch", "-", stdin="\n".join(rows))
    assert (done.code, done.err) == (0, "")
    out = [json.loads(line) for line in done.out.splitlines()]
    broken = out.pop(50)
    assert broken["id"] is None and "line 51" in broken["error"]
    assert [row["id"] for row in out] == list(range(200))
    for number, row in enumerate(out):
        answer = row["answer"]
        assert answer["question"] == json.loads(rows[number + (number >= 50)])["question"]
        if number in owed:
            totals = [n["value"] for n in answer["numbers"] if n["of"] == "total"]
            assert totals[0] == str(owed[number]), answer["answer"]
        else:
            said = ("貨價", "2,000 元")[number % 2]
            assert said in answer["answer"], answer["answer"]
    assert len({row["answer"]["conversation_id"] for row in out}) == 200


def test_a_batch_holds_conversations_days_and_languages(cli: Cli) -> None:
    turns = ["快遞寄來台灣的東西要繳多少稅啊？", "是日本的布面運動鞋，2,600 元，運費 250，保險 50，賣家說關稅 7.5%"]
    rows: list[dict[str, Any]] = [
        {"id": "talk", "turns": turns},
        {"id": "fresh", "question": turns[1].replace("是日本", "日本")},
        {"id": "then", "question": "What is the low-value limit in Taiwan?", "as_of": "2017-06-01"},
        {"id": "zh", "question": "What is express class X3 in Taiwan?", "lang": "zh-TW"},
    ]
    done = cli("ask", "--batch", "-", "--as-of", "2026-11-20", stdin="\n".join(json.dumps(r) for r in rows))
    assert (done.code, done.err) == (0, "")
    out = {row["id"]: row for row in map(json.loads, done.out.splitlines())}
    first, second = out["talk"]["answers"]
    assert first["status"] == "needs_input" and second["status"] == "answered"
    assert first["conversation_id"] == second["conversation_id"] != out["fresh"]["answer"]["conversation_id"]
    # 2600 + 250 + 50 = 2900; 7.5 % = 217; (2900 + 217) x 5 % = 155
    assert "372" in [n["value"] for n in second["numbers"] if n["of"] == "total"]
    assert first["as_of"] == "2026-11-20"
    assert out["then"]["answer"]["as_of"] == "2017-06-01" and "3,000" in out["then"]["answer"]["answer"]
    assert out["zh"]["answer"]["language"] == "zh-TW"


BAD_LINES = {
    "not json": "question?", "a list": "[1]", "a text": '"X3?"', "null": "null", "no question": '{"id": 1}',
    "question and turns": '{"id": 1, "question": "X3?", "turns": ["X3?"]}', "unknown key": '{"id": 1, "question": "X3?", "q": 1}',
    "question is a number": '{"id": 1, "question": 3}', "empty question": '{"id": 1, "question": " "}',
    "too long": json.dumps({"id": 1, "question": "稅" * 4001}), "turns is text": '{"id": 1, "turns": "X3?"}',
    "no turns": '{"id": 1, "turns": []}', "turn is null": '{"id": 1, "turns": ["X3?", null]}',
    "bad day": '{"id": 1, "question": "X3?", "as_of": "2026-02-30"}', "day is a number": '{"id": 1, "question": "X3?", "as_of": 7}',
    "bad language": '{"id": 1, "question": "X3?", "lang": "fr"}', "half a surrogate": '{"id": 1, "question": "X3 \\ud800?"}',
    "duplicate braces": '{"id": 1, "question": "X3?"}}', "very deep": "[" * 5000,
}  # fmt: skip


def test_every_kind_of_bad_line_is_told_and_the_run_goes_on(cli: Cli) -> None:
    good = '{"id": "good", "question": "快遞寄來台灣的東西要繳多少稅？"}'
    rows = [row for bad in BAD_LINES.values() for row in (bad, good)]
    done = cli("ask", "--batch", "-", stdin="\n".join(rows))
    assert done.code == 0, done.err[-300:]
    assert not done.err
    out = [json.loads(line) for line in done.out.splitlines()]
    assert len(out) == len(rows)
    assert all(row["id"] == "good" and row["answer"]["status"] == "needs_input" for row in out[1::2])
    for (name, bad), row in zip(BAD_LINES.items(), out[::2], strict=True):
        assert "error" in row, (name, row)
        assert row["id"] == (1 if bad.startswith('{"id": 1') and name != "duplicate braces" else None), name
        assert len(row["error"].splitlines()) == 1, name


def test_a_batch_may_start_with_a_byte_order_mark_and_end_in_crlf(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(
        '\ufeff{"id": 1, "question": "快遞寄來台灣的東西要繳多少稅？"}\r\n\r\n{"id": 2, "question": "快遞寄來台灣的東西要繳多少稅？"}\r\n'.encode()
    )
    done = cli("ask", "--batch", str(file))
    assert (done.code, done.err) == (0, "")
    assert [json.loads(line).get("answer", {}).get("status") for line in done.out.splitlines()] == [
        "needs_input"
    ] * 2, done.out


# ------------------------------------------------------------------------------------------------- the US exemption

DE_MINIMIS = ("law", "de-minimis", "us", "--origin")
#: origin, mode, day -> available, since, until, last part of the basis (facts: EO 14195, 14200, 14256, 14324, 14388)
STATES = [
    ("CN", "express", "2025-02-03", True, "2016-03-10", "2025-02-03", "1321"),
    ("CN", "express", "2025-02-04", False, "2025-02-04", "2025-02-06", "14195"),
    ("HK", "post", "2025-02-07", True, "2025-02-07", "2025-05-01", "14200"),
    ("CN", "express", "2025-03-01", True, "2025-02-07", "2025-05-01", "14200"),
    ("CN", "ocean", "2025-05-02", False, "2025-05-02", None, "14256"),
    ("TW", "express", "2025-08-28", True, "2016-03-10", "2025-08-28", "1321"),
    ("TW", "express", "2025-08-29", False, "2025-08-29", None, "14324"),
    ("JP", "air", "2026-03-01", False, "2025-08-29", None, "14388"),
    ("TW", "land", "2026-11-21", False, "2025-08-29", None, "37789"),
    ("TW", "post", "2026-11-21", False, "2025-08-29", None, "37801"),
    ("CN", "express", "2027-07-01", False, "2025-05-02", None, "70531"),
]


@pytest.fixture(scope="module")
def states(cli_each: Any) -> dict[tuple[str, str, str], dict[str, Any]]:
    """What the command says for each origin, mode and day."""
    asked = [row[:3] for row in STATES]
    done = cli_each([((*DE_MINIMIS, o, "--mode", m, "--on", d, "--value", "500", "--json"), {}) for o, m, d in asked])
    assert [(d.code, d.err) for d in done] == [(0, "")] * len(done)
    return {key: json.loads(d.out) for key, d in zip(asked, done, strict=True)}


@pytest.mark.parametrize(("origin", "mode", "day", "available", "since", "until", "basis"), STATES)
def test_the_us_exemption_by_origin_mode_and_day(
    states: Any, origin: str, mode: str, day: str, available: bool, since: str, until: str | None, basis: str
) -> None:
    state = states[origin, mode, day]
    fields = "available applies threshold since basis_since until instead legal_basis certainty"
    assert set(fields.split()) <= state.keys()
    assert state["available"] is available and state["applies"] is available
    assert state["since"] == since and state["until"] == until
    assert basis in state["legal_basis"]
    assert since <= state["basis_since"] <= day
    assert state["threshold"] == ("800" if day < "2027-07-01" else None)
    assert available or state["instead"]["zh-TW"]


@pytest.mark.parametrize(("value", "applies"), [("100", True), ("100.01", False), (None, None)])
def test_the_gift_exemption_outlives_it(cli: Cli, value: str | None, applies: bool | None) -> None:
    """19 USC 1321(a)(2)(A): bona fide gifts up to US$100."""
    with_value = ("--value", value) if value else ()
    done = cli(*DE_MINIMIS, "TW", "--mode", "post", "--gift", *with_value, "--json")
    state = json.loads(done.out)
    assert state["available"] is True and state["applies"] is applies and state["threshold"] == "100"


# ------------------------------------------------------------------------------------------------- three clocks

MPF = ("MPF 最低最高是多少？", "What are the minimum and maximum MPF?")


DAYS = ("2026-11-21", "2027-01-01", "2027-10-01")


@pytest.fixture(scope="module")
def on_each_day(cli_each: Any) -> dict[str, dict[str, Any]]:
    """What was answered on each day taken for today."""
    questions = {"zh": MPF[0], "en": MPF[1], "limit": "台灣進口免稅門檻是多少？", "us": "從台灣寄 600 美元的快遞到美國還免稅嗎？",
                 "quote": watch(3000)[0]}  # fmt: skip
    rows = "\n".join(json.dumps({"id": k, "question": q}, ensure_ascii=False) for k, q in questions.items())
    done = cli_each([(("ask", "--batch", "-"), {"stdin": rows, "day": day}) for day in DAYS])
    assert [(d.code, d.err) for d in done] == [(0, "")] * len(DAYS)
    found = [{row["id"]: row["answer"] for row in map(json.loads, d.out.splitlines())} for d in done]
    return dict(zip(DAYS, found, strict=True))


@pytest.fixture(params=DAYS)
def clock(request: pytest.FixtureRequest, on_each_day: dict[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A day taken for today, and what was answered on it."""
    return request.param, on_each_day[request.param]


def test_answers_are_of_the_day(clock: tuple[str, dict[str, Any]]) -> None:
    day, answers = clock
    assert {a["as_of"] for a in answers.values()} == {day}
    assert "2,000 元" in answers["limit"]["answer"]
    assert "332 元" in answers["quote"]["answer"]
    opening = answers["us"]["answer"].split("\n")[0]
    assert re.search("沒有|不再|停止|不免稅|已無|廢止", opening), opening


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_fee_of_a_year_not_held_is_not_guessed(clock: tuple[str, dict[str, Any]], lang: str) -> None:
    day, answers = clock
    answer = answers[lang]
    fees = {Decimal(n["value"]) for n in answer["numbers"] if n["unit"] == "USD"}
    held = {v.value for p in ("us.mpf.minimum", "us.mpf.maximum") for v in law().parameter(p).values}
    assert fees <= held
    if day < "2027-10-01":
        assert answer["status"] == "answered"
        assert {Decimal("34.58"), Decimal("670.86")} <= fees
        return
    assert answer["status"] == "not_covered"
    lines = [
        line for line in answer["answer"].splitlines() if re.search("2027 ?年 ?10 ?月 ?1 ?日|October 1, 2027", line)
    ]
    assert sum(bool(re.search("沒有收錄|未收錄|[Nn]o value|not held", line)) for line in lines) == 2, answer["answer"]
    assert "**" not in answer["answer"]  # no figure is set in bold as the one that holds
    for figure in ("34.58", "670.86"):  # the last ones held are told with the day they end, or not at all
        for line in answer["answer"].splitlines():
            assert figure not in line or re.search("2027 ?年 ?9 ?月 ?30 ?日|September 30, 2027|2027-09-30", line), line


def test_law_show_follows_the_clock_unless_a_day_is_given(cli: Cli) -> None:
    show = ("law", "show", "us.mpf.minimum")
    assert json.loads(cli(*show, "--json", day="2026-09-30").out)["value"] == "33.58"
    assert json.loads(cli(*show, "--json", day="2027-01-01").out)["value"] == "34.58"
    assert cli(*show, day="2027-10-01").code == 2
    assert json.loads(cli(*show, "--on", "2027-09-30", "--json", day="2027-10-01").out)["value"] == "34.58"


def test_law_show_has_the_fields_of_the_contract(cli: Cli) -> None:
    value = json.loads(cli("law", "show", "tw.low_value.limit", "--on", "2017-12-31", "--json").out)
    assert {"id", "value", "unit", "effective_from", "effective_to", "source", "certainty", "frontier"} <= value.keys()
    assert (value["value"], value["unit"], value["effective_to"]) == ("3000", "TWD", "2017-12-31")
    topic = json.loads(cli("law", "show", "us.mpf", "--on", "2026-11-21", "--json").out)
    assert {"us.mpf.rate", "us.mpf.minimum", "us.mpf.maximum"} <= {row["id"] for row in topic}
