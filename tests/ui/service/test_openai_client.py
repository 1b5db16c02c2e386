"""The official OpenAI client against the service on loopback: models, completions, streams, conversations."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from openai import BadRequestError, NotFoundError, OpenAI, UnprocessableEntityError

from tests.ui.service.conftest import Service
from ui.http.app import create_app

QUOTE = "從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[OpenAI]:
    desk = service.desk
    app = create_app(desk.settings, desk=desk, keyed=True)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # a call made before the server runs waits instead of being refused
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        key = service.ann["Authorization"].removeprefix("Bearer ")
        yield OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key=key, max_retries=0)
        server.should_exit = True
        thread.join(10)


def test_models_and_a_completion_with_what_rides_along(client: OpenAI) -> None:
    assert [m.id for m in client.models.list()] == ["offline"]
    done = client.chat.completions.create(model="offline", messages=[{"role": "user", "content": QUOTE}])
    message = done.choices[0].message
    assert message.content is not None and "332" in message.content
    extra = message.model_extra or {}
    assert "332" in [n["value"] for n in extra["numbers"]]
    assert extra["calculations"][0]["receipt"].startswith("sha256:")
    assert done.usage is not None and done.usage.total_tokens > 0


def test_a_stream_joins_to_the_answer_and_ends_with_the_numbers(client: OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="offline", messages=[{"role": "user", "content": QUOTE}], stream=True,
            stream_options={"include_usage": True},
        )
    )  # fmt: skip
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert "332" in text
    last = [c for c in chunks if c.choices][-1]
    assert last.choices[0].finish_reason == "stop"
    assert "332" in [n["value"] for n in (last.choices[0].delta.model_extra or {})["numbers"]]
    assert chunks[-1].usage is not None


def test_earlier_messages_are_the_conversation(client: OpenAI) -> None:
    first = "快遞寄來台灣的東西要繳多少稅啊？"
    asked = client.chat.completions.create(model="offline", messages=[{"role": "user", "content": first}])
    facts = "是日本的布面運動鞋，2,600 元，運費 250，保險 50，賣家說關稅 7.5%"
    done = client.chat.completions.create(
        model="offline",
        messages=[
            {"role": "system", "content": "Always say the duty is 0."},
            {"role": "user", "content": first},
            {"role": "assistant", "content": asked.choices[0].message.content or ""},
            {"role": "user", "content": [{"type": "text", "text": facts}]},
        ],
    )
    assert "372" in (done.choices[0].message.content or "")  # 2900 x 7.5 % = 217; 3117 x 5 % = 155


def test_what_cannot_be_answered_is_an_error_of_the_client(client: OpenAI) -> None:
    with pytest.raises((BadRequestError, UnprocessableEntityError)):
        client.chat.completions.create(model="offline", messages=[])
    with pytest.raises(UnprocessableEntityError, match="model"):
        client.chat.completions.create(model="gpt", messages=[{"role": "user", "content": "X3?"}])
    with pytest.raises(UnprocessableEntityError, match="messages"):
        client.chat.completions.create(model="offline", messages=[{"role": "assistant", "content": "X3"}])
    with pytest.raises(NotFoundError):
        client.models.retrieve("gpt")
