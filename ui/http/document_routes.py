"""`/v1/documents`: a tenant's own documents, found by its searches and questions and nobody else's; and the scan.

A scanned document is read against the law of a day and let go; nothing of it is kept.
"""

from __future__ import annotations

import tempfile
from datetime import date
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from corpus.documents.reader import SUFFIXES
from corpus.documents.shelf import Added, printable
from corpus.scan import scan_file
from corpus.scan_models import Scan
from tools.errors import InputError
from tools.text.dates import parse_date
from ui.http.access import LIBRARY, AtDesk, MayKeep
from ui.http.problems import problems
from ui.http.shared import JSON, in_time, note

routes = APIRouter(prefix="/v1/documents", tags=["library"])
DocumentId = Annotated[str, Path(max_length=64, pattern=r"^u-[a-z0-9-]+$", description="id of a document of one's own")]
FileName = Annotated[
    str,
    Query(
        min_length=1, max_length=100, description="name of the file; its ending says what it is", examples=["notice.md"]
    ),
]
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}


@routes.post("/scan", dependencies=LIBRARY, response_model=Scan, responses=problems(), openapi_extra=_FILE)
async def scan(
    request: Request,
    desk: AtDesk,
    name: FileName,
    on: Annotated[str | None, Query(max_length=40, description="the day; today when not given")] = None,
) -> Response:
    """Claims of a document (the body, as it is) that disagree with the law: where, what is right, and since when."""
    day = parse_date(on, "on") if on else desk.settings.today("tw")
    data = await request.body()

    suffix = name[name.rfind(".") :].lower()
    if suffix not in SUFFIXES:
        raise InputError(
            "name", f"{printable(name)!r} is no name of a document", f"one ending in {', '.join(SUFFIXES)}"
        )

    def work() -> Scan:
        with tempfile.TemporaryDirectory() as directory:
            file = FilePath(directory) / f"document{suffix}"
            file.write_bytes(data)
            return scan_file(file, day).model_copy(update={"name": printable(name)})

    return Response((await in_time(desk, work)).model_dump_json(), media_type=JSON)


class Document(BaseModel):
    """A document of one's own."""

    id: str
    name: str
    title: str
    language: str
    jurisdiction: str
    passages: int
    pages: int | None
    dated: date | None
    added: date


class Documents(BaseModel):
    """Documents of one's own, by id."""

    items: list[Document]


@routes.get("", responses=problems())
async def documents(desk: AtDesk, caller: MayKeep) -> Documents:
    """The documents of one's own."""
    held = await in_time(desk, desk.libraries.held, caller.tenant)
    return Documents(items=[Document.model_validate(d.model_dump(include=set(Document.model_fields))) for d in held])


@routes.post("", response_model=Added, status_code=201, responses=problems(), openapi_extra=_FILE)
async def add(request: Request, desk: AtDesk, caller: MayKeep, name: FileName) -> Response:
    """Add a document (the body, as it is); one of the same name is replaced. It is found as soon as this is answered."""
    data = await request.body()
    added = await in_time(desk, desk.add_document, caller.tenant, name, data, note(caller, request, "add document"))
    return Response(added.model_dump_json(), HTTPStatus.CREATED, media_type=JSON)


@routes.delete("/{document_id}", status_code=204, responses=problems(404))
async def remove(document_id: DocumentId, request: Request, desk: AtDesk, caller: MayKeep) -> Response:
    """Take a document away."""
    row = note(caller, request, "remove document")
    await in_time(desk, desk.remove_document, caller.tenant, document_id, row)
    return Response(status_code=204)
