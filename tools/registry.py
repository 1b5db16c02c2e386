"""What is published as a tool: calculators and look-ups, each described beside its code.

A description says when to use the tool, when not, and what to call next; its sample calls are tested to validate.
Nothing here knows a model or a framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, Literal

from pydantic import BaseModel

from tools.inputs import read_input

_MODULES = (
    "tools.taiwan.tool",
    "tools.taiwan.compare",
    "tools.taiwan.ezway",
    "tools.united_states.quote_tool",
    "tools.united_states.tool",
    "tools.united_states.bond_tool",
    "tools.united_states.penalty_tool",
    "tools.united_states.clocks_tool",
    "tools.united_states.compare_tool",
    "tools.law.tool",
    "tools.tariff.tool",
    "tools.tariff.code_tool",
    "tools.tariff.notation.tool",
    "tools.tariff.search.tool",
    "tools.paperwork.box_tool",
    "tools.paperwork.entry_number",
    "tools.paperwork.entry_tool",
    "tools.paperwork.bill_tool",
    "tools.paperwork.tax_memo",
    "tools.paperwork.papers",
    "tools.difference_tool",
)


Clock = Literal["tw", "us"]


def clock_of(law_name: str) -> Clock:
    """The calendar of a parameter or topic of the law.

    >>> clock_of("us.mpf"), clock_of("tw.low_value.limit")
    ('us', 'tw')
    """
    return "us" if law_name.startswith("us.") else "tw"


@dataclass(frozen=True, slots=True)
class Tool:
    """One calculator or look-up as other programs and models see it.

    Args:
        name: identifier, stable.
        use_when, not_for, next_step: the description's three parts, in English.
        input_model: what it takes; unknown keys are refused.
        run: pure function of the validated input and the day.
        clock: whose calendar gives the day when none is named; None where the name of the law asked for tells.
        triggers: phrases by which people ask for it, by language.
        examples: sample calls that validate.
    """

    name: str
    use_when: str
    not_for: str
    next_step: str
    input_model: type[BaseModel]
    run: Callable[[Any, date], BaseModel]
    clock: Clock | None
    triggers: Mapping[str, tuple[str, ...]]
    examples: tuple[Mapping[str, Any], ...]

    @property
    def description(self) -> str:
        return f"{self.use_when} Not for: {self.not_for} Next: {self.next_step}"

    def clock_for(self, arguments: Mapping[str, Any]) -> Clock:
        """Whose calendar gives the day of this call."""
        return self.clock or clock_of(str(arguments.get("name", "")))

    def call(self, arguments: Mapping[str, Any], as_of: date) -> BaseModel:
        """Validate and run.

        Raises:
            CustomsError: of the class that says who can act.
        """
        return self.run(read_input(self.input_model, arguments), as_of)


@cache
def published() -> dict[str, Tool]:
    """Every tool by name."""
    tools = [import_module(module).TOOL for module in _MODULES]
    return {tool.name: tool for tool in tools}
