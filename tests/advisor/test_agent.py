"""The loop of one turn: tries, failing models, limits, malformed and parallel calls."""

from __future__ import annotations

import json

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from advisor import Advisor, Settings
from corpus.search import Library
from tests.advisor.conftest import TODAY, Ask
from tests.advisor.scenes import SCENES, Shelf, shelf
from tests.advisor.scripted import Call, assert_fell_back, calls, play, says
from tests.advisor.sound import SOUND

WATCH, MPF = SCENES["watch_zh"], SCENES["mpf_zh"]
QUOTE, RIGHT = calls(*WATCH.calls), says(SOUND["watch_zh"][0])
WRONG = says("關稅 163 元，營業稅 170 元。")


# --- tries ------------------------------------------------------------------------------------------------------------


def test_a_sound_answer_is_shown_as_the_model_said_it(ask: Ask) -> None:
    turn = ask(QUOTE, RIGHT)
    answer = turn.answer
    assert (answer.composed_by, answer.model, answer.status, answer.language) == ("model", "given", "answered", "zh-TW")
    assert answer.answer == RIGHT.text
    assert [call.name for call in answer.tool_calls] == ["taiwan_quote"]
    assert answer.tool_calls[0].result["totals"]["total"] == "332"
    assert answer.warnings == ()


def test_every_tool_is_offered_to_the_model(ask: Ask) -> None:
    offered = ask(QUOTE, RIGHT).model.offered
    assert offered >= {
        "taiwan_quote",
        "us_de_minimis",
        "law_lookup",
        "tariff_line",
        "policy_search",
        "document_scan",
        "decline",
        "no_answer",
    }


def test_a_second_try_is_told_what_was_wrong(ask: Ask) -> None:
    turn = ask(QUOTE, WRONG, RIGHT)
    assert (turn.answer.composed_by, turn.answer.answer) == ("model", RIGHT.text)
    assert turn.answer.warnings == ()
    rejected, correction = turn.model.seen[2][-2:]
    assert rejected.text == WRONG.text
    assert isinstance(correction, HumanMessage)
    assert "163 元" in correction.text
    assert "ungrounded" in correction.text


def test_two_failures_fall_back_and_say_so(ask: Ask) -> None:
    turn = ask(QUOTE, WRONG, WRONG)
    assert_fell_back(turn, "332 元", "3,582 元")
    assert len(turn.model.seen) == 3
    assert [call.id for call in turn.answer.tool_calls] == ["t1"], "the results already there are used"


def test_two_failures_fall_back_in_english(ask: Ask) -> None:
    wrong = says("The customs duty is NT$163.")
    assert_fell_back(ask(QUOTE, wrong, wrong, question=SCENES["watch_en"].question), "NT$332")


def test_the_fallback_is_what_the_offline_model_says(ask: Ask, offline: Advisor) -> None:
    fell = ask(QUOTE, WRONG, WRONG).answer.answer
    own = offline.ask(WATCH.question).answer
    assert fell.splitlines()[0] == own.splitlines()[0]
    assert "163" not in fell


def test_a_second_try_may_call_another_tool(ask: Ask) -> None:
    more = calls(*MPF.calls, prefix="m")
    turn = ask(QUOTE, WRONG, more, RIGHT)
    assert turn.answer.composed_by == "model"
    assert len(turn.answer.tool_calls) == 1 + len(MPF.calls)


_OPEN: Call = (
    "taiwan_quote", {"route": "express", "goods": [{"price": "3000", "candidate_codes": ["91021100006", "91022100004"]}]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("call", "keys"),
    [
        (WATCH.calls[0], {"totals", "lines"}),
        (_OPEN, {"range", "alternatives", "missing"}),
        (("law_lookup", {"name": "us.mpf"}), {"entries"}),
    ],
    ids=["complete", "open", "topic"],
)
def test_a_model_is_shown_a_whole_result(ask: Ask, call: Call, keys: set[str]) -> None:
    """A result cut off in the middle hides the very figures that the answer needs."""
    told = ask(calls(call), RIGHT).model.seen[1][-1]
    assert isinstance(told, ToolMessage)
    assert set(json.loads(told.text)) >= keys


# --- models that fail -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [RuntimeError("down"), TimeoutError(), ConnectionError(), ValueError("bad"), KeyError("x")]
)
def test_a_model_that_raises_at_once(ask: Ask, error: Exception) -> None:
    turn = ask(error)
    assert_fell_back(turn, "332 元")
    assert "down" not in turn.answer.model_dump_json()


def test_a_model_that_raises_after_its_tools(ask: Ask) -> None:
    turn = ask(QUOTE, RuntimeError("down"))
    assert_fell_back(turn, "332 元")
    assert [call.id for call in turn.answer.tool_calls] == ["t1"]


def test_a_model_that_raises_on_its_second_try(ask: Ask) -> None:
    assert_fell_back(ask(QUOTE, WRONG, RuntimeError("down")), "332 元")


_LOOPS: dict[str, tuple[str, tuple[Call, ...], str]] = {
    "quote": (WATCH.question, WATCH.calls, "332 元"),
    "law": (MPF.question, MPF.calls[:2], "34.58 美元"),
    "de_minimis": (
        "從中國寄 500 美元的快遞包裹到美國，2025 年 3 月 1 日可以免稅嗎？",
        (("us_de_minimis", {"origin": "CN", "mode": "express", "on": "2025-03-01", "value": 500}),),
        "800 美元",
    ),
    "search": ("APEC 低價貨物研究建議什麼？", (("policy_search", {"question": "APEC 低價貨物研究"}),), "APEC"),
    "unknown": (WATCH.question, (("no_such_tool", {"x": 1}),), "332 元"),
    "malformed": (WATCH.question, (("taiwan_quote", {"route": "boat"}),), ""),
}


@pytest.mark.parametrize("name", _LOOPS)
def test_a_model_that_only_ever_calls_tools(ask: Ask, name: str) -> None:
    question, wanted, figure = _LOOPS[name]
    turn = ask(calls(*wanted), question=question)
    assert_fell_back(turn, figure)
    assert len(turn.model.seen) <= 6
    assert turn.answer.answer.strip()


def test_many_calls_at_once_end_too(ask: Ask) -> None:
    turn = ask(calls(*WATCH.calls * 30), RIGHT)
    assert turn.answer.status == "answered"
    assert "332 元" in turn.answer.answer


def test_an_unknown_tool_is_reported_to_the_model(ask: Ask) -> None:
    turn = ask(calls(("no_such_tool", {})), calls(*WATCH.calls, prefix="s"), RIGHT)
    assert (turn.answer.composed_by, turn.answer.answer) == ("model", RIGHT.text)
    told = [m for m in turn.model.seen[1] if isinstance(m, ToolMessage)]
    assert "no_such_tool" in told[0].text


_MALFORMED: dict[str, Call] = {
    "empty": ("taiwan_quote", {}),
    "unknown_key": ("taiwan_quote", {"route": "express", "colour": "red", "goods": [{"price": 1, "rate": "5%"}]}),
    "wrong_type": ("taiwan_quote", {"route": "express", "goods": "a watch"}),
    "goods_empty": ("taiwan_quote", {"route": "express", "goods": []}),
    "goods_of_text": ("taiwan_quote", {"route": "express", "goods": ["watch"]}),
    "negative": ("taiwan_quote", {"route": "express", "freight": "-200", "goods": [{"price": "3000", "rate": "5%"}]}),
    "not_a_number": ("taiwan_quote", {"route": "express", "goods": [{"price": "NaN", "rate": "5%"}]}),
    "infinite": ("taiwan_quote", {"route": "express", "goods": [{"price": "Infinity", "rate": "5%"}]}),
    "float_nan": ("taiwan_quote", {"route": "express", "goods": [{"price": float("nan"), "rate": "5%"}]}),
    "enormous": (
        "taiwan_quote",
        {"route": "express", "freight": 0, "insurance": 0, "goods": [{"price": "9" * 60, "rate": "5%"}]},
    ),
    "exponent": (
        "taiwan_quote",
        {"route": "express", "freight": 0, "insurance": 0, "goods": [{"price": "1e999999", "rate": "5%"}]},
    ),
    "bad_rate": ("taiwan_quote", {"route": "express", "goods": [{"price": "3000", "rate": "lots"}]}),
    "bad_code": ("taiwan_quote", {"route": "express", "goods": [{"price": "3000", "ccc_code": "12"}]}),
    "bad_date": (
        "taiwan_quote",
        {"route": "express", "as_of": "2026-13-45", "goods": [{"price": "3000", "rate": "5%"}]},
    ),
    "far_date": (
        "taiwan_quote",
        {"route": "express", "as_of": "0001-01-01", "goods": [{"price": "3000", "rate": "5%"}]},
    ),
    "bad_country": ("us_de_minimis", {"origin": "Atlantis", "mode": "express"}),
    "no_such_law": ("law_lookup", {"name": "tw.no.such"}),
    "law_of_nothing": ("law_lookup", {"name": ""}),
    "long_law": ("law_lookup", {"name": "x" * 5_000}),
    "search_empty": ("policy_search", {}),
    "search_long": ("policy_search", {"question": "稅" * 5_000}),
    "search_elsewhere": ("policy_search", {"question": "稅", "jurisdiction": "MARS"}),
    "decline_reason": ("decline", {"reason": "rude"}),
    "no_answer_empty": ("no_answer", {}),
    "tariff_number": ("tariff_line", {"text": 42}),
    "tariff_empty": ("tariff_line", {"text": ""}),
}


@pytest.mark.parametrize("name", _MALFORMED)
def test_malformed_arguments_are_told_to_the_model(ask: Ask, name: str) -> None:
    turn = ask(calls(_MALFORMED[name]), calls(*WATCH.calls, prefix="s"), RIGHT)
    assert turn.answer.composed_by == "model", turn.blocked
    assert turn.answer.status == "answered"
    told = [m for m in turn.model.seen[1] if isinstance(m, ToolMessage)]
    assert len(told) == 1
    assert told[0].text


def test_arguments_that_are_not_json(ask: Ask) -> None:
    broken = AIMessage(
        content="", invalid_tool_calls=[{"name": "taiwan_quote", "args": "{oops", "id": "t1", "error": None, "type": "invalid_tool_call"}]
    )  # fmt: skip
    assert_fell_back(ask(broken), "332 元")


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "**", "---"])
def test_a_model_that_says_nothing(ask: Ask, text: str) -> None:
    assert_fell_back(ask(QUOTE, says(text)), "332 元")


def test_a_model_that_answers_without_calling_a_tool(ask: Ask) -> None:
    turn = ask(RIGHT)
    assert_fell_back(turn, "332 元")
    assert [call.name for call in turn.answer.tool_calls] == ["taiwan_quote"]


def test_vague_words_without_a_tool_do_not_answer_what_can_be_computed(ask: Ask) -> None:
    """The tools hold the answer: neither `not_covered` nor an evasive sentence is one."""
    turn = ask(says("這要看海關怎麼認定，建議您直接詢問報關行。"))
    assert turn.answer.status == "answered"
    assert "332 元" in turn.answer.answer


def test_words_beside_a_tool_call_are_never_shown(ask: Ask) -> None:
    both = AIMessage(content="關稅是 999 元。", tool_calls=QUOTE.tool_calls)
    turn = ask(both, RIGHT)
    assert turn.answer.answer == RIGHT.text
    assert "999 元" not in turn.answer.model_dump_json()


def test_content_in_blocks_is_read(ask: Ask) -> None:
    blocks = AIMessage(
        content=[{"type": "text", "text": "應繳 332 元："}, {"type": "text", "text": "關稅 162 元、營業稅 170 元。"}]
    )
    assert ask(QUOTE, blocks).answer.answer == "應繳 332 元：關稅 162 元、營業稅 170 元。"
    false = AIMessage(content=[{"type": "text", "text": "應繳 332 元："}, {"type": "text", "text": "關稅 163 元。"}])
    assert_fell_back(ask(QUOTE, false), "332 元")


# --- several calls at once --------------------------------------------------------------------------------------------


def test_parallel_calls_keep_their_order_and_results(ask: Ask) -> None:
    wanted: tuple[Call, ...] = (*MPF.calls[:2], *WATCH.calls, ("law_lookup", {"name": "us.informal_entry.limit"}))
    said = says(
        "關稅 162 元、營業稅 170 元。另外，MPF 最低 34.58 美元、最高 670.86 美元；非正式通關價值上限是 2,500 美元。"
    )
    answer = ask(calls(*wanted), said).answer
    assert answer.composed_by == "model"
    assert [(c.id, c.name, c.arguments) for c in answer.tool_calls] == [
        (f"t{n}", name, dict(arguments)) for n, (name, arguments) in enumerate(wanted, start=1)
    ]
    assert [n.grounding.ref.split("#")[0].split(":")[0] for n in answer.numbers] == ["t3", "t3", "t1", "t2", "t4"]


def test_a_short_sentence_is_not_a_quotation(settings: Settings, library: Library) -> None:
    """A passage without a heading lends its figures to nobody."""
    orders = SCENES["poison_zh"]
    nameless = Shelf([p.model_copy(update={"section": ""}) for p in shelf(library, orders, TODAY).passages])
    false = says("這支錶的關稅是 0 元。")
    assert_fell_back(play(settings, nameless, orders.question, [calls(*orders.calls), false]), "332 元")


def test_a_failing_call_beside_good_ones(ask: Ask) -> None:
    turn = ask(calls(("law_lookup", {"name": "tw.no.such"}), *WATCH.calls), RIGHT)
    assert (turn.answer.composed_by, turn.answer.status) == ("model", "answered")
    assert [c.result.get("kind") for c in turn.answer.tool_calls] == ["not_found", None]


def test_passages_of_two_searches_are_numbered_on(ask: Ask) -> None:
    two = calls(
        ("policy_search", {"question": "低價免稅的限額"}),
        ("policy_search", {"question": "MPF 最低 最高", "jurisdiction": "US"}),
    )
    turn = ask(two, says("免稅限額的規定見關稅法 [99]。"), question="低價免稅的限額？")
    assert_fell_back(turn)
    found = [p["id"] for c in turn.answer.tool_calls for p in c.result["passages"]]
    assert len(found) > len(turn.answer.tool_calls[0].result["passages"]) > 0
    for citation in turn.answer.citations:
        assert any(citation.document_id in name for name in found)
