"""Libraries of tenants: briefs and the house's documents for everybody, a tenant's own for it alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf
from corpus.tenants import Libraries
from tools.errors import InputError, NotFound

TODAY = date(2026, 11, 21)
TEXTS = {
    None: "全公司 斑馬紋貨櫃送到第七碼頭查驗。\n",
    "north": "北區 紫水晶倉庫的鑰匙由值班主管保管。\n",
    "south": "南區 橘色棧板一律放在第三月台。\n",
}
ASKED = {None: "斑馬紋貨櫃送到哪個碼頭", "north": "紫水晶倉庫的鑰匙由誰保管", "south": "橘色棧板放在哪個月台"}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small collection beside the documents: an index is built in no time."""
    briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    monkeypatch.setattr("corpus.search.shipped_briefs", lambda: briefs)


@pytest.fixture
def libraries(tmp_path: Path) -> Libraries:
    made = Libraries(tmp_path, most=1)
    for tenant, text in TEXTS.items():
        assert made.add(tenant, "作業.txt", text.encode(), TODAY).outcome == "added"
    return made


def read_by(libraries: Libraries, tenant: str | None, question: str) -> set[str]:
    found = libraries.library(tenant).search(question, as_of=TODAY, lang="zh-TW", authorities=["user"])
    return {p.text for p in found.passages}


@pytest.mark.parametrize(
    ("reader", "sees"), [(None, {None}), ("north", {None, "north"}), ("south", {None, "south"}), ("other", {None})]
)
def test_a_tenant_reads_its_own_and_the_houses(libraries: Libraries, reader: str | None, sees: set[str | None]) -> None:
    said = {t for q in ASKED.values() for t in read_by(libraries, reader, q)}
    assert said == {TEXTS[s].strip() for s in sees}
    assert libraries.library(reader).search("X3 是什麼", as_of=TODAY, lang="zh-TW").covered
    assert [d.name for d in libraries.held(reader)] == (["作業.txt"] if reader in TEXTS else [])


def test_a_file_of_the_same_name_takes_the_place_of_the_earlier(libraries: Libraries) -> None:
    library = libraries.library("north")
    again = libraries.add("north", "作業.txt", "北區 紫水晶倉庫的鑰匙在保險箱。\n".encode(), TODAY)
    assert again.outcome == "replaced" and len(libraries.held("north")) == 1
    found = library.search(ASKED["north"], as_of=TODAY, lang="zh-TW").passages[0]
    assert "保險箱" in found.text and found.document_id == again.id
    same = libraries.add("north", "作業.txt", "北區 紫水晶倉庫的鑰匙在保險箱。\n".encode(), TODAY)
    assert (same.outcome, same.id) == ("unchanged", again.id)


def test_a_tenant_removes_its_own_and_nobody_elses(libraries: Libraries, tmp_path: Path) -> None:
    (mine,), (theirs,) = libraries.held("north"), libraries.held("south")
    with pytest.raises(NotFound):
        libraries.remove("north", theirs.id)
    assert libraries.remove("north", mine.id).id == mine.id
    assert TEXTS["north"].strip() not in read_by(libraries, "north", ASKED["north"])
    assert libraries.forget("south") == 1 and libraries.forget("south") == 0
    assert [p.name for p in (tmp_path / "tenants").iterdir()] == ["north"] and libraries.held("south") == ()


@pytest.mark.parametrize("name", ["", "..", "../north", "a/b", "North", "x" * 41, "north\n"])
def test_a_name_that_leads_elsewhere_is_refused(libraries: Libraries, name: str) -> None:
    with pytest.raises(InputError, match="tenant"):
        libraries.library(name)


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/b.txt", ".hidden.txt", "a.exe", "a", "長" * 100 + ".txt", "a\0.txt", "a\n.txt"]
)
def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="name"):
        Shelf(tmp_path).put(name, b"words", TODAY)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_many_threads_may_ask_the_vectors_first_at_once(libraries: Libraries) -> None:
    """Each opens Chroma over the same directory, and none before the others."""
    found = libraries.library("north").search("X3", as_of=TODAY, lang="zh-TW").passages
    for _ in range(3):
        library = Libraries(libraries._home).library("north")
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(lambda _, held=library: held.vectors_answer(), range(16)))
    assert found
