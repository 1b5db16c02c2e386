"""Settings: environment variables `CUSTOMS_…`, read once, checked at the door."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from tools.errors import InputError
from tools.text.dates import parse_date

_ZONES = {"tw": "Asia/Taipei", "us": "America/New_York"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose. Defaults run offline, on loopback, under the project's directory."""

    home: Path
    today_override: date | None = None
    model: str = "offline"
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_seconds: int = 60
    host: str = "127.0.0.1"
    port: int = 8000
    sync_addresses: Mapping[str, str] = field(default_factory=dict)

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
        default_home = Path(__file__).resolve().parent.parent / ".customs"
        return cls(
            home=Path(env.get("CUSTOMS_HOME") or default_home).expanduser(),
            today_override=parse_date(today, "CUSTOMS_TODAY") if today else None,
            model=check_model(env.get("CUSTOMS_MODEL") or "offline", "CUSTOMS_MODEL"),
            base_url=env.get("CUSTOMS_OPENAI_BASE_URL") or None,
            api_key=env.get("CUSTOMS_OPENAI_API_KEY") or None,
            host=env.get("CUSTOMS_HOST") or "127.0.0.1",
            port=int(port),
            sync_addresses={
                name: address for name in ("hs", "us", "tw") if (address := env.get(f"CUSTOMS_SYNC_{name.upper()}"))
            },
        )

    def today(self, clock: Literal["tw", "us"]) -> date:
        """The calendar day in Taipei or New York, unless `CUSTOMS_TODAY` fixes it."""
        return self.today_override or datetime.now(ZoneInfo(_ZONES[clock])).date()


def check_model(name: str, field: str) -> str:
    """A model's name: `offline` or `openai:NAME`.

    Raises:
        InputError: naming `field`.
    """
    if name == "offline" or (name.startswith("openai:") and len(name) > len("openai:")):
        return name
    raise InputError(field, f"{name!r} is not a model", "offline or openai:NAME")
