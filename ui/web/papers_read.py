"""A paper that was uploaded, read: its values with the words they stand in, those to be confirmed marked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from corpus.papers.models import Evidence, PaperRead
from corpus.papers.read import read_paper
from tools.errors import InputError
from ui.web.words import Words, escaped

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_MOST = 10  # megabytes of a paper
KINDS = ["pdf", "xlsx", "csv", "txt"]


def uploaded(words: Words, label: str, key: str, kinds: list[str]) -> UploadedFile | None:
    """A file of one of some kinds."""
    return st.file_uploader(words(label), type=kinds, key=key, max_upload_size=_MOST)


def read_upload(file: UploadedFile) -> PaperRead | None:
    """The paper; None where it cannot be read, which is then said."""
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory) / f"paper{Path(file.name).suffix.lower()[:6]}"
        place.write_bytes(file.getvalue())
        try:
            return read_paper(place)
        except InputError as error:
            st.error(escaped(str(error)))
            return None


def show_paper(found: PaperRead, words: Words) -> None:
    """Values, goods and what has to be confirmed."""
    st.markdown(f"**{words('paper.read_as', kind=words(f'paper.kind_{found.kind}'))}**")
    rows = [
        {
            words("paper.name"): value.name,
            words("paper.value"): value.value,
            words("paper.sure"): "✓" if value.sure else words("paper.confirm"),
            words("paper.evidence"): _evidence(value.evidence, words),
        }
        for value in found.values
    ]
    rows += [
        {
            words("paper.name"): words("paper.lines"),
            words("paper.value"): " / ".join(goods.values.values()),
            words("paper.sure"): "✓" if goods.sure else words("paper.confirm"),
            words("paper.evidence"): _evidence(goods.evidence, words),
        }
        for goods in found.goods
    ]
    if rows:
        st.dataframe(rows, hide_index=True, width="stretch", alt=words("paper.evidence"))
    for note in found.notes:
        st.warning(note.render(words.lang))


def _evidence(of: Evidence, words: Words) -> str:
    place = words("paper.place", page=str(of.page), line=str(of.line))
    return of.text + words.bracketed(place)
