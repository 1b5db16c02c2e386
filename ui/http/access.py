"""Who calls: the key, its tenant, what it may do, and how often."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from time import time
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItem, parse

from advisor.desk import LOCAL, Desk
from advisor.store.keys import SCOPES, Key
from ui.http.problems import Refused

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_FRESH = 2.0  # seconds a key read from the database is believed
_REMEMBERED = 4_096  # keys

#: the scheme of OpenAPI; a dependency of the framework's own for it would be solved with every request
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "a key made by `customs keys create`; none is needed on loopback",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request it is."""

    tenant: str
    key_id: str = ""
    scopes: frozenset[str] = frozenset(SCOPES)


class Gate:
    """Keys and rates of one worker.

    Args:
        desk: where keys are kept.
        keyed: whether a request without a key is refused.
    """

    def __init__(self, desk: Desk, *, keyed: bool) -> None:
        self._desk, self.keyed = desk, keyed
        self._lots: dict[str, _Held] = {}
        self._rates: dict[str, RateLimitItem] = {}
        self._known: dict[str, tuple[float, Key | None]] = {}

    async def admit(self, authorization: str, scope: str | None) -> Caller:
        """The caller of a request.

        Args:
            authorization: the header of that name.
            scope: what the key must be good for; None where that is decided later.

        Raises:
            Refused: no key, an unusable one, one without the scope, or one that asks too often.
        """
        kind, _sep, token = authorization.partition(" ")
        token = token.strip() if kind.lower() == "bearer" else ""
        if not token:
            if self.keyed:
                raise Refused(HTTPStatus.UNAUTHORIZED, "a key is needed: Authorization: Bearer ck_…", _CHALLENGE)
            return Caller(LOCAL)
        key = await self._find(token)
        if key is None:
            if not self.keyed and not token.startswith("ck_"):
                return Caller(LOCAL)  # clients that must send something send anything
            raise Refused(HTTPStatus.UNAUTHORIZED, "the key is not known, has ended or was revoked", _CHALLENGE)
        if scope is not None and scope not in key.scopes:
            raise Refused(HTTPStatus.FORBIDDEN, f"the key has no scope {scope}: {SCOPES[scope]}")
        await self._count(key)
        return Caller(key.tenant, key.id, key.scopes)

    async def _find(self, token: str) -> Key | None:
        held = self._known.get(token)
        if held is not None and time() - held[0] < _FRESH:
            return held[1]
        key = await asyncio.to_thread(self._desk.keys.find, token)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[token] = (time(), key)
        return key

    async def _count(self, key: Key) -> None:
        """One request of a key, against permits that all workers take from together."""
        text = key.rate or self._desk.settings.rate_limit
        rate = self._rates.get(text) or self._rates.setdefault(text, parse(text))
        if len(self._lots) >= _REMEMBERED:
            self._lots.clear()
        held = self._lots.setdefault(key.id, _Held())
        async with held.turn:
            now = datetime.now(UTC)
            if held.until <= now or not (held.number or held.empty):
                lot = await asyncio.to_thread(self._desk.rates.take, key.id, rate)
                held.number, held.until, held.empty = lot.number, lot.until, not lot.number
            if held.empty:
                again = max(1, math.ceil((held.until - now).total_seconds()))
                detail = f"more than {text} requests with this key; try again in {again} s"
                raise Refused(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": str(again)})
            held.number -= 1


class _Held:
    """Permits of one key that this worker took and has not handed out, or that there were none, and until when."""

    def __init__(self) -> None:
        self.turn, self.number, self.empty = asyncio.Lock(), 0, False
        self.until = datetime.min.replace(tzinfo=UTC)


async def desk_of(request: Request) -> Desk:
    """The desk of the app that serves a request; on the loop, for a thread would cost more than all else."""
    desk: Desk = request.app.state.desk
    return desk


def needs(scope: str) -> Callable[..., Awaitable[Caller]]:
    """A dependency: the caller, who must have a scope."""

    async def caller(request: Request) -> Caller:
        return await admitted(request, scope)

    return caller


async def admitted(request: Request, scope: str) -> Caller:
    """The caller of a request, who must have a scope.

    Raises:
        Refused: as `Gate.admit`.
    """
    gate: Gate = request.app.state.gate
    found = await gate.admit(request.headers.get("authorization", ""), scope)
    request.scope["state"].update(tenant=found.tenant, key_id=found.key_id)
    return found


AtDesk = Annotated[Desk, Depends(desk_of)]
#: the same where a route needs no caller, only that there is one who may
ASK, COMPUTE = [Depends(needs("ask"))], [Depends(needs("compute"))]
LIBRARY, METRICS = [Depends(needs("library"))], [Depends(needs("metrics"))]
MayAsk = Annotated[Caller, Depends(needs("ask"))]
MayCompute = Annotated[Caller, Depends(needs("compute"))]
MayKeep = Annotated[Caller, Depends(needs("library"))]
MayRead = Annotated[Caller, Depends(needs("records"))]
