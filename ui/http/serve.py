"""Running the HTTP service. Loopback unless told otherwise."""

from __future__ import annotations

import sys

from advisor.settings import Settings
from tools.errors import InputError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve until stopped.

    Raises:
        InputError: a host that is not loopback, as the service has no keys yet; a port that is none.
    """
    where, at = host or settings.host, port or settings.port
    if where not in _LOOPBACK:
        raise InputError("host", f"{where!r} is public, and this service has no keys yet", ", ".join(_LOOPBACK))
    if not 0 < at < 65536:
        raise InputError("port", f"{at} is not a port", "1 to 65535")
    import uvicorn

    from ui.http.app import create_app

    print(f"customs: serving on http://{where}:{at}", file=sys.stderr)
    uvicorn.run(create_app(settings), host=where, port=at, log_level="warning")
