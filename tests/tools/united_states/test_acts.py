"""What an act adds to goods, whatever they are worth (us-facts sections 6 and 8)."""

from __future__ import annotations

from datetime import date

import pytest

from tools.law.tool import LawLookupInput, lookup
from tools.united_states.acts import acts_named, measures_of


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("螺絲 232 條款是多少%", ("section_232",)),
        ("Section 301 and section 122", ("section_301", "section_122")),
        ("Section 999", ()),
        ("232 dollars", ()),
        ("NT$1,232 條款", ()),
    ],
)
def test_sections_with_duties_are_read_from_a_text(text: str, acts: tuple[str, ...]) -> None:
    assert acts_named(text) == acts


@pytest.mark.parametrize(
    ("act", "code", "origin", "day", "rates"),
    [
        # steel screws: all origins, 50 % since April 6, 2026
        ("section_232", "7318.15.80", "TW", date(2026, 11, 21), {"0.50"}),
        # lithium-ion batteries of China: List 4A 7.5 %, raised to 25 % on January 1, 2026 (vehicles: 25 % from 2024)
        ("section_301", "8507.60.00", "CN", date(2025, 12, 31), {"0.25", "0.075"}),
        ("section_301", "8507.60.00", "CN", date(2026, 1, 1), {"0.25"}),
        # Section 122 ended with July 23, 2026
        ("section_122", "6109.10.00", "VN", date(2026, 7, 23), {"0.10"}),
        ("section_122", "6109.10.00", "VN", date(2026, 7, 24), set()),
        ("section_232", "6109.10.00", "VN", date(2026, 11, 21), set()),
    ],
)
def test_an_act_reaches_goods_on_its_days(act: str, code: str, origin: str, day: date, rates: set[str]) -> None:
    found = measures_of((act,), (code,), origin, day)
    values = {_shown(name, origin, day) for name in found}
    assert values == rates


def _shown(name: str, origin: str, day: date) -> str:
    (entry,) = lookup(LawLookupInput(name=name, on=day, origin=origin), day).entries
    assert entry.in_force is not None
    return str(entry.in_force.value)
