"""Sample calls of the tools that stand in the advisor: five each, and every one of them validates."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from advisor.control import Decline, NoAnswer
from advisor.toolbox import PolicyQuestion, samples

MODELS: dict[str, type[BaseModel]] = {"policy_search": PolicyQuestion, "decline": Decline, "no_answer": NoAnswer}


@pytest.mark.parametrize("tool", MODELS)
def test_five_sample_calls_validate_in_both_languages(tool: str) -> None:
    held = samples()[tool]
    assert len({s["said"] for s in held}) == 5
    assert {s["said"].isascii() for s in held} == {True, False}
    for sample in held:
        MODELS[tool].model_validate(sample["arguments"])
