"""One file over HTTP: whole, in time, not too large, not a page; tried again where trying again can help."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from tools.errors import InputError, ServiceError

_LARGEST = 100_000_000  # bytes on the wire: several times the largest official file
_TRIES, _REDIRECTS = 4, 5
_AGAIN = frozenset(
    {
        httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_EARLY, httpx.codes.TOO_MANY_REQUESTS,
        httpx.codes.INTERNAL_SERVER_ERROR, httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE,
        httpx.codes.GATEWAY_TIMEOUT,
    }
)  # fmt: skip
_NAMED = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a fetch may take.

    Args:
        silence: seconds without a byte.
        whole: seconds for the whole file.
        pause: seconds before the second try; doubled before each further one.
    """

    silence: float = 30
    whole: float = 300
    pause: float = 1


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back; no content where the publisher says it is as it was."""

    content: bytes | None
    name: str
    etag: str | None
    modified: str | None


class _TryAgain(Exception):
    """A failure that may pass."""


def fetch(url: str, *, etag: str | None, modified: str | None, patience: Patience) -> Fetched:
    """The file at an address, unless it is the one already held.

    Raises:
        InputError: the address is none that is fetched.
        ServiceError: nothing whole came back, after as many tries as make sense.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise InputError("url", f"{url!r} is not fetched", "an https address")
    asked = {"User-Agent": "customs-advisor data sync", "Accept-Encoding": "gzip, identity"}
    asked |= {"If-None-Match": etag} if etag else {}
    asked |= {"If-Modified-Since": modified} if modified else {}
    attempts = Retrying(
        retry=retry_if_exception_type(_TryAgain), stop=stop_after_attempt(_TRIES), reraise=True,
        wait=wait_exponential(multiplier=patience.pause, max=30),
    )  # fmt: skip
    try:
        return attempts(_once, url, asked, patience)
    except _TryAgain as error:
        raise ServiceError(f"{parts.netloc}: {error} ({_TRIES} tries)") from error


def _once(url: str, asked: dict[str, str], patience: Patience) -> Fetched:
    host = urlsplit(url).netloc
    client = httpx.Client(timeout=patience.silence, follow_redirects=True, max_redirects=_REDIRECTS, trust_env=True)
    try:
        with client, client.stream("GET", url, headers=asked) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(None, "", asked.get("If-None-Match"), asked.get("If-Modified-Since"))
            if answer.status_code in _AGAIN:
                raise _TryAgain(f"answered {answer.status_code}")
            if answer.status_code != httpx.codes.OK:
                raise ServiceError(f"{host}: answered {answer.status_code}")
            content = _body(answer, host, patience.whole)
            return Fetched(content, _name(answer), answer.headers.get("etag"), answer.headers.get("last-modified"))
    except httpx.TooManyRedirects as error:
        raise ServiceError(f"{host}: redirects without end") from error
    except httpx.DecodingError as error:
        raise _TryAgain("sent a body that cannot be unpacked") from error
    except httpx.TransportError as error:
        raise _TryAgain(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__) from error


def _body(answer: httpx.Response, host: str, seconds: float) -> bytes:
    """The whole body.

    Raises:
        ServiceError: it is empty, a page, or too large.
    """
    ends, chunks, size = time.monotonic() + seconds, [], 0
    for chunk in answer.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            raise ServiceError(f"{host}: sends more than any schedule holds")
        if time.monotonic() > ends:
            raise _TryAgain(f"did not finish in {seconds:g} seconds")
    content = b"".join(chunks)
    if not content.strip():
        raise _TryAgain("sent nothing")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ServiceError(f"{host}: sent a page where a file was expected")
    return content


def _name(answer: httpx.Response) -> str:
    """The file's name, as the publisher gives it or as it stands in the address."""
    stated = _NAMED.search(answer.headers.get("content-disposition", ""))
    name = unquote(stated[1]) if stated else answer.url.path.rsplit("/", 1)[-1]
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "download"
