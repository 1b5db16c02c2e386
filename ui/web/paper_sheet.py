"""Worksheets on paper: an entry summary with its boxes, findings and recomputation. Every page says that it is not for filing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.labels import label
from tools.law.models import Lang
from tools.paperwork.bill_letter import carriers
from tools.paperwork.bill_models import BillCheck, BillInput
from tools.paperwork.boxes import form
from tools.paperwork.entry_check import EntryCheck
from tools.paperwork.entry_inputs import EntryLine, EntrySummary
from tools.paperwork.findings import BOXES
from ui.web.pdf import Paper
from ui.web.words import Words

_HEADER = (
    "entry_number", "entry_type", "summary_date", "surety_number", "bond_type", "port_code", "entry_date", "importing_carrier",
    "mode_of_transport", "country_of_origin", "import_date", "bill_number", "manufacturer_id", "exporting_country",
    "export_date", "it_number", "it_date", "missing_documents", "foreign_port_of_lading", "us_port_of_unlading",
    "location_of_goods", "consignee_number", "importer_number", "reference_number", "ultimate_consignee",
    "importer_of_record",
)  # fmt: skip
_LINE = (
    "description", "country_of_origin", "melt_and_pour", "primary_smelt", "secondary_smelt", "cast", "adcvd_case",
    "gross_weight_kg", "manifest_quantity", "entered_value", "charges", "relationship", "program",
)  # fmt: skip
_TOTALS = ("total_entered_value", "duty", "tax", "other", "total")


def paper(title: str, lang: Lang) -> Paper:
    """An empty worksheet: the mark stands in the title and under every page."""
    words = Words(lang)
    mark = words("paper.not_for_filing")
    return Paper(
        f"{title}（{mark}）" if lang == "zh-TW" else f"{title} ({mark})", f"{mark} · {words('nav.info')}", lang
    )


def entry_sheet(summary: EntrySummary, check: EntryCheck, lang: Lang) -> bytes:
    """An entry summary as a worksheet."""
    words = Words(lang)
    made = paper(words("paper.sheet_entry"), lang)
    made.text(check.verdict.render(lang))
    made.text(check.boundary.render(lang))
    made.heading(words("paper.findings"))
    if check.findings:
        made.row([words("paper.box"), words("paper.before"), words("paper.rule"), words("paper.said")])
    for finding in check.findings:
        said = f"{words(f'paper.{finding.severity}')}: {finding.message.render(lang)}"
        made.row([finding.box, finding.box_before or "—", finding.field, said])
    made.heading(words("paper.header"))
    _head(made, words)
    for field in _HEADER:
        _box(made, field, getattr(summary, field), lang)
    for line in summary.lines:
        _line(made, line, words)
    made.heading(words("paper.totals"))
    _head(made, words)
    for field in _TOTALS:
        _box(made, field, getattr(summary, field), lang)
    for fee in summary.fees:
        made.row(["43", "39", fee.class_code, _shown(fee.amount)])
    made.heading(words("paper.differences"))
    made.row([words("paper.name"), words("paper.written"), words("paper.again")])
    for difference in check.differences:
        made.row([label(difference.key)[lang], _shown(difference.written), _shown(difference.recomputed)])
    if check.result is not None:
        made.text(check.result.receipt)
    return made.made()


def bill_sheet(given: BillInput, check: BillCheck, lang: Lang) -> bytes:
    """A carrier's bill as a worksheet, with the letter where there is one."""
    words = Words(lang)
    made = paper(words("paper.sheet_bill"), lang)
    head = [carriers()[given.carrier][lang], given.bill_number, _shown(given.bill_date or ""), check.on.isoformat()]
    made.text(" · ".join(part for part in head if part))
    made.heading(words("paper.findings"))
    for message in check.said:
        made.text(f"- {message.render(lang)}")
    made.heading(words("paper.lines"))
    made.row([words("paper.name"), words("paper.kind"), words("paper.amount")])
    for line in check.lines:
        kind = "government" if line.government else "private" if line.government is False else "unknown"
        name = line.name[lang] if line.name else "—"
        made.row([line.label, f"{words(f'paper.{kind}')}: {name}", _shown(line.amount)])
    made.heading(words("paper.differences"))
    made.row([words("paper.name"), words("paper.written"), words("paper.again")])
    for group in check.groups:
        made.row([group.name[lang], _shown(group.billed), _shown(group.computed)])
    made.heading(words("paper.clocks"))
    for message in (*check.clocks, check.boundary):
        made.text(f"- {message.render(lang)}")
    if check.letter is not None:
        made.heading(words("paper.letter"))
        for row in check.letter.text[lang].splitlines():
            made.text(row)
    if check.result is not None:
        made.text(check.result.receipt)
    return made.made()


def _head(made: Paper, words: Words) -> None:
    made.row([words(f"paper.{name}") for name in ("box", "before", "name", "value")])


def _box(made: Paper, field: str, value: object, lang: Lang) -> None:
    """One box with its numbers and name; empty ones are left out."""
    if value in ("", None):
        return
    box = next(b for b in form().box if b.number == BOXES[field])
    made.row([box.number, box.old or "—", box.name[lang], _shown(value)])


def _line(made: Paper, line: EntryLine, words: Words) -> None:
    made.heading(f"{words('paper.line')} {line.line_no}")
    made.row([words("paper.code"), words("paper.rate"), words("paper.amount")])
    for row in line.tariffs:
        made.row([row.hts_code, row.rate, _shown(row.duty)])
    made.text("")
    _head(made, words)
    for field in _LINE:
        _box(made, field, getattr(line, field), words.lang)
    quantities = ", ".join(f"{amount:f} {unit}" for unit, amount in line.quantities.items())
    _box(made, "quantities", quantities, words.lang)


def _shown(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value.isoformat() if isinstance(value, date) else str(value)
