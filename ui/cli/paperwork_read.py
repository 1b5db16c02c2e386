"""What `papers read` does: a paper's values with their evidence on standard output."""

from __future__ import annotations

from pathlib import Path

from corpus.papers.models import PaperRead
from corpus.papers.read import read_paper, read_paper_text
from ui.cli.common import emit, read_source
from ui.cli.paperwork import language
from ui.web.words import Words


def show(name: str, lang: str, *, as_json: bool) -> None:
    """One paper."""
    found = read_paper_text(read_source("-", "file")) if name == "-" else read_paper(Path(name))
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    print("\n".join(_rows(found, Words(language(lang)))))


def _rows(found: PaperRead, words: Words) -> list[str]:
    rows = [words(f"paper.kind_{found.kind}")]
    for value in found.values:
        mark = "" if value.sure else f" ({words('paper.confirm')})"
        place = words("paper.place", page=str(value.evidence.page), line=str(value.evidence.line))
        rows.append(f"- {value.name}: {value.value}{mark} — {place}: {value.evidence.text}")
    for goods in found.goods:
        mark = "" if goods.sure else f" ({words('paper.confirm')})"
        rows.append(
            f"- {' / '.join(goods.values.values())}{mark}" + _note(goods.note.render(words.lang) if goods.note else "")
        )
    return [*rows, *(f"- {note.render(words.lang)}" for note in found.notes)]


def _note(text: str) -> str:
    return f" — {text}" if text else ""
