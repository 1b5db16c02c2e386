"""`python -m corpus.shipping`: writes the vectors of the shipped briefs (`vectors.npz`) anew, after a brief has changed.

Every vector is kept as whole numbers up to 127 and read back to length 1.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.briefs_reader import shipped_briefs
from corpus.meaning import SHIPPED, MeaningEmbedding, Vector, mark_of, shipped
from corpus.saying import meant


def texts() -> list[str]:
    """What is meant by every passage of the briefs, each once."""
    return sorted({meant(brief, section) for brief in shipped_briefs() for section in brief.sections})


def main() -> None:
    """Make the vectors that are missing, and put them beside the code with those that are there."""
    held, wanted = shipped(), texts()
    new = [text for text in wanted if mark_of(text) not in held]
    made = dict(zip(map(mark_of, new), MeaningEmbedding(len(new))(new), strict=True))
    rows = {mark: held[mark] if mark in held else _whole(made[mark]) for mark in sorted(map(mark_of, wanted))}
    np.savez(SHIPPED, marks=np.array(list(rows), dtype=np.uint64), rows=np.array(list(rows.values())))
    print(f"{len(rows)} passages, {len(new)} of them new")


def _whole(row: Vector) -> npt.NDArray[np.int8]:
    whole: npt.NDArray[np.int8] = np.round(row * (127 / np.abs(row).max())).astype(np.int8)
    return whole


if __name__ == "__main__":
    main()
