"""The index is a rebuildable cache: built aside, swapped whole, mended by itself, never half there.

Two questions are asked, one that the words answer and one for which the vectors are asked too: a reader must notice
neither half breaking.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus import Library, open_library, ranking
from corpus.briefs_reader import Brief, shipped_briefs
from corpus.index import IndexStore, OpenIndex, fingerprint
from tools.errors import DataError, InputError

TODAY = date(2026, 11, 21)
QUESTIONS = (
    "台灣海關 X3 是什麼？",
    "GBI 測試什麼時候開始、工廠一定要跟著參加嗎",
    "What does the study say about artificial intelligence and tiny shops?",
)
Asked = list[tuple[bool, list[str]]]
Damage = Callable[[Path, Path], object]


def ask(library: Library) -> Asked:
    results = [library.search(question, as_of=TODAY, lang="zh-TW") for question in QUESTIONS]
    return [(r.covered, [f"{p.id} {p.score}" for p in r.passages]) for r in results]


def ask_at(home: Path) -> Asked:
    return ask(open_library(home))


def generations(home: Path) -> list[str]:
    return sorted(p.name for p in (home / "index").iterdir() if p.is_dir())


def current(home: Path) -> Path:
    return home / "index" / (home / "index" / "current").read_text("utf-8")


@pytest.fixture(scope="module")
def few() -> tuple[Brief, ...]:
    """A small collection that answers both questions."""
    return tuple(b for b in shipped_briefs() if b.front.id in ("tw-express-classes", "apec-global-business-identifier"))


@pytest.fixture(scope="module")
def small(few: tuple[Brief, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Asked]:
    """A state directory over the small collection, and what it answers."""
    made = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.search.shipped_briefs", lambda: few)
        return made, ask_at(made)


@pytest.fixture(scope="module")
def wanted(library: Library) -> Asked:
    """What a sound index answers."""
    return ask(library)


@pytest.fixture
def copied(home: Path, tmp_path: Path) -> Path:
    """A state directory of this test's own, with a sound index."""
    shutil.copytree(home, tmp_path / "home")
    return tmp_path / "home"


def test_the_second_question_needs_the_vectors(
    library: Library, small: tuple[Path, Asked], few: tuple[Brief, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    near = OpenIndex.near

    def listened(index: OpenIndex, question: str, names: Sequence[str]) -> ranking.Near:
        asked.append(question)
        return near(index, question, names)

    monkeypatch.setattr(OpenIndex, "near", listened)
    of_few = Library(few, OpenIndex(current(small[0])))
    for reader in (library, of_few):
        asked.clear()
        reader.search(QUESTIONS[1], as_of=TODAY, lang="zh-TW")
        assert asked == [QUESTIONS[1]]


# ------------------------------------------------------------------------------------------------- built and swapped


def test_a_fresh_directory_gets_one_whole_index(home: Path) -> None:
    generation = current(home)
    manifest = json.loads((generation / "manifest.json").read_text("utf-8"))
    sections = sum(len(brief.sections) for brief in shipped_briefs())
    assert manifest["size"] == sections
    assert manifest["fingerprint"] == fingerprint(shipped_briefs())
    assert generations(home) == [generation.name]
    assert OpenIndex(generation).manifest.size == sections


def test_an_index_that_fits_is_used_as_it_is(copied: Path, wanted: Asked) -> None:
    before = current(copied)
    stamp = (before / "manifest.json").stat().st_mtime_ns
    assert ask_at(copied) == wanted
    assert current(copied) == before and (before / "manifest.json").stat().st_mtime_ns == stamp


def test_the_fingerprint_changes_with_any_word_of_any_brief() -> None:
    briefs = list(shipped_briefs())
    section = briefs[0].sections[0]
    other = section.model_copy(update={"body": section.body + "。"})
    changed = briefs[0].model_copy(update={"sections": (other, *briefs[0].sections[1:])})
    reviewed = briefs[0].model_copy(update={"front": briefs[0].front.model_copy(update={"status": "superseded"})})
    prints = [fingerprint(b) for b in (briefs, [changed, *briefs[1:]], [reviewed, *briefs[1:]], briefs[1:])]
    assert len(set(prints)) == len(prints)
    assert fingerprint(briefs) == prints[0]


def test_a_stale_index_is_rebuilt(tmp_path: Path, wanted: Asked) -> None:
    stale = IndexStore(tmp_path).build(shipped_briefs()[:3], "of older briefs")
    assert ask_at(tmp_path) == wanted
    assert current(tmp_path) != stale
    assert json.loads((current(tmp_path) / "manifest.json").read_text("utf-8"))["fingerprint"] == fingerprint(
        shipped_briefs()
    )


def test_a_reader_outlives_the_swap_and_old_generations_are_swept(copied: Path, wanted: Asked) -> None:
    reader, first = open_library(copied), current(copied)
    store = IndexStore(copied)
    second = store.build(shipped_briefs()[:3], "newer")
    assert generations(copied) == sorted([first.name, second.name])
    assert ask(reader) == wanted
    third = store.build(shipped_briefs()[:4], "newest")
    assert generations(copied) == sorted([second.name, third.name])


def test_building_what_is_there_already_builds_nothing(copied: Path) -> None:
    before = current(copied)
    assert IndexStore(copied).build(shipped_briefs(), fingerprint(shipped_briefs())) == before


def test_no_briefs_are_an_error_of_ours_and_leave_no_index(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="briefs"):
        IndexStore(tmp_path).build([], "nothing")
    assert not (tmp_path / "index" / "current").exists()


# ------------------------------------------------------------------------------------------------- mended


def _manifest(change: Callable[[dict[str, object]], object]) -> Damage:
    def damage(_: Path, generation: Path) -> None:
        path = generation / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        change(manifest)
        path.write_text(json.dumps(manifest), "utf-8")

    return damage


def _write(name: str, content: bytes) -> Damage:
    return lambda index, generation: (generation if "." in name else index).joinpath(name).write_bytes(content)


def _lexical(suffix: str, *, cut: bool) -> Damage:
    def damage(_: Path, generation: Path) -> None:
        (path,) = [
            p for p in (generation / "lexical").iterdir() if p.name.endswith(suffix) and not p.name.startswith(".")
        ]
        if cut:
            path.write_bytes(path.read_bytes()[:10])
        else:
            path.unlink()

    return damage


def _as_directory(index: Path, _: Path) -> None:
    (index / "current").unlink()
    (index / "current").mkdir()


def _half_manifest(_: Path, generation: Path) -> None:
    path = generation / "manifest.json"
    os.truncate(path, path.stat().st_size // 2)


PARTS = (".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm", "meta.json")
DAMAGES: dict[str, Damage] = {
    "manifest cut in half": _half_manifest,
    "manifest missing": lambda _, g: (g / "manifest.json").unlink(),
    "manifest is null": _write("manifest.json", b"null"),
    "manifest is not text": _write("manifest.json", b"\xff\xfe\x00"),
    "manifest without counts": _manifest(lambda m: m.pop("frequencies")),
    "manifest with null counts": _manifest(lambda m: m.update(frequencies=None)),
    "manifest of another size": _manifest(lambda m: m.update(size=1)),
    "current is garbage": _write("current", b"garbage"),
    "current is empty": _write("current", b""),
    "current is not text": _write("current", b"\xff\xfe\x00"),
    "current leads out": _write("current", b"../.."),
    "current is missing": lambda i, _: (i / "current").unlink(),
    "current is a directory": _as_directory,
    "generation missing": lambda _, g: shutil.rmtree(g),
    "lexical index missing": lambda _, g: shutil.rmtree(g / "lexical"),
    "vectors missing": lambda _, g: shutil.rmtree(g / "chroma"),
    "vectors are garbage": lambda _, g: (g / "chroma" / "chroma.sqlite3").write_bytes(b"garbage"),
    **{f"lexical {part} deleted": _lexical(part, cut=False) for part in PARTS},
    **{f"lexical {part} cut": _lexical(part, cut=True) for part in (".term", ".store", "meta.json")},
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_index_mends_itself_with_the_same_answers(
    small: tuple[Path, Asked], few: tuple[Brief, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Damage
) -> None:
    monkeypatch.setattr("corpus.search.shipped_briefs", lambda: few)
    home, wanted = tmp_path / "home", small[1]
    shutil.copytree(small[0], home)
    damage(home / "index", current(home))
    assert ask_at(home) == wanted
    mended = current(home)
    open_library(home)
    assert current(home) == mended
    assert not [name for name in generations(home) if name.startswith(".")]


# ------------------------------------------------------------------------------------------------- at once


def _build(home: Path, start: object, results: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    results.put(ask_at(home))  # type: ignore[attr-defined]


def test_two_builders_at_once_end_with_one_whole_index(tmp_path: Path, wanted: Asked) -> None:
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(2), context.Queue()
    builders = [context.Process(target=_build, args=(tmp_path, start, results)) for _ in range(2)]
    for builder in builders:
        builder.start()
    answers = [results.get(timeout=60) for _ in builders]
    for builder in builders:
        builder.join(60)
    assert [b.exitcode for b in builders] == [0, 0]
    assert answers == [wanted, wanted]
    assert generations(tmp_path) == [current(tmp_path).name]
    assert ask_at(tmp_path) == wanted


# ------------------------------------------------------------------------------------------------- not writable


@pytest.mark.parametrize("below", ["", "home", "a/b/c"])
def test_a_state_directory_that_cannot_be_made_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("not a directory", "utf-8")
    with pytest.raises(InputError) as raised:
        open_library(file / below)
    assert raised.value.field == "CUSTOMS_HOME"
    assert str(file) in str(raised.value) and "accepted" in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    assert file.read_text("utf-8") == "not a directory"


def test_a_read_only_state_directory_is_named_and_an_index_in_it_is_read(
    copied: Path, tmp_path: Path, wanted: Asked
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o500)
    if os.access(empty, os.W_OK):
        pytest.skip("this user may write everywhere; the case above uses a file in place")
    with pytest.raises(InputError, match="CUSTOMS_HOME"):
        open_library(empty)
    places = [copied, *copied.rglob("*")]
    for place in places:
        place.chmod(0o500 if place.is_dir() else 0o400)
    try:
        assert ask_at(copied) == wanted
    finally:
        for place in places:
            place.chmod(0o700)
