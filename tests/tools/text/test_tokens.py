"""Index tokens are the same for everybody who asks, also for many at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from tools.text.tokens import stem


def test_threads_at_once_make_the_stems_one_makes() -> None:
    words = [
        f"{start}{end}"
        for start in ("import", "assess", "declar", "class")
        for end in ("s", "ed", "ing", "ation", "ifies")
    ]
    alone, slices = [stem.__wrapped__(w) for w in words], sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda _: [stem.__wrapped__(w) for w in words], range(40)))
    finally:
        sys.setswitchinterval(slices)
    assert [row for row in together if row != alone] == []
