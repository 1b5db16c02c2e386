"""The letter to a carrier whose bill differs, in both languages; each figure of a calculation points to its receipt."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from tools.law.models import Lang, Localized
from tools.paperwork.bill_models import BillCheck, BillInput, Letter, LetterReceipt
from tools.text import format as write

_LANGUAGES: tuple[Lang, Lang] = ("zh-TW", "en")


@cache
def _texts() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(Path(__file__).with_name("letters.toml").read_text("utf-8"))
    return {name: text for name, text in raw.items() if name != "carriers"}


@cache
def carriers() -> dict[str, Localized]:
    """What carriers are called."""
    raw = tomllib.loads(Path(__file__).with_name("letters.toml").read_text("utf-8"))
    return {name: Localized.model_validate(text) for name, text in raw["carriers"].items()}


def letter_for(given: BillInput, found: BillCheck) -> Letter | None:
    """The letter; None where the bill agrees, or nothing certain can be held against it."""
    if found.verdict != "differs" or found.result is None or found.computed is None or found.overpaid is None:
        return None
    receipts = [LetterReceipt(number=1, of="computed", amount=found.computed, receipt=found.result.receipt)]
    for cause in found.causes:
        if cause.result is not None and cause.result.totals.total is not None:
            number = len(receipts) + 1
            total = cause.result.totals.total
            receipts.append(LetterReceipt(number=number, of=cause.code, amount=total, receipt=cause.result.receipt))
    texts = {lang: _written(given, found, receipts, lang) for lang in _LANGUAGES}
    return Letter(text=Localized.model_validate(texts), receipts=tuple(receipts))


def _written(given: BillInput, found: BillCheck, receipts: list[LetterReceipt], lang: Lang) -> str:
    def say(name: str, /, **values: str) -> str:
        return _texts()[name][lang].format(**values)

    def money(amount: Decimal) -> str:
        return write.figure(amount, found.currency, lang)

    number = f" {given.bill_number}" if given.bill_number else ""
    if number and lang == "zh-TW":
        number += " "
    dated = f"（{write.day(given.bill_date, lang)}）" if given.bill_date and lang == "zh-TW" else ""
    if given.bill_date and lang == "en":
        dated = f" of {write.day(given.bill_date, lang)}"
    carrier, on = carriers()[given.carrier][lang], write.day(found.on, lang)
    marks = {r.of: f"[{r.number}]" for r in receipts}
    rows = [say("subject", number=number), "", say("opening", carrier=carrier, number=number, dated=dated, on=on)]
    for group in found.groups:
        if group.computed is not None and group.difference:
            billed, computed = money(group.billed), money(group.computed)
            rows.append(say("row", name=group.name[lang], billed=billed, computed=computed, mark="[1]"))
    assert found.computed is not None
    rows.append(say("sums", billed=money(found.billed), computed=money(found.computed), mark="[1]"))
    told = [c for c in found.causes if c.code != "unexplained"]
    if told:
        rows += ["", say("causes")]
        rows += [say("cause", text=c.message.render(lang).rstrip("。."), mark=marks.get(c.code, "")) for c in told]
    assert found.overpaid is not None
    asks = "over" if found.overpaid > 0 else "under" if found.overpaid < 0 else "sum"
    rows += ["", say(asks, gap=money(abs(found.overpaid)))]
    if found.private:
        rows.append(say("private", private=money(found.private)))
    rows += ["", say("closing"), "", say("receipts")]
    rows += [f"[{r.number}] {money(r.amount)} {r.receipt}" for r in receipts]
    return "\n".join(row.rstrip() for row in rows)
