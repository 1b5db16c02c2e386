"""`hs` and `data` as other programs meet them: shapes, exit codes, one-line errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.tools.tariff import official_files as files

Cli = Callable[..., Any]


def test_codes_are_shown_and_checked(cli_each: Callable[..., list[Any]], tmp_path: Path) -> None:
    empty = {"state": tmp_path}
    shown, short, wrong, retired, far, no_code, no_schedule = cli_each(
        [
            (("hs", "show", "9102.11.00.00-6", "--json"), empty),
            (("hs", "check", "8517", "--json"), empty),
            (("hs", "check", "6109.10.00.00-7"), empty),
            (("hs", "check", "8517.12", "--json"), empty),
            (("hs", "check", "9903.99.99", "--schedule", "us", "--json"), empty),
            (("hs", "show", "watch"), empty),
            (("hs", "show", "8517.13", "--schedule", "jp"), empty),
        ]
    )
    told = json.loads(shown.out)
    assert shown.code == 0
    assert {"code", "exists", "line", "rates", "additional_duties", "notes", "revision"} <= told.keys()
    assert (told["code"], told["exists"], told["rates"]["column_1"]) == ("9102.11.00.00-6", "yes", "5%")
    assert (short.code, json.loads(short.out)["exists"]) == (1, "incomplete")
    assert wrong.code == 1
    assert "6109.10.00.00-6" in wrong.out
    assert (retired.code, json.loads(retired.out)["exists"]) == (1, "no")
    assert "8517.13, 8517.14" in retired.out
    assert (far.code, json.loads(far.out)["exists"]) == (0, "not_verifiable")
    assert no_code.code == no_schedule.code == 2
    assert no_code.error.startswith("customs: code: 'watch' is no code; accepted: ")
    assert no_schedule.error == "customs: schedule: 'jp' is not held; accepted: hs, us or tw"
    assert not list(tmp_path.iterdir())  # nothing was built


def test_a_schedule_is_imported_looked_up_and_compared(cli: Cli, tmp_path: Path) -> None:
    home = tmp_path / "home"
    old, new, cut = tmp_path / "hts_2026_rev_4.json", tmp_path / "hts_2026_rev_10.json", tmp_path / "cut.json"
    rows = files.us_rows()
    old.write_bytes(files.us_json(rows))
    rows[2]["general"] = "6%"
    new.write_bytes(files.us_json(rows))
    cut.write_bytes(files.us_json(rows)[:9000])
    done = json.loads(cli("data", "import", "us", str(old), "--json", state=home).out)
    assert (done["revision"]["id"], done["report"]["rows"]) == ("us-2026-rev-4", len(rows))
    refused = cli("data", "import", "us", str(cut), state=home)
    assert refused.code == 2
    assert refused.error.startswith("customs: file: row ")
    shown = json.loads(cli("hs", "show", "0101.10.00.10", "--on", "2026-03-01", "--json", state=home).out)
    assert (shown["exists"], shown["rates"]["general"], shown["revision"]["id"]) == ("yes", "5%", "us-2026-rev-4")
    diff = json.loads(cli("data", "diff", "us", "rev-4", str(new), "--json", state=home).out)
    assert (diff["counts"]["re_rated"], diff["re_rated"][0]["after"], diff["new"]) == (1, "6%", "us-2026-rev-10")
    held = [
        row["id"] for row in json.loads(cli("data", "status", "--json", state=home).out) if row["kind"] == "imported"
    ]
    assert held == ["us-2026-rev-4"]
    unknown = cli("data", "diff", "us", "rev-4", "rev-99", state=home)
    assert unknown.error == "customs: edition rev-99: not held; near it: us-2026-rev-4"
    nowhere = cli("data", "sync", "tw", state=home)
    assert (nowhere.code, "CUSTOMS_SYNC_TW" in nowhere.error) == (2, True)
