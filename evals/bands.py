"""Thresholds: a share under the fail band ends a run with code 1, one under the warn band says so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

THRESHOLDS = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Bands:
    """Lowest shares by suite."""

    fail: dict[str, float]
    warn: dict[str, float]

    def verdict(self, suite: str, share: float) -> str:
        """`fail`, `warn` or `ok`."""
        if share < self.fail.get(suite, 0.0):
            return "fail"
        return "warn" if share < self.warn.get(suite, 0.0) else "ok"


def parse_bands(text: str) -> Bands:
    """Bands from the text of a thresholds file; `pass` is the older name of `fail`."""
    held = tomllib.loads(text)
    return Bands(fail=held.get("fail") or held.get("pass", {}), warn=held.get("warn", {}))


def read_bands(path: Path = THRESHOLDS) -> Bands:
    """Bands as they stand."""
    return parse_bands(path.read_text("utf-8"))
