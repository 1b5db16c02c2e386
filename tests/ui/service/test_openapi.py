"""The OpenAPI document against the service: every operation tried with generated requests, and no server error."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.ui.service.conftest import Service

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_no_operation_breaks_its_description(service: Service) -> None:
    """A few requests of each operation; in the tier that takes its time (PostgreSQL), more."""
    examples = 12 if service.desk.database.engine.dialect.name == "postgresql" else 3
    document = schemathesis.openapi.from_asgi("/openapi.json", service.client.app)
    tried = {found.ok().label: _try(found.ok(), service, examples) for found in document.get_all_operations()}
    print(f"schemathesis: {len(tried)} operations, {sum(tried.values())} requests, no server error, no violation")
    assert len(tried) > 25, tried
    assert min(tried.values()) >= 1


def _try(operation: Any, service: Service, examples: int) -> int:
    """Generated requests of one operation, valid ones and broken ones; how many."""
    sent = 0

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def each(case: Any) -> None:
        nonlocal sent
        response = case.call(headers=service.ann, timeout=60)  # the first search of codes reads the lexicon
        case.validate_response(response, checks=CHECKS)
        sent += 1

    each()
    return sent


def test_every_route_is_described_with_its_problems(service: Service) -> None:
    document = service.client.get("/openapi.json").json()
    open_to_all = {"/healthz", "/readyz"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description") or operation.get("summary"), (method, path)
            if path not in open_to_all:
                assert {"401", "403", "413", "422", "429", "503"} <= operation["responses"].keys(), (method, path)
                assert operation["security"], (method, path)
    for path in ("/v1/quotes/tw", "/v1/quotes/us", "/v1/tools/{name}"):
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        assert content["examples"], path


def test_every_reference_in_the_document_leads_somewhere(service: Service) -> None:
    document = service.client.get("/openapi.json").json()
    missing = [ref for ref in _references(document) if ref.rsplit("/", 1)[1] not in document["components"]["schemas"]]
    assert not missing


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [ref for child in node.values() for ref in _references(child)]
    return [ref for child in node for ref in _references(child)] if isinstance(node, list) else []
