"""Documents of users: added, replaced, removed; whole for every reader, whenever a writer dies."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus import Library, open_library
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf
from tools.errors import NotFound

TODAY = date(2026, 11, 21)
SOP = "內部作業\n\n第 1 條\n斑馬紋貨櫃應於週三送往第七碼頭查驗。\n\n第 2 條\n藍鯨倉庫的鑰匙由值班主管保管。\n"
QUESTION = "斑馬紋貨櫃送到哪個碼頭"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small collection beside the documents: the index is built in no time."""
    briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    monkeypatch.setattr("corpus.search.shipped_briefs", lambda: briefs)


def add(home: Path, *paths: Path) -> list[tuple[str, str | None]]:
    return [(a.outcome, a.id) for a in Shelf(home).add([str(p) for p in paths], TODAY, lambda _: None)]


def found(library: Library, question: str = QUESTION) -> list[str]:
    result = library.search(question, as_of=TODAY, lang="zh-TW")
    return [p.text for p in result.passages if p.authority == "user"] if result.covered else []


def test_a_document_is_found_with_its_place_and_as_its_users(tmp_path: Path) -> None:
    path = tmp_path / "sop.txt"
    path.write_text(SOP, "utf-8")
    add(tmp_path / "home", path)
    best = open_library(tmp_path / "home").search(QUESTION, as_of=TODAY, lang="zh-TW").passages[0]
    assert best.text == "斑馬紋貨櫃應於週三送往第七碼頭查驗。"
    assert (best.authority, best.kind, best.line, best.section) == ("user", "document", 4, "第 1 條")
    assert SOP[best.start : best.end] == best.text


def test_adding_again_changes_nothing_and_a_new_text_takes_the_place_of_the_old(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "sop.txt"
    path.write_text(SOP, "utf-8")
    ((first, name),) = add(home, path)
    stamp = Shelf(home).stamp()
    assert (first, add(home, path), Shelf(home).stamp()) == ("added", [("unchanged", name)], stamp)
    path.write_text(SOP.replace("第七碼頭", "第九碼頭"), "utf-8")
    assert add(home, path) == [("replaced", name)]
    assert found(open_library(home)) and "第九碼頭" in found(open_library(home))[0]
    assert len([f for f in (home / "documents").iterdir() if f.suffix == ".json"]) == 2  # the manifest and one text


def test_an_open_library_sees_what_another_writer_adds_and_removes(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "sop.txt"
    path.write_text(SOP, "utf-8")
    library = open_library(home)
    assert not found(library)
    ((_, name),) = add(home, path)
    assert found(library)
    Shelf(home).remove(str(name))
    assert not found(library)
    with pytest.raises(NotFound):
        Shelf(home).remove(str(name))


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 rubbish")
    (tmp_path / "good.txt").write_text(SOP, "utf-8")
    assert [o for o, _ in add(tmp_path / "home", tmp_path / "bad.pdf", tmp_path / "good.txt")] == ["refused", "added"]


def test_a_file_nobody_may_read_is_refused_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    for name in ("locked.txt", "open.txt"):
        (tmp_path / name).write_text(SOP.replace("內部", name), "utf-8")
    monkeypatch.setattr(Path, "read_bytes", locked)
    refused, taken = Shelf(tmp_path / "home").add([str(tmp_path / n) for n in ("locked.txt", "open.txt")], TODAY, print)
    assert refused.outcome == "refused" and "locked.txt: cannot be read (Permission denied)" in str(refused.reason)
    assert taken.outcome == "added"


def test_braces_of_a_users_text_bind_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("斑馬紋貨櫃的費用是 {{ us.mpf.minimum }} 與 {{ nonsense }}，碼頭另計。\n", "utf-8")
    add(tmp_path / "home", path)
    assert "{{ us.mpf.minimum }}" in found(open_library(tmp_path / "home"))[0]


#: adds a document and opens the library in forks, each ended by SIGKILL at the n-th thing it does to its files
WRITER = """
import os, signal, sys
from datetime import date
from pathlib import Path
import chromadb, numpy, tantivy
import corpus.search
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf

home, path, points = sys.argv[1], sys.argv[2], [int(p) for p in sys.argv[3].split(",")]
briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
corpus.search.shipped_briefs = lambda: briefs
for point in points:
    child = os.fork()
    if not child:
        done = 0

        def watch(event, args):
            global done
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir") and str(args[0]).startswith(home):
                done += 1
                if done == point:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        Shelf(Path(home)).add([path], date(2026, 11, 21), lambda _: None)
        corpus.search.open_library(Path(home), fresh=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    held = Shelf(Path(home)).held()
    print(point, os.WTERMSIG(status), len(held), flush=True)
"""


def test_a_writer_killed_at_any_of_twenty_points_leaves_the_old_or_the_new(root: Path, tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "sop.txt"
    path.write_text(SOP, "utf-8")
    points = sorted(random.Random(20261127).choices(range(1, 24), k=20))
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WRITER, str(home), str(path), ",".join(map(str, points))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    told = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert [t[0] for t in told] == points
    assert sum(t[1] == 9 for t in told) >= 15, told  # most of the points were reached
    held = [t[2] for t in told]
    assert held == sorted(held) and held[-1] == 1  # never fewer than before
    library = open_library(home)
    assert found(library) and library.search("X3 是什麼", as_of=TODAY, lang="zh-TW").covered
