"""The generated table of the exemption is current, and its rows cover every day of every origin and mode once."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest

from tools.law.models import MODES
from tools.law.store import law
from tools.united_states.de_minimis_matrix import COMMAND, table

PAGE = Path(__file__).parents[3] / "docs" / "de-minimis-us.md"


def test_the_page_is_what_the_command_prints() -> None:
    assert PAGE.read_text("utf-8") == table(), f"print it again: {COMMAND} > docs/de-minimis-us.md"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("origin", ["CN", "HK", "TW", "JP"])
def test_no_day_is_missing_and_none_is_twice(origin: str, mode: str) -> None:
    rows = [v for v in law().parameter("us.de_minimis.exemption").values if v.scope.covers(origin, mode)]
    rows.sort(key=lambda v: v.first_day)
    assert rows[0].first_day <= date(2016, 3, 10)
    for one, other in itertools.pairwise(rows):
        assert one.effective_to is not None
        assert one.effective_to + timedelta(days=1) == other.first_day
    assert rows[-1].effective_to is None
