"""`customs bench hs`: how often the search finds the right subheading, how sure it may be, what each part gives, and how fast.

The published sets are read to measure only. `--write` puts the tables into docs/hs-search.md.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from evals.hs.sets import Item, everyday, published
from evals.stats import wilson
from tools.tariff.search import scoring
from tools.tariff.search.corpus import phrases
from tools.tariff.search.find import PARTS, Engine
from tools.tariff.search.index import build, fingerprint, load, save
from tools.tariff.search.search import confidence_of

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "hs-search.md"
_MARK = "<!-- measured: written by `customs bench hs --write` -->"
_TOPS = (1, 5, 10)
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


def measure(engine: Engine, items: Iterable[Item]) -> Measured:
    """Ranks of the right codes, with times."""
    out = Measured()
    for item in items:
        started = time.process_time()  # of one core, whatever else the machine does
        ranked = engine.rank(item.text)
        out.times.append(time.process_time() - started)
        out.items += 1
        codes = [hit.code for hit in ranked]
        for top in _TOPS:
            out.hits[top] += bool(item.codes & set(codes[:top]))
        first = codes[0] if codes else "------"
        out.headings += first[:4] in {code[:4] for code in item.codes}
        out.chapters += first[:2] in {code[:2] for code in item.codes}
        out.trust[confidence_of(ranked, engine.ask(item.text)), first in item.codes] += 1
        if first[:2] not in {code[:2] for code in item.codes}:
            out.misses[min(item.codes)[:2], first[:2]] += 1
    return out


def main(*, write: bool = False) -> None:
    """Print the tables; with `write` put them into the document."""
    sets = {**published(), "everyday, dev": everyday("dev"), "everyday, held out": everyday("held-out")}
    gc.collect()
    started = time.perf_counter()
    held = list(phrases())
    index = build(held, lambda said: print(said, file=sys.stderr))
    rebuilt = time.perf_counter() - started
    engine = Engine(index)
    results = {name: measure(engine, items) for name, items in sets.items()}
    parts = [
        *_scores(results), *_trust(results), *_ablations(sets, index_of=lambda **kinds: Engine(build(phrases(**kinds))), engine=engine),
        *_speed(index, results, rebuilt, len(held)), *_misses(results),
    ]  # fmt: skip
    if len(sets) == 2:
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


def _ablations(sets: dict[str, list[Item]], index_of: Callable[..., Engine], engine: Engine) -> list[str]:
    def row(name: str, tried: Engine, learned: list[float] | None = None) -> str:
        cells = []
        for items in sets.values():
            hits = sum(
                bool(r) and r[0].code in i.codes for i in items for r in (tried.rank(i.text, learned=learned)[:1],)
            )
            cells.append(f"{100 * hits / len(items):.1f}")
        return f"| {name} | {' | '.join(cells)} |"

    kept = [scoring.weights()["features"][name] for name in scoring.FEATURES]

    def without(*names: str) -> list[float]:
        return [0.0 if feature in names else weight for feature, weight in zip(scoring.FEATURES, kept, strict=True)]

    rows = ["## What each part gives: top 1 in per cent without it", "", f"| without | {' | '.join(sets)} |",
            f"|---|{'---|' * len(sets)}", row("nothing: all of it", engine)]  # fmt: skip
    rows += [row(part, Engine(engine.index, PARTS - {part})) for part in sorted(PARTS)]
    rows.append(
        row("nearest phrase", engine, without("phrase_cover", "phrase_alike", "phrase_whole", "phrase_heading"))
    )
    rows.append(row("headings and chapters", engine, without("words_4", "words_2", "match_4", "phrase_heading")))
    rows.append(row("the lexicon", index_of(lexicon=False)))
    rows.append(row("names of national lines", index_of(lines=False)))
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
        f"| rebuilt from the data ({held} phrases) | {rebuilt:.1f} s |",
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
