# The service in one image: locked packages with their hashes, the code, an index built at build time.
FROM python:3.12-slim

RUN useradd --create-home --uid 10001 customs
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.lock ./
RUN /app/.venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY advisor advisor
COPY corpus corpus
COPY evals evals
COPY tools tools
COPY ui ui
COPY LICENSE pyproject.toml ./
COPY .streamlit .streamlit

ENV CUSTOMS_HOME=/var/lib/customs \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    PYTHONUTF8=1 \
    ANONYMIZED_TELEMETRY=False \
    LANGSMITH_TRACING=false \
    LANGCHAIN_TRACING_V2=false \
    STREAMLIT_BROWSER_GATHER_USAGE_STATS=false \
    DO_NOT_TRACK=1
RUN mkdir -p "$CUSTOMS_HOME" && chown customs "$CUSTOMS_HOME"
USER 10001
RUN ["/app/.venv/bin/python", "-m", "ui.cli", "ask", "MPF?"]
VOLUME ["/var/lib/customs"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["/app/.venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/.venv/bin/python", "-m", "ui.cli"]
CMD ["serve", "--host", "0.0.0.0", "--workers", "2"]
