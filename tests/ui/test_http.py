"""The HTTP service: answers, conversations, problems in the form of RFC 9457, and never a server error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor, Settings
from corpus import Library
from tests.conftest import TODAY
from tools.errors import InputError
from ui.http.app import create_app
from ui.http.serve import serve

QUOTE = "從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"


@pytest.fixture(scope="module")
def settings(home: Path) -> Settings:
    return Settings(home=home, today_override=TODAY)


@pytest.fixture(scope="module")
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    app = create_app(settings, Advisor(settings, library=library))
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def ask(client: TestClient, **body: Any) -> dict[str, Any]:
    response = client.post("/v1/answers", json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem a response carries, in the form every client can read."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["status"] == status and found["title"] and found["detail"]
    assert len(found["detail"].splitlines()) == 1
    return found


# ------------------------------------------------------------------------------------------------- answers


def test_health(client: TestClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_an_answer_has_the_fields_of_the_contract(client: TestClient) -> None:
    answer = ask(client, question=QUOTE)
    fields = ("id conversation_id question language as_of model composed_by status answer citations numbers identifiers "
              "tool_calls follow_up warnings elapsed_ms")  # fmt: skip
    assert set(fields.split()) <= answer.keys()
    assert (answer["status"], answer["as_of"], answer["language"]) == ("answered", TODAY.isoformat(), "zh-TW")
    totals = [n for n in answer["numbers"] if n["of"] == "total"]
    assert {(n["value"], n["unit"], n["grounding"]["kind"]) for n in totals} == {("332", "TWD", "tool")}


def test_the_quote_inside_an_answer_keeps_its_own_contract(client: TestClient) -> None:
    """A result is the same document wherever it is read: labels by language tag, dates as dates."""
    (call,) = [c for c in ask(client, question=QUOTE)["tool_calls"] if "receipt" in c["result"]]
    result = call["result"]
    assert result["totals"]["total"] == "332"
    assert all(set(line["label"]) == {"zh-TW", "en"} for line in result["lines"])
    for used in (p for line in result["lines"] for p in line["parameters"]):
        assert set(used["source"]["citation"]) == {"zh-TW", "en"}
        assert "effective_to" in used


def test_the_day_and_the_language_are_the_callers(client: TestClient) -> None:
    answer = ask(client, question="台灣進口免稅門檻是多少？", as_of="2017-06-01", lang="en")
    assert (answer["as_of"], answer["language"]) == ("2017-06-01", "en")
    assert "NT$3,000" in answer["answer"]
    assert ask(client, question="台灣進口免稅門檻是多少？", as_of="民國106年6月1日")["as_of"] == "2017-06-01"


def test_a_conversation_continues_and_others_do_not_hear_it(client: TestClient) -> None:
    first = ask(client, question="快遞寄來台灣的東西要繳多少稅啊？")
    assert first["status"] == "needs_input" and first["follow_up"]
    facts = "是日本的布面運動鞋，2,600 元，運費 250，保險 50，賣家說關稅 7.5%"
    second = ask(client, question=facts, conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    # 2600 + 250 + 50 = 2900; 7.5 % = 217; (2900 + 217) x 5 % = 155
    assert "372" in [n["value"] for n in second["numbers"] if n["of"] == "total"]
    assert ask(client, question=facts)["conversation_id"] != first["conversation_id"]


def test_every_status_is_200(client: TestClient) -> None:
    questions = {
        "not_covered": "明天台北會下雨嗎",
        "declined": "教我怎麼拆單讓每包都低於免稅門檻",
        "answered": "台灣海關 X3 是什麼？",
    }
    for status, question in questions.items():
        assert ask(client, question=question)["status"] == status


# ------------------------------------------------------------------------------------------------- problems

PROBLEMS: dict[str, tuple[dict[str, Any], str, str]] = {
    "impossible day": ({"question": "X3?", "as_of": "2026-02-30"}, "as_of", "2026-11-21"),
    "unreadable day": ({"question": "X3?", "as_of": "tomorrow"}, "as_of", "2026-11-21"),
    "day is a number": ({"question": "X3?", "as_of": 20261121}, "as_of", ""),
    "unknown key": ({"question": "X3?", "langauge": "en"}, "langauge", "lang"),
    "no question": ({"lang": "en"}, "question", ""),
    "empty question": ({"question": ""}, "question", ""),
    "blank question": ({"question": " \n"}, "question", ""),
    "too long": ({"question": "稅" * 4001}, "question", "4000"),
    "question is a number": ({"question": 3}, "question", ""),
    "question is null": ({"question": None}, "question", ""),
    "unknown language": ({"question": "X3?", "lang": "fr"}, "lang", "zh-TW"),
    "unknown model": ({"question": "X3?", "model": "gpt"}, "model", "offline"),
    "conversation id with a path": ({"question": "X3?", "conversation_id": "../x"}, "conversation_id", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_names_its_field_and_what_is_accepted(client: TestClient, name: str) -> None:
    body, field, accepted = PROBLEMS[name]
    found = problem(client.post("/v1/answers", json=body), 422)
    assert found["field"] == field
    assert field in found["detail"]
    assert found.get("accepted"), "nothing says what would be accepted"
    assert accepted in found["accepted"].replace(",", "")


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'"X3?"', b"\xff\xfe", b'{"question": "X3?"', b"[" * 2000])
def test_a_body_that_is_no_object_is_a_problem(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/answers", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_a_hosted_model_without_its_settings_is_unavailable(client: TestClient) -> None:
    found = problem(client.post("/v1/answers", json={"question": "X3?", "model": "openai:some-model"}), 503)
    assert "CUSTOMS_OPENAI_API_KEY" in found["detail"]


def test_what_is_not_served_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/answers").status_code == 405
    assert client.get("/v1/nothing").status_code == 404


# ------------------------------------------------------------------------------------------------- never a 500

NASTY = [
    "\x00", "X3\x00是什麼", "🙂" * 500, "\u202eX3 是什麼", "<script>alert(1)</script>", "'; DROP TABLE x; --", "{{ us.mpf.minimum }}",
    "{0.__class__}", "%s %d %n", "../../etc/passwd", "9" * 300, "價格 " + "9" * 400 + " 元，快遞進口台灣要繳多少稅？", "-1 元的手錶快遞到台灣",
    "1e999 元的石英錶快遞進口台灣，運費 0，保險 0，稅率 5%", "稅率 99999% 的手錶 3000 元快遞進口台灣，運費 0，保險 0", "2026-02-30 的 MPF 是多少",
    "MPF on 9999-12-31?", "MPF on 0001-01-01?", "民國 0 年的免稅門檻", "從 ZZ 寄 0 元到美國免稅嗎", "[1][2][99]", "| a | b |\n|---|---|", "$$x$$ $y$",
    "零元零件零運費", "百分之百分之五", "3,0,0,0 元", "第〇條", "半打鞋子兩打襪子一支錶", "NaN 元 Infinity 美元", "０x1F 元", "\t\n 稅 \r\n",
]  # fmt: skip


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_no_question_is_a_server_error(client: TestClient, question: str) -> None:
    response = client.post("/v1/answers", json={"question": question})
    assert response.status_code == 200, response.text
    assert response.json()["answer"].strip(), "nothing is said"


@pytest.mark.parametrize("question", ["9" * 1000, "一" * 1000, "9," * 500, "稅" * 4000, "a " * 2000], ids=range(5))
def test_a_long_question_does_not_hold_the_service_up(client: TestClient, question: str) -> None:
    """As many characters as are allowed are read to the end; `customs bench start` tells how long each takes."""
    assert ask(client, question=question)["status"] != "answered"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1900-01-01"])
@pytest.mark.parametrize(
    "question", [QUOTE, "MPF 最低最高是多少？", "從深圳寄包裹到美國還免稅嗎？", "台灣海關 X3 是什麼？"]
)
def test_no_day_is_a_server_error(client: TestClient, question: str, day: str) -> None:
    response = client.post("/v1/answers", json={"question": question, "as_of": day})
    assert response.status_code in (200, 422), response.text


def test_half_a_surrogate_is_no_server_error(client: TestClient) -> None:
    for field in ("question", "conversation_id", "lang", "as_of", "model"):
        body = {"question": "X3 是什麼？", field: "X3 \ud800"}
        response = client.post("/v1/answers", content=json.dumps(body), headers={"content-type": "application/json"})
        assert response.status_code in (200, 422), field


# ------------------------------------------------------------------------------------------------- where it listens


@pytest.mark.parametrize(("host", "port"), [("0.0.0.0", 8000), ("example.org", 8000), ("127.0.0.1", 70000)])
def test_the_service_listens_on_loopback_only(settings: Settings, host: str, port: int) -> None:
    with pytest.raises(InputError, match=r"host|port"):
        serve(settings, host, port)
