"""The US low-value exemption as one table: origin, mode and interval, from the law held. Prints `docs/de-minimis-us.md`.

Origins and modes with the same rows stand on one row. The table is what `customs law de-minimis us` answers from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tools.law.models import MODES, LawValue
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.united_states.de_minimis import EXEMPTION, DeMinimisInput, de_minimis

COMMAND = "./.venv/bin/python -m tools.united_states.de_minimis_matrix"
_HEAD = f"""# The US low-value exemption: origin, mode, interval

Generated from `tools/law/us/de_minimis.toml`; do not edit by hand. Print it again with

```
{COMMAND} > docs/de-minimis-us.md
```

"Others" are all origins that no row names. *Since* is the first day of the unbroken state for that origin and mode, as
`customs law de-minimis us` answers it. Goods under antidumping orders or quotas, and certain excise goods, never qualified.

| origin | mode | from | to | open | since | instead | basis | certainty |
|---|---|---|---|---|---|---|---|---|
"""
_OTHERS = "ZZ"


def table(store: LawStore | None = None) -> str:
    """The whole page."""
    held = store or shipped_law()
    values = held.parameter(EXEMPTION).values
    origins = [*sorted({o for v in values for o in v.scope.origins}), _OTHERS]
    rows: dict[tuple[date, tuple[str, ...]], dict[str, list[str]]] = {}
    for origin in origins:
        for mode in MODES:
            for value in values:
                if value.scope.covers(origin, mode):
                    rows.setdefault((value.first_day, _cells(held, value, origin, mode)), {}).setdefault(
                        origin, []
                    ).append(mode)
    lines = []
    for (_, cells), where in sorted(rows.items(), key=lambda item: (sorted(item[1]), item[0][0])):
        for modes, named in _grouped(where):
            lines.append(f"| {named} | {modes} | {' | '.join(cells)} |")
    return _HEAD + "\n".join(lines) + "\n"


def _grouped(where: dict[str, list[str]]) -> Iterable[tuple[str, str]]:
    by_modes: dict[str, list[str]] = {}
    for origin, modes in where.items():
        shown = "any" if len(modes) == len(MODES) else ", ".join(modes)
        by_modes.setdefault(shown, []).append("others" if origin == _OTHERS else origin)
    return [(modes, ", ".join(origins)) for modes, origins in by_modes.items()]


def _cells(store: LawStore, value: LawValue, origin: str, mode: str) -> tuple[str, ...]:
    """What a row says, asked of the answer itself."""
    asked = DeMinimisInput.model_validate({"origin": "TW" if origin == _OTHERS else origin, "mode": mode})
    state = de_minimis(asked, as_of=value.first_day, store=store)
    return (
        str(value.effective_from or f"≤ {value.first_day}"),
        str(value.effective_to or "open"),
        "yes" if state.available else "no",
        str(state.since or "not known"),
        state.instead.en if state.instead and not state.available else "–",
        state.legal_basis,
        state.certainty,
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(table())
