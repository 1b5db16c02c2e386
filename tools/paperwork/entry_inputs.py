"""An entry summary as it is typed or read from paper. Text is taken as it stands: what is wrong with it is found, not refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tools.inputs import AmountIn, DateIn, Input

Text = Annotated[str, Field(max_length=200)]
Short = Annotated[str, Field(max_length=40)]


class TariffRow(Input):
    """One tariff number of a line with its rate and duty (boxes 33A, 37, 38 of 2024)."""

    hts_code: Short = Field(description="Chapter 98 or 99 number, or the base number of ten digits")
    rate: Annotated[str, Field(max_length=300)] = Field(
        "", description="as printed, such as 16.5%; empty where none is"
    )
    duty: AmountIn | None = Field(None, description="USD")


class EntryLine(Input):
    """One line of the summary."""

    line_no: Short = Field("", description="001, 002 …")
    description: Text = ""
    country_of_origin: Short = Field("", description="ISO code; the header's when empty")
    exporting_country: Short = ""
    tariffs: tuple[TariffRow, ...] = Field(
        min_length=1, max_length=12, description="Chapter 98 and 99 first, base last"
    )
    adcvd_case: Short = ""
    gross_weight_kg: AmountIn | None = None
    manifest_quantity: Short = ""
    quantities: dict[str, AmountIn] = Field(default_factory=dict, description="net quantity by unit of the tariff")
    entered_value: AmountIn = Field(description="USD")
    charges: AmountIn | None = Field(None, description="USD, statistics only")
    relationship: Short = Field("", description="Y or N")
    program: Short = Field("", description="special programme indicator, such as KR or S")
    melt_and_pour: Short = ""
    primary_smelt: Short = ""
    secondary_smelt: Short = ""
    cast: Short = ""
    facts: dict[str, bool | str | int | Decimal] = Field(default_factory=dict, description="declared facts")


class EntryFee(Input):
    """One fee of the box for other charges."""

    class_code: Short = Field(description="accounting class, such as 499 or 501")
    amount: AmountIn


class EntrySummary(Input):
    """CBP Form 7501, header, lines and totals. Money is USD."""

    entry_number: Short = ""
    entry_type: Short = ""
    summary_date: DateIn | None = None
    surety_number: Short = ""
    bond_type: Short = ""
    bond_amount: AmountIn | None = Field(None, description="amount of the bond, where it is known")
    port_code: Short = ""
    entry_date: DateIn = Field(description="day of entry, the day rates are read at")
    importing_carrier: Text = ""
    mode_of_transport: Short = ""
    country_of_origin: Short = Field("", description="ISO code, or MULTI")
    import_date: DateIn | None = None
    bill_number: Short = ""
    manufacturer_id: Short = ""
    exporting_country: Short = ""
    export_date: DateIn | None = None
    it_number: Short = ""
    it_date: DateIn | None = None
    missing_documents: Short = ""
    foreign_port_of_lading: Short = ""
    us_port_of_unlading: Short = ""
    location_of_goods: Short = ""
    consignee_number: Short = ""
    importer_number: Short = ""
    reference_number: Short = ""
    ultimate_consignee: Text = ""
    importer_of_record: Text = ""
    lines: tuple[EntryLine, ...] = Field(min_length=1, max_length=999)
    total_entered_value: AmountIn | None = None
    duty: AmountIn | None = None
    tax: AmountIn | None = None
    fees: tuple[EntryFee, ...] = Field((), max_length=20)
    other: AmountIn | None = None
    total: AmountIn | None = None
    loading_date: DateIn | None = Field(None, description="day of loading, where goods in transit are claimed")
    express_facility: bool | None = Field(None, description="released at an express facility")

    def origin_of(self, line: EntryLine) -> str:
        """Origin of a line: its own, or the header's."""
        return line.country_of_origin or self.country_of_origin
