"""Documents of one's own over HTTP: added, found, quoted, listed, replaced, taken away; each with a line in the audit log."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.service.conftest import Service

TEXT = "北區紫水晶倉庫的鑰匙由值班主管保管，入庫前先量棧板高度。\n"


def add(service: Service, name: str, text: str | bytes, status: int = 201) -> Any:
    data = text.encode() if isinstance(text, str) else text
    response = service.client.post("/v1/documents", params={"name": name}, content=data, headers=service.ann)
    assert response.status_code == status, response.text
    return response.json()


def search(service: Service, query: str, **more: Any) -> list[dict[str, Any]]:
    body = {"query": query, **more}
    found: list[dict[str, Any]] = service.client.post("/v1/policy/search", json=body, headers=service.ann).json()[
        "passages"
    ]
    return found


def test_a_document_is_found_from_the_moment_it_was_added_until_it_is_taken_away(small_service: Service) -> None:
    added = add(small_service, "倉庫.txt", TEXT)
    assert (added["outcome"], added["passages"]) == ("added", 1)
    [held] = small_service.client.get("/v1/documents", headers=small_service.ann).json()["items"]
    assert (held["id"], held["name"], held["language"]) == (added["id"], "倉庫.txt", "zh-TW")
    assert search(small_service, "紫水晶倉庫的鑰匙由誰保管", authority="user")[0]["document_id"] == added["id"]
    assert {p["authority"] for p in search(small_service, "X3 是什麼", authority="brief")} == {"brief"}
    answer = small_service.ask("紫水晶倉庫的鑰匙由誰保管？")
    assert (answer["status"], answer["citations"][0]["authority"]) == ("answered", "user")
    again = add(small_service, "倉庫.txt", TEXT.replace("值班主管", "總務"))
    assert (again["outcome"], again["id"]) == ("replaced", added["id"])
    assert "總務" in search(small_service, "紫水晶倉庫的鑰匙由誰保管", authority="user")[0]["text"]
    gone = small_service.client.delete(f"/v1/documents/{added['id']}", headers=small_service.ann)
    assert gone.status_code == 204
    assert not search(small_service, "紫水晶倉庫的鑰匙由誰保管", authority="user")
    told = [(r["action"], r["target"]) for r in small_service.desk.records.noted(20) if "document" in r["action"]]
    assert told == [(a, added["id"]) for a in ("remove document", "add document", "add document")]


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a path": ("../x.txt", b"text", "name"),
    "no ending": ("x", b"text", "name"),
    "another kind": ("x.exe", b"MZ", "name"),
    "nothing in it": ("x.txt", b"", ""),
    "no PDF": ("x.pdf", b"%PDF-1.7 and nothing more", ""),
    "a picture": ("x.md", b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(small_service: Service, case: str) -> None:
    name, data, field = REFUSED[case]
    problem = add(small_service, name, data, 422)
    assert field in (problem.get("field") or "") and len(problem["detail"].splitlines()) == 1


def test_the_scope_is_the_librarys(small_service: Service) -> None:
    _, text = small_service.desk.keys.create("ann", "asks", ["ask"])
    headers = {"Authorization": f"Bearer {text}"}
    assert small_service.client.get("/v1/documents", headers=headers).status_code == 403
    assert small_service.client.delete("/v1/documents/u-none", headers=small_service.ann).status_code == 404
