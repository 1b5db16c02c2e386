"""Dialogues beside the tools: every slot is a field of its tool, every choice and unit is one the tool takes."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from tools.dialogue import Slot, dialogues
from tools.registry import published
from tools.taiwan.inputs import TaiwanGoods, Traveller
from tools.united_states.inputs import UsLine

SLOTS = [(name, slot) for name, dialogue in dialogues().items() for slot in dialogue.slots.values()]
LEVELS: dict[tuple[str, str], type[BaseModel]] = {
    ("taiwan_quote", "goods"): TaiwanGoods,
    ("taiwan_quote", "traveller"): Traveller,
    ("us_quote", "goods"): UsLine,
}


def test_every_dialogue_belongs_to_a_published_tool() -> None:
    assert dialogues().keys() <= published().keys()


@pytest.mark.parametrize(("tool", "slot"), SLOTS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_a_slot_is_a_field_of_its_tool_and_is_read_by_choice_or_by_unit(tool: str, slot: Slot) -> None:
    model: type[BaseModel] = LEVELS.get((tool, slot.level), published()[tool].input_model)
    assert slot.level == "quantity" or slot.name in model.model_fields
    assert bool(slot.choices) != slot.is_measure
    assert all(factor > 0 for factor in slot.units.values())
    for choice in slot.choices:
        assert choice.words.zh_TW
        assert choice.words.en
        assert choice.name.zh_TW
        assert choice.name.en


@pytest.mark.parametrize(("tool", "slot"), SLOTS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_no_word_means_two_choices_of_one_slot(tool: str, slot: Slot) -> None:
    words = [word for choice in slot.choices for word in {w.lower() for w in choice.words.all()}]
    assert len(words) == len(set(words)), tool
