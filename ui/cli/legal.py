"""`law`: dated values, and the US exemption."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import InputError, NotInForce
from tools.inputs import read_input
from tools.law.models import LawValue, Parameter
from tools.law.store import law
from tools.registry import clock_of
from tools.result import ParameterUsed

if TYPE_CHECKING:
    from advisor.settings import Settings


def show(settings: Settings, name: str, on: date | None, *, as_json: bool) -> None:
    """Values of a parameter or a topic on a day.

    Raises:
        NotInForce: a single parameter has no value for the day.
    """
    from ui.cli.common import emit

    parameters = law().show(name)
    day = on or settings.today(clock_of(name))
    rows = [row for p in parameters for row in _rows(p, day, single=len(parameters) == 1)]
    if as_json:
        emit(rows[0] if len(parameters) == 1 and len(rows) == 1 else rows)
        return
    for row in rows:
        span = f"{row['effective_from'] or row['evidenced_on']} – {row['effective_to'] or ''}"
        scope = f" {row['scope']}" if row["scope"] else ""
        print(
            f"{row['id']}{scope} = {row['value']} {row['unit']}  ({span}; {row['certainty']}; {row['source']['citation']['en']})"
        )


def _rows(parameter: Parameter, day: date, *, single: bool) -> list[dict[str, Any]]:
    held = [v for v in parameter.values if v.certainty != "expected"]
    found = [v for v in held if v.holds(day)]
    if not found and single:
        raise NotInForce(parameter.id, day, [(v.first_day, v.effective_to) for v in held])
    return [_row(parameter, v) for v in found]


def _row(parameter: Parameter, value: LawValue) -> dict[str, Any]:
    used = ParameterUsed.of(parameter.id, parameter.unit, value).model_dump(mode="json", by_alias=True)
    scope = value.scope.model_dump(mode="json", exclude_defaults=True)
    note = value.note.as_dict() if value.note else None
    return used | {"scope": scope, "label": parameter.label.as_dict(), "note": note}


def de_minimis_us(
    settings: Settings,
    country: str,
    origin: str,
    mode: str,
    on: str | None,
    value: str | None,
    *,
    gift: bool,
    as_json: bool,
) -> None:
    """State of the US exemption for one origin, mode and day."""
    from tools.united_states import DeMinimisInput, de_minimis
    from ui.cli.common import emit

    if country.lower() != "us":
        raise InputError("country", f"{country!r} is not held", "us")
    raw: dict[str, Any] = {"origin": origin.upper(), "mode": mode, "gift": gift}
    raw |= {k: v for k, v in (("on", on), ("value", value)) if v is not None}
    state = de_minimis(read_input(DeMinimisInput, raw), as_of=settings.today("us"))
    if as_json:
        emit(state.model_dump(mode="json", by_alias=True))
        return
    print(f"available: {'yes' if state.available else 'no'}  on {state.on} ({state.origin}, {state.mode})")
    if state.applies is not None:
        print(f"applies to {state.value}: {'yes' if state.applies else 'no'} (threshold {state.threshold})")
    print(f"since {state.since}, basis since {state.basis_since}, until {state.until or 'open'}: {state.legal_basis}")
    if state.instead and not state.available:
        print(f"instead: {state.instead.en}\n替代：{state.instead.zh_TW}")
