"""Adding one document to an index costs one document: what was there is kept, and is whole whenever the writer dies."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus import open_library
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf
from corpus.index import IndexStore, OpenIndex, fingerprint

TODAY = date(2026, 11, 21)
FIRST = "內部作業\n\n第 1 條\n斑馬紋貨櫃應於週三送往第七碼頭查驗。\n\n第 2 條\n藍鯨倉庫的鑰匙由值班主管保管。\n"
SECOND = "夜班作業\n\n第 1 條\n橘色棧板一律堆在第十二號門。\n"
ASKED = {"斑馬紋貨櫃送到哪個碼頭": "第七碼頭", "橘色棧板要堆在哪裡": "第十二號門", "X3 是什麼": "X3"}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small collection beside the documents."""
    briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    monkeypatch.setattr("corpus.search.shipped_briefs", lambda: briefs)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A state directory with the first document, indexed."""
    home = tmp_path / "home"
    Shelf(home).put("first.txt", FIRST.encode(), TODAY)
    open_library(home)
    return home


def answered(home: Path) -> dict[str, bool]:
    library = open_library(home)
    found = {q: library.search(q, as_of=TODAY, lang="zh-TW").passages for q in ASKED}
    return {q: any(sign in p.text for p in found[q][:2]) for q, sign in ASKED.items()}


def current(home: Path) -> Path:
    return home / "index" / (home / "index" / "current").read_text("utf-8")


def test_a_document_more_or_less_builds_nothing_anew(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> None:
        raise AssertionError("built anew")

    monkeypatch.setattr("corpus.index.write", write)
    first = answered(built)
    Shelf(built).put("second.txt", SECOND.encode(), TODAY)
    both = answered(built)
    Shelf(built).put("first.txt", FIRST.replace("第七", "第九").encode(), TODAY)
    replaced = answered(built)
    Shelf(built).remove(next(d.id for d in Shelf(built).held() if d.name == "second.txt"))
    fewer = answered(built)
    zebra, pallet, classes = ASKED
    assert (first, both) == ({zebra: True, pallet: False, classes: True}, {zebra: True, pallet: True, classes: True})
    assert replaced == {zebra: False, pallet: True, classes: True}
    assert fewer == {zebra: False, pallet: False, classes: True}


def test_what_was_put_in_later_counts_as_what_was_there(built: Path, tmp_path: Path) -> None:
    Shelf(built).put("second.txt", SECOND.encode(), TODAY)
    open_library(built)
    other = tmp_path / "other"
    shutil.copytree(built / "documents", other / "documents")
    open_library(other)
    extended, whole = (OpenIndex(current(home)).manifest for home in (built, other))
    assert extended.frequencies == whole.frequencies and extended.size == whole.size
    assert (extended.documents, extended.fingerprint) == (whole.documents, whole.fingerprint)
    assert extended.changed > 0 == whole.changed


@pytest.mark.parametrize("part", ["chroma/chroma.sqlite3", "lexical/meta.json", "counts", "manifest.json"])
def test_an_index_that_is_damaged_is_not_extended(built: Path, part: str) -> None:
    path = current(built) / part
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"rubbish")
    Shelf(built).put("first.txt", FIRST.replace("第七", "第九").encode(), TODAY)
    Shelf(built).put("second.txt", SECOND.encode(), TODAY)
    assert answered(built) == dict(zip(ASKED, (False, True, True), strict=True))
    assert json.loads((current(built) / "manifest.json").read_text("utf-8"))["changed"] == 0


def test_after_many_changes_it_is_built_anew(built: Path) -> None:
    briefs = open_library(built).size
    for number in range(briefs):
        text = SECOND.replace("第十二號", f"第 {number + 20} 號")
        Shelf(built).put("second.txt", text.encode(), TODAY)
        open_library(built)
        manifest = OpenIndex(current(built)).manifest
        assert manifest.changed * 2 <= manifest.embedded_size
        if number and not manifest.changed:
            return
    pytest.fail("never built anew")


def test_a_store_builds_where_there_is_nothing_to_extend(tmp_path: Path) -> None:
    briefs = shipped_briefs()[:2]
    generation = IndexStore(tmp_path).build(briefs, fingerprint(briefs))
    assert OpenIndex(generation).manifest.changed == 0


#: adds a document to an index that is there, in forks, each ended by SIGKILL at the n-th thing it does to its files
WRITER = """
import os, signal, sys
from datetime import date
from pathlib import Path
import chromadb, numpy, tantivy
import corpus.search
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf

text, points = sys.argv[1], [int(p) for p in sys.argv[3].split(",")]
briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
corpus.search.shipped_briefs = lambda: briefs
for number, point in enumerate(points):
    home = f"{sys.argv[2]}{number}"
    child = os.fork()
    if not child:
        done = 0

        def watch(event, args):
            global done
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "shutil.copyfile") and str(args[0]).startswith(home):
                done += 1
                if done == point:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        Shelf(Path(home)).put("second.txt", text.encode(), date(2026, 11, 21))
        corpus.search.open_library(Path(home))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(number, os.WTERMSIG(status), flush=True)
"""


def test_a_writer_killed_while_extending_leaves_the_old_or_the_new(built: Path, root: Path, tmp_path: Path) -> None:
    points = sorted(random.Random(20261127).sample(range(1, 56), 20))
    for number in range(len(points)):
        shutil.copytree(built, tmp_path / f"killed{number}")
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WRITER, SECOND, str(tmp_path / "killed"), ",".join(map(str, points))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    killed = [int(line.split()[1]) == 9 for line in done.stdout.splitlines()]
    assert len(killed) == len(points) and sum(killed) >= 15, done.stdout
    for number in range(len(points)):
        home = tmp_path / f"killed{number}"
        held = len(Shelf(home).held())
        found = answered(home)
        assert held in (1, 2) and found == dict(zip(ASKED, (True, held == 2, True), strict=True)), (number, held, found)
