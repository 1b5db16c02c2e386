"""Questions about papers: boxes of Form 7501 by any numbering, entry numbers, bills of carriers, papers to have ready."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from advisor.offline.cues import says

_BOX = re.compile(
    r"第 ?(?P<from>\d{1,2}) ?(?:到|至|[-~–、和跟與]) ?(?:第 ?)?(?P<to>\d{1,2}) ?欄"
    r"|第 ?(?P<zh>\d{1,2}) ?(?P<zp>[A-D])? ?欄(?:位)? ?(?P<zq>[A-D](?![A-Za-z]))?|欄位 ?(?P<field>\d{1,2}) ?(?P<fp>[A-D](?![A-Za-z]))?"
    r"|\b(?:box(?:es)?|field) (?:no\.? ?)?(?P<en>\d{1,2})(?![\d.]) ?(?P<ep>[A-D](?![A-Za-z]))?(?: ?(?:to|-|–) ?(?P<ento>\d{1,2}))?",
    re.IGNORECASE,
)
_FORM = re.compile(r"7501|指南|表格|報單|\bguide\b|entry summary|\bform\b", re.IGNORECASE)
#: columns of the Taiwan tariff are numbered as well, from 1 to 3
_TARIFF_COLUMN = re.compile(r"稅率|稅則|國定|優惠|協定|column", re.IGNORECASE)
_NUMBERINGS = (
    ("2024", re.compile(r"(?:2024|新版|新表|\bnew\b).{0,12}(?:7501|第 ?\d|box|form)", re.IGNORECASE)),
    (
        "guide",
        re.compile(
            r"指南|教學|網路上|網上|online guide|\bguide\b|36 ?(?:個欄|field)|36 ?欄(?=的|位|指南|教學)", re.IGNORECASE
        ),
    ),
    ("before", re.compile(r"舊版|舊表|舊的|改版前|\bold(?:er)?\b|before 2024|pre-2024", re.IGNORECASE)),
    ("2024", re.compile(r"2024|新版|新表|\bnew form\b", re.IGNORECASE)),
)
_ENTRY_NUMBER = re.compile(r"(?<![\w-])(?P<number>[A-Z0-9]{3}-\d{7}-\d)(?![\w-])", re.IGNORECASE)
_PAPERS = re.compile(
    r"(?:準備|備妥|備齊|檢附).{0,6}(?:什麼|哪些).{0,4}(?:文件|單據|資料)|(?:需要|要|該|得)(?:有|備|附|辦|交|提供|準備|填|出)?(?:什麼|哪些|甚麼)(?:文件|單據|證件|手續)"
    r"|\b(?:which|what) (?:documents?|papers|paperwork)\b.{0,40}\b(?:need|have|prepare|ready|required|for)\b",
    re.IGNORECASE,
)
_MOST, _COLUMNS = 4, 3


def boxes_asked(text: str) -> tuple[str, ...]:
    """Numbers of boxes a message asks about; none where it is about something else."""
    found: list[str] = []
    for match in _BOX.finditer(text):
        first, last = match["from"] or match["en"], match["to"] or match["ento"]
        if match["from"] or (match["en"] and last):
            low, high = int(first), int(last)
            apart = re.search(r"[、和跟與]", match[0])
            found += [str(low), str(high)] if apart else [str(n) for n in range(low, min(high, low + _MOST) + 1)]
            continue
        number = match["zh"] or match["field"] or match["en"]
        part = match["zp"] or match["zq"] or match["fp"] or match["ep"] or ""
        found.append(f"{int(number)}{part.upper()}")
    if not found:
        return (named_box(text),) if _names().form.search(text) and _asks_box(text) else ()
    if not _FORM.search(text):
        bare = all(box.isdigit() and int(box) <= _COLUMNS for box in found) and "欄位" not in text
        if bare or _TARIFF_COLUMN.search(text):
            return ()
    return tuple(dict.fromkeys(found))[:_MOST]


class _Names(NamedTuple):
    """Boxes by the names people give them; words that ask where a thing is written, and that name the form."""

    asks: re.Pattern[str]
    beside: str
    countries: str
    form: re.Pattern[str]
    boxes: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _names() -> _Names:
    held = tomllib.loads(Path(__file__).with_name("box_names.toml").read_text("utf-8"))
    asks, form = (re.compile(held[key], re.IGNORECASE) for key in ("asks", "form"))
    return _Names(
        asks,
        held["beside"],
        held["countries"],
        form,
        tuple((n, re.compile(words, re.IGNORECASE)) for n, words in held["box"].items()),
    )


def _asks_box(text: str) -> bool:
    """Whether it is asked in which box a thing that has a name stands."""
    return bool(_names().asks.search(text) and named_box(text))


def named_box(text: str) -> str:
    """The box whose contents a text names; empty where it names none.

    >>> named_box("and the country of origin?"), named_box("稅號呢")
    ('10', '33A')
    """
    return next((number for number, words in _names().boxes if words.search(text)), "")


def of_form(text: str, tool_before: str | None, text_before: str = "") -> str:
    """A message that names what a box may hold, after one about boxes or the form, as a question of its own.

    >>> of_form("and the gross weight?", "form_7501_box"), of_form("and the duty?", None)
    ('and the gross weight? (7501: which box)', 'and the duty?')
    >>> of_form("then which box has the port code?", None, "is it the filer code on the 7501?")
    'then which box has the port code? (7501: which box)'
    """
    if tool_before == "form_7501_box" and _OF_BOTH.search(text) and not _BOX.search(text):
        return f"{text} {_names().countries}"
    if tool_before == "form_7501_box" and len(text) < _BARE and not named_box(text) and numbering_of(text):
        return f"{text} {text_before}"  # and on the old form
    if not named_box(text) or _BOX.search(text) or _names().form.search(text) or "$" in text:
        return text
    goes_on = tool_before == "form_7501_box" and len(text) < (_SHORT if _CHINESE.search(text) else _LONG)
    asks = _names().form.search(text_before) is not None and _asks_box(text)
    return f"{text} {_names().beside}" if goes_on or asks else text


#: where goods were made and from where they were sent, and what is to be written
_OF_BOTH = re.compile(
    r"^(?=.*(?:製|做|產|made|manufactur|produced|sewn))(?=.*(?:出貨|寄|運|出口|轉|ship|sent|export|via|through))(?=.*(?:(?:寫|填|放|報)(?:什麼|哪|誰|在)|\b(?:write|put|enter|goes?|box(?:es)?)\b))",
    re.IGNORECASE,
)
_BARE = 24  # characters of a message that names nothing but the form
_SHORT, _LONG = 48, 80  # characters of a message that goes on, and of one in English
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def numbering_of(text: str) -> str | None:
    """Which numbering the words mean, where they say it."""
    return next((name for name, words in _NUMBERINGS if words.search(text)), None)


def entry_number_in(text: str) -> str | None:
    """An entry number of CBP in a text."""
    match = _ENTRY_NUMBER.search(text)
    return match["number"].upper() if match else None


def paper_asked(text: str) -> str | None:
    """The tool for papers that a message wants."""
    if entry_number_in(text):
        return "us_entry_number"
    if boxes_asked(text):
        return "form_7501_box"
    return "import_papers" if _PAPERS.search(text) and not _FORM.search(text) else None


def permits_asked(text: str) -> bool:
    """Whether it is asked if goods may come in, or by whose leave."""
    return says(text, "permits") and not _FORM.search(text)


def paper_calls(
    tool: str, text: str, destination: str, route: str | None, amount: str | None = None, code: str | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """Calls that answer a message about papers.

    Args:
        destination: us or tw.
        route: how the goods go, where it was said.
        amount: an amount to be written in the box.
        code: number of the goods, where it is known.
    """
    if tool == "import_papers":
        told = {"destination": destination, "goods": text[:300]}
        return [(tool, told | ({"route": route} if route else {}) | ({"code": code} if code else {}))]
    if tool == "us_entry_number":
        return [(tool, {"number": entry_number_in(text) or ""})]
    numbering = numbering_of(text)
    more: dict[str, Any] = {"numbering": numbering} if numbering else {}
    if not _BOX.search(text):
        more = {"numbering": "2024"} | ({"value": amount} if amount is not None else {})
    return [(tool, {"box": box, **more}) for box in boxes_asked(text)]
