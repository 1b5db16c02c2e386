"""Papers at the command line and over HTTP: exit codes, worksheets in both languages, one line for what cannot be read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from fastapi.testclient import TestClient

from advisor import Settings
from tests.tools.paperwork.entry_cases import PAPERWORK, clean_entries, corrupted, planted
from tools.errors import InputError
from tools.law.models import Lang
from ui.cli import paperwork, paperwork_bills, paperwork_read
from ui.http.app import create_app
from ui.web import pdf
from ui.web.words import Words

BILLS = {b["id"]: b["bill"] for b in yaml.safe_load((PAPERWORK / "bills.yaml").read_text("utf-8"))["bills"]}
TOLD = paperwork_bills.Wanted(lang="en", letter=False, pdf=None, csv=None, as_json=False)


def written(directory: Path, raw: Any) -> str:
    file = directory / "paper.json"
    file.write_text(json.dumps(raw), "utf-8")
    return str(file)


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).replace("\0", "")


@pytest.mark.parametrize("fonts", [True, False], ids=["fonts of the machine", "no font"])
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_an_entry_is_checked_on_paper(
    lang: Lang, fonts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not fonts:
        monkeypatch.setattr(pdf, "FONTS", ())
    sheet, table = tmp_path / "sheet.pdf", tmp_path / "findings.csv"
    wrong = written(tmp_path, planted(corrupted()[39]))
    assert paperwork.check_entry_file(wrong, lang, str(sheet), str(table), as_json=False) == 1
    told = capsys.readouterr().out
    assert "1,650" in told
    mark = Words(lang)("paper.not_for_filing")
    pages = [page.extract_text().replace("\0", "") for page in pypdf.PdfReader(sheet).pages]
    assert mark[:20] in pages[0].replace("\n", "")
    assert "duty_arithmetic" in table.read_text("utf-8-sig")
    if fonts:
        assert all(mark in page for page in pages)


def test_a_clean_entry_ends_with_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert paperwork.check_entry_file(written(tmp_path, clean_entries()["E1"]), "en", None, None, as_json=True) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["clean"], shown["result"]["totals"]["total"]) == (True, "1697.14")


@pytest.mark.parametrize(("bill", "code"), [("k01", 0), ("k10", 0), ("f04", 1), ("t02", 1)])
def test_a_bill_ends_with_its_verdict(bill: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, BILLS[bill])
    assert paperwork_bills.check(Settings(home=tmp_path), file, None, "us", None, TOLD) == code
    assert "{" not in capsys.readouterr().out


def test_a_pasted_bill_is_checked_with_its_shipment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "bill.txt"
    text.write_text("DHL\n進口稅 162\n營業稅 185\n報關費 300\n合計 647\n", "utf-8")
    shipment = written(tmp_path, BILLS["t02"]["tw"])
    wanted = paperwork_bills.Wanted(lang="zh-TW", letter=True, pdf=None, csv=None, as_json=False)
    assert paperwork_bills.check(Settings(home=tmp_path), str(text), shipment, "tw", None, wanted) == 1
    told = capsys.readouterr().out
    assert "帳單多 15 元" in told
    assert "主旨" in told


def test_what_is_no_bill_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "bill.txt"
    empty.write_text("hello\n", "utf-8")
    with pytest.raises(InputError, match="holds no line of a bill"):
        paperwork_bills.check(Settings(home=tmp_path), str(empty), written(tmp_path, {}), "tw", None, TOLD)


def test_a_paper_is_read_with_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "invoice.txt"
    file.write_text("COMMERCIAL INVOICE\nDate: 05/06/2026\nTotal  USD 10,950.00\n", "utf-8")
    paperwork_read.show(str(file), "en", as_json=False)
    told = capsys.readouterr().out
    assert "total: 10950.00 — page 1, line 3" in told
    assert "to be confirmed" in told


@pytest.fixture(scope="module")
def client(home: Path) -> Any:
    with TestClient(create_app(Settings(home=home))) as made:
        yield made


def test_papers_over_http(client: TestClient) -> None:
    sheet = client.post("/v1/paperwork/worksheets/entry?lang=en", json=clean_entries()["E1"])
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "application/pdf")
    assert "not for filing" in text_of(sheet.content)
    bill = client.post("/v1/paperwork/worksheets/bill?lang=en", json=BILLS["f04"])
    assert "244.30" in text_of(bill.content)
    read = client.post("/v1/paperwork/read?name=invoice.txt", content=b"COMMERCIAL INVOICE\nTotal  USD 10,950.00\n")
    assert read.json()["values"][0]["value"] == "10950.00"
    checked = client.post("/v1/tools/entry_check", json=clean_entries()["E1"])
    assert checked.json()["clean"] is True


@pytest.mark.parametrize(("path", "body"), [
    ("/v1/paperwork/worksheets/entry", {"entry_date": "2026-13-01", "lines": []}),
    ("/v1/paperwork/worksheets/bill", {"destination": "us", "lines": [{"label": "Duty", "amount": "1"}]}),
    ("/v1/tools/form_7501_box", {"box": "A"}),
])  # fmt: skip
def test_bad_input_is_told_by_its_field(client: TestClient, path: str, body: dict[str, Any]) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code in (400, 422)
    assert "accepted" in json.dumps(answer.json())
