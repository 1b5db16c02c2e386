"""`customs bench hs`: how often the search finds the right subheading, how sure it may be, what each part gives, and how fast.

The published sets are read to measure only. `--write` puts the tables into docs/hs-search.md.
"""

from __future__ import annotations

import gc
import operator
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from evals.hs.sets import Item, described, everyday, published
from evals.stats import wilson
from tools.tariff.search import scoring
from tools.tariff.search.corpus import phrases
from tools.tariff.search.find import PARTS, Engine
from tools.tariff.search.index import build, fingerprint, load, save
from tools.tariff.search.lexicon import entries
from tools.tariff.search.search import confidence_of

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "hs-search.md"
_MARK = "<!-- measured: written by `customs bench hs --write` -->"
_TOPS = (1, 5, 10)
_FEW = 5  # items below which a chapter has no row of its own
_LOAD = (
    "import time; clock = time.process_time; start = clock(); import sys; from pathlib import Path; "
    "from tools.tariff.search.index import fingerprint, load; from tools.tariff.search.find import Engine; "
    "engine = Engine(load(Path(sys.argv[1]), fingerprint())); ready = clock(); engine.rank('cotton socks'); "
    "import resource; print(ready - start, clock() - ready, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
)


@dataclass(slots=True)
class Measured:
    """What one set came to."""

    items: int = 0
    hits: Counter[int] = field(default_factory=Counter)
    headings: int = 0
    chapters: int = 0
    times: list[float] = field(default_factory=list)
    trust: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: Counter[tuple[str, str]] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    first_by_chapter: Counter[str] = field(default_factory=Counter)
    of_chapter: Counter[str] = field(default_factory=Counter)


#: features whose weight is taken away, to see what they give
_WITHOUT = {
    "attributes": ("agrees", "clashes"),
    "exclusions": ("excluded",),
    "nearest phrase": ("phrase_cover", "phrase_alike", "phrase_whole", "phrase_heading", "alike_4"),
    "votes of the near phrases": ("votes_6", "votes_4", "votes_2"),
    "what the goods are called": ("head_6", "head_4"),
    "residual subheadings": ("residual", "residual_alike"),
    "headings and chapters": ("words_4", "words_2", "match_4", "phrase_heading", "alike_4", "votes_4", "votes_2", "head_4"),
}  # fmt: skip
#: what the index or the reading of the text is without, each in a process of its own
_BUILT: dict[str, tuple[dict[str, bool], frozenset[str]]] = {
    "spelling": ({}, PARTS - {"spelling"}),
    "the lexicon": ({"lexicon": False}, PARTS),
    "names of national lines": ({"lines": False}, PARTS),
}


def measure(engine: Engine, items: Iterable[Item]) -> Measured:
    """Ranks of the right codes, with times."""
    out = Measured()
    weights = [scoring.weights()["features"].get(name, 0.0) for name in scoring.FEATURES]
    fewer = {
        part: [0.0 if name in names else w for name, w in zip(scoring.FEATURES, weights, strict=True)]
        for part, names in _WITHOUT.items()
    }
    for item in items:
        started = time.process_time()  # of one core, whatever else the machine does
        ranked = engine.rank(item.text)
        out.times.append(time.process_time() - started)
        out.items += 1
        codes = [hit.code for hit in ranked]
        for top in _TOPS:
            out.hits[top] += bool(item.codes & set(codes[:top]))
        first = codes[0] if codes else "------"
        chapter = min(item.codes)[:2]
        out.of_chapter[chapter] += 1
        out.first_by_chapter[chapter] += first in item.codes
        for part, learned in fewer.items():
            best = max(ranked, key=lambda hit: sum(map(operator.mul, hit.features, learned)), default=None)
            out.without[part] += best is not None and best.code in item.codes
        out.headings += first[:4] in {code[:4] for code in item.codes}
        out.chapters += first[:2] in {code[:2] for code in item.codes}
        out.trust[confidence_of(engine, ranked, engine.ask(item.text)), first in item.codes] += 1
        if first[:2] not in {code[:2] for code in item.codes}:
            out.misses[chapter, first[:2]] += 1
    return out


def _sets() -> dict[str, list[Item]]:
    ours = {
        f"{name}, {split.replace('-', ' ')}": read(split)
        for name, read in (("everyday", everyday), ("described", described))
        for split in ("dev", "held-out")
    }
    return {**published(), **ours}


def _measured_without(part: str) -> dict[str, Measured]:
    """Every set, measured with an engine that lacks a part."""
    kinds, parts = _BUILT[part]
    engine = Engine(build(phrases(**kinds)), parts)
    return {name: measure(engine, items) for name, items in _sets().items()}


def main(*, write: bool = False) -> None:
    """Print the tables; with `write` put them into the document."""
    sets = _sets()
    gc.collect()
    with ProcessPoolExecutor(2) as pool:
        lacking = {part: pool.submit(_measured_without, part) for part in _BUILT}
        started = time.process_time()
        held = list(phrases())
        index = build(held, lambda said: print(said, file=sys.stderr))
        rebuilt = time.process_time() - started
        engine = Engine(index)
        results = {name: measure(engine, items) for name, items in sets.items()}
        without = {part: run.result() for part, run in lacking.items()}
    parts = [
        *_scores(results), *_trust(results), *_ablations(results, without), *_chapters(results, without["the lexicon"]),
        *_speed(index, results, rebuilt, len(held)), *_misses(results),
    ]  # fmt: skip
    if not published():
        parts.insert(0, "The published sets are absent beside the checkout: only our own goods were measured.\n")
    text = "\n".join(parts)
    print(text)
    if write:
        before = DOC.read_text("utf-8").partition(_MARK)[0]
        DOC.write_text(f"{before}{_MARK}\n\n{text}\n", "utf-8")


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{100 * hits / max(of, 1):.1f} [{100 * low:.0f}, {100 * high:.0f}]"


def _scores(results: dict[str, Measured]) -> list[str]:
    rows = ["## Six digits right, in per cent, with 95 % Wilson intervals", "",
            "| set | items | top 1 | top 5 | top 10 | heading first | chapter first |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, m in results.items():
        tops = " | ".join(_share(m.hits[top], m.items) for top in _TOPS)
        rows.append(f"| {name} | {m.items} | {tops} | {_share(m.headings, m.items)} | {_share(m.chapters, m.items)} |")
    return [*rows, ""]


def _trust(results: dict[str, Measured]) -> list[str]:
    rows = ["## How sure, and how often right", "", "The first candidate only; all sets together last.", "",
            "| set | strong | right | good | right | possible | right |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    together: Counter[tuple[str, bool]] = Counter()
    for m in results.values():
        together += m.trust
    for name, trust in [*((n, m.trust) for n, m in results.items()), ("**all**", together)]:
        cells = []
        for word in ("strong", "good", "possible"):
            right, wrong = trust[word, True], trust[word, False]
            cells += [str(right + wrong), _share(right, right + wrong) if right + wrong else "–"]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return [*rows, ""]


def _ablations(results: dict[str, Measured], without: dict[str, dict[str, Measured]]) -> list[str]:
    def row(name: str, hits: dict[str, int]) -> str:
        return f"| {name} | {' | '.join(f'{100 * hits[n] / m.items:.1f}' for n, m in results.items())} |"

    rows = ["## What each part gives: top 1 in per cent without it", "", f"| without | {' | '.join(results)} |",
            f"|---|{'---|' * len(results)}", row("nothing: all of it", {n: m.hits[1] for n, m in results.items()})]  # fmt: skip
    rows += [row(part, {n: m.without[part] for n, m in results.items()}) for part in _WITHOUT]
    rows += [row(part, {n: m.hits[1] for n, m in found.items()}) for part, found in without.items()]
    return [*rows, ""]


def _chapters(results: dict[str, Measured], bare: dict[str, Measured]) -> list[str]:
    """What the lexicon gives chapter by chapter, over all sets but those that may be tuned on."""
    sets = [name for name in results if not name.endswith(", dev")]
    many: Counter[str] = sum((results[n].of_chapter for n in sets), Counter())
    first: Counter[str] = sum((results[n].first_by_chapter for n in sets), Counter())
    before: Counter[str] = sum((bare[n].first_by_chapter for n in sets), Counter())
    size = Counter(code[:2] for code, entry in entries().items() for _ in entry.phrases.all())
    rows = ["## What the lexicon gives, chapter by chapter", "",
            f"Chapters that at least {_FEW} items of the sets belong to; the first six digits right with the lexicon, and without all of it.", "",
            "| chapter | phrases | items | right first | without the lexicon |", "|---|---|---|---|---|"]  # fmt: skip
    rows += [f"| {c} | {size[c]} | {many[c]} | {first[c]} | {before[c]} |" for c in sorted(many) if many[c] >= _FEW]
    rest = [c for c in many if many[c] < _FEW]
    rows.append(
        f"| the {len(rest)} others | {sum(size[c] for c in rest)} | {sum(many[c] for c in rest)} "
        f"| {sum(first[c] for c in rest)} | {sum(before[c] for c in rest)} |"
    )
    return [*rows, ""]


def _speed(index: object, results: dict[str, Measured], rebuilt: float, held: int) -> list[str]:
    times = sorted(t for m in results.values() for t in m.times)
    with tempfile.TemporaryDirectory() as home:
        save(index, Path(home), fingerprint())  # type: ignore[arg-type]
        assert load(Path(home), fingerprint()) is not None
        done = subprocess.run([sys.executable, "-c", _LOAD, home], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, first, memory = done.stdout.split()
    return [
        "## Speed", "",
        "| measure | value |", "|---|---|",
        f"| a query, median, processor time | {1000 * statistics.median(times):.1f} ms |",
        f"| a query, 95th percentile, processor time | {1000 * times[int(0.95 * len(times))]:.1f} ms |",
        f"| start to ready, in a new process, modules read | {1000 * float(loaded):.0f} ms |",
        f"| its first query | {1000 * float(first):.0f} ms |",
        f"| its memory | {memory} MB |",
        f"| rebuilt from the data ({held} phrases), processor time | {rebuilt:.1f} s |",
        f"| memory of this process | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB |", "",
    ]  # fmt: skip


def _misses(results: dict[str, Measured]) -> list[str]:
    rows = ["## What the misses are: right chapter, chapter put first, how often", ""]
    for name, m in results.items():
        worst = ", ".join(f"{right} → {first} ({n})" for (right, first), n in m.misses.most_common(8))
        wrong = m.items - m.hits[1]
        inside = sum(m.misses.values())
        rows.append(f"- {name}: {wrong} of {m.items} not first, {inside} of them in another chapter. {worst}")
    return [*rows, ""]
