"""The look-up with a model as a tool, for assistants and for the advisor's own model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.settings import Settings
from tools.inputs import read_input
from tools.tariff.search.models import Found, SearchInput

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from advisor.hosted import Meter

NAME = "hs_walk"
_LINES = 3
DESCRIPTION = (
    "Candidate HS subheadings as hs_search gives them, in the order of the configured model, which reads section and "
    "chapter notes and walks the tree; every code and note is checked, and the offline search answers where it fails. "
    "Not for: goods hs_search is sure of; a classification or binding ruling. Next: ask the person its question."
)


def asked(settings: Settings, arguments: Mapping[str, Any]) -> Found:
    """The look-up with the configured model.

    Raises:
        CustomsError: of the class that says who can act.
    """
    from advisor.classify.door import look_up

    given = read_input(SearchInput, arguments)
    assert isinstance(given, SearchInput)
    today = settings.today("us" if given.schedule == "us" else "tw")
    return look_up(settings, given, today, settings.model).found


def walker(settings: Settings, name: str, chat: BaseChatModel, meter: Meter) -> Callable[[SearchInput, date], Found]:
    """The look-up within a turn: by the turn's own model, within its time and its budget."""

    def walk(given: SearchInput, on: date) -> Found:
        from advisor.classify.door import look_up

        return look_up(settings, given, on, name, chat=chat, meter=meter).found

    return walk


def brief(found: Found) -> dict[str, Any]:
    """What a model needs to read of an answer: all of it, but of the national lines under a candidate only the first."""
    whole: dict[str, Any] = found.model_dump(mode="json", exclude_none=True)
    for candidate in (*whole["candidates"], *(c for part in whole["parts"] for c in part["candidates"])):
        more = len(candidate["lines"]) - _LINES
        candidate["lines"] = candidate["lines"][:_LINES]
        if more > 0:
            candidate["more_lines"] = more
        for said in ("why", "not_this_because"):
            candidate[said] = [message["text"] for message in candidate[said]]
    whole["notes"] = [message["text"] for message in whole["notes"]]
    return whole
