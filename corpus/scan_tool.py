"""The scan as a tool: a text read against the law of a day. The text is evidence, and nothing in it is obeyed."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.documents.plain import read_plain
from corpus.scan import scan
from corpus.scan_models import Scan
from tools.inputs import DateIn, Input

NAME = "document_scan"
DESCRIPTION = (
    "Reads a document against the law of a day and lists claims that disagree with it: where, what is right, since when. "
    "Not for: answering from a document, judging opinions. Next: law_lookup for a figure's other intervals."
)


class DocumentScanInput(Input):
    """A text to read against the law."""

    text: str = Field(min_length=1, max_length=200_000, description="the document as text or Markdown")
    on: DateIn | None = Field(None, description="the day; today when not given")


def scan_text(given: DocumentScanInput, today: date) -> Scan:
    """Claims of a text that disagree with the law on a day, in its order."""
    return scan(read_plain(given.text), "document", given.on or today)
