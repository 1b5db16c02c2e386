"""`python -m evals.hs.draw`: phrases of the lexicon drawn by a seed, to be read again by one who did not write them.

`--seed` and `--count` choose the draw; `--since COMMIT` draws only among phrases that were not in the lexicon then.
Prints code, the name of the subheading, language and phrase; what the reading came to stands in docs/hs-search.md.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from pathlib import Path

from tools.tariff.search.lexicon import entries, files

_SEED, _COUNT = 20261127, 200

Row = tuple[str, str, str, str]


def drawn(count: int = _COUNT, seed: int = _SEED, without: frozenset[tuple[str, str]] = frozenset()) -> list[Row]:
    """Code, name, language and phrase of a draw: half in each language, every phrase as likely as another.

    ``without`` holds pairs of code and phrase that are not drawn from.
    """
    rows: list[Row] = []
    chance = random.Random(seed)
    chinese = [(e.code, e.name.zh_TW, "zh-TW", phrase) for e in entries().values() for phrase in e.phrases.zh_TW]
    english = [(e.code, e.name.en, "en", phrase) for e in entries().values() for phrase in e.phrases.en]
    for every in (chinese, english):
        left = [row for row in every if (row[0], row[3]) not in without]
        rows += chance.sample(left, min(count // 2, len(left)))
    return rows


def held_at(commit: str) -> frozenset[tuple[str, str]]:
    """Code and phrase of the lexicon as committed then; a chapter that was not there holds nothing."""
    held: set[tuple[str, str]] = set()
    for file in files():
        shown = _shown(commit, file)
        for line in shown.splitlines():
            entry = json.loads(line)
            held |= {(entry["code"], phrase) for phrases in entry["phrases"].values() for phrase in phrases}
    return frozenset(held)


def _shown(commit: str, file: Path) -> str:
    command = ["git", "show", f"{commit}:./{file.name}"]
    return subprocess.run(command, cwd=file.parent, capture_output=True, encoding="utf-8", check=False).stdout


def main() -> None:
    """The command line of the draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--count", type=int, default=_COUNT)
    parser.add_argument("--since", metavar="COMMIT")
    asked = parser.parse_args()
    without = held_at(asked.since) if asked.since else frozenset()
    for row in drawn(asked.count, asked.seed, without):
        print("\t".join(row))


if __name__ == "__main__":
    main()
