"""`/v1/receipts` and `/v1/feedback`: what was computed, computing it again, and what people think of answers."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from tools.result import Result
from ui.http.access import AtDesk, MayRead
from ui.http.problems import problems
from ui.http.shared import After, IdempotencyKey, Limit, Listing, as_json, in_time, listing, note, once

routes = APIRouter(prefix="/v1", tags=["records"])
ReceiptId = Annotated[
    str,
    Path(max_length=71, pattern=r"^(sha256:)?[0-9a-f]{64}$", description="a receipt, with or without sha256:"),
]


class Replayed(BaseModel):
    """A recorded result computed again."""

    receipt: str
    identical: bool
    altered: bool = Field(description="the recorded figures are not those the receipt vouches for")
    computed: str = Field(description="receipt of the result computed now")
    changes: list[str]


class Feedback(BaseModel):
    """What somebody thinks of an answer. A correction becomes a candidate for the evaluations."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"answer_id": "5f0c", "rating": "down", "correction": "應為 332 元"}]},
    )
    answer_id: str = Field(max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="id of a stored answer")
    rating: Literal["up", "down"] = Field(description="up or down")
    comment: str = Field("", max_length=2000, description="text, at most 2000 characters")
    correction: str = Field("", max_length=2000, description="what would have been right, at most 2000 characters")


class Kept(BaseModel):
    """Feedback as it was kept."""

    id: str
    answer_id: str
    made_at: str
    rating: str
    comment: str
    correction: str


@routes.get("/receipts", responses=problems())
async def receipts(desk: AtDesk, caller: MayRead, limit: Limit = 20, after: After = None) -> Listing:
    """Receipts, the newest first."""
    return listing(await in_time(desk, desk.records.receipts, caller.tenant, limit, after))


@routes.get("/receipts/{receipt}", response_model=Result, responses=problems(404))
async def receipt(receipt: ReceiptId, desk: AtDesk, caller: MayRead) -> Response:
    """The result behind a receipt."""
    return as_json(await in_time(desk, desk.records.receipt, caller.tenant, receipt))


@routes.post("/receipts/{receipt}/replay", responses=problems(404))
async def replay(receipt: ReceiptId, desk: AtDesk, caller: MayRead) -> Replayed:
    """Compute a recorded result again: identical, or what differs."""
    return Replayed.model_validate(await in_time(desk, desk.replay, caller.tenant, receipt))


@routes.post("/feedback", response_model=Kept, responses=problems(404, 409))
async def give_feedback(
    given: Feedback, request: Request, desk: AtDesk, caller: MayRead, key: IdempotencyKey = None
) -> Response:
    """Say what an answer was worth, and what would have been right."""

    def work() -> Kept:
        kept = desk.records.keep_feedback(caller.tenant, given.answer_id, given.rating, given.comment, given.correction)
        row = {"tenant": caller.tenant, "target": given.answer_id, "text": given.correction, "outcome": given.rating}
        desk.note(row | note(caller, request, "feedback"))
        return Kept.model_validate(kept)

    return await once(desk, caller, request, key, given, work)


@routes.get("/feedback", responses=problems())
async def feedback(desk: AtDesk, caller: MayRead, limit: Limit = 20, after: After = None) -> Listing:
    """Feedback given, the newest first."""
    return listing(await in_time(desk, desk.records.feedback, caller.tenant, limit, after))
