"""Every route of the service: what it answers, and how it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.ui.service.conftest import Service, header

QUOTE = "從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"
WATCH = {
    "route": "express", "freight": "200", "insurance": "50",
    "goods": [{"price": "3000", "rate": "5%", "country_of_origin": "JP"}],
}  # fmt: skip


def post(service: Service, path: str, body: Any, status: int = 200, **headers: str) -> Any:
    response = service.client.post(path, json=body, headers=service.ann | headers)
    assert response.status_code == status, response.text
    return response.json()


def get(service: Service, path: str, status: int = 200, **query: Any) -> Any:
    response = service.client.get(path, params=query, headers=service.ann)
    assert response.status_code == status, response.text
    return response.json()


# ------------------------------------------------------------------------------------------------ answers, events


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(head.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for head, data in blocks]


def test_events_tell_steps_then_checked_text_then_the_whole(service: Service) -> None:
    headers = service.ann | {"Accept": "text/event-stream"}
    response = service.client.post("/v1/answers", json={"question": QUOTE}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    assert names == sorted(names, key=["step", "text", "answer"].index) and names.count("answer") == 1
    steps = [(data["what"], data["tool"]) for name, data in told if name == "step"]
    assert steps.index(("called", "taiwan_quote")) < steps.index(("returned", "taiwan_quote"))
    whole = told[-1][1]
    assert "".join(data["text"] for name, data in told if name == "text") == whole["answer"]
    assert "332" in whole["answer"]  # 3250 x 5 % = 162; 3412 x 5 % = 170


def test_an_event_stream_ends_with_the_problem(service: Service) -> None:
    headers = service.ann | {"Accept": "text/event-stream"}
    response = service.client.post("/v1/answers", json={"question": "X3?", "model": "gpt"}, headers=headers)
    [(name, problem)] = events(response.text)
    assert (name, problem["status"], problem["field"]) == ("problem", 422, "model")


def test_a_conversation_is_kept_listed_read_and_forgotten(service: Service) -> None:
    first = service.ask("快遞寄來台灣的東西要繳多少稅啊？")
    facts = "是日本的布面運動鞋，2,600 元，運費 250，保險 50，賣家說關稅 7.5%"
    second = service.ask(facts, conversation_id=first["conversation_id"])
    assert "372" in [n["value"] for n in second["numbers"] if n["of"] == "total"]
    name = first["conversation_id"]
    assert get(service, "/v1/conversations", limit=1)["items"][0] | {"made_at": ""} == {
        "conversation_id": name, "turns": 2, "question": first["question"], "made_at": "",
    }  # fmt: skip
    assert [a["id"] for a in get(service, f"/v1/conversations/{name}")["answers"]] == [first["id"], second["id"]]
    assert get(service, f"/v1/answers/{second['id']}") == second
    assert service.client.delete(f"/v1/conversations/{name}", headers=service.ann).status_code == 204
    get(service, f"/v1/conversations/{name}", 404)
    get(service, f"/v1/answers/{second['id']}", 404)


def test_pages_hold_every_row_once(service: Service) -> None:
    for _ in range(5):
        service.ask()
    seen, after, pages = [], {}, 0
    while True:
        page = get(service, "/v1/conversations", limit=2, **after)
        seen += [row["conversation_id"] for row in page["items"]]
        pages += 1
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert pages >= 3 and len(seen) == len(set(seen)) >= 5


def test_a_support_draft_adds_words_and_no_figure(service: Service) -> None:
    body = {"question": QUOTE, "customer": "王小姐"}
    draft = post(service, "/v1/support/draft", body)
    assert draft["body"].startswith("王小姐 您好：") and draft["answer"]["answer"] in draft["body"]
    around = draft["body"].replace(draft["answer"]["answer"], "")
    assert not any(c.isdigit() for c in around.split("參考依據")[0])


# --------------------------------------------------------------------------------------------- tools, quotes, law


def test_every_tool_is_listed_and_takes_its_examples(service: Service) -> None:
    shown = get(service, "/v1/tools")
    assert {"taiwan_quote", "us_quote", "law_lookup", "us_de_minimis"} <= {t["name"] for t in shown}
    for tool in shown:
        assert tool["input_schema"]["type"] == "object"
        assert isinstance(post(service, f"/v1/tools/{tool['name']}", tool["examples"][0]), dict), tool["name"]


def test_numbers_are_read_exactly(service: Service) -> None:
    raw = '{"route": "express", "freight": 0.1, "insurance": 0.2, "goods": [{"price": 3000.3, "rate": 0.05}]}'
    headers = service.ann | {"content-type": "application/json"}
    answer = service.client.post("/v1/tools/taiwan_quote", content=raw, headers=headers).json()
    assert Decimal(answer["input"]["goods"][0]["price"]) == Decimal("3000.3")
    assert Decimal(answer["input"]["freight"]) + Decimal(answer["input"]["insurance"]) == Decimal("0.3")


def test_a_quote_leaves_a_receipt_that_replays(service: Service) -> None:
    quote = post(service, "/v1/quotes/tw", WATCH)
    assert quote["totals"]["total"] == "332"
    digest = quote["receipt"].removeprefix("sha256:")
    assert get(service, f"/v1/receipts/{quote['receipt']}") == get(service, f"/v1/receipts/{digest}") == quote
    replayed = post(service, f"/v1/receipts/{digest}/replay", {})
    assert (replayed["identical"], replayed["altered"], replayed["changes"]) == (True, False, [])
    assert quote["receipt"] in [row["receipt"] for row in get(service, "/v1/receipts")["items"]]
    get(service, f"/v1/receipts/{'0' * 64}", 404)
    us = {"mode": "air", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "TW", "value": "12500"}]}
    assert post(service, "/v1/quotes/us", us)["jurisdiction"] == "us"


LOOKS: dict[str, tuple[dict[str, str], Any]] = {
    "/v1/law": ({}, lambda r: "us.mpf" in [t["topic"] for t in r["items"]]),
    "/v1/law/us.mpf.minimum": ({"on": "2026-03-01"}, lambda r: r["entries"][0]["in_force"]["value"] == "33.58"),
    "/v1/law/us.mpf/timeline": ({}, lambda r: len(r["items"]) > 3),
    "/v1/law/next": ({"on": "2026-11-21"}, lambda r: ("2027-01-01", "begins") in [(i["day"], i["event"]) for i in r["items"]]),
    "/v1/law/stale": ({}, lambda r: isinstance(r["items"], list)),
    "/v1/law/diff": ({"first": "2026-09-30", "second": "2026-10-01", "topic": "us.mpf.minimum"}, lambda r: len(r["items"]) == 1),
    "/v1/tariff": ({"text": "石英錶"}, lambda r: r["lines"][0]["code"].startswith("91")),
    "/v1/tariff/search": ({"text": "羊毛針織套頭衫", "limit": "3"}, lambda r: [c["code"][:4] for c in r["candidates"]].count("6110")),
    "/v1/tariff/6109.10.00": ({"schedule": "us"}, lambda r: r["code"] == "6109.10.00" and "general" in r["rates"]),
}  # fmt: skip


@pytest.mark.parametrize("path", LOOKS)
def test_look_ups(service: Service, path: str) -> None:
    query, right = LOOKS[path]
    assert right(get(service, path, **query))


def test_policy_search_finds_and_says_when_it_does_not(service: Service) -> None:
    found = post(service, "/v1/policy/search", {"query": "快遞 X3 低價應稅", "limit": 2})
    assert found["covered"] and 1 <= len(found["passages"]) <= 2
    assert not post(service, "/v1/policy/search", {"query": "今晚適合看什麼電影"})["covered"]


def test_a_document_is_scanned_and_nothing_is_kept(service: Service) -> None:
    text = "# 進口須知\n\n台灣進口低價免稅門檻為新臺幣 3,000 元。\n"
    path, headers = "/v1/documents/scan", service.ann | {"content-type": "application/octet-stream"}
    query = {"name": "notice.md", "on": "2026-11-21"}
    found = service.client.post(path, params=query, content=text.encode(), headers=headers)
    assert found.status_code == 200 and found.json()["findings"], found.text
    empty = service.client.post(path, params=query, content=b"", headers=headers)
    assert (empty.status_code, empty.headers["content-type"]) == (422, "application/problem+json")


REFUSED: dict[str, tuple[str, str, Any, int]] = {
    "unknown tool": ("POST", "/v1/tools/nothing", {}, 404),
    "unknown law": ("GET", "/v1/law/us.nothing", None, 404),
    "bad day": ("GET", "/v1/law/us.mpf?on=2026-02-30", None, 422),
    "one day twice": ("GET", "/v1/law/diff?first=2026-01-01&second=2026-01-01", None, 422),
    "no goods": ("POST", "/v1/quotes/tw", {"route": "express"}, 422),
    "unknown key": ("POST", "/v1/quotes/tw", WATCH | {"frieght": 1}, 422),
    "a list": ("POST", "/v1/quotes/tw", [], 422),
    "no code": ("GET", "/v1/tariff/abc", None, 422),
    "a page of none": ("GET", "/v1/receipts?limit=0", None, 422),
    "no receipt": ("GET", "/v1/receipts/abc", None, 422),
    "feedback on nothing": ("POST", "/v1/feedback", {"answer_id": "x", "rating": "up"}, 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_problems_with_the_id_of_the_request(service: Service, name: str) -> None:
    method, path, body, status = REFUSED[name]
    headers = service.ann | {"X-Request-Id": "abc-1"}
    response = service.client.request(method, path, json=body, headers=headers)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"] == response.headers["x-request-id"] == "abc-1"
    assert len(response.json()["detail"].splitlines()) == 1


# ------------------------------------------------------------------------------------------ feedback, idempotency


def test_a_correction_becomes_a_candidate(service: Service) -> None:
    answer = service.ask()
    given = {"answer_id": answer["id"], "rating": "down", "correction": "X3 是低價應稅"}
    kept = post(service, "/v1/feedback", given)
    assert kept["id"] in [row["id"] for row in get(service, "/v1/feedback")["items"]]
    [candidate] = [c for c in service.desk.records.corrections() if c["id"] == kept["id"]]
    assert (candidate["answer"]["question"], candidate["correction"]) == (answer["question"], "X3 是低價應稅")


def test_a_request_sent_twice_is_done_once(service: Service) -> None:
    body, key = {"question": "台灣海關 X3 是什麼？"}, {"Idempotency-Key": "once-1"}
    first = service.client.post("/v1/answers", json=body, headers=service.ann | key)
    again = service.client.post("/v1/answers", json=body, headers=service.ann | key)
    assert again.json() == first.json() and again.headers["idempotency-replayed"] == "true"
    assert post(service, "/v1/answers", {"question": "MPF?"}, 422, **key)["detail"].startswith("Idempotency-Key")
    assert service.ask(who=service.bob | key)["id"] != first.json()["id"]  # another tenant's key is another key


def test_a_key_whose_request_failed_may_be_used_again(service: Service) -> None:
    key = {"Idempotency-Key": "failed-1"}
    post(service, "/v1/feedback", {"answer_id": "none", "rating": "up"}, 404, **key)
    answer = service.ask()
    assert post(service, "/v1/feedback", {"answer_id": answer["id"], "rating": "up"}, 200, **key)["rating"] == "up"


# ------------------------------------------------------------------------------------------------- keys and safety


def test_without_a_usable_key_nothing_is_answered(service: Service) -> None:
    made, text = service.desk.keys.create("ann", "short", ["compute"])
    assert service.client.get("/v1/tools").status_code == 401
    for wrong in ("nonsense", text[:-1], text[:-1] + ("A" if text[-1] != "A" else "B")):
        assert service.client.get("/v1/tools", headers=header(wrong)).status_code == 401
    assert service.client.get("/v1/tools", headers=header(text)).status_code == 200
    refused = service.client.get("/v1/receipts", headers=header(text))
    assert (refused.status_code, "records" in refused.json()["detail"]) == (403, True)
    service.desk.keys.revoke(made.id)
    service.client.app.state.gate._known.clear()  # type: ignore[attr-defined]
    assert service.client.get("/v1/tools", headers=header(text)).status_code == 401


def test_a_key_that_asks_too_often_is_told_when(service: Service) -> None:
    _, text = service.desk.keys.create("ann", "slow", rate="2/minute")
    statuses = [service.client.get("/v1/models", headers=header(text)) for _ in range(3)]
    assert [s.status_code for s in statuses] == [200, 200, 429]
    assert 1 <= int(statuses[-1].headers["retry-after"]) <= 62
    assert service.client.get("/v1/models", headers=service.ann).status_code == 200


def test_a_long_body_is_refused_before_it_is_read(service: Service) -> None:
    response = service.client.post("/v1/answers", content=b"x" * (10 * 1024 * 1024), headers=service.ann)
    assert response.status_code == 413 and response.headers["content-type"] == "application/problem+json"
    pieces = service.client.post("/v1/answers", content=iter([b"x" * 100_000] * 4), headers=service.ann)
    assert pieces.status_code == 413 and pieces.json()["status"] == 413


def test_headers_are_safe_and_other_origins_get_nothing(service: Service) -> None:
    response = service.client.get("/healthz", headers={"Origin": "https://example.org"})
    assert response.headers["x-content-type-options"] == "nosniff" and response.headers["cache-control"] == "no-store"
    assert not [name for name in response.headers if name.startswith("access-control")]
    preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert service.client.options("/v1/answers", headers=preflight).status_code == 405


def test_health_readiness_and_metrics(service: Service) -> None:
    service.ask()
    assert service.client.get("/readyz").json() == {
        "ready": True, "database": True, "library": True, "vectors": True,
    }  # fmt: skip
    text = service.client.get("/metrics", headers=service.ann).text
    assert 'customs_answers_total{status="answered"}' in text
    assert 'route="/v1/answers",status="200"' in text
    assert service.client.get("/metrics").status_code == 401


def test_the_audit_log_says_who_asked_what(service: Service) -> None:
    answer = service.ask(who=service.bob)
    [row] = [r for r in service.desk.records.noted(50) if r["target"] == answer["id"]]
    assert (row["tenant"], row["action"], row["text"], row["outcome"]) == ("bob", "ask", answer["question"], "answered")
