"""The relay: a recording, or a typist, plays the model through the client library and the whole product."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from advisor import Advisor, Settings
from advisor.hosted.relay import Call, Said, recorded, relaying, replaying
from corpus.search import Library
from tests.advisor.scenes import SCENES
from tests.advisor.sound import SOUND
from tools.errors import InputError
from ui.cli.relay import Typist, said_in

WATCH, RIGHT = SCENES["watch_zh"], SOUND["watch_zh"][0]
QUOTE = Said(tool_calls=tuple(Call(name=name, arguments=dict(arguments)) for name, arguments in WATCH.calls))


@pytest.fixture
def reached(settings: Settings, library: Library, monkeypatch: pytest.MonkeyPatch) -> Advisor:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Advisor(replace(settings, model="openai:relay"), library=library)


def test_a_recorded_conversation(reached: Advisor, tmp_path: Path) -> None:
    file = tmp_path / "conversation.jsonl"
    file.write_text(
        f"{QUOTE.model_dump_json()}\n\n{json.dumps({'content': RIGHT}, ensure_ascii=False)}\n", encoding="utf-8"
    )
    with relaying(recorded(file)) as address:
        reached.settings = replace(reached.settings, base_url=address)
        first, second = reached.ask(WATCH.question), reached.ask(WATCH.question)
    assert (first.composed_by, first.answer, first.model) == ("model", RIGHT, "openai:relay")
    assert second.composed_by == "fallback", "after the last line nobody plays the model"


@pytest.mark.parametrize(
    "replies",
    [
        (Said(status=HTTPStatus.INTERNAL_SERVER_ERROR),), (Said(status=HTTPStatus.UNAUTHORIZED),), (QUOTE, Said(content=RIGHT, stop=True)),
        (Said(tool_calls=(Call(name="taiwan_quote", arguments='{"route": "exp'),)),), (QUOTE, Said(content="關稅 163 元。")),
        (QUOTE.model_copy(update={"stop": True}),),
    ],
)  # fmt: skip
def test_recorded_misbehaviour_falls_back(reached: Advisor, replies: tuple[Said, ...]) -> None:
    with relaying(replaying([*replies, *[replies[-1]] * 8])) as address:
        reached.settings = replace(reached.settings, base_url=address)
        answer = reached.ask(WATCH.question)
    assert answer.composed_by == "fallback"
    assert "332 元" in answer.answer


def test_a_typist_plays_the_model(reached: Advisor) -> None:
    name, arguments = WATCH.calls[0]
    typed = io.StringIO(f"\ncall {name}\n{{oops\n\ncall {name} {json.dumps(arguments)}\n\n{RIGHT}\n\n")
    shown = io.StringIO()
    with relaying(Typist(typed, shown)) as address:
        reached.settings = replace(reached.settings, base_url=address)
        answer = reached.ask(WATCH.question)
    assert (answer.composed_by, answer.answer) == ("model", RIGHT)
    assert WATCH.question in shown.getvalue()
    assert '"total": "332"' in shown.getvalue(), "the tools' results are shown"
    assert "cannot be read" in shown.getvalue(), "a mistake is told, and typed again"


def test_a_closed_terminal_falls_back(reached: Advisor) -> None:
    with relaying(Typist(io.StringIO(), io.StringIO())) as address:
        reached.settings = replace(reached.settings, base_url=address)
        assert reached.ask(WATCH.question).composed_by == "fallback"


def test_several_calls_are_typed_at_once() -> None:
    assert said_in(['call a {"x": 1}', "call b"]).tool_calls == (Call(name="a", arguments={"x": 1}), Call(name="b"))


@pytest.mark.parametrize("text", ["", "{", '{"contents": "x"}', '{"status": 9}', "[1]"])
def test_a_recording_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        recorded(file)
    assert caught.value.field == "recorded"
