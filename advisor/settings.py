"""Settings: environment variables `CUSTOMS_…`, read once, checked at the door."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from tools.errors import InputError
from tools.text.dates import parse_date

if TYPE_CHECKING:
    from corpus.stores import Stores

_ZONES = {"tw": "Asia/Taipei", "us": "America/New_York"}
_SECONDS, _MOST_SECONDS = 60, 3_600
_TOKENS, _MOST_TOKENS = 200_000, 100_000_000  # a question; a loop of calls ends here whatever else fails

_REQUEST, _DAYS = 60, 99_999  # seconds of a request; days that anything is kept


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose. Defaults run offline, on loopback, under the project's directory."""

    home: Path
    today_override: date | None = None
    model: str = "offline"
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_seconds: int = _SECONDS
    budget_tokens: int | None = _TOKENS
    budget_dollars_a_day: Decimal | None = None
    price_input: Decimal | None = None
    price_output: Decimal | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    sync_addresses: Mapping[str, str] = field(default_factory=dict)
    database_url: str | None = field(default=None, repr=False)
    rate_limit: str = "600/minute"
    audit_text: bool = True
    retention_days: int = 0
    request_seconds: int = _REQUEST
    chroma_url: str | None = None
    otlp_url: str | None = None
    embedding: str = "e5"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read `CUSTOMS_…` variables.

        Raises:
            InputError: naming the variable that cannot be used.
        """
        env = os.environ if environment is None else environment
        today, port = env.get("CUSTOMS_TODAY"), env.get("CUSTOMS_PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise InputError("CUSTOMS_PORT", f"{port!r} is not a port", "1 to 65535")
        prices = [_dollars(env, f"CUSTOMS_PRICE_{end}") for end in ("INPUT", "OUTPUT")]
        if len([p for p in prices if p is None]) == 1:
            raise InputError(
                "CUSTOMS_PRICE_INPUT", "one price without the other", "both, in US dollars for a million tokens"
            )
        budget = _dollars(env, "CUSTOMS_BUDGET_USD")
        if budget is not None and prices[0] is None:
            raise InputError("CUSTOMS_BUDGET_USD", "needs prices", "also CUSTOMS_PRICE_INPUT and CUSTOMS_PRICE_OUTPUT")
        default_home = Path(__file__).resolve().parent.parent / ".customs"
        return cls(
            home=Path(env.get("CUSTOMS_HOME") or default_home).expanduser(),
            today_override=parse_date(today, "CUSTOMS_TODAY") if today else None,
            model=check_model(env.get("CUSTOMS_MODEL") or "offline", "CUSTOMS_MODEL"),
            base_url=env.get("CUSTOMS_OPENAI_BASE_URL") or None,
            api_key=env.get("CUSTOMS_OPENAI_API_KEY") or None,
            timeout_seconds=_whole(env, "CUSTOMS_MODEL_TIMEOUT", _SECONDS, _MOST_SECONDS),
            budget_tokens=_whole(env, "CUSTOMS_BUDGET_TOKENS", _TOKENS, _MOST_TOKENS),
            budget_dollars_a_day=budget,
            price_input=prices[0],
            price_output=prices[1],
            host=env.get("CUSTOMS_HOST") or "127.0.0.1",
            port=int(port),
            database_url=env.get("CUSTOMS_DATABASE_URL") or None,
            rate_limit=env.get("CUSTOMS_RATE_LIMIT") or "600/minute",
            audit_text=_one_of(env, "CUSTOMS_AUDIT_TEXT", ("keep", "hash")) == "keep",
            retention_days=_whole(env, "CUSTOMS_RETENTION_DAYS", 1, _DAYS) if env.get("CUSTOMS_RETENTION_DAYS") else 0,
            request_seconds=_whole(env, "CUSTOMS_REQUEST_SECONDS", _REQUEST, _MOST_SECONDS),
            sync_addresses={
                name: address for name in ("hs", "us", "tw") if (address := env.get(f"CUSTOMS_SYNC_{name.upper()}"))
            },
            chroma_url=_address(env.get("CUSTOMS_CHROMA_URL"), "CUSTOMS_CHROMA_URL"),
            otlp_url=_address(env.get("CUSTOMS_OTLP_URL"), "CUSTOMS_OTLP_URL"),
            embedding=_embedding(env.get("CUSTOMS_EMBEDDING") or "e5"),
        )

    @property
    def stores(self) -> Stores:
        """Where the policy library keeps its vectors, and what makes them."""
        from corpus.stores import Stores  # what quotes need of the settings loads nothing of the library

        return Stores(self.chroma_url, self.embedding, self.base_url, self.api_key)

    def today(self, clock: Literal["tw", "us"]) -> date:
        """The calendar day in Taipei or New York, unless `CUSTOMS_TODAY` fixes it."""
        return self.today_override or datetime.now(ZoneInfo(_ZONES[clock])).date()


def _whole(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number of a variable.

    Raises:
        InputError: naming the variable.
    """
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or not 0 < int(text) <= most:
        raise InputError(name, f"{text!r} cannot be used", f"a whole number, 1 to {most}")
    return int(text)


def _dollars(env: Mapping[str, str], name: str) -> Decimal | None:
    """An amount of US dollars of a variable, None when it is not set.

    Raises:
        InputError: naming the variable.
    """
    text = env.get(name)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text, re.ASCII):
        raise InputError(name, f"{text!r} is not an amount", "US dollars, such as 2.50")
    return Decimal(text)


def _one_of(env: Mapping[str, str], name: str, accepted: tuple[str, ...]) -> str:
    """One of a few words; the first when nothing is set."""
    given = env.get(name) or accepted[0]
    if given not in accepted:
        raise InputError(name, f"{given!r} is not known", " or ".join(accepted))
    return given


def _address(text: str | None, field: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"https?://[^\s/]+/?", text):
        raise InputError(field, f"{text!r} is not an address", "http://host:port")
    return text


def _embedding(name: str) -> str:
    if name in ("e5", "hashed") or (name.startswith("openai:") and len(name) > len("openai:")):
        return name
    raise InputError("CUSTOMS_EMBEDDING", f"{name!r} is not an embedding", "e5, hashed or openai:NAME")


def check_model(name: str, field: str) -> str:
    """A model's name: `offline` or `openai:NAME`.

    Raises:
        InputError: naming `field`.
    """
    if name == "offline" or (name.startswith("openai:") and len(name) > len("openai:")):
        return name
    raise InputError(field, f"{name!r} is not a model", "offline or openai:NAME")
