"""What a check finds: the field, its box on both forms, the rule, how grave it is, what was expected and what stands there."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tools.inputs import Input
from tools.law.models import Lang, Localized
from tools.paperwork.boxes import form
from tools.result import Figure, Message

#: a note says what could not be verified; it is no fault
Severity = Literal["error", "warning", "note"]
#: field of an entry summary -> box of the 2024 form
BOXES = {
    "entry_number": "1", "entry_type": "2", "summary_date": "3", "surety_number": "4", "bond_type": "5", "bond_amount": "5",
    "port_code": "6", "entry_date": "7", "importing_carrier": "8", "mode_of_transport": "9", "country_of_origin": "10",
    "import_date": "11", "bill_number": "12", "manufacturer_id": "13", "exporting_country": "14", "export_date": "15",
    "it_number": "16", "it_date": "17", "missing_documents": "18", "foreign_port_of_lading": "19",
    "us_port_of_unlading": "20", "melt_and_pour": "21", "primary_smelt": "22", "secondary_smelt": "23", "cast": "24",
    "location_of_goods": "25", "consignee_number": "26", "importer_number": "27", "reference_number": "28",
    "ultimate_consignee": "29", "importer_of_record": "30", "line_no": "31", "description": "32", "hts_code": "33A",
    "tariffs": "33A", "adcvd_case": "33B", "gross_weight_kg": "34A", "manifest_quantity": "34B", "quantities": "35",
    "entered_value": "36A", "charges": "36B", "relationship": "36C", "program": "33A", "rate": "37", "row_duty": "38",
    "total_entered_value": "39", "duty": "41", "tax": "42", "fees": "43", "other": "43", "total": "44",
}  # fmt: skip


class Finding(Input):
    """One finding."""

    field: str
    box: str
    box_before: str | None
    rule: str
    severity: Severity
    message: Message
    expected: str | None = None
    found: str | None = None

    def said(self, lang: Lang) -> str:
        """The finding in one sentence, with its box and field."""
        name = next(box.name[lang] for box in form().box if box.number == self.box)
        words = {"box": self.box, "name": name, "field": self.field, "text": self.message.render(lang)}
        where = {name: Localized.model_validate(word) for name, word in words.items()}
        return Message(code=f"finding_{self.severity}", words=where).render(lang)


@cache
def codes() -> dict[str, Any]:
    """The code tables of the entry summary."""
    return tomllib.loads(Path(__file__).with_name("entry_codes.toml").read_text("utf-8"))


@cache
def _before() -> dict[str, str | None]:
    return {box.number: box.old for box in form().box}


def box_of(field: str) -> str:
    """The box of a field: `lines.2.tariffs.1.duty` is that of a line's duty.

    >>> box_of("lines.2.tariffs.1.duty"), box_of("fees.499"), box_of("duty")
    ('38', '43', '41')
    """
    words = [part for part in field.split(".") if not part.isdigit()]
    last = "row_duty" if words[-1] == "duty" and len(words) > 1 else words[-1]
    return BOXES[last]


class Findings:
    """Findings of one check, in the order of the boxes' discovery."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    def add(
        self, field: str, rule: str, *, expected: object = None, found: object = None, severity: Severity = "error",
        **words: str | Localized,
    ) -> None:  # fmt: skip
        """One finding; its message is `entry_RULE`, with what was expected and found as figures or words."""
        figures: dict[str, Figure] = {}
        texts = {name: Localized.model_validate(word) for name, word in words.items()}
        for name, value in (("expected", expected), ("found", found)):
            if isinstance(value, Decimal | date):
                unit = "date" if isinstance(value, date) else "USD"
                figures[name] = Figure(value=value, unit=unit, of=f"entry_{field.rpartition('.')[2]}")
            else:
                texts[name] = Localized.model_validate("" if value is None else str(value))
        box = box_of(field)
        self.all.append(
            Finding(
                field=field, box=box, box_before=_before()[box], rule=rule, severity=severity,
                message=Message(code=f"entry_{rule}", figures=figures, words=texts),
                expected=None if expected is None else _text(expected), found=None if found is None else _text(found),
            )
        )  # fmt: skip

    def has(self, field: str) -> bool:
        """Whether a field has a finding that is a fault."""
        return any(f.field == field and f.severity != "note" for f in self.all)


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
