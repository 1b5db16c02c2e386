"""`customs bench retrieval`: how often the right passage is found, beside plain BM25 and plain vectors; and how fast.

The seeds are added as documents to a library of their own. A passage is a hit when it holds every sign of the answer,
white space taken out of both. Half of the questions is held out: nothing was tuned on it.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.baselines import plain_bm25, plain_vectors
from corpus.documents.shelf import Shelf
from corpus.meaning import question_vector
from corpus.search import Library, open_library
from evals.stats import wilson
from tools.errors import DataError
from tools.law.models import Lang

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "evals" / "retrieval"
SHARED = ROOT.parent / "shared"
DAY = date(2026, 11, 27)
_DEPTHS = (1, 3, 5)
Find = Callable[[str, Lang], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what its answer's passage holds."""

    question: str
    lang: Lang
    must: tuple[str, ...]
    tags: frozenset[str]
    held_out: bool


def read(name: str) -> list[dict[str, Any]]:
    """The questions of one file."""
    return [json.loads(line) for line in (QUESTIONS / name).read_text("utf-8").splitlines() if line.strip()]


def questions(name: str = "questions.jsonl") -> list[Asked]:
    """The questions on the seeds, of one file."""
    return [
        Asked(
            q["question"], "en" if q["lang"] == "en" else "zh-TW", tuple(map(_bare, q["must"])),
            frozenset([*q.get("tags", ()), q["lang"]]), q["split"] == "held_out",
        )
        for q in read(name)
    ]  # fmt: skip


def _bare(text: str) -> str:
    return "".join(text.split())


def rank_of(asked: Asked, texts: Sequence[str]) -> int:
    """Place of the first hit, from 1; a place nobody looks at when there is none."""
    for place, text in enumerate(texts, start=1):
        bare = _bare(text)
        if all(sign in bare for sign in asked.must):
            return place
    return 1 << 20


def seeds_library(home: Path, *, extra: Sequence[str] = ()) -> Library:
    """A library with the seeds added as documents.

    Raises:
        DataError: the seeds are not beside this checkout.
    """
    seeds = SHARED / "seeds"
    if not seeds.is_dir():
        raise DataError("../shared/seeds", "are not beside this checkout; nothing can be measured")
    Shelf(home).add([str(seeds), *extra], DAY, lambda _: None)
    return open_library(home)


def find_with(library: Library) -> Find:
    """Texts the library finds, best first."""

    def find(question: str, lang: Lang) -> Sequence[str]:
        found = library.search(question, as_of=DAY, lang=lang, limit=max(_DEPTHS), authorities=("user",))
        return [f"{p.section}\n{p.text}" for p in found.passages]

    return find


def _rates(label: str, ranks: Sequence[int]) -> None:
    if not ranks:
        return
    cells = []
    for depth in _DEPTHS:
        hits = sum(r <= depth for r in ranks)
        low, high = wilson(hits, len(ranks))
        cells.append(f"@{depth} {hits / len(ranks):6.1%} [{low:.1%}, {high:.1%}]")
    print(f"  {label:<26} n={len(ranks):<4} {'   '.join(cells)}")


def report(name: str, find: Find, asked: Sequence[Asked]) -> list[int]:
    """Print the rates of one method; give the ranks."""
    times, ranks = [], []
    for q in asked:
        started = time.perf_counter()
        texts = find(q.question, q.lang)
        times.append((time.perf_counter() - started) * 1000)
        ranks.append(rank_of(q, texts))
    print(f"{name}   {_speed(times)}")
    groups: dict[str, Callable[[Asked], bool]] = {
        "all": lambda _: True,
        "held out": lambda q: q.held_out,
        "zh questions": lambda q: q.lang == "zh-TW",
        "en question, zh passage": lambda q: q.lang == "en",
        "zh, held out": lambda q: q.lang == "zh-TW" and q.held_out,
        "en, held out": lambda q: q.lang == "en" and q.held_out,
        **{tag: (lambda q, tag=tag: tag in q.tags) for tag in ("typo", "colloquial", "paraphrase", "simplified")},  # type: ignore[misc]
    }
    for label, of in groups.items():
        _rates(label, [r for q, r in zip(asked, ranks, strict=True) if of(q)])
    return ranks


def _speed(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms"


def covered_rates(library: Library) -> None:
    """Print how often "nothing here answers that" is right, and how often it is said of what is held."""
    for name, right in (
        ("unanswerable.jsonl", False),
        ("unanswerable_ninth.jsonl", False),
        ("answerable.jsonl", True),
        ("answerable_ninth.jsonl", True),
        ("questions.jsonl", True),
        ("questions_eighth.jsonl", True),
    ):
        rows = read(name)
        for label, part in (("all", rows), ("held out", [r for r in rows if r["split"] == "held_out"])):
            wrong = [r for r in part if _covered(library, r) is not right]
            low, high = wilson(len(part) - len(wrong), len(part))
            told = "recognised as not covered" if not right else "taken as covered"
            print(
                f"  {name:<25} {label:<9} {told}: {1 - len(wrong) / len(part):6.1%} [{low:.1%}, {high:.1%}] n={len(part)}"
            )


def _covered(library: Library, row: dict[str, Any]) -> bool:
    lang: Lang = "en" if row["lang"] == "en" else "zh-TW"
    return library.search(row["question"], as_of=DAY, lang=lang).covered


def main(large: int) -> None:
    """Print everything; `large` is the number of passages of the second, synthetic library (0 leaves it out)."""
    asked = questions()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        started = time.perf_counter()
        library = seeds_library(home)
        print(f"{library.size} passages built in {time.perf_counter() - started:.1f} s, {_bytes(home) / 1e6:.1f} MB")
        started = time.perf_counter()
        open_library(home)
        print(f"opening the built index: {(time.perf_counter() - started) * 1000:.0f} ms")
        report("library, seeds only", find_with(library), asked)
        report("the same, the eighth lot", find_with(library), questions("questions_eighth.jsonl"))
        texts = library.texts("user")
        report("plain BM25 (characters and pairs)", plain_bm25(texts), asked)
        report("plain vectors (hashed n-grams)", plain_vectors(texts), asked)
        print("covered (briefs and seeds)")
        covered_rates(library)
        times = []
        question_vector.cache_clear()  # as if nobody had asked before
        for q in asked:
            started = time.perf_counter()
            library.search(q.question, as_of=DAY, lang=q.lang)
            times.append((time.perf_counter() - started) * 1000)
        print(f"warm search, briefs and seeds: {_speed(times)}")
        if large:
            _at_size(large, texts, asked)


def _bytes(home: Path) -> int:
    return sum(f.stat().st_size for f in (home / "index").rglob("*") if f.is_file())


def _at_size(large: int, texts: Sequence[str], asked: Sequence[Asked]) -> None:
    """The same questions over many more passages, made of the sentences of the seeds put together anew."""
    shuffled = random.Random(7)
    sentences = [s for text in texts for s in text.replace("\n", "。").split("。") if len(s) > 8]
    with tempfile.TemporaryDirectory() as folder:
        home, source = Path(folder) / "home", Path(folder) / "made"
        source.mkdir()
        for number in range(0, large, 1024):
            made = "\n\n".join(
                f"第 {n} 條\n{'。'.join(shuffled.choices(sentences, k=6))}。"
                for n in range(number, min(large, number + 1024))
            )
            (source / f"{number}.txt").write_text(made, "utf-8")
        started = time.perf_counter()
        library = seeds_library(home, extra=[str(source)])
        seconds = time.perf_counter() - started
        print(
            f"{library.size} passages built in {seconds:.1f} s ({library.size / seconds:.0f} a second), {_bytes(home) / 1e6:.1f} MB"
        )
        started = time.perf_counter()
        library = open_library(home)
        print(f"opening it: {(time.perf_counter() - started) * 1000:.0f} ms")
        times = []
        for q in asked[::4]:
            started = time.perf_counter()
            library.search(q.question, as_of=DAY, lang=q.lang)
            times.append((time.perf_counter() - started) * 1000)
        print(f"warm search at that size: {_speed(times)}")
        started = time.perf_counter()
        Shelf(home).put("one-more.txt", "第 1 條\n斑馬紋貨櫃應於週三送往第七碼頭查驗。".encode(), DAY)
        found = library.search("斑馬紋貨櫃送到哪個碼頭", as_of=DAY, lang="zh-TW").passages
        seen = bool(found) and "斑馬紋" in found[0].text
        print(f"one document more {'is' if seen else 'IS NOT'} found after {time.perf_counter() - started:.1f} s")
