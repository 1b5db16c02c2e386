"""Running the HTTP service. Loopback unless told otherwise; where the public can reach it, only with keys."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from advisor.settings import Settings
from tools.errors import InputError
from ui.http.memory import few_heaps

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn.supervisors.multiprocess import Process

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_KEYED = "CUSTOMS_KEYED"  # handed from the command to its workers
_HUNG = 60  # seconds after which a worker that says nothing is started anew; a busy machine makes it slow, not hung
_IDLE = 75  # seconds an unused connection is kept: longer than proxies keep theirs, or they use one just closed
_WAITING = 4096  # connections that may wait to be taken
_LAST_STREAMS = 30  # seconds that running answers have to finish when the service is stopped


def from_environment() -> FastAPI:
    """The app of one worker."""
    few_heaps()
    from ui.http.app import create_app
    from ui.http.logs import log_lines

    log_lines()
    return create_app(Settings.from_environment(), keyed=os.environ.get(_KEYED) == "1", warm=True)


def serve(settings: Settings, host: str | None, port: int | None, workers: int = 1) -> None:
    """Serve until stopped; running answers are finished first.

    Raises:
        InputError: a host that is not loopback while no key exists; a port that is none.
    """
    where, at = host or settings.host, port or settings.port
    if not 0 < at < 65536:
        raise InputError("port", f"{at} is not a port", "1 to 65535")
    keyed = _keys_exist(settings)
    if where not in _LOOPBACK and not keyed:
        accepted = f"{', '.join(_LOOPBACK)}, or any after `customs keys create`"
        raise InputError("host", f"{where!r} is public, and no key exists", accepted)
    import uvicorn
    from uvicorn.supervisors.multiprocess import Process

    from ui.http.patience import PatientProtocol

    os.environ[_KEYED] = "1" if keyed else "0"
    print(f"customs: serving on http://{where}:{at} (MCP at /mcp){' with keys' if keyed else ''}", file=sys.stderr)
    _hear_ends(Process)
    uvicorn.run(
        "ui.http.serve:from_environment", factory=True, host=where, port=at, workers=workers, log_config=None,
        access_log=False, server_header=False, timeout_graceful_shutdown=_LAST_STREAMS, http=PatientProtocol,
        timeout_worker_healthcheck=_HUNG, backlog=_WAITING,
        timeout_keep_alive=_IDLE,
    )  # fmt: skip


def _hear_ends(watched: type[Process]) -> None:
    """Leave a worker's end of its pipe to the worker: one killed while it is asked for its health is missed at once, not after `_HUNG`."""
    start = watched.start

    def started(self: Process) -> None:
        start(self)
        self.child_conn.close()

    watched.start = started  # type: ignore[method-assign]


def _keys_exist(settings: Settings) -> bool:
    from advisor.store import open_database
    from advisor.store.keys import Keys

    database = open_database(settings.home, settings.database_url)
    try:
        return Keys(database).any_usable()
    finally:
        database.close()
