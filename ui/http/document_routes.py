"""`/v1/documents/scan`: a document read against the law of a day. It is read and let go; nothing of it is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.scan import scan_file
from corpus.scan_models import Scan
from tools.text.dates import parse_date
from ui.http.access import LIBRARY, AtDesk
from ui.http.problems import problems
from ui.http.shared import JSON, in_time

routes = APIRouter(prefix="/v1/documents", tags=["library"])
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}


@routes.post("/scan", dependencies=LIBRARY, response_model=Scan, responses=problems(), openapi_extra=_FILE)
async def scan(
    request: Request,
    desk: AtDesk,
    name: Annotated[
        str,
        Query(
            max_length=80,
            pattern=r"^[A-Za-z0-9_-]{1,60}\.[A-Za-z0-9]{1,8}$",
            description="name of the file; its ending says what it is",
            examples=["notice.md"],
        ),
    ],
    on: Annotated[str | None, Query(max_length=40, description="the day; today when not given")] = None,
) -> Response:
    """Claims of a document (the body, as it is) that disagree with the law: where, what is right, and since when."""
    day = parse_date(on, "on") if on else desk.settings.today("tw")
    data = await request.body()

    def work() -> Scan:
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory) / name
            file.write_bytes(data)
            return scan_file(file, day)

    return Response((await in_time(desk, work)).model_dump_json(), media_type=JSON)
