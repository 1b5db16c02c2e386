"""The checklist of papers: by route, with the agencies that goods may concern, and no promise."""

from __future__ import annotations

from typing import Any

import pytest

from tools.inputs import read_input
from tools.paperwork.papers import Papers, PapersInput, lists, papers_for


def listed(**given: Any) -> Papers:
    return papers_for(read_input(PapersInput, given))


@pytest.mark.parametrize(("given", "agencies"), [
    ({"destination": "tw", "goods": "藍牙耳機"}, {"ncc"}),
    ({"destination": "tw", "goods": "行動電源", "code": "8507.60.00.10-7"}, {"bsmi"}),
    ({"destination": "tw", "goods": "魚油膠囊"}, {"tfda"}),
    ({"destination": "tw", "goods": "牛肉乾"}, {"aphia"}),
    ({"destination": "us", "goods": "wireless headphones"}, {"fcc"}),
    ({"destination": "us", "goods": "children's toys"}, {"cpsc"}),
    ({"destination": "us", "code": "0902.30.00"}, {"fda"}),
    ({"destination": "us", "goods": "cotton T-shirt", "code": "6109.10.00"}, set()),
])  # fmt: skip
def test_agencies_are_named_by_words_or_code(given: dict[str, str], agencies: set[str]) -> None:
    found = listed(**given)
    assert agencies <= {agency.id for agency in found.agencies}
    assert bool(found.agencies) == bool(agencies)


@pytest.mark.parametrize(("given", "there", "not_there"), [
    ({"destination": "tw", "route": "express"}, {"invoice", "ezway", "origin"}, {"isf", "bond", "packing_list"}),
    ({"destination": "tw", "route": "post"}, {"invoice"}, {"ezway"}),
    ({"destination": "us", "route": "ocean"}, {"isf", "bond", "importer_number", "packing_list"}, {"ezway"}),
    ({"destination": "us", "route": "post"}, {"invoice", "transport"}, {"isf", "bond"}),
])  # fmt: skip
def test_papers_follow_the_route(given: dict[str, str], there: set[str], not_there: set[str]) -> None:
    ids = {paper.id for paper in listed(**given).papers}
    assert there <= ids
    assert not ids & not_there


def test_nothing_is_promised() -> None:
    found = listed(destination="us", goods="cotton T-shirt")
    assert found.said[-1].code == "papers_no_agency"
    assert found.boundary.code == "papers_boundary"
    assert len({row.id for row in lists().agency}) == len(lists().agency)
