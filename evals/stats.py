"""Intervals and tests for shares and paired outcomes; exact where that is cheap, seeded where it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from random import Random

_Z = 1.959964  # 95 %, two-sided


def wilson(passed: int, total: int) -> tuple[float, float]:
    """95 % interval of a share after Wilson.

    >>> [round(x, 3) for x in wilson(38, 40)]
    [0.835, 0.986]
    """
    if total == 0:
        return 0.0, 1.0
    share, z2 = passed / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(values: Sequence[float], draws: int = 1000) -> tuple[float, float]:
    """95 % interval of a mean by resampling, the same one every time.

    >>> bootstrap([2.0, 2.0, 2.0])
    (2.0, 2.0)
    """
    if not values:
        return 0.0, 0.0
    rng = Random(7)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(draws))
    return means[int(draws * 0.025)], means[int(draws * 0.975) - 1]


def sign_test(better: int, worse: int) -> float:
    """Two-sided probability that as uneven a split of changed pairs comes from chance (McNemar, exact).

    >>> sign_test(0, 5), round(sign_test(1, 9), 4), sign_test(0, 0)
    (0.0625, 0.0215, 1.0)
    """
    changed = better + worse
    if changed == 0:
        return 1.0
    tail = sum(comb(changed, k) for k in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**changed))
