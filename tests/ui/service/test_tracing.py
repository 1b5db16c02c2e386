"""Traces: to a collector the operator names, without what was asked; and none at all when none is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)

from advisor.settings import Settings
from tests.ui.service.conftest import Service
from ui.http.app import create_app

ABOVE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Any]]]:
    """A collector on loopback, and the spans it was sent."""
    spans: list[Any] = []

    class Servicer(TraceServiceServicer):
        def Export(self, request: Any, context: Any) -> Any:  # noqa: N802 — the name of the protocol
            spans.extend(s for r in request.resource_spans for scope in r.scope_spans for s in scope.spans)
            return ExportTraceServiceResponse()

    server = grpc.server(futures.ThreadPoolExecutor(1))
    add_TraceServiceServicer_to_server(Servicer(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"http://127.0.0.1:{port}", spans
    server.stop(None)


def test_a_request_is_traced_by_route_and_end_and_not_by_what_was_asked(
    service: Service, collector: tuple[str, list[Any]]
) -> None:
    url, spans = collector
    settings = Settings(
        home=service.desk.settings.home, today_override=service.desk.settings.today_override, otlp_url=url
    )
    with TestClient(create_app(settings, desk=service.desk, keyed=True)) as client:
        body = {"question": "台灣海關 X3 是什麼？"}
        answer = client.post("/v1/answers", json=body, headers=service.ann | {"traceparent": ABOVE})
        assert client.get("/v1/law/us.nothing", headers=service.ann).status_code == 404
    asked, looked = sorted(spans, key=lambda span: span.name, reverse=True)
    told = {a.key: a.value.string_value or a.value.int_value for a in asked.attributes}
    assert (asked.name, looked.name) == ("POST /v1/answers", "GET /v1/law/{name}")
    assert asked.trace_id.hex() == ABOVE.split("-")[1] and asked.parent_span_id.hex() == ABOVE.split("-")[2]
    assert (told["http.response.status_code"], told["customs.tenant"], told["customs.status"]) == (
        200,
        "ann",
        "answered",
    )
    assert told["customs.request_id"] == answer.headers["x-request-id"]
    assert "X3" not in str(spans)


def test_without_a_collector_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys, ui.http.app; from ui.http.tracing import Tracing\n"
        "assert not Tracing(None).on\n"
        "print([m for m in sys.modules if m.startswith('opentelemetry.exporter')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
