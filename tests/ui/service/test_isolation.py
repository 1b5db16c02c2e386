"""Whatever two tenants do, in any order: neither reads, lists, replays or continues what is the other's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.ui.service.conftest import Service

_MARK = {"ann": "石英錶", "bob": "運動鞋"}  # what each of them asks about, and the other never does
_TEXTS = {"ann": "紫水晶倉庫的鑰匙由值班主管保管。", "bob": "橘色棧板一律放在第三月台。"}
_DO = [
    "ask", "continue", "draft", "chat", "quote", "read", "list", "replay", "forget", "feedback", "once", "keep", "search", "remove",
]  # fmt: skip
#: routes that read and keep nothing of a tenant
_NOBODYS = re.compile(
    r"/(healthz|readyz|metrics|v1/(models|tools.*|law.*|tariff.*|quotes/us|documents/scan|paperwork.*))"
)
operations = st.lists(
    st.tuples(st.sampled_from(["ann", "bob"]), st.sampled_from(_DO), st.integers(0, 3)), min_size=4, max_size=10
)


class Two:
    """Both tenants at work; what each made is remembered, and tried by the other."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.made: dict[str, dict[str, list[str]]] = {
            who: {"conversation": [], "answer": [], "receipt": [], "document": []} for who in _MARK
        }
        self.sent: set[tuple[str, str]] = set()

    def do(self, who: str, what: str, pick: int) -> None:
        headers = {"ann": self.service.ann, "bob": self.service.bob}[who]
        other = "bob" if who == "ann" else "ann"
        theirs = {kind: names[pick % len(names)] for kind, names in self.made[other].items() if names}
        getattr(self, f"do_{what}")(who, headers, theirs)

    def request(self, headers: dict[str, str], method: str, path: str, body: Any = None, **more: Any) -> Any:
        self.sent.add((method, path.partition("?")[0]))
        return self.service.client.request(method, path, json=body, headers=headers, **more)

    def tried(self, method: str, template: str) -> bool:
        """Whether a route was asked."""
        path = re.compile(re.sub(r"\{[^}]*\}", "[^/]+", template))
        return any(path.fullmatch(at) for how, at in self.sent if how == method.upper())

    def ask(self, headers: dict[str, str], question: str, path: str = "/v1/answers", **more: Any) -> dict[str, Any]:
        response = self.request(headers, "POST", path, {"question": question, **more})
        assert response.status_code == 200, response.text
        return dict(response.json())

    def do_ask(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        answer = self.ask(headers, f"{_MARK[who]}進口台灣的關稅稅率？")
        self.made[who]["answer"].append(answer["id"])
        self.made[who]["conversation"].append(answer["conversation_id"])

    def do_continue(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        if name := theirs.get("conversation"):
            answer = self.ask(headers, "那再說一次是什麼貨物？", conversation_id=name)
            assert _MARK["bob" if who == "ann" else "ann"] not in str(answer)
            self.made[who]["answer"].append(answer["id"])

    def do_draft(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        """A reply drafted in the other's conversation knows nothing of it, and nothing of the other's documents."""
        other = "bob" if who == "ann" else "ann"
        if name := theirs.get("conversation"):
            drafted = self.ask(headers, "那再說一次是什麼貨物？", "/v1/support/draft", conversation_id=name)
            assert _MARK[other] not in str(drafted)
            self.made[who]["answer"].append(drafted["answer"]["id"])
        drafted = self.ask(headers, f"{_TEXTS[other][:9]}在哪裡？", "/v1/support/draft")
        assert _TEXTS[other][:4] not in str(drafted["answer"]["citations"])

    def do_chat(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        other = "bob" if who == "ann" else "ann"
        said = {"model": "offline", "messages": [{"role": "user", "content": f"{_TEXTS[other][:9]}在哪裡？"}]}
        found = self.request(headers, "POST", "/v1/chat/completions", said)
        assert found.status_code == 200 and _TEXTS[other][9:] not in found.text

    def do_quote(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        price = {"ann": "3001", "bob": "4001"}[who]
        body = {"route": "express", "freight": "0", "insurance": "0", "goods": [{"price": price, "rate": "5%"}]}
        self.made[who]["receipt"].append(self.request(headers, "POST", "/v1/quotes/tw", body).json()["receipt"])

    def do_read(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        paths = {"answer": "answers", "receipt": "receipts"}
        for kind, name in theirs.items():
            if kind in paths:
                assert self.request(headers, "GET", f"/v1/{paths[kind]}/{name}").status_code == 404

    def do_list(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        for kind, path in (("conversation", "conversations"), ("receipt", "receipts"), ("feedback", "feedback")):
            items: Iterable[dict[str, Any]] = self.request(headers, "GET", f"/v1/{path}?limit=99").json()["items"]
            other = "bob" if who == "ann" else "ann"
            assert _MARK[other] not in str([row.get("question") for row in items])
            assert not {row.get("receipt") for row in items} & set(self.made[other]["receipt"]), kind

    def do_replay(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        if name := theirs.get("receipt"):
            assert self.request(headers, "POST", f"/v1/receipts/{name}/replay").status_code == 404

    def do_forget(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        other = "bob" if who == "ann" else "ann"
        if (name := theirs.get("conversation")) and not self._said_in(who, name):
            assert self.request(headers, "DELETE", f"/v1/conversations/{name}").status_code == 404
            owner = {"ann": self.service.ann, "bob": self.service.bob}[other]
            assert self.request(owner, "GET", f"/v1/conversations/{name}").status_code == 200

    def _said_in(self, who: str, name: str) -> bool:
        """Whether a tenant has a conversation of its own under the other's name."""
        return bool(self.service.desk.records.said(who, name))

    def do_feedback(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        if name := theirs.get("answer"):
            body = {"answer_id": name, "rating": "down"}
            assert self.request(headers, "POST", "/v1/feedback", body).status_code == 404

    def do_keep(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        body = f"{_TEXTS[who]}\n第 {len(self.made[who]['document'])} 版\n".encode()
        added = self.request(headers, "POST", "/v1/documents?name=notes.txt", content=body)
        assert added.status_code == 201, added.text
        self.made[who]["document"].append(added.json()["id"])

    def do_search(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        """Neither a search, nor a question, nor the name of the file finds what the other keeps."""
        other = _TEXTS["bob" if who == "ann" else "ann"]
        for query in (other, "notes.txt"):
            found = self.request(headers, "POST", "/v1/policy/search", {"query": query, "limit": 20}).json()
            assert not [p for p in found["passages"] if other[:4] in p["text"]]
        assert other[:4] not in str(self.ask(headers, f"{other[:9]}在哪裡？")["citations"])
        held = self.request(headers, "GET", "/v1/documents").json()["items"]
        assert not {d["id"] for d in held} & set(self.made["bob" if who == "ann" else "ann"]["document"])

    def do_remove(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        if name := theirs.get("document"):
            assert self.request(headers, "DELETE", f"/v1/documents/{name}").status_code == 404

    def do_once(self, who: str, headers: dict[str, str], theirs: dict[str, str]) -> None:
        body = {"question": "台灣海關 X3 是什麼？"}
        answer = self.request(headers | {"Idempotency-Key": "shared"}, "POST", "/v1/answers", body).json()
        assert answer["id"] not in self.made["bob" if who == "ann" else "ann"]["answer"]
        self.made[who]["answer"].append(answer["id"])


def begun(service: Service) -> Two:
    """Both tenants with something of their own."""
    two = Two(service)
    for who in _MARK:
        for what in ("ask", "quote", "keep"):
            two.do(who, what, 0)
    return two


@settings(
    max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(steps=operations)
def test_nothing_crosses_between_tenants(small_service: Service, steps: list[tuple[str, str, int]]) -> None:
    two = begun(small_service)
    for who, what, pick in steps:
        two.do(who, what, pick)
    for who in _MARK:
        for what in ("read", "list", "replay", "feedback", "search", "remove"):
            two.do(who, what, 1)


def test_every_route_that_holds_what_is_a_tenants_is_among_what_they_try(small_service: Service) -> None:
    two = begun(small_service)
    for who in _MARK:
        for what in sorted(_DO, key=lambda done: done in ("continue", "draft")):  # a conversation is the other's before
            two.do(who, what, 0)
    routes = small_service.client.get("/openapi.json").json()["paths"]
    assert len(routes) > 25
    missed = [(m, p) for p, ways in routes.items() for m in ways if not _NOBODYS.fullmatch(p) and not two.tried(m, p)]
    assert not missed
