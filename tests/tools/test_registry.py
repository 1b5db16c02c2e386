"""What is published as a tool: its examples run, its description says when, when not, and what next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from tools.errors import CustomsError, InputError
from tools.registry import Tool, published

DAY = date(2026, 11, 21)
TOOLS = [pytest.param(tool, id=name) for name, tool in published().items()]
EXAMPLES = [
    pytest.param(tool, dict(example), id=f"{name}-{i}")
    for name, tool in published().items()
    for i, example in enumerate(tool.examples)
]


def test_what_is_published() -> None:
    assert {"taiwan_quote", "us_de_minimis", "law_lookup", "tariff_line"} <= set(published())
    assert all(name == tool.name and name.isidentifier() for name, tool in published().items())


@pytest.mark.parametrize(("tool", "example"), EXAMPLES)
def test_every_example_validates_and_runs(tool: Tool, example: dict[str, Any]) -> None:
    result = tool.call(example, DAY)
    assert isinstance(result, BaseModel)
    assert result.model_dump_json()


@pytest.mark.parametrize(("tool", "example"), EXAMPLES)
def test_a_run_is_pure(tool: Tool, example: dict[str, Any]) -> None:
    before = repr(example)
    assert tool.call(example, DAY) == tool.call(example, DAY)
    assert repr(example) == before


@pytest.mark.parametrize("tool", TOOLS)
def test_the_description_has_its_three_parts(tool: Tool) -> None:
    assert all(len(part.split()) >= 3 for part in (tool.use_when, tool.not_for, tool.next_step))
    assert tool.description == f"{tool.use_when} Not for: {tool.not_for} Next: {tool.next_step}"
    assert tool.use_when.endswith(".")
    assert not any(c.isdigit() for c in tool.description.replace("Section 321", ""))


@pytest.mark.parametrize("tool", TOOLS)
def test_it_has_examples_and_triggers_in_both_languages(tool: Tool) -> None:
    assert len(tool.examples) >= 5
    assert tool.triggers.keys() == {"zh-TW", "en"}
    for phrases in tool.triggers.values():
        assert len(phrases) == len(set(phrases)) > 0
        assert all(p == p.strip().lower() for p in phrases if p.isascii())


@pytest.mark.parametrize(("tool", "example"), EXAMPLES)
def test_a_call_is_read_by_one_calendar(tool: Tool, example: dict[str, Any]) -> None:
    by_name = {"us": "us", "tw": "tw"}.get(str(example.get("name", "")).split(".")[0])
    assert tool.clock_for(example) == (tool.clock or by_name)


@pytest.mark.parametrize("tool", TOOLS)
def test_its_input_is_strict_and_described(tool: Tool) -> None:
    config = tool.input_model.model_config
    assert (config.get("extra"), config.get("frozen")) == ("forbid", True)
    with pytest.raises(InputError, match="no_such_key: unknown key; accepted: one of"):
        tool.call(dict(tool.examples[0]) | {"no_such_key": 1}, DAY)
    schema = tool.input_model.model_json_schema()
    required = schema.get("required", [])
    assert all(
        schema["properties"][name].get("description")
        or "$ref" in str(schema["properties"][name])
        or schema["properties"][name].get("enum")
        for name in required
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_an_empty_call_is_an_error_of_ours(tool: Tool) -> None:
    with pytest.raises(CustomsError):
        tool.call({}, DAY)
