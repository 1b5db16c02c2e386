"""`quote us` on the command line: the contract's fields, single options, batches with bad lines, replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.conftest import TODAY
from ui.cli.main import app, main

RUN = CliRunner()
LINE = {"hts_code": "6109.10.00", "country_of_origin": "TW", "value": "10000"}
SHIPMENT: dict[str, Any] = {"mode": "ocean", "entry_date": "2026-10-05", "lines": [LINE]}
OPTIONS = (
    "--mode",
    "ocean",
    "--hts-code",
    "6109.10.00",
    "--country-of-origin",
    "TW",
    "--value",
    "10000",
    "--entry-date",
    "2026-10-05",
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTOMS_TODAY", TODAY.isoformat())


def us(*args: str, stdin: str | None = None) -> Result:
    return RUN.invoke(app, ["quote", "us", *args], input=stdin, catch_exceptions=False)


def test_a_quote_has_the_fields_of_the_contract() -> None:
    out = json.loads(us("--input", "-", "--json", stdin=json.dumps(SHIPMENT | {"id": "one"})).stdout)
    assert out.keys() >= {
        "id", "jurisdiction", "as_of", "input", "complete", "missing", "lines", "totals", "range", "alternatives", "regime",
        "assumptions", "warnings", "data_revision", "receipt",
    }  # fmt: skip
    assert (out["id"], out["jurisdiction"], out["as_of"], out["totals"]["total"]) == (
        "one",
        "us",
        "2026-10-05",
        "1697.14",
    )
    first = out["lines"][0]
    assert first.keys() >= {"key", "line_no", "label", "applies", "amount", "currency", "base", "rate", "formula", "heading",
                            "legal_basis", "parameters"}  # fmt: skip
    assert first["parameters"][0].keys() >= {"id", "value", "effective_from", "effective_to", "source", "certainty"}


def test_single_options_are_the_same_quote() -> None:
    one = json.loads(us(*OPTIONS, "--json").stdout)
    other = json.loads(us("--input", "-", "--json", stdin=json.dumps(SHIPMENT)).stdout)
    assert one["receipt"] == other["receipt"]


def test_quantities_and_headings_as_options() -> None:
    done = us("--mode", "air", "--hts-code", "9609.10.00", "--country-of-origin", "TW", "--value", "5000", "--quantity",
              "gross=500", "--entry-date", "2026-10-05", "--json")  # fmt: skip
    assert json.loads(done.stdout)["totals"]["total"] == "534.58"


def test_a_quote_for_people_shows_headings_and_totals() -> None:
    text = us(*OPTIONS).stdout
    assert "9903.05.75" in text
    assert "稅費合計 total: 1,697.14" in text


def test_a_batch_goes_on_after_bad_lines() -> None:
    rows = [
        json.dumps(SHIPMENT | {"id": "a"}),
        '{"id": "b", "mode": "tunnel"}',
        "{",
        json.dumps(SHIPMENT | {"id": "c"}),
    ]
    done = us("--batch", "-", stdin="\n".join(rows))
    out = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [row.get("id") for row in out] == ["a", "b", None, "c"]
    assert "mode" in out[1]["error"] and "line 2" in out[1]["error"]
    assert out[0]["totals"] == out[3]["totals"]


def test_a_receipt_is_replayed(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(us(*OPTIONS, "--json").stdout, "utf-8")
    done = RUN.invoke(app, ["replay", str(file)], catch_exceptions=False)
    assert (done.exit_code, done.stdout.split()[0]) == (0, "identical")


@pytest.mark.parametrize(("args", "said"), [
    (("--mode", "air", "--hts-code", "6109.10.00", "--country-of-origin", "QQ", "--value", "1"), "country_of_origin"),
    (("--mode", "air", "--hts-code", "6109.10", "--country-of-origin", "TW", "--value", "1"), "hts_code"),
    (("--mode", "air", "--hts-code", "61091000", "--country-of-origin", "TW", "--value", "0"), "value"),
    (("--mode", "air", "--hts-code", "61091000", "--country-of-origin", "TW", "--value", "1", "--quantity", "5"), "quantity"),
    (("--mode", "air", "--hts-code", "61091000", "--country-of-origin", "TW", "--value", "1", "--entry-date", "1999-01-01"), "entry_date"),
    (("--input", "-", "--mode", "air"), "input"),
])  # fmt: skip
def test_bad_input_is_one_line_and_ends_with_2(
    args: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["customs", "quote", "us", *args])
    with pytest.raises(SystemExit) as ended:
        main()
    captured = capsys.readouterr()
    assert (ended.value.code, captured.out) == (2, "")
    assert said in captured.err
    assert len(captured.err.strip().splitlines()) == 1


def test_the_time_machine_is_a_table_and_series() -> None:
    """China T-shirts of facts 8 E5, and those of Taiwan: 16.5 % alone, and with 10 %."""
    days = ("--date", "2025-04-12", "--date", "2025-01-15")
    asked = (
        "--mode",
        "ocean",
        "--hts-code",
        "6109.10.00",
        "--value",
        "10000",
        "--origin",
        "CN",
        "--origin",
        "TW",
        *days,
    )
    out = json.loads(us(*asked, "--json").stdout)
    assert (out["dates"], out["origins"]) == (["2025-01-15", "2025-04-12"], ["CN", "TW"])
    assert [row["totals"] for row in out["series"]] == [["2447.14", "16947.14"], ["1697.14", "2697.14"]]
    table = us(*asked).stdout.splitlines()
    assert len(table) == 5
    assert table[2].startswith("2025-04-12  CN  16,900  16,947.14  ")


def test_several_codes_are_a_range() -> None:
    asked = ("--mode", "air", "--value", "10000", "--country-of-origin", "TW", "--entry-date", "2025-09-15")
    out = json.loads(us(*asked, "--hts-code", "4202.22.40", "--hts-code", "4202.22.81", "--json").stdout)
    assert (out["range"]["low"], out["range"]["high"]) == ("2774.64", "3794.64")
