"""Two tools by which a model, offline or hosted, says that it will not or cannot answer: decline and no_answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Decline(BaseModel):
    """Help with evasion, or outside the boundaries."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    reason: Literal["evasion", "boundary", "inspection"] = Field(
        description="evasion of duty or rules; outside our boundaries; whether customs will examine a given shipment"
    )


class NoAnswer(BaseModel):
    """Nothing held answers the question."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    reason: Literal[
        "forecast",
        "elsewhere",
        "not_held",
        "not_computed",
        "private_price",
        "tracking",
        "greeting",
        "thanks",
        "unclear",
    ] = Field(
        description="a prediction; another country's rules; not in the library; a route or tax not computed here; "
        "what a broker, carrier or bank asks; where one parcel is; a greeting; thanks; words that ask nothing"
    )


class ToolProblem(BaseModel):
    """A tool could not run on what it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    tool: str
    kind: Literal["input", "not_in_force", "not_found", "out_of_scope"]
    field: str = ""
    accepted: str = ""
    message: str
