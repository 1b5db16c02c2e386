"""Published tools as LangChain tools: the model reads text, everybody else reads the typed artifact."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, ConfigDict, Field

from advisor.classify import looking
from advisor.control import Decline, NoAnswer, ToolProblem
from corpus import scan_tool
from corpus.search import Library
from tools.difference import Difference
from tools.errors import CustomsError, InputError, NotFound, NotInForce
from tools.inputs import read_input
from tools.law.models import Lang
from tools.law.tool import LawEntry, LawLookup
from tools.registry import Tool, published
from tools.result import ParameterUsed, Result
from tools.tariff.search.models import Found, SearchInput

_TEXT_LIMIT = 12_000


class PolicyQuestion(BaseModel):
    """What to look up in the policy library."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: str = Field(min_length=1, max_length=500, description="the topic in the person's own words")
    jurisdiction: Literal["TW", "US", "APEC", "INTL"] | None = Field(None, description="only this jurisdiction")


def _nothing() -> Library:
    raise AssertionError("no turn runs")


def _never(_clock: Literal["tw", "us"]) -> date:
    raise AssertionError("no turn runs")


@dataclass(slots=True)
class Reader:
    """For whom tools work: what the turn they are called in reads, and when.

    Args:
        library: opens the policy library on first use.
        today: the calendar day of a jurisdiction.
        as_of: the day the person asked for, if any; it rules every tool that names no day.
        lang: language of the answer.
        walk: looks codes up with the turn's model, where that is a hosted one.
    """

    library: Callable[[], Library] = _nothing
    today: Callable[[Literal["tw", "us"]], date] = _never
    as_of: date | None = None
    lang: Lang = "zh-TW"
    walk: Callable[[SearchInput, date], Found] | None = None

    def become(self, other: Reader) -> None:
        """Work for another turn from now on."""
        self.library, self.today, self.as_of = other.library, other.today, other.as_of
        self.lang, self.walk = other.lang, other.walk

    def day(self, clock: Literal["tw", "us"]) -> date:
        """The day of a tool that was given none."""
        return self.as_of or self.today(clock)


def toolbox(reader: Reader, *, walks: bool) -> list[BaseTool]:
    """Every tool; each call reads what the reader is at that moment.

    Args:
        reader: for whom they work.
        walks: whether codes may be looked up with the turn's model.
    """

    def hs_walk(**arguments: Any) -> tuple[str, Any]:
        assert reader.walk is not None
        try:
            given = read_input(SearchInput, _given(arguments))
            assert isinstance(given, SearchInput)
            artifact: BaseModel = reader.walk(given, reader.day("us" if given.schedule == "us" else "tw"))
        except CustomsError as error:
            artifact = problem(looking.NAME, error)
        return _text(_brief(artifact)), artifact

    def policy_search(question: str, jurisdiction: str | None = None) -> tuple[str, Any]:
        found = reader.library().search(
            question,
            as_of=reader.day("tw"),
            lang=reader.lang,
            limit=6,
            jurisdictions=[jurisdiction] if jurisdiction else [],
        )
        rows = [{"section": p.section, "text": p.text, "status": p.status} for p in found.passages]
        return _text({"covered": found.covered, "passages": rows}), found

    def document_scan(**arguments: Any) -> tuple[str, Any]:
        try:
            given = read_input(scan_tool.DocumentScanInput, _given(arguments))
            artifact: BaseModel = scan_tool.scan_text(given, reader.day("tw"))
        except CustomsError as error:
            artifact = problem(scan_tool.NAME, error)
        return _text(artifact.model_dump(mode="json", exclude_none=True)), artifact

    walking = StructuredTool(
        func=hs_walk, name=looking.NAME, args_schema=_schema(SearchInput), description=looking.DESCRIPTION,
        response_format="content_and_artifact",
    )  # fmt: skip
    return [
        *([walking] if walks else []),
        *(_wrapped(tool, reader.day) for tool in published().values()),
        StructuredTool.from_function(
            func=policy_search, name="policy_search", args_schema=PolicyQuestion, response_format="content_and_artifact",
            description="Finds passages of the policy library that answer a question on rules, procedures, reports or "
            "documents. Not for: computing amounts. Next: cite the passages you use as [1], [2] … in their order."
            + _sampled("policy_search"),
        ),
        StructuredTool.from_function(
            func=document_scan, name=scan_tool.NAME, args_schema=scan_tool.DocumentScanInput,
            description=scan_tool.DESCRIPTION, response_format="content_and_artifact",
        ),
        _control("decline", Decline, "Call it when help with evasion is asked: under-declaring, splitting, false origin "
                 "or gift, another person's identity. Not for: questions about penalties. Next: offer lawful ways."),
        _control("no_answer", NoAnswer, "Call it when nothing held answers: a prediction, another country's rules, a "
                 "route not computed. Not for: a fact the person can supply. Next: say what is held."),
    ]  # fmt: skip


@cache
def samples() -> dict[str, list[dict[str, Any]]]:
    """Sample calls by tool: what a person says, and the arguments that fit it."""
    path = Path(__file__).parent / "prompts" / "samples.toml"
    return tomllib.loads(path.read_text("utf-8"))


def _sampled(tool: str) -> str:
    """The sample calls of a tool, as its description holds them."""
    return " Samples: " + "; ".join(
        f"{s['said']!r} {json.dumps(s['arguments'], ensure_ascii=False)}" for s in samples()[tool]
    )


def _control(name: str, model: type[BaseModel], description: str) -> BaseTool:
    def run(**arguments: Any) -> tuple[str, Any]:
        artifact = model.model_validate(arguments)
        return artifact.model_dump_json(), artifact

    return StructuredTool.from_function(
        func=run, name=name, args_schema=model, response_format="content_and_artifact",
        description=description + _sampled(name),
    )  # fmt: skip


def _wrapped(tool: Tool, day: Callable[[Literal["tw", "us"]], date]) -> BaseTool:
    def run(**arguments: Any) -> tuple[str, Any]:
        try:
            artifact: BaseModel = tool.call(_given(arguments), day(tool.clock_for(arguments)))
        except CustomsError as error:
            artifact = problem(tool.name, error)
        return _text(_brief(artifact)), artifact

    return StructuredTool(
        func=run, name=tool.name, args_schema=_schema(tool.input_model), description=tool.description,
        response_format="content_and_artifact",
    )  # fmt: skip


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an input, made once: it is the same for every turn."""
    return model.model_json_schema()


def _brief(artifact: BaseModel) -> Any:
    """What a model needs to read of an artifact; everybody else has the whole of it."""
    if isinstance(artifact, LawLookup):
        return {"on": artifact.on.isoformat(), "entries": [_brief_entry(e) for e in artifact.entries]}
    if isinstance(artifact, Found):
        return looking.brief(artifact)
    if isinstance(artifact, Difference):
        return {"said": [m.text for m in artifact.said], "results": [_brief(r) for r in artifact.results]}
    if not isinstance(artifact, Result):
        return artifact.model_dump(mode="json", exclude_none=True)
    keep = {"key", "amount", "currency", "rate", "formula", "applies", "citation"}
    whole = artifact.model_dump(mode="json", exclude_none=True)
    brief: dict[str, Any] = {k: whole[k] for k in ("as_of", "complete", "totals", "range") if k in whole}
    brief["lines"] = [{k: v for k, v in line.items() if k in keep} for line in whole["lines"]]
    brief["alternatives"] = [{"case": a["label"]["text"], "totals": a["totals"]} for a in whole["alternatives"]]
    brief["missing"] = [{"fact": m["fact"], "why": m["why"]["text"]} for m in whole["missing"]]
    brief["notes"] = [m["text"] for m in (*whole["assumptions"], *whole["warnings"])]
    brief["class"] = artifact.regime.get("class")
    return brief


def _brief_entry(entry: LawEntry) -> dict[str, Any]:
    def row(used: ParameterUsed) -> dict[str, Any]:
        span = {"from": str(used.effective_from or used.evidenced_on), "to": str(used.effective_to or "open")}
        return {"value": used.value, "unit": used.unit, **span}

    now = entry.in_force
    cited = {"citation": now.source.citation.en} if now else {}
    other = [row(o) for o in entry.others[-4:]]
    return {"label": entry.label.as_dict(), "in_force": row(now) | cited if now else None, "other_periods": other}


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in arguments.items() if v is not None}


def problem(tool: str, error: CustomsError) -> ToolProblem:
    """A typed error as an artifact the composer can answer from.

    Raises:
        CustomsError: the error itself, when nobody in the conversation could act on it.
    """
    if isinstance(error, InputError):
        return ToolProblem(tool=tool, kind="input", field=error.field, accepted=error.accepted, message=str(error))
    if isinstance(error, NotInForce):
        return ToolProblem(tool=tool, kind="not_in_force", field=error.name, message=str(error))
    if isinstance(error, NotFound):
        return ToolProblem(tool=tool, kind="not_found", field=error.what, message=str(error))
    raise error


def _text(payload: Any) -> str:
    text = json.dumps(payload, ensure_ascii=False, default=str)
    if len(text) <= _TEXT_LIMIT:
        return text
    return json.dumps({"shortened": True, "beginning": text[:_TEXT_LIMIT]}, ensure_ascii=False)
