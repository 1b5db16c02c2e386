"""A hosted model behind an OpenAI-compatible address on this machine: tools, checks, failures, and what is sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from advisor import Advisor, Answer, Settings
from corpus.search import Library
from tests.advisor.scenes import SCENES
from tests.advisor.scripted import FALLBACK, Call
from tests.advisor.sound import SOUND
from tools.errors import InputError, ServiceError

WATCH, RIGHT = SCENES["watch_zh"], SOUND["watch_zh"][0]
KEY = "k-not-to-be-seen"

Reply = tuple[int, Mapping[str, Any] | str]


@dataclass
class Endpoint:
    """What the server says next, and what it was asked."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def next_reply(self) -> Reply:
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    state = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.paths.append(self.path)
            state.keys.append(self.headers["Authorization"])
            status, body = state.next_reply()
            if status == 0:  # never answers
                state.released.wait(timeout=30)
                return
            raw = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(message: Mapping[str, Any], reason: str) -> Reply:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": reason}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return 200, {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [choice],
        "usage": usage,
    }


def said(text: str) -> Reply:
    return completion({"content": text}, "stop")


def called(*wanted: Call, raw: str | None = None) -> Reply:
    rows = [
        {"id": f"h{n}", "type": "function", "function": {"name": name, "arguments": raw or json.dumps(arguments)}}
        for n, (name, arguments) in enumerate(wanted, start=1)
    ]
    return completion({"content": None, "tool_calls": rows}, "tool_calls")


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
    "server_error": (500, {"error": {"message": "boom", "type": "server_error"}}),
    "unavailable": (503, "busy"),
    "unauthorised": (401, {"error": {"message": "bad key", "type": "invalid_request_error"}}),
    "no_such_model": (404, {"error": {"message": "model test not found", "type": "invalid_request_error"}}),
    "too_many": (429, {"error": {"message": "slow down", "type": "rate_limit"}}),
    "not_json": (200, "<html>gateway</html>"),
    "empty_body": (200, ""),
    "no_choices": (200, {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": []}),
    "null_choices": (200, {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": None}),
    "other_shape": (200, {"hello": "world"}),
    "null_content": completion({"content": None}, "stop"),
    "refusal": completion({"content": None, "refusal": "I cannot help"}, "stop"),
    "cut_off": completion({"content": "關稅"}, "length"),
    "arguments_not_json": called(("taiwan_quote", {}), raw="{oops"),
}


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_endpoint_falls_back_and_says_so(
    settings: Settings, library: Library, endpoint: Endpoint, name: str
) -> None:
    answer = ask(settings, library, endpoint, _BROKEN[name])
    assert_fell_back(answer)
    assert "boom" not in answer.model_dump_json()
    assert len(endpoint.asked) <= 6


def test_an_endpoint_that_breaks_after_the_tools(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    answer = ask(settings, library, endpoint, called(*WATCH.calls), _BROKEN["server_error"])
    assert_fell_back(answer)
    assert [c.id for c in answer.tool_calls] == ["h1"]


def test_an_endpoint_that_never_answers(settings: Settings, library: Library, endpoint: Endpoint) -> None:
    assert_fell_back(ask(settings, library, endpoint, (0, ""), timeout_seconds=1))


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
