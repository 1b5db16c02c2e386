"""Traces of requests to an OpenTelemetry collector, where the operator names one; else nothing is made and nothing loaded.

The provider is ours alone and not the process's: libraries that could trace by themselves stay silent. A span tells
the route, how it ended, the request's id and tenant, and of an answer its status and tools; never what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from advisor.answer import Answer

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_SERVICE = "customs"


class Tracing:
    """Where spans go.

    Args:
        url: of a collector that takes OTLP over gRPC, such as `http://collector:4317`; None for no traces.
    """

    def __init__(self, url: str | None) -> None:
        self._provider: TracerProvider | None = _provider(url) if url else None

    @property
    def on(self) -> bool:
        return self._provider is not None

    @contextmanager
    def request(self, headers: Mapping[bytes, bytes]) -> Iterator[dict[str, Any]]:
        """Around a request: what is put into the yielded attributes is told when it ends; under `name`, its name."""
        told: dict[str, Any] = {}
        assert self._provider is not None, "asked only where traces are on"
        from opentelemetry.trace import SpanKind, Status, StatusCode
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        carrier = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
        above = TraceContextTextMapPropagator().extract(carrier)
        span = self._provider.get_tracer(_SERVICE).start_span("request", context=above, kind=SpanKind.SERVER)
        try:
            yield told
        finally:
            span.update_name(str(told.pop("name", "request")))
            span.set_attributes(told)
            if told.get("http.response.status_code", 0) >= HTTPStatus.INTERNAL_SERVER_ERROR:
                span.set_status(Status(StatusCode.ERROR))
            span.end()

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


def of_answer(answer: Answer) -> dict[str, Any]:
    """What a span tells of an answer."""
    tools = tuple(call.name for call in answer.tool_calls)
    return {"customs.status": answer.status, "customs.composed_by": answer.composed_by, "customs.tools": tools}


def _provider(url: str) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": _SERVICE}))
    exporter = OTLPSpanExporter(endpoint=url, insecure=url.startswith("http://"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
