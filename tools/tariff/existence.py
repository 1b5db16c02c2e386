"""Whether a code exists in a schedule on a day: yes, one level short, no, or not to be verified from what is held.

"No" is only said where it can be known: the code is malformed, its six digits are in no edition of the System, it was
retired, or a complete edition that rules the day does not have it. Everything else that is not found is not verifiable:
a selection of lines, or an edition older than the day asked, proves no absence.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from tools.errors import DataError, InputError
from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.bundled import LINES, bundled_revision, subheadings, whole_with_eight
from tools.tariff.codes import ccc_check_digit, compact, dotted
from tools.tariff.models import FULL, ScheduleName, TariffLine
from tools.tariff.schedule import Schedule
from tools.text.values import said

Exists = Literal["yes", "incomplete", "no", "not_verifiable"]
_SHOWN = 8  # codes named below one that is too short
_LEVELS = (2, 4, 6, 8, 10, 11)  # digits at which some schedule has rows
_NATIONAL = frozenset({"98", "99"})  # chapters the System leaves to each country


class Retired(Frozen):
    """A code that is no more, and where its goods may be found."""

    since: date | None = None
    see: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What is known of a code, with the row found and what is to be said."""

    exists: Exists
    line: TariffLine | None = None
    notes: list[Message] = field(default_factory=list)
    below: tuple[str, ...] = ()


def read_code(text: str, schedule: ScheduleName | None) -> tuple[str, ScheduleName]:
    """Digits of a code, and the schedule meant: by its length where none is named.

    Raises:
        InputError: no code of any level, or one longer than the schedule's.
    """
    digits = compact(text)
    name: ScheduleName = schedule or ("tw" if len(digits) == 11 else "us" if len(digits) > 6 else "hs")
    accepted = tuple(n for n in _LEVELS if n <= max(FULL[name]) and (name == "tw" or n != 11))
    if not (digits.isascii() and digits.isdigit() and len(digits) in accepted):
        some = ", ".join(map(str, accepted[:-1]))
        raise InputError("code", f"{said(text)} is no code", f"{some} or {accepted[-1]} digits such as 8517.13")
    return digits, name


def judge(digits: str, held: Schedule, on: date) -> Verdict:
    """What is known of a code on a day.

    Args:
        digits: a code of any level, as `read_code` gives it.
        held: the schedule it is looked for in.
        on: the day.
    """
    if len(digits) == 11 and digits[10] != (right := ccc_check_digit(digits[:10])):
        return Verdict("no", notes=[say("code_check_digit", right=dotted(digits[:10] + right))])
    found = held.find(digits, on)
    short = len(digits) < max(FULL[held.name])
    children = (held.children(digits, on) or held.below(digits, on, _SHOWN)) if short else ()
    if found and len(digits) > len(found.code) and not _whole(found, held, on):
        return Verdict("not_verifiable", found, [_unverifiable(digits, held, on)])
    if found and len(digits) in FULL[held.name] and not _statistical(found, digits, children, held, on):
        return Verdict("yes", found, [say("code_un_only")] if digits == "999999" else [])
    if found or children or _above_subheadings(digits, on):
        return _short(digits, held, found, children)
    if held.name == "hs" and digits in subheadings() and _in_system(on):
        return Verdict("yes", notes=[say("code_un_only")] if digits == "999999" else [])
    return _absent(digits, held, on)


def _statistical(found: TariffLine, digits: str, children: tuple[TariffLine, ...], held: Schedule, on: date) -> bool:
    """Whether an eight-digit number has statistical lines of its own to report under."""
    if children or len(found.code) > len(digits):
        return True
    return held.name == "us" and len(digits) < max(FULL["us"]) and not _whole(found, held, on)


def _whole(found: TariffLine, held: Schedule, on: date) -> bool:
    """Whether no statistical line stands below eight digits: as the edition has it, or by the list of such numbers."""
    return held.edition(on).complete or found.code.startswith("99") or found.code in whole_with_eight()


def _above_subheadings(digits: str, on: date) -> bool:
    """Whether a code is a chapter, heading or subheading of the System, and no subheading of the System is asked for."""
    return _in_system(on) and len(digits) < 6 and any(code.startswith(digits) for code in subheadings())


def _in_system(on: date) -> bool:
    system = bundled_revision("hs")
    return system.first_day <= on and (system.effective_to is None or on <= system.effective_to)


def _short(digits: str, held: Schedule, found: TariffLine | None, children: tuple[TariffLine, ...]) -> Verdict:
    below = [x.display_code for x in children]
    if not below and found and len(found.code) > len(digits):
        below = [found.display_code]
    if held.name == "hs" and not below:
        longer = {c[: 4 if len(digits) == 2 else 6] for c in subheadings() if c.startswith(digits)}
        below = [dotted(c) for c in sorted(longer)]
    wanted = max(FULL[held.name])
    notes = [say("code_short", code=dotted(digits), digits=str(wanted))]
    if held.name == "tw" and len(digits) == 10:
        notes = [say("code_without_check_digit", right=dotted(digits + ccc_check_digit(digits)))]
    elif below:
        notes.append(say("code_below", codes=", ".join(below[:_SHOWN])))
    return Verdict("incomplete", found, notes, tuple(below))


def _absent(digits: str, held: Schedule, on: date) -> Verdict:
    if gone := _retired(digits, held, on):
        see = ", ".join(dotted(c) for c in gone.see)
        return Verdict("no", notes=[say("code_retired_see", see=see) if see else say("code_retired")])
    edition = held.edition(on)
    if edition.settles(on) and held.name != "hs":
        near = ", ".join(x.display_code for x in _neighbours(digits, held, on))
        told = [say("code_not_in_edition", edition=edition.id)]
        return Verdict("no", notes=told + ([say("code_near", codes=near)] if near else []))
    if not _in_system(on):
        return Verdict("not_verifiable", notes=[say("code_before_system", day=on.isoformat())])
    world = digits[:6]
    if digits[:2] not in _NATIONAL or held.name == "hs":
        known = [code for code in subheadings() if code.startswith(world)]
        if not known:
            return Verdict("no", notes=[say("code_no_subheading", code=dotted(world))])
        if len(digits) == 6:
            return Verdict(
                "incomplete", notes=[say("code_short", code=dotted(digits), digits=str(max(FULL[held.name])))]
            )
    notes = [_unverifiable(digits, held, on)]
    if held.name == "tw" and len(digits) == 10:
        notes.append(say("code_without_check_digit", right=dotted(digits + ccc_check_digit(digits))))
    rate_line = held.find(digits[:8], on) if held.name == "us" and len(digits) == 10 else None
    if rate_line:
        notes.append(say("code_rate_line", code=rate_line.display_code))
    return Verdict("not_verifiable", rate_line, notes)


def _unverifiable(digits: str, held: Schedule, on: date) -> Message:
    edition = held.edition(on)
    if edition.complete:
        return say("code_beyond_edition", edition=edition.id, frontier=edition.frontier.isoformat(), schedule=held.name)
    return say("code_selection", code=dotted(digits[:6]), schedule=held.name)


def _neighbours(digits: str, held: Schedule, on: date) -> tuple[TariffLine, ...]:
    for size in (8, 6, 4):
        if size < len(digits) and (near := held.below(digits[:size], on, 4)):
            return near
    return ()


def _retired(digits: str, held: Schedule, on: date) -> Retired | None:
    table = retired()
    found = table.get(held.name, {}).get(digits) or table["hs"].get(digits[:6])
    since = (found.since if found else None) or bundled_revision(held.name).first_day
    return found if found and on >= since else None


@cache
def retired() -> dict[str, dict[str, Retired]]:
    """Codes once held and gone, by schedule.

    Raises:
        DataError: the bundled table is wrong.
    """
    file = LINES / "retired.toml"
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
        return TypeAdapter(dict[str, dict[str, Retired]]).validate_python(raw)
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


def say(key: str, /, **words: str) -> Message:
    """A note; its words are codes and days, the same in both languages."""
    return Message(code=key, words={k: Localized.model_validate(v) for k, v in words.items()})
