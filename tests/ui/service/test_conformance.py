"""Cases anybody's calculator can be asked, asked of the service over loopback by the command the README names."""

from __future__ import annotations

import pytest

from evals.conformance.pack import packs
from evals.conformance.run import OURS
from evals.conformance.targets import run
from tests.ui.service.conftest import Service


def test_the_service_answers_the_pack_over_http_with_its_key(
    service: Service, listening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One case in twelve of each file; `eval conformance --command … --service ADDRESS` asks all."""
    some = [pack.model_copy(update={"cases": pack.cases[::12]}) for pack in packs()]
    command = f"{OURS} --service {listening}"
    monkeypatch.setenv("CUSTOMS_KEY", service.ann["Authorization"].removeprefix("Bearer "))
    judged = run(some, command=command, url=None)
    assert len(judged) > 30
    assert [(row.case.id, row.reason) for row in judged if row.verdict != "right"] == []
    monkeypatch.setenv("CUSTOMS_KEY", "ck_of_nobody")
    assert {row.verdict for row in run(some[:1], command=command, url=None)} == {"refused"}
