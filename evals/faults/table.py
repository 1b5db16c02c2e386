"""Which suite catches which planted fault: sound outcomes first, then the same cases with the product broken."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from advisor.advisor import Advisor
from advisor.settings import Settings
from evals.execute import Task, default_parallel, outcomes, run_task
from evals.faults.switches import FAULTS, Fault
from evals.records import Outcome
from evals.run import console
from evals.suites import Item, all_suites
from tools.errors import InputError


def run_faults(settings: Settings, names: Sequence[str], sample: int, *, markdown: bool) -> int:
    """Print the table; 1 when a fault is caught by no suite.

    Args:
        settings: of the product.
        names: the faults wanted; none means all.
        sample: how many sound cases of a suite are asked with a fault before the suite counts as blind to it.
        markdown: print a Markdown table.

    Raises:
        InputError: an unknown fault.
    """
    known = {f.name: f for f in FAULTS}
    for name in names:
        if name not in known:
            raise InputError("fault", f"{name!r} is not known", ", ".join(known))
    items = {(s, i.case.id): i for s, rows in all_suites().items() for i in rows}
    tasks = [Task(item, 0, "offline") for item in items.values()]
    sound = [o for o in outcomes(settings, tasks, default_parallel()) if o.passed]
    console().print(f"{len(sound)} of {len(items)} cases pass while the product is sound")
    wanted = [known[n] for n in names] or list(FAULTS)
    work = [(settings, f.name, [items[(o.suite, o.id)] for o in _asked(f, sound, sample)]) for f in wanted]
    with ProcessPoolExecutor(default_parallel(), multiprocessing.get_context("spawn")) as pool:
        found = dict(
            zip((f.name for f in wanted), pool.map(_suites_that_notice, *zip(*work, strict=True)), strict=True)
        )
    print(_table(wanted, found, markdown=markdown))
    return 0 if all(found.values()) else 1


def _asked(fault: Fault, sound: Sequence[Outcome], sample: int) -> list[Outcome]:
    """Of each suite the first cases, by hash, that the fault can touch."""
    touched: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in sorted(sound, key=lambda o: o.gold):
        if fault.touches(outcome) and len(touched[outcome.suite]) < sample:
            touched[outcome.suite].append(outcome)
    return [o for rows in touched.values() for o in rows]


def caught(fault: Fault, advisor: Advisor, item: Item) -> Outcome | None:
    """The failing outcome of a case while the fault is planted; None when the case does not notice."""
    with fault.plant():
        outcome = run_task(advisor, Task(item, 0, "offline"))
    return None if outcome.passed else outcome


def _suites_that_notice(settings: Settings, name: str, items: Sequence[Item]) -> dict[str, str]:
    """Suite -> the first case that notices, and by what."""
    fault = next(f for f in FAULTS if f.name == name)
    advisor = Advisor(settings)
    noticed: dict[str, str] = {}
    for item in items:
        if item.suite not in noticed and (outcome := caught(fault, advisor, item)):
            noticed[item.suite] = f"{outcome.id} ({', '.join(outcome.complaints)})"
    return noticed


def _table(faults: Sequence[Fault], found: dict[str, dict[str, str]], *, markdown: bool) -> str:
    if markdown:
        rows = [f"| `{f.name}` | {f.what} | {', '.join(sorted(found[f.name])) or '**none**'} |" for f in faults]
        return "\n".join(["| fault | what it does | caught by |", "|---|---|---|", *rows])
    lines = []
    for fault in faults:
        lines.append(f"{fault.name}: {fault.what}")
        lines += [f"    {suite}: {case}" for suite, case in sorted(found[fault.name].items())] or ["    NOT CAUGHT"]
    return "\n".join([*lines, f"{sum(bool(found[f.name]) for f in faults)} of {len(faults)} planted faults caught"])
