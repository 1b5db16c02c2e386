"""Checks of the header of an entry summary: numbers, codes and dates, each against its own form and against its neighbours."""

from __future__ import annotations

import re
from datetime import timedelta

from tools.inputs import country_codes
from tools.law.store import LawStore
from tools.paperwork.entry_inputs import EntrySummary
from tools.paperwork.entry_number import EntryNumberInput, read_entry_number
from tools.paperwork.findings import Findings, codes
from tools.paperwork.workdays import workdays_after

_IMPORTER = re.compile(r"\d{2}-\d{7}(?:[A-Z0-9]{2})?|\d{3}-\d{2}-\d{4}|\d{6}-\d{5}")
_MID = re.compile(r"[A-Z]{2}[A-Z0-9]{1,13}")
_CASE = re.compile(r"[AC]-?\d{3}-?\d{3}-?\d{3}")
_FIRMS = re.compile(r"[A-Z0-9]{4}|GO.*", re.IGNORECASE)
_FOUR, _FIVE, _THREE = re.compile(r"\d{4}"), re.compile(r"\d{5}"), re.compile(r"\d{3}")
_CARRIER = {"4": re.compile(r"[A-Z0-9]{2}"), "3": re.compile(r"[A-Z]{2,4}"), "2": re.compile(r"[A-Z]{2,4}")}
_BILL = {
    "1": re.compile(r"[A-Z]{2,4}[A-Z0-9-]{3,20}"),
    "2": re.compile(r"[A-Z]{2,4}[A-Z0-9-]{3,20}"),
    "3": re.compile(r"[A-Z]{2,4}[A-Z0-9-]{3,20}"),
    "4": re.compile(r"\d{3}[- ]?\d{8}|[A-Z0-9]{8,20}"),
    "5": re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}"),
}
#: boxes that every summary fills in
_NEEDED = (
    "entry_number", "entry_type", "summary_date", "bond_type", "port_code", "mode_of_transport", "country_of_origin",
    "import_date", "bill_number", "manufacturer_id", "exporting_country", "export_date", "importer_number",
    "consignee_number",
)  # fmt: skip
MULTI = "MULTI"
VESSEL = "1"


def mode_of(summary: EntrySummary) -> str:
    """First digit of a known mode of transport; empty where it is none."""
    code = summary.mode_of_transport
    return code[0] if code in codes()["modes"] else ""


def check_header(summary: EntrySummary, found: Findings, store: LawStore) -> None:
    """All checks of the header."""
    for field in _NEEDED:
        if getattr(summary, field) in ("", None):
            found.add(field, "box_empty", severity="warning")
    _entry_number(summary, found)
    _entry_type(summary, found)
    _bond(summary, found)
    _ports(summary, found)
    _transport(summary, found)
    _countries(summary, found)
    _parties(summary, found)
    _dates(summary, found, store)


def _entry_number(summary: EntrySummary, found: Findings) -> None:
    if not summary.entry_number:
        return
    read = read_entry_number(EntryNumberInput(number=summary.entry_number))
    if not read.well_formed:
        found.add("entry_number", "entry_number_format", expected="XXX-NNNNNNN-C", found=summary.entry_number)
    elif not read.valid:
        found.add("entry_number", "check_digit", expected=read.right_check_digit, found=read.check_digit)


def _entry_type(summary: EntrySummary, found: Findings) -> None:
    """Whether the type exists on the day, and fits the cases of antidumping and countervailing duty on the lines."""
    code, tables = summary.entry_type, codes()
    if not code:
        return
    ended = tables["ended"].get(code)
    cases = [line.adcvd_case for line in summary.lines if line.adcvd_case]
    if ended is not None and summary.entry_date > ended:
        found.add("entry_type", "entry_type_ended", expected=ended, found=code)
    elif code not in tables["types"] and ended is None:
        found.add("entry_type", "entry_type_code", found=code)
    elif code in tables["kinds"]["case"] and not cases:
        found.add("entry_type", "type_without_case", found=code)
    elif cases and code in tables["kinds"]["checked"] and code not in tables["kinds"]["case"]:
        found.add("entry_type", "type_for_case", expected=tables["kinds"]["case"][0], found=code)
    for number, line in enumerate(summary.lines, start=1):
        if line.adcvd_case and not _CASE.fullmatch(line.adcvd_case.upper()):
            found.add(f"lines.{number}.adcvd_case", "case_format", expected="A-583-000-000", found=line.adcvd_case)


def _bond(summary: EntrySummary, found: Findings) -> None:
    bond, surety, tables = summary.bond_type, summary.surety_number, codes()
    if bond and bond not in tables["bonds"]:
        found.add("bond_type", "bond_type_code", expected=", ".join(tables["bonds"]), found=bond)
    elif bond == "0" and summary.entry_type not in tables["kinds"]["bondless"]:
        found.add("bond_type", "bond_missing", found=bond)
    elif bond and bond != "0" and not surety:
        found.add("surety_number", "surety_missing")
    if surety and not _THREE.fullmatch(surety):
        found.add("surety_number", "surety_format", found=surety)


def _ports(summary: EntrySummary, found: Findings) -> None:
    for field in ("port_code", "us_port_of_unlading"):
        if (code := getattr(summary, field)) and not _FOUR.fullmatch(code):
            found.add(field, "port_format", found=code)
        elif code and code not in codes()["ports"]:
            found.add(field, "port_not_held", found=code, severity="note")
    lading = summary.foreign_port_of_lading
    if lading and not _FIVE.fullmatch(lading):
        found.add("foreign_port_of_lading", "foreign_port_format", found=lading)
    if (place := summary.location_of_goods) and not _FIRMS.fullmatch(place):
        found.add("location_of_goods", "firms_format", found=place)


def _transport(summary: EntrySummary, found: Findings) -> None:
    code, mode = summary.mode_of_transport, mode_of(summary)
    if code and not mode:
        found.add("mode_of_transport", "mode_code", found=code)
    carrier, bill = summary.importing_carrier.upper(), summary.bill_number.upper()
    if carrier and mode in _CARRIER and not _CARRIER[mode].fullmatch(carrier):
        found.add("importing_carrier", "carrier_code", found=summary.importing_carrier)
    if bill and mode in _BILL and not _BILL[mode].fullmatch(bill):
        found.add("bill_number", "bill_number_format", found=summary.bill_number, severity="warning")


def _countries(summary: EntrySummary, found: Findings) -> None:
    known = country_codes()
    header = summary.country_of_origin
    if header and header not in known and header != MULTI:
        found.add("country_of_origin", "country_code", found=header)
    if summary.exporting_country and summary.exporting_country not in known:
        found.add("exporting_country", "country_code", found=summary.exporting_country)
    origins = []
    for number, line in enumerate(summary.lines, start=1):
        for field in (
            "country_of_origin",
            "exporting_country",
            "melt_and_pour",
            "primary_smelt",
            "secondary_smelt",
            "cast",
        ):
            if (code := getattr(line, field)) and code not in known:
                found.add(f"lines.{number}.{field}", "country_code", found=code)
        if line.country_of_origin in known:
            origins.append(line.country_of_origin)
    others = sorted({code for code in origins if code != header})
    if header in known and others:
        found.add("country_of_origin", "origin_against_lines", expected=", ".join(others), found=header)


def _parties(summary: EntrySummary, found: Findings) -> None:
    for field in ("importer_number", "consignee_number", "reference_number"):
        if (number := getattr(summary, field)) and not _IMPORTER.fullmatch(number.upper()):
            found.add(field, "importer_number_format", found=number)
    if maker := summary.manufacturer_id:
        if not _MID.fullmatch(maker):
            found.add("manufacturer_id", "mid_format", found=maker)
        elif maker[:2] not in country_codes() and maker[:2] not in codes()["provinces"]["codes"]:
            found.add("manufacturer_id", "mid_country", found=maker[:2])


def _dates(summary: EntrySummary, found: Findings, store: LawStore) -> None:
    entered, arrived = summary.entry_date, summary.import_date
    if summary.export_date and arrived and summary.export_date > arrived:
        found.add("export_date", "export_after_import", expected=arrived, found=summary.export_date)
    if arrived is not None:
        days = int(store.number("us.clocks.entry_days", entered))
        if entered > (last := arrived + timedelta(days=days)):
            found.add("entry_date", "entry_late", expected=last, found=entered, severity="warning", days=str(days))
    if summary.summary_date is not None and summary.entry_type in codes()["kinds"]["checked"]:
        days = int(store.number("us.clocks.summary_working_days", entered))
        if summary.summary_date > (last := workdays_after(entered, days)):
            found.add("summary_date", "summary_late", expected=last, found=summary.summary_date, days=str(days))
