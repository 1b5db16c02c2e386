"""Documents of the reader: put into the library, taken out, and scanned for figures that are no longer the law."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from corpus.documents.reader import SUFFIXES, read_file
from corpus.documents.shelf import Shelf, printable
from corpus.scan import scan
from corpus.scan_models import Finding
from tools.errors import CustomsError, InputError
from ui.web import held
from ui.web.answer_view import source_link
from ui.web.words import Words, escaped

_LARGEST, _LONGEST = 25, 60_000  # megabytes of a file; characters of a pasted text, and of a text shown
_COLOURS = {"wrong": "red", "outdated": "orange", "misleading": "violet"}


def mine(words: Words) -> None:
    """Upload, list, remove."""
    shelf = Shelf(held.settings().home)
    st.write(words("documents.lead"))
    files = st.file_uploader(words("documents.files"), type=[s.lstrip(".") for s in SUFFIXES], accept_multiple_files=True,
                             key="mine", max_upload_size=_LARGEST)  # fmt: skip
    if files and st.button(words("documents.add"), icon=":material/library_add:", type="primary"):
        _add(shelf, [(f.name, f.getvalue()) for f in files], words)
    for document in shelf.held():
        with st.container(border=True):
            st.markdown(f"**{escaped(document.title)}**")
            st.caption(
                escaped(
                    f"{document.name} · {words('documents.passages', count=str(document.passages))} · {document.added}"
                )
            )
            if st.button(words("documents.remove"), key=f"remove-{document.id}", icon=":material/delete:"):
                shelf.remove(document.id)
                st.rerun()


def _add(shelf: Shelf, files: list[tuple[str, bytes]], words: Words) -> None:
    """Keep the files under the state directory, where the same name is the same document, and read them in."""
    kept = held.settings().home / "uploads"
    try:
        kept.mkdir(parents=True, exist_ok=True)
        paths = [kept / (printable(Path(name).name).lstrip(".") or "document.txt") for name, _ in files]
        for path, (_, data) in zip(paths, files, strict=True):
            path.write_bytes(data)
    except OSError as error:
        raise InputError(
            "CUSTOMS_HOME", f"{kept} cannot be written ({error.strerror})", "a writable directory"
        ) from error
    with st.status(words("chat.working")) as told:
        outcomes = shelf.add(
            [str(path) for path in paths], held.settings().today("tw"), lambda line: told.update(label=escaped(line))
        )
        _ = held.advisor().library
    for outcome in outcomes:
        if outcome.reason:
            st.error(escaped(outcome.reason))
        else:
            count = words("documents.passages", count=str(outcome.passages))
            st.success(words.labelled(f"documents.{outcome.outcome}", escaped(f"{outcome.name} · {count}")))


def scanned(on: date, words: Words) -> None:
    """A pasted text or a file, with what is no longer so marked in place."""
    st.write(words("documents.scan_lead"))
    pasted = st.text_area(words("documents.paste"), key="pasted", max_chars=_LONGEST)
    file = st.file_uploader(
        words("documents.or_file"), type=[s.lstrip(".") for s in SUFFIXES], key="scan", max_upload_size=_LARGEST
    )
    if file is None and not pasted.strip():
        return
    name, data = (file.name, file.getvalue()) if file else ("text.txt", pasted.encode())
    try:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / (printable(Path(name).name).lstrip(".") or "document.txt")
            path.write_bytes(data)
            parsed = read_file(path)
            found = scan(parsed, path.name, on)
    except CustomsError as error:
        st.error(escaped(str(error)))
        return
    if not found.findings:
        st.success(words("documents.nothing"))
        return
    st.warning(words("documents.found", count=str(len(found.findings)), day=str(on)))
    for number, finding in enumerate(found.findings, start=1):
        _finding(number, finding, words)
    with st.container(border=True):
        st.markdown(marked_text(parsed.text, found.findings))


def marked_text(text: str, findings: tuple[Finding, ...]) -> str:
    """The text of a document as Markdown, each claim marked with its number; claims inside another are left to it."""
    parts, at = [], 0
    for number, finding in enumerate(findings, start=1):
        if finding.start < at or finding.end > _LONGEST:
            continue
        claim = " ".join(text[finding.start : finding.end].split())
        parts += [
            escaped(text[at : finding.start]),
            f":{_COLOURS[finding.severity]}-background[{number}: {escaped(claim)}]",
        ]
        at = finding.end
    parts.append(escaped(text[at:_LONGEST]))
    return "".join(parts).replace("\n", "  \n")


def _finding(number: int, finding: Finding, words: Words) -> None:
    with st.expander(
        f"{number} · {words.labelled(f'documents.{finding.severity}', escaped(finding.claim.strip()[:80]))}",
        expanded=number <= 3,
    ):
        st.markdown(escaped(finding.correction))
        if finding.current:
            st.markdown(f"**{words('documents.current')}**{words.colon}{escaped(finding.current)}")
        if finding.was_so:
            st.caption(escaped(words("documents.was_so", period=finding.was_so)))
        period = words.period(finding.effective_from, finding.effective_to) if finding.effective_from else ""
        st.caption(escaped(f"{finding.citation} {period}".strip()))
        if finding.url:
            source_link(finding.url, words)
