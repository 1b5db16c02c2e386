"""`eval conformance`: the cases of any calculator, and what came of them."""

from __future__ import annotations

import sys

from evals.conformance.pack import chosen, tally
from evals.conformance.targets import lines_of, run

OURS = f"{sys.executable} -P -m evals.conformance.ours"


def conform(command: str | None, url: str | None, key: str | None, kinds: tuple[str, ...]) -> int:
    """Ask, judge, print; 1 when a reply is wrong."""
    judged = run(chosen(kinds), command=command or (None if url else OURS), url=url, key=key)
    for line in lines_of(judged):
        print(line)
    for kind, counts in tally(judged).items():
        rest = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("wrong", "refused", "unsupported"))
        print(f"{kind}: {counts['right']} of {sum(counts.values())} right; {rest}")
    return int(any(row.verdict == "wrong" for row in judged))
