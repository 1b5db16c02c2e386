"""`/v1/paperwork`: papers read, and worksheets of what was checked. The checks themselves are tools. Nothing is kept or filed."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from corpus.papers.models import PaperRead
from corpus.papers.read import read_paper
from tools.inputs import read_input
from tools.paperwork.bill_check import check_bill
from tools.paperwork.bill_models import BillInput
from tools.paperwork.entry_check import check_entry
from tools.paperwork.entry_inputs import EntrySummary
from tools.registry import published
from ui.http.access import COMPUTE, AtDesk
from ui.http.problems import problems
from ui.http.shared import JSON, example_body, in_time, read_body
from ui.web.paper_sheet import bill_sheet, entry_sheet

routes = APIRouter(prefix="/v1/paperwork", tags=["paperwork"])
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
_PDF = "application/pdf"
_SHEET: dict[int | str, dict[str, Any]] = {
    int(HTTPStatus.OK): {
        "description": "a worksheet, not for filing",
        "content": {_PDF: {"schema": {"type": "string"}}},
    }
}
Language = Annotated[Literal["zh-TW", "en"], Query(description="language of the worksheet")]


def _body(tool: str) -> dict[str, object]:
    return example_body({"type": "object"}, {tool: dict(published()[tool].examples[0])})


@routes.post("/read", dependencies=COMPUTE, response_model=PaperRead, responses=problems(), openapi_extra=_FILE)
async def read(
    request: Request,
    desk: AtDesk,
    name: Annotated[
        str,
        Query(
            max_length=80,
            pattern=r"^[A-Za-z0-9_-]{1,60}\.[A-Za-z0-9]{1,8}$",
            description="name of the file; its ending says what it is",
            examples=["invoice.csv"],
        ),
    ],
) -> Response:
    """Values of an invoice, packing list, entry summary or tax bill (the body, as it is), each with its evidence."""
    data = await request.body()

    def work() -> PaperRead:
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory) / name
            file.write_bytes(data)
            return read_paper(file)

    return Response((await in_time(desk, work)).model_dump_json(), media_type=JSON)


@routes.post(
    "/worksheets/entry", dependencies=COMPUTE, response_class=Response, responses=problems() | _SHEET,
    openapi_extra=_body("entry_check"),
)  # fmt: skip
async def entry_worksheet(request: Request, desk: AtDesk, lang: Language = "zh-TW") -> Response:
    """An entry summary checked, as a worksheet in PDF."""
    summary = read_input(EntrySummary, await read_body(request))
    made = await in_time(desk, lambda: entry_sheet(summary, check_entry(summary), lang))
    return Response(made, media_type=_PDF)


@routes.post(
    "/worksheets/bill", dependencies=COMPUTE, response_class=Response, responses=problems() | _SHEET,
    openapi_extra=_body("bill_check"),
)  # fmt: skip
async def bill_worksheet(request: Request, desk: AtDesk, lang: Language = "zh-TW") -> Response:
    """A carrier's bill checked, as a worksheet in PDF with the letter where there is one."""
    given = read_input(BillInput, await read_body(request))
    today = desk.settings.today("us" if given.destination == "us" else "tw")
    made = await in_time(desk, lambda: bill_sheet(given, check_bill(given, as_of=today), lang))
    return Response(made, media_type=_PDF)
