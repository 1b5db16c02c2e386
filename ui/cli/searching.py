"""`hs search` and `hs browse`: candidates for goods in words, and the tree of the nomenclature."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import CustomsError, InputError
from tools.inputs import read_input
from tools.result import Message
from tools.tariff.placing import nomenclature
from tools.tariff.search.lexicon import name_of
from tools.tariff.search.models import Candidate, Found, SearchInput
from tools.tariff.search.search import engine, search
from ui.cli.coding import schedule_named

if TYPE_CHECKING:
    from advisor.settings import Settings


def search_one(settings: Settings, text: str, schedule: str, limit: int, on: date | None, value: str | None, model: str | None, *, as_json: bool) -> None:  # fmt: skip
    """Print the candidates for one description."""
    found = _searched(settings, {"text": text, "schedule": schedule, "limit": limit, "on": on, "value": value}, model)
    if as_json:
        from ui.cli.common import emit

        emit(shape(None, found))
        return
    print("\n".join(_lines(found)))


def search_batch(settings: Settings, source: str, schedule: str, limit: int, on: date | None, value: str | None, model: str | None) -> None:  # fmt: skip
    """One result a line for each line of a file, in order; a bad line gives an error and the run goes on."""
    from ui.cli.common import read_source

    schedule_named(schedule)
    for number, line in enumerate(filter(str.strip, read_source(source, "batch").splitlines()), start=1):
        name: Any = number
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise InputError("line", f"line {number} is no object", '{"id", "text"}')
            name = row.get("id", number)
            text = row.get("text", row.get("query"))
            given = {"schedule": schedule, "limit": limit, "on": on, "value": value} | {
                k: row[k] for k in ("schedule", "limit", "on", "value") if k in row
            }
            out: dict[str, Any] = shape(name, _searched(settings, given | {"text": text}, model))
        except (ValueError, CustomsError) as error:
            out = {"id": name, "error": str(error)}
        print(json.dumps(out, ensure_ascii=False), flush=True)


def shape(name: Any, found: Found) -> dict[str, Any]:
    """A result as the contract has it."""
    return {"id": name, **found.model_dump(mode="json", by_alias=True)}


def _searched(settings: Settings, given: dict[str, Any], model: str | None) -> Found:
    schedule_named(str(given["schedule"]))
    if not str(given.get("text") or "").strip():
        raise InputError("text", "is empty", "what the goods are: name, material and use")
    wanted = read_input(SearchInput, {k: v for k, v in given.items() if v is not None})
    assert isinstance(wanted, SearchInput)
    engine(lambda said: print(said, file=sys.stderr))
    today = settings.today("us" if wanted.schedule == "us" else "tw")
    if model is None or model == "offline":
        return search(wanted, today)
    from advisor.classify.door import look_up

    return look_up(settings, wanted, today, model).found


def _both(message: Message) -> str:
    return f"{message.text['zh-TW']} / {message.text['en']}"


def _lines(found: Found) -> list[str]:
    out = []
    for part in found.parts:
        out += [f"# {part.text}", *(row for c in part.candidates for row in _of(c))]
    out += [row for candidate in found.candidates for row in _of(candidate)]
    if found.question:
        choices = "; ".join(f"{c.zh_TW} / {c.en}" for c in found.question.choices)
        out += [f"? {_both(found.question.question)}", f"    {choices}", f"    {_both(found.question.matters)}"]
    return out + [f"- {_both(note)}" for note in found.notes]


def _of(candidate: Candidate) -> list[str]:
    out = [
        f"{candidate.code}  {candidate.name.zh_TW} / {candidate.name.en}  [{candidate.confidence}, {candidate.score:.2f}]"
    ]
    out.append("    " + " > ".join(f"{level.code} {level.name.zh_TW}" for level in candidate.path))
    out += [f"    + {_both(reason)}" for reason in candidate.why]
    out += [f"    - {_both(reason)}" for reason in candidate.not_this_because]
    out += [f"    {column}: {cells}" for column, cells in candidate.rates.items()]
    return out


def browse(code: str | None, *, as_json: bool) -> None:
    """The sections and chapters, or what stands below a code.

    Raises:
        InputError, NotFound: no such chapter or heading.
    """
    from ui.cli.common import emit

    rows = _below(code)
    if as_json:
        emit([{"code": c, "name": {"zh-TW": zh, "en": en}} for c, zh, en in rows])
        return
    for listed, zh, en in rows:
        print(f"{listed:<8} {zh} / {en}")


def _below(code: str | None) -> list[tuple[str, str, str]]:
    from tools.tariff.bundled import subheadings
    from tools.tariff.codes import compact, dotted
    from tools.tariff.interpretation import chapters, place

    if code is None:
        return [(row.code, row.name.zh_TW, row.name.en) for row in chapters().values()]
    digits = compact(code)
    placed = place(digits)
    if len(digits) == 2:
        return [(row.code, row.name.zh_TW, row.name.en) for row in placed.headings]
    below = []
    for found in sorted(c for c in subheadings() if c.startswith(digits[:6])):
        name = name_of(found)
        heading = nomenclature(found[:4])
        named = name or (heading.name if heading else None)
        below.append((dotted(found), named.zh_TW if named else "", named.en if named else ""))
    if not below:
        raise InputError("code", f"nothing stands below {code}", "two, four or six digits such as 64 or 6404")
    return below
