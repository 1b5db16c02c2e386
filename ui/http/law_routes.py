"""`/v1/law`, `/v1/tariff` and `/v1/policy/search`: look-ups by day."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.search import SearchResult
from tools.law.rows import coming_rows, diff_rows, stale_rows, timeline_rows, topic_rows
from tools.law.tool import LawLookup
from tools.registry import clock_of
from tools.tariff.look import CodeShown
from tools.tariff.models import ScheduleName
from tools.tariff.search.models import Found
from tools.tariff.tool import TariffLines
from tools.text.dates import parse_date
from ui.http.access import COMPUTE, AtDesk, MayKeep, admitted
from ui.http.problems import problems
from ui.http.shared import JSON, in_time

routes = APIRouter(prefix="/v1")
Day = Annotated[str | None, Query(max_length=40, description="the day; today when not given", examples=["2026-11-21"])]
Topic = Annotated[str | None, Query(max_length=100, description="only this topic", examples=["us.mpf"])]
Name = Annotated[str, Path(max_length=100, description="a parameter such as us.mpf.minimum, or a topic such as us.mpf")]


class Rows(BaseModel):
    """Rows of the law."""

    items: list[dict[str, Any]]


def _given(**arguments: Any) -> dict[str, Any]:
    return {k: v for k, v in arguments.items() if v is not None}


@routes.get("/law", dependencies=COMPUTE, tags=["law"], responses=problems())
async def topics() -> Rows:
    """Every topic of the law held, with its parameters."""
    return Rows(items=topic_rows())


@routes.get("/law/next", dependencies=COMPUTE, tags=["law"], responses=problems(404))
async def upcoming(desk: AtDesk, on: Day = None, topic: Topic = None) -> Rows:
    """What begins, ends or is expected after a day."""
    day = parse_date(on, "on") if on else desk.settings.today(clock_of(topic or "us"))
    return Rows(items=coming_rows(day, topic))


@routes.get("/law/stale", dependencies=COMPUTE, tags=["law"], responses=problems())
async def not_checked(desk: AtDesk, on: Day = None) -> Rows:
    """Topics that move often and have not been checked up to a day."""
    return Rows(items=stale_rows(parse_date(on, "on") if on else desk.settings.today("us")))


@routes.get("/law/diff", dependencies=COMPUTE, tags=["law"], responses=problems(404))
async def diff(
    first: Annotated[str, Query(max_length=40, examples=["2026-07-23"])],
    second: Annotated[str, Query(max_length=40, examples=["2026-07-24"])],
    topic: Topic = None,
) -> Rows:
    """What differs between the law of two days."""
    return Rows(items=diff_rows(parse_date(first, "first"), parse_date(second, "second"), topic))


@routes.get("/law/{name}", dependencies=COMPUTE, tags=["law"], response_model=LawLookup, responses=problems(404))
async def show(
    name: Name,
    desk: AtDesk,
    on: Day = None,
    origin: Annotated[str | None, Query(max_length=2, description="country of origin", examples=["TW"])] = None,
) -> Response:
    """Values of the law on a day, with every other interval held."""
    found = desk.call("law_lookup", _given(name=name, on=on, origin=origin))
    return Response(found.model_dump_json(by_alias=True), media_type=JSON)


@routes.get("/law/{name}/timeline", dependencies=COMPUTE, tags=["law"], responses=problems(404))
async def timeline(name: Name) -> Rows:
    """Every value of a topic, by the day it begins."""
    return Rows(items=timeline_rows(name))


@routes.get("/tariff", dependencies=COMPUTE, tags=["tariff"], response_model=TariffLines, responses=problems(404))
async def lines(
    desk: AtDesk,
    text: Annotated[
        str, Query(min_length=1, max_length=200, description="a CCC code or an everyday name", examples=["石英錶"])
    ],
    on: Day = None,
) -> Response:
    """Candidate lines of the Taiwan schedule by everyday name. A candidate list, never a classification."""
    found = await in_time(desk, desk.call, "tariff_line", _given(text=text, on=on))
    return Response(found.model_dump_json(by_alias=True), media_type=JSON)


@routes.get("/tariff/search", dependencies=COMPUTE, tags=["tariff"], response_model=Found, responses=problems())
async def goods(
    desk: AtDesk,
    request: Request,
    text: Annotated[
        str,
        Query(
            min_length=1,
            max_length=2_000,
            description="what the goods are: made of what, for what, for whom",
            examples=["羊毛針織套頭衫"],
        ),
    ],
    schedule: Annotated[
        ScheduleName, Query(description="hs: six digits; us or tw: with the lines below and their rates")
    ] = "hs",
    limit: Annotated[int, Query(ge=1, le=50, description="candidates at most")] = 10,
    value: Annotated[
        str | None,
        Query(max_length=40, description="customs value in the money of the schedule: what the doubt comes to"),
    ] = None,
    model: Annotated[
        str | None,
        Query(max_length=100, description="offline, or openai:NAME: a model reads the notes; needs the scope ask"),
    ] = None,
    on: Day = None,
) -> Response:
    """Candidate codes for goods in words, with reasons, what speaks against each, and one question. Never a classification."""
    if model not in (None, "offline"):
        await admitted(request, "ask")
    given = _given(text=text, schedule=schedule, limit=limit, value=value, on=on)
    found = await in_time(desk, desk.look_up, given, model)
    return Response(found.model_dump_json(by_alias=True), media_type=JSON)


@routes.get("/tariff/{code}", dependencies=COMPUTE, tags=["tariff"], response_model=CodeShown, responses=problems(404))
async def code(
    code: Annotated[str, Path(min_length=2, max_length=20, examples=["6109.10.00"])],
    desk: AtDesk,
    schedule: Annotated[
        Literal["hs", "us", "tw"] | None, Query(description="by the code's length when not given")
    ] = None,
    on: Day = None,
) -> Response:
    """A code on a day: does it exist, its rates, what is added, and how sure that is."""
    found = await in_time(desk, desk.call, "tariff_code", _given(code=code, schedule=schedule, on=on))
    return Response(found.model_dump_json(by_alias=True), media_type=JSON)


class PolicySearch(BaseModel):
    """A search of the policy library."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"query": "低價免稅一年幾次", "as_of": "2026-11-21", "limit": 3}]},
    )
    query: str = Field(
        min_length=1, max_length=500, description="a question in Chinese or English, 1 to 500 characters"
    )
    as_of: str | None = Field(None, max_length=40, description="the day figures are rendered for")
    lang: Literal["zh-TW", "en"] = Field("zh-TW", description="zh-TW or en: passages in it are preferred")
    limit: int = Field(5, ge=1, le=50, description="most passages, 1 to 50")
    jurisdiction: Literal["TW", "US", "APEC", "INTL"] | None = Field(None, description="TW, US, APEC or INTL")
    authority: Literal["brief", "user"] | None = Field(None, description="brief, or user: documents that were added")


@routes.post("/policy/search", tags=["library"], response_model=SearchResult, responses=problems())
async def policy_search(asked: PolicySearch, desk: AtDesk, caller: MayKeep) -> Response:
    """Passages of the policy library and of one's own documents that answer a question, and whether they do."""
    day = parse_date(asked.as_of, "as_of") if asked.as_of else desk.settings.today("tw")

    def search() -> SearchResult:
        sides = [asked.jurisdiction] if asked.jurisdiction else []
        kinds = [asked.authority] if asked.authority else []
        return desk.library(caller.tenant).search(
            asked.query, as_of=day, lang=asked.lang, limit=asked.limit, jurisdictions=sides, authorities=kinds
        )

    return Response((await in_time(desk, search)).model_dump_json(), media_type=JSON)
