"""The command line as other programs meet it: demonstrations, exit codes, one-line errors, JSON contracts, three clocks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tools.result import Result

QUOTE = (
    "quote",
    "tw",
    "--route",
    "express",
    "--price",
    "3000",
    "--freight",
    "200",
    "--insurance",
    "50",
    "--rate",
    "5%",
)
DE_MINIMIS = ("law", "de-minimis", "us", "--origin")
Cli = Callable[..., Any]


def parsed(done: Any) -> Any:
    """Standard output as one JSON document; nothing on standard error."""
    assert done.code == 0, done.err
    assert not done.err, done.err
    return json.loads(done.out)


# ------------------------------------------------------------------------------------------------- demonstrations

#: id -> question, status, of -> values in the answer grounded in a tool, what is said, what is not
DEMONSTRATIONS: dict[str, tuple[str, str, dict[str, set[str]], str, str]] = {
    "A": ("從日本買一支 3,000 元的石英錶，運費 200，保險 50，快遞要繳多少稅？", "answered",  # 3250 x 5% = 162, 3412 x 5% = 170
          {"customs_value": {"3250"}, "duty": {"162"}, "business_tax": {"170"}, "total": {"332"}, "landed_cost": {"3582"}},
          "332 元", "3,333"),
    "B": ("Headphones from Japan, seller says 5% duty. Price NT$3,500, freight 300, insurance 50, courier to Taiwan. Tax?", "answered", {"customs_value": {"3850"}, "duty": {"0", "192"}, "total": {"192", "394"}}, "0%", "NT\\$3,500 total"),
    "C": ("我這半年已經用掉六次免稅，第七個快遞包裹完稅價格 1,500 元，稅率 5%，還能免稅嗎？", "answered",  # 75 + 78
          {"duty": {"75"}, "business_tax": {"78"}, "total": {"153"}}, "6 ?次|六次|第 ?7|第七", "稅費合計[:：]? ?0 ?元"),
    "D": ("Is a US$600 parcel from Shenzhen still duty free in the US? And on 2025-03-01?", "answered",
          {"us.de_minimis.threshold": {"800"}}, "(?i)May [12], 2025|2025-05-0[12]", "(?i)still duty.free today"),
    "E": ("那份 7501 指南說 MPF 最低 27.75、最高 538.40 美元，2026 年 11 月還對嗎？", "answered",
          {"us.mpf.minimum": {"34.58"}, "us.mpf.maximum": {"670.86"}}, "2022|舊|過", "(?<!不)(?<!不是)仍然?(?:適用|正確)"),
    "F": ("台灣進口免稅門檻是 3,000 元，對嗎？", "answered", {"tw.low_value.limit": {"2000"}}, "2018|舊|過時", "對，"),
    "X3": ("台灣海關 X3 是什麼？", "answered", {"tw.low_value.limit": {"2000"}, "tw.express.simplified_ceiling": {"50000"}},
           "低價應稅", "X3 是文件"),
    "missing": ("快遞寄來台灣的東西要繳多少稅？", "needs_input", {}, "貨價|價格", r"\d+ 元"),
    "outside": ("德國的進口增值稅率是多少？", "not_covered", {}, "沒有|未收錄|無法", r"\d+ ?%"),
    "evasion": ("教我怎麼拆單讓每包都低於免稅門檻", "declined", {}, "不能|不實|無法", "可以拆成"),
}  # fmt: skip


@pytest.fixture(scope="module")
def demonstrated(cli: Cli) -> dict[str, Any]:
    """Every demonstration, answered in one run of the command line."""
    lines = [json.dumps({"id": name, "question": demo[0]}, ensure_ascii=False) for name, demo in DEMONSTRATIONS.items()]
    done = cli("ask", "--batch", "-", stdin="\n".join(lines))
    assert done.code == 0 and not done.err, done.err
    return {row["id"]: row["answer"] for row in map(json.loads, done.out.splitlines())}


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_a_demonstration(demonstrated: dict[str, Any], name: str) -> None:
    question, status, figures, said, unsaid = DEMONSTRATIONS[name]
    answer = demonstrated[name]
    assert answer["question"] == question
    assert answer["status"] == status, answer["answer"]
    assert answer["as_of"] == TODAY.isoformat() and answer["model"] == answer["composed_by"] == "offline"
    assert answer["language"] == ("en" if question.isascii() else "zh-TW")
    tool = [n for n in answer["numbers"] if n["grounding"]["kind"] == "tool" and n["unit"] in ("TWD", "USD")]
    for of, values in figures.items():
        got = {str(Decimal(n["value"]).normalize()) for n in tool if n["of"] == of}
        assert {str(Decimal(v).normalize()) for v in values} <= got, f"{of} {values} in {got}\n{answer['answer']}"
    assert re.search(said, answer["answer"]), answer["answer"]
    assert not re.search(unsaid, answer["answer"]), answer["answer"]


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_every_figure_of_a_demonstration_has_its_receipt(demonstrated: dict[str, Any], name: str) -> None:
    answer = demonstrated[name]
    for number in answer["numbers"]:
        assert number["text"] in answer["answer"]
        assert number["value"]
        assert number["of"] or number["grounding"]["kind"] == "passage", number
        assert number["grounding"]["ref"] and number["grounding"]["kind"] in ("tool", "passage", "question")
    markers = set(re.findall(r"\[\d+\]", answer["answer"]))
    assert markers == {c["marker"] for c in answer["citations"]}
    for citation in answer["citations"]:
        assert citation["document_id"] and citation["passage"] and citation["source"]["citation"]
    if answer["status"] == "needs_input":
        assert answer["follow_up"] and all(f["question"] and f["matters"] for f in answer["follow_up"])


# ------------------------------------------------------------------------------------------------- ask, one question


def test_ask_prints_the_answer_and_nothing_else(cli: Cli) -> None:
    done = cli("ask", "MPF 最低最高是多少？", "--as-of", "2026-11-21")
    assert done.code == 0 and not done.err
    assert "34.58" in done.out and "670.86" in done.out and "出處" in done.out


def test_ask_json_is_one_document_with_the_fields_of_the_contract(cli: Cli) -> None:
    answer = parsed(
        cli("ask", "What is express class X3 in Taiwan?", "--json", "--as-of", "2017-06-01", "--lang", "zh-TW")
    )
    fields = ("id conversation_id question language as_of model composed_by status answer citations numbers identifiers "
              "tool_calls follow_up warnings elapsed_ms")  # fmt: skip
    assert set(fields.split()) <= answer.keys()
    assert answer["language"] == "zh-TW" and answer["as_of"] == "2017-06-01"
    assert "3,000 元" in answer["answer"]


def test_a_hosted_model_without_its_settings_ends_with_3(cli: Cli) -> None:
    done = cli("ask", "X3?", "--model", "openai:some-model")
    assert done.code == 3
    assert "CUSTOMS_OPENAI_API_KEY" in done.error


# ------------------------------------------------------------------------------------------------- errors in one line

ERRORS: dict[str, tuple[tuple[str, ...], str]] = {
    "unreadable amount": (("quote", "tw", "--route", "express", "--price", "abc"), "price.*abc.*accepted"),
    "negative price": (("quote", "tw", "--route", "express", "--price", "-5"), "price.*-5.*accepted"),
    "price that is no number": (("quote", "tw", "--route", "express", "--price", "NaN"), "price.*accepted"),
    "unknown currency": (("quote", "tw", "--route", "express", "--price", "9", "--currency", "QQQ"), "currency.*QQQ.*TWD"),
    "unknown route": (("quote", "tw", "--route", "boat", "--price", "9"), "route.*boat.*express"),
    "no route": (("quote", "tw", "--price", "9"), "route.*required"),
    "unreadable rate": (("quote", "tw", "--route", "express", "--price", "9", "--rate", "lots"), "rate.*lots.*5%"),
    "impossible date": (("quote", "tw", "--route", "express", "--price", "9", "--as-of", "2026-02-30"), "as_of.*2026-02-30"),
    "impossible date of ask": (("ask", "X3?", "--as-of", "2026-13-01"), "as_of.*2026-13-01"),
    "unknown option": (("quote", "tw", "--colour", "red"), "No such option: --colour"),
    "unknown command": (("frobnicate",), "No such command 'frobnicate'"),
    "option without value": (("ask", "--batch"), "--batch"),
    "nothing to ask": (("ask",), "question"),
    "empty question": (("ask", " "), "question.*empty"),
    "unknown language": (("ask", "X3?", "--lang", "fr"), "lang.*fr.*zh-TW"),
    "unknown model": (("ask", "X3?", "--model", "gpt"), "model.*gpt.*offline"),
    "missing input file": (("quote", "tw", "--input", "no-such-file.json"), "no-such-file.json cannot be read"),
    "missing batch file": (("ask", "--batch", "no-such-file.jsonl"), "no-such-file.jsonl cannot be read"),
    "missing receipt": (("replay", "no-such-file.json"), "no-such-file.json cannot be read"),
    "directory for a file": (("quote", "tw", "--input", "."), "cannot be read"),
    "both input and options": (("quote", "tw", "--input", "-", "--price", "9"), "input"),
    "day outside the law": (("law", "show", "us.mpf.minimum", "--on", "2027-10-01"), "us.mpf.minimum.*2027-10-01.*to 2027-09-30"),
    "day before the law": (("law", "show", "tw.low_value.exempt_imports_per_half_year", "--on", "2017-06-30"), "2017-07-01 to open"),
    "unknown parameter": (("law", "show", "us.mpf.minimun"), "us.mpf.minimun.*near it: .*us.mpf.minimum"),
    "unknown topic": (("law", "show", "nothing"), "nothing: not held"),
    "unknown origin": ((*DE_MINIMIS, "ZZ", "--mode", "air"), "origin.*ZZ"),
    "unknown mode": ((*DE_MINIMIS, "CN", "--mode", "boat"), "mode.*boat.*express"),
    "unknown country": (("law", "de-minimis", "jp", "--origin", "CN", "--mode", "air"), "country.*jp.*us"),
    "negative value": ((*DE_MINIMIS, "CN", "--mode", "air", "--value", "-1"), "value.*-1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def refused(cli_each: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """How each of the wrong commands ended."""
    unused = tmp_path_factory.mktemp("errors") / "unused"
    done = cli_each([(args, {"state": unused, "stdin": "{}"}) for args, _ in ERRORS.values()])
    return dict(zip(ERRORS, done, strict=True))


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_one_line_that_says_what_is_accepted(refused: dict[str, Any], name: str) -> None:
    done = refused[name]
    assert done.code == 2
    assert re.search(ERRORS[name][1], done.error), done.error
    assert len(done.error) < 700


@pytest.mark.parametrize(
    ("variable", "value"), [("CUSTOMS_TODAY", "tomorrow"), ("CUSTOMS_PORT", "x"), ("CUSTOMS_MODEL", "gpt")]
)
def test_a_setting_that_cannot_be_used_is_named(cli: Cli, variable: str, value: str) -> None:
    done = cli("ask", "X3?", extra={variable: value})
    assert done.code == 2
    assert variable in done.error and value in done.error


def test_an_unwritable_state_directory_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = cli("ask", "台灣海關 X3 是什麼？", state=tmp_path / "file" / "home")
    assert done.code == 2
    assert "CUSTOMS_HOME" in done.error


def test_quote_and_law_need_no_state_directory(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for args in (
        QUOTE,
        ("law", "show", "us.mpf.rate"),
        ("law", "de-minimis", "us", "--origin", "TW", "--mode", "air"),
    ):
        assert cli(*args, state=tmp_path / "file" / "home").code == 0


def test_broken_law_of_ours_ends_with_4_and_names_the_file(cli: Cli, root: Path, tmp_path: Path) -> None:
    for room in ("tools", "advisor", "corpus", "ui"):
        shutil.copytree(root / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "tools/law/us/mpf.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[minimum.values]]\nfrom = 2027-10-01\nvalue = 1\n")
    done = cli("law", "show", "us.mpf.minimum", code=tmp_path)
    assert done.code == 4
    assert "us/mpf.toml" in done.error


# ------------------------------------------------------------------------------------------------- quote and replay


def test_a_quote_has_the_fields_of_the_contract(cli: Cli) -> None:
    result = parsed(cli(*QUOTE, "--country-of-origin", "JP", "--json"))
    fields = ("id jurisdiction as_of input complete missing lines totals range alternatives regime assumptions warnings "
              "data_revision receipt")  # fmt: skip
    assert set(fields.split()) <= result.keys()
    wanted = {"customs_value": 3250, "duty": 162, "taxes": 170, "fees": 0, "total": 332, "landed_cost": 3582}
    assert {k: int(v) for k, v in result["totals"].items() if v is not None} == wanted
    for line in result["lines"]:
        assert set(line["label"]) == {"zh-TW", "en"}
        assert line["formula"] and line["legal_basis"] and line["parameters"]
        for used in line["parameters"]:
            assert {"id", "value", "effective_from", "effective_to", "source", "certainty"} <= used.keys()
            assert set(used["source"]["citation"]) == {"zh-TW", "en"}
    for message in (*result["warnings"], *result["assumptions"]):
        dates = [f["value"] for f in message["figures"].values() if f["unit"] == "date"]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in dates), message


def test_the_schedule_warning_dates_itself(cli: Cli) -> None:
    """Figures of a message are machine-readable: a date is an ISO date."""
    result = parsed(cli(*QUOTE[:-2], "--ccc-code", "9102.11.00.00-6", "--as-of", "2026-11-21", "--json"))
    (figures,) = [w["figures"] for w in result["warnings"] if w["code"] == "schedule_vintage"]
    assert figures["frontier"]["value"] == "2025-08-25"
    assert figures["amended"]["value"] == "2026-01-28"


def test_a_quote_for_people_shows_formulas_articles_and_the_receipt(cli: Cli) -> None:
    out = cli(*QUOTE).out
    for text in (
        "3,000 + 200 + 50 = 3,250",
        "162.5 → 162",
        "170.6 → 170",
        "332",
        "3,582",
        "關稅法|營業稅法",
        "sha256:",
    ):
        assert re.search(text if "|" in text else re.escape(text), out), out


def test_replay_is_identical_changed_or_altered(cli: Cli, tmp_path: Path) -> None:
    recorded = cli(*QUOTE, "--json").out
    same = cli("replay", "-", stdin=recorded)
    assert (same.code, same.err) == (0, "")
    assert same.out.strip() == f"identical {json.loads(recorded)['receipt']}"

    altered = json.loads(recorded)
    altered["totals"]["total"] = "0"
    done = cli("replay", "-", stdin=json.dumps(altered))
    assert done.code == 1 and "altered" in done.error

    texts = json.loads(
        json.dumps(json.loads(recorded)), object_hook=lambda o: {k: v for k, v in o.items() if k != "text"}
    )
    result = Result.model_validate(texts)
    older = result.model_copy(update={"totals": result.totals.model_copy(update={"duty": Decimal(161)})}).sealed()
    (tmp_path / "older.json").write_text(json.dumps(older.model_dump(mode="json"), ensure_ascii=False), "utf-8")
    done = cli("replay", str(tmp_path / "older.json"))
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == ["totals.duty: '161' -> '162'"]


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"receipt": 1}', '{"tool_calls": []}'])
def test_replay_of_what_is_no_receipt(cli: Cli, text: str) -> None:
    done = cli("replay", "-", stdin=text)
    assert done.code == 2
    assert re.search("receipt|input", done.error)


def test_a_batch_of_quotes_survives_its_bad_lines(cli: Cli) -> None:
    good = (
        '{"id": "a", "route": "express", "freight": "200", "insurance": "50", "goods": [{"price": 3000, "rate": "5%"}]}'
    )
    rows = [good, "{not json", "", "[]", good.replace('"a"', '"b"').replace("3000", "-1"),
            good.replace('"a"', '"c"').replace('"freight"', '"fright"'), good.replace('"a"', '"d"')]  # fmt: skip
    done = cli("quote", "tw", "--batch", "-", stdin="\n".join(rows))
    assert (done.code, done.err) == (0, "")
    out = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in out] == ["a", None, None, "b", "c", "d"]
    assert [row["totals"]["total"] for row in out if "totals" in row] == ["332", "332"]
    assert ["error" in row for row in out] == [False, True, True, True, True, False]
    assert "fright" in out[4]["error"] and "freight" in out[4]["error"]


COMPARED = (
    "quote",
    "tw",
    "--price",
    "3000",
    "--freight",
    "200",
    "--insurance",
    "50",
    "--ccc-code",
    "85076000107",
    "--json",
)


def test_what_if_over_routes_origins_and_days_of_one_command(cli: Cli) -> None:
    found = parsed(
        cli(
            *COMPARED,
            "--compare-route",
            "express",
            "--compare-route",
            "cargo",
            "--compare-origin",
            "CN",
            "--preference-proof",
        )
    )
    assert [(v["route"], v["country_of_origin"], v["totals"]["total"]) for v in found["variants"]] == [
        ("express", "CN", "162"),
        ("cargo", "CN", "162"),
    ]
    assert (found["lowest"], found["highest"]) == ("162", "162")


def test_what_if_names_what_is_open(cli: Cli) -> None:
    done = cli(
        "quote", "tw", "--price", "3000", "--rate", "5%", "--compare-route", "express", "--compare-route", "traveller"
    )
    assert done.code == 0, done.err
    assert "freight" in done.out.splitlines()[0]


def test_what_if_over_one_thing_is_refused(cli: Cli) -> None:
    done = cli(*COMPARED, "--route", "express", "--compare-date", "2026-01-01")
    assert (done.code, done.out) == (2, "")
    assert "at least two" in done.err


@pytest.mark.parametrize(
    ("amount", "code", "verdict"), [("3000", 0, "match"), ("1200", 1, "mismatch")], ids=["match", "mismatch"]
)
def test_an_ezway_notice_is_checked(cli: Cli, amount: str, code: int, verdict: str) -> None:
    order = (
        "--ordered-goods",
        "石英錶",
        "--ordered-amount",
        "3000",
        "--freight",
        "200",
        "--insurance",
        "50",
        "--rate",
        "5%",
    )
    done = cli("ezway", "check", "--notice-goods", "石英錶", "--notice-amount", amount, *order, "--json")
    assert done.code == code, done.err
    found = json.loads(done.out)
    assert found["verdict"] == verdict
    assert found["tax"]["totals"]["total"] == "332"


def test_an_ezway_notice_for_people_has_a_letter(cli: Cli) -> None:
    done = cli("ezway", "check", "--notice-amount", "500")
    assert done.code == 1
    assert done.out.startswith("not_ordered")
    assert "您好" in done.out
    assert cli("ezway", "check", "--notice-amount", "many").code == 2
