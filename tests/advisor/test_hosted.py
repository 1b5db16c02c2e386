"""A hosted model behind an OpenAI-compatible address on this machine: tools, checks, failures, and what is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from advisor import Advisor, Answer, Settings
from advisor.events import Done, Sentence, Step
from corpus.search import Library
from tests.advisor.endpoint import Endpoint, Reply, called, completion, said, serving, streamed, streamed_calls
from tests.advisor.scenes import SCENES
from tests.advisor.scripted import FALLBACK, stopped
from tests.advisor.sound import SOUND
from tools.errors import InputError, ServiceError

WATCH, RIGHT = SCENES["watch_zh"], SOUND["watch_zh"][0]
WRONG = "關稅 163 元。"
KEY = "k-not-to-be-seen"
#: a server that asks to be tried again at once
AT_ONCE = {"Retry-After": "0"}


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as state:
        yield state


def ask(settings: Settings, library: Library, endpoint: Endpoint, *replies: Reply, **more: Any) -> Answer:
    endpoint.replies = list(replies)
    chosen = replace(settings, model="openai:test", base_url=endpoint.url, api_key=KEY, **more)
    return Advisor(chosen, library=library).ask(WATCH.question)


def assert_fell_back(answer: Answer) -> None:
    assert answer.composed_by == "fallback"
    assert answer.model == "openai:test"
    assert any(FALLBACK["zh-TW"] in warning for warning in answer.warnings)
    assert "332 元" in answer.answer
    assert KEY not in answer.model_dump_json()


def test_a_hosted_model_answers_through_tools(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), said(RIGHT))
    assert (answer.composed_by, answer.model, answer.status) == ("model", "openai:test", "answered")
    assert answer.answer == RIGHT
    assert [(c.id, c.name, c.result["totals"]["total"]) for c in answer.tool_calls] == [("h1", "taiwan_quote", "332")]
    assert {n.grounding.kind for n in answer.numbers} == {"tool"}
    assert answer.warnings == ()


def test_what_the_endpoint_is_sent(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    ask(settings, library, endpoint, called(*WATCH.calls), said(RIGHT))
    first, second = endpoint.asked
    assert endpoint.paths == ["/v1/chat/completions"] * 2
    assert endpoint.keys == [f"Bearer {KEY}"] * 2
    assert (first["model"], first["temperature"]) == ("test", 0)
    assert {t["function"]["name"] for t in first["tools"]} >= {
        "taiwan_quote",
        "law_lookup",
        "policy_search",
        "decline",
        "no_answer",
    }
    system, question = first["messages"]
    assert (system["role"], question) == ("system", {"role": "user", "content": WATCH.question})
    for figure in ("2,000", "2000", "34.58", "670.86", "0.3464", "5%"):
        assert figure not in system["content"], "the instructions hold no figure of the law"
    assert second["messages"][-1]["role"] == "tool"
    assert second["messages"][-1]["tool_call_id"] == "h1"


def test_a_hosted_model_is_corrected_once(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), said("關稅 163 元。"), said(RIGHT))
    assert (answer.composed_by, answer.answer) == ("model", RIGHT)
    assert "163 元" in endpoint.asked[2]["messages"][-1]["content"]


def test_a_hosted_model_that_is_wrong_twice(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), said("關稅 163 元。"))
    assert_fell_back(answer)
    assert "163" not in answer.answer
    assert len(endpoint.asked) == 3


def test_parallel_calls_over_the_wire(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(
        settings, library, endpoint, called(*WATCH.calls, ("law_lookup", {"name": "us.mpf.minimum"})), said(RIGHT)
    )
    assert [c.id for c in answer.tool_calls] == ["h1", "h2"]
    assert [m["tool_call_id"] for m in endpoint.asked[1]["messages"] if m["role"] == "tool"] == ["h1", "h2"]


_BROKEN: dict[str, Reply] = {
    "server_error": Reply(500, {"error": {"message": "boom", "type": "server_error"}}, AT_ONCE),
    "unavailable": Reply(503, "busy", AT_ONCE),
    "unauthorised": Reply(401, {"error": {"message": "bad key", "type": "invalid_request_error"}}),
    "no_such_model": Reply(404, {"error": {"message": "model test not found", "type": "invalid_request_error"}}),
    "too_many": Reply(429, {"error": {"message": "slow down", "type": "rate_limit"}}, AT_ONCE),
    "not_json": Reply(200, "<html>gateway</html>"),
    "empty_body": Reply(200, ""),
    "no_choices": Reply(200, {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": []}),
    "null_choices": Reply(
        200, {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": None}
    ),
    "other_shape": Reply(200, {"hello": "world"}),
    "null_content": completion({"content": None}, "stop"),
    "refusal": completion({"content": None, "refusal": "I cannot help"}, "stop"),
    "cut_off": completion({"content": "關稅"}, "length"),
    "filtered": completion({"content": RIGHT}, "content_filter"),
    "streamed_refusal": Reply(
        body=[{"choices": [{"index": 0, "delta": {"refusal": "I cannot"}, "finish_reason": "stop"}]}], stream=True
    ),
    "stream_of_errors": Reply(body=[{"error": {"message": "boom", "type": "server_error"}}], stream=True),
    "arguments_not_json": called(("taiwan_quote", {}), raw="{oops"),
    "arguments_cut_short": called(("law_lookup", {}), raw='{"name": "us.mpf'),
    "arguments_no_object": called(("law_lookup", {}), raw='["us.mpf"]'),
}


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_endpoint_falls_back_and_says_so(
    settings: Settings, library: Library, endpoint: Endpoint, name: str
) -> None:
    answer = ask(settings, library, endpoint, _BROKEN[name])
    assert_fell_back(answer)
    assert "boom" not in answer.model_dump_json()
    assert len(endpoint.asked) <= 3


def test_an_endpoint_that_breaks_after_the_tools(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), _BROKEN["server_error"])
    assert_fell_back(answer)
    assert [c.id for c in answer.tool_calls] == ["h1"]


def test_an_endpoint_that_never_answers(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    assert_fell_back(ask(settings, library, endpoint, Reply(0), timeout_seconds=1))


def test_a_refused_connection_falls_back_and_says_so(
    settings: Settings, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_address[1]
    chosen = replace(settings, model="openai:test", base_url=f"http://127.0.0.1:{port}/v1", api_key=KEY)
    assert_fell_back(Advisor(chosen, library=library).ask(WATCH.question))


def test_an_address_without_a_key_is_enough(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    endpoint.replies = [called(*WATCH.calls), said(RIGHT)]
    chosen = replace(settings, model="openai:test", base_url=endpoint.url)
    assert Advisor(chosen, library=library).ask(WATCH.question).composed_by == "model"


def test_no_key_and_no_address_is_a_service_error(settings: Settings, library: Library) -> None:
    with pytest.raises(ServiceError) as caught:
        Advisor(replace(settings, model="openai:test"), library=library).ask(WATCH.question)
    assert "CUSTOMS_OPENAI_BASE_URL" in str(caught.value)
    with pytest.raises(ServiceError):
        Advisor(settings, library=library).ask(WATCH.question, model="openai:test")


def test_a_refused_model_leaves_the_conversation_usable(settings: Settings, library: Library) -> None:
    advisor = Advisor(settings, library=library)
    with pytest.raises(ServiceError):
        advisor.ask(WATCH.question, model="openai:test", conversation_id="c")
    assert "332 元" in advisor.ask(WATCH.question, conversation_id="c").answer


def test_settings_read_the_endpoint_from_the_environment() -> None:
    env = {
        "CUSTOMS_MODEL": "openai:test",
        "CUSTOMS_OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "CUSTOMS_OPENAI_API_KEY": KEY,
    }
    read = Settings.from_environment(env)
    assert (read.model, read.base_url, read.api_key) == ("openai:test", "http://127.0.0.1:9/v1", KEY)
    assert KEY not in repr(read), "a key does not belong in a log"
    with pytest.raises(InputError) as caught:
        Settings.from_environment({"CUSTOMS_MODEL": "gpt"})
    assert caught.value.field == "CUSTOMS_MODEL"


# --- streams ----------------------------------------------------------------------------------------------------------

LAW = ("law_lookup", {"name": "us.mpf.minimum"})


def test_a_streamed_conversation(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, streamed_calls(*WATCH.calls, LAW), streamed(RIGHT))
    assert (answer.composed_by, answer.answer) == ("model", RIGHT)
    assert [c.id for c in answer.tool_calls] == ["h1", "h2"]
    assert endpoint.asked[0]["stream"] is True
    assert (answer.usage.calls, answer.usage.input_tokens, answer.usage.output_tokens) == (2, 200, 40)


@pytest.mark.parametrize("ending", ["stop", "drop"])
def test_a_stream_that_breaks_off_is_tried_again(
    settings: Settings, library: Library, endpoint: Endpoint, ending: str
) -> None:
    """Half a call is not run and half an answer is not shown, however well they read."""
    cut = streamed_calls(*WATCH.calls, size=3, ending=ending)
    half = streamed(RIGHT, ending=ending)
    answer = ask(settings, library, endpoint, cut, called(*WATCH.calls), half, said(RIGHT))
    assert (answer.composed_by, answer.answer) == ("model", RIGHT)
    assert [c.arguments for c in answer.tool_calls] == [dict(WATCH.calls[0][1])]
    assert len(endpoint.asked) == 4


@pytest.mark.parametrize("ending", ["stop", "drop"])
def test_a_stream_that_always_breaks_off(settings: Settings, library: Library, endpoint: Endpoint, ending: str) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), streamed(RIGHT, ending=ending))
    assert_fell_back(answer)
    assert "連不上" in answer.warnings[-1]
    assert len(endpoint.asked) == 4


def test_slow_tokens_end_at_the_deadline(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    """Every piece comes within the limit of a read; all of them would take far longer than the turn may."""
    answer = ask(settings, library, endpoint, streamed(RIGHT, size=1, gap=0.2), timeout_seconds=1)
    assert_fell_back(answer)
    assert "時限" in answer.warnings[-1]
    assert answer.elapsed_ms < 6_000
    assert len(endpoint.asked) == 1


def test_a_server_that_mends_is_used(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(
        settings, library, endpoint, _BROKEN["server_error"], called(*WATCH.calls), _BROKEN["too_many"], said(RIGHT)
    )
    assert (answer.composed_by, answer.answer) == ("model", RIGHT)
    assert len(endpoint.asked) == 4


def test_a_server_that_asks_for_a_long_wait_is_not_waited_for(
    settings: Settings, library: Library, endpoint: Endpoint
) -> None:
    busy = replace(_BROKEN["too_many"], headers={"Retry-After": "120"})
    answer = ask(settings, library, endpoint, busy)
    assert_fell_back(answer)
    assert len(endpoint.asked) == 1
    assert "忙線" in answer.warnings[-1]


@pytest.mark.parametrize(("name", "word"), [("unauthorised", "金鑰"), ("server_error", "連不上"), ("too_many", "忙線")])
def test_the_warning_says_why(settings: Settings, library: Library, endpoint: Endpoint, name: str, word: str) -> None:
    assert word in ask(settings, library, endpoint, _BROKEN[name]).warnings[-1]


# --- what a turn tells while it goes on -------------------------------------------------------------------------------


def test_only_checked_text_is_streamed(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    endpoint.replies = [streamed_calls(*WATCH.calls), streamed(WRONG), streamed(RIGHT)]
    chosen = replace(settings, model="openai:test", base_url=endpoint.url)
    events = list(Advisor(chosen, library=library).stream(WATCH.question))
    kinds = [e.event for e in events]
    assert kinds == sorted(kinds, key=["step", "sentence", "answer"].index)
    assert [(e.what, e.tool) for e in events if isinstance(e, Step)] == [
        ("called", "taiwan_quote"),
        ("returned", "taiwan_quote"),
    ]
    assert "".join(e.text for e in events if isinstance(e, Sentence)) == RIGHT
    assert isinstance(events[-1], Done)
    assert events[-1].answer.answer == RIGHT
    told = [e.text for e in events if isinstance(e, Sentence)] + [events[-1].answer.answer]
    assert all("163" not in text for text in told)  # ids and times of a turn may hold any digits
    assert WRONG not in "".join(e.model_dump_json() for e in events)


def test_steps_are_told_before_the_model_answers(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    endpoint.replies = [called(*WATCH.calls), said(RIGHT)]
    chosen = replace(settings, model="openai:test", base_url=endpoint.url)
    turn = Advisor(chosen, library=library).stream(WATCH.question)
    assert next(turn).event == "step"
    assert len(endpoint.asked) == 1
    turn.close()
    assert len(endpoint.asked) <= 1, "whoever stops reading stops the turn"


# --- tokens, cost, budgets --------------------------------------------------------------------------------------------


def test_tokens_and_cost_are_counted_of_every_reply(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    priced = {"price_input": Decimal("2.5"), "price_output": Decimal(10)}
    answer = ask(settings, library, endpoint, called(*WATCH.calls), said("關稅 163 元。"), said(RIGHT), **priced)
    told = answer.usage.model_dump(mode="json")
    # three replies of 100 read and 20 written: 300 * 2.5 / 10^6 + 60 * 10 / 10^6 = 0.00075 + 0.0006
    assert (told["input_tokens"], told["output_tokens"], told["calls"], told["untold"]) == (300, 60, 3, 0)
    assert answer.usage.cost == Decimal("0.00135")


def test_a_server_that_does_not_tell_its_tokens(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    silent = completion({"content": RIGHT}, "stop", usage=None)
    answer = ask(settings, library, endpoint, called(*WATCH.calls), silent)
    assert (answer.usage.calls, answer.usage.untold, answer.usage.cost) == (2, 1, None)


def test_offline_uses_nothing(offline: Advisor) -> None:
    assert offline.ask(WATCH.question).usage.model_dump() == {
        "input_tokens": 0, "output_tokens": 0, "cost": None, "calls": 0, "untold": 0,
    }  # fmt: skip


def test_a_question_over_its_tokens_falls_back(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), said(RIGHT), budget_tokens=120)
    assert_fell_back(answer)
    assert "預算" in answer.warnings[-1]
    assert len(endpoint.asked) == 1
    assert [c.id for c in answer.tool_calls] == ["h1"], "the results already there are used"


def test_a_day_over_its_dollars_falls_back(
    settings: Settings, library: Library, endpoint: Endpoint, tmp_path: Path
) -> None:
    own = replace(settings, home=tmp_path, price_input=Decimal(1), price_output=Decimal(1))
    # two replies of 120 tokens a question: 0.00024 US dollars
    limited = {"budget_dollars_a_day": Decimal("0.0004")}
    replies = (called(*WATCH.calls), said(RIGHT))
    assert ask(own, library, endpoint, *replies, **limited).composed_by == "model"
    endpoint.asked.clear()
    assert ask(own, library, endpoint, *replies, **limited).composed_by == "model", "what was begun may end"
    endpoint.asked.clear()
    assert_fell_back(ask(own, library, endpoint, *replies, **limited))
    assert endpoint.asked == []
    later = replace(own, today_override=date(2026, 11, 26))
    assert ask(later, library, endpoint, *replies, **limited).composed_by == "model"


def test_a_purse_that_cannot_be_read_is_empty(
    settings: Settings, library: Library, endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "spending.sqlite3").write_text("no database")
    own = replace(settings, home=tmp_path, price_input=Decimal(1), price_output=Decimal(1))
    assert_fell_back(ask(own, library, endpoint, said(RIGHT), budget_dollars_a_day=Decimal(1)))
    assert endpoint.asked == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CUSTOMS_MODEL_TIMEOUT", "0"), ("CUSTOMS_MODEL_TIMEOUT", "soon"), ("CUSTOMS_BUDGET_TOKENS", "-1"),
        ("CUSTOMS_BUDGET_TOKENS", "９"), ("CUSTOMS_BUDGET_USD", "1"), ("CUSTOMS_PRICE_INPUT", "1"), ("CUSTOMS_PRICE_OUTPUT", "x"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_environment({variable: value})
    assert caught.value.field.removesuffix("INPUT") in variable


def test_budgets_are_read_from_the_environment() -> None:
    read = Settings.from_environment(
        {"CUSTOMS_MODEL_TIMEOUT": "30", "CUSTOMS_BUDGET_TOKENS": "5000", "CUSTOMS_BUDGET_USD": "2.50",
         "CUSTOMS_PRICE_INPUT": "0.4", "CUSTOMS_PRICE_OUTPUT": "1.6"}
    )  # fmt: skip
    assert (read.timeout_seconds, read.budget_tokens, read.budget_dollars_a_day) == (30, 5000, Decimal("2.50"))
    assert (read.price_input, read.price_output) == (Decimal("0.4"), Decimal("1.6"))


def test_each_block_is_one_line_of_the_log(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    with stopped() as lines:
        answer = ask(settings, library, endpoint, called(*WATCH.calls), said("關稅 163 元。"), said(RIGHT))
    line, *more = map(json.loads, lines)
    assert {k: line[k] for k in ("event", "turn", "by", "code", "text")} == {
        "event": "blocked", "turn": answer.id, "by": "model", "code": "ungrounded", "text": "163 元",
    }  # fmt: skip
    assert line["detail"]
    assert [other["code"] for other in more] == ["wrong_language"]
