"""Memory of a worker: how many heaps its threads allocate from.

The C library gives busy threads heaps of their own, up to eight a processor. Answers are worked on by whichever thread is
free, so every heap ends up holding what only one of them needs: memory grows for hours while nothing is kept. A worker
computes on one processor at a time anyway, so two heaps serve it as well and stay as they are.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_HEAPS = 2


def few_heaps() -> None:
    """Keep to a few heaps from now on, where the C library is one that takes more; before any thread is started."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, _HEAPS)
