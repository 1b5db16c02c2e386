"""A figure's receipt is that of the calculation it refers to, of several in one answer."""

from __future__ import annotations

from datetime import date

from advisor import Advisor
from ui.web.receipts import receipts

DAY = date(2026, 11, 28)


def formulas(talk: list[str]) -> dict[str, tuple[str, str]]:
    """The working and the inputs of each receipt of the last answer, by its figure."""
    advisor, turns = Advisor(), list[tuple[str, str]]()
    for question in talk:
        answer = advisor.ask(question, as_of=DAY, history=turns)
        turns.append((question, answer.answer))
    return {found.text: (found.formula, found.inputs) for found in receipts(answer)}


def test_the_value_before_has_the_working_before() -> None:
    """5,000 with 400 and 50 of charges at first, 700 then: 4 % of each."""
    asked = [
        "快遞買一台關稅率 4% 的電風扇到台灣，5,000 元，運費 400、保險 50，要繳多少？",
        "運費改 700",
        "為什麼差這麼多",
    ]
    found = formulas(asked)
    assert found["5,450 元"][0].endswith("= 5,450") and "400" in found["5,450 元"][1]
    assert found["5,750 元"][0].endswith("= 5,750") and "700" in found["5,750 元"][1]
    assert (found["218 元"][0], found["230 元"][0]) == ("5,450 × 4% = 218", "5,750 × 4% = 230")


def test_of_two_origins_each_total_has_its_own_inputs() -> None:
    found = formulas(["Cotton T-shirts by sea to the US, $10,000: which origin is cheapest, Taiwan or Vietnam?"])
    assert "Taiwan" in found["US$1,697.14"][1]
    assert "Vietnam" in found["US$2,947.14"][1]
