"""Every passage of the library can be said as an answer: the guard drops no sound sentence of ours."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.evidence import build_ledger
from advisor.guard.review import review
from advisor.offline.compose.passages import quoted
from corpus.briefs_reader import shipped_briefs
from corpus.search import Library, SearchResult


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2022, 3, 1)])
def test_every_passage_of_the_briefs_passes_the_guard(library: Library, day: date) -> None:
    refused = []
    for section in (s for brief in shipped_briefs() for s in brief.sections):
        passage = library.passage(section.id, day)
        found = SearchResult(query="?", as_of=day, passages=(passage,), covered=True)
        ledger = build_ledger("?", day, [("call_1", found)], ())
        checked = review(quoted(passage, 1, "?", 99), ledger, passage.language)
        refused += [f"{section.id}: {v.code} {v.text}" for v in checked.violations]
    assert not refused
