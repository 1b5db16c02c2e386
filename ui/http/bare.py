"""An endpoint that does nothing: what the framework alone takes, measured beside the service by `bench service`."""

from __future__ import annotations

from fastapi import FastAPI

app = FastAPI(openapi_url=None)


@app.get("/bare")
async def bare() -> dict[str, str]:
    """Nothing."""
    return {"status": "ok"}
