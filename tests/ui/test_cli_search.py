"""`hs search` and `hs browse` on the command line: one answer, a batch with bad lines, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.cli.main import app


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> CliRunner:
    monkeypatch.setenv("CUSTOMS_HOME", str(tmp_path_factory.mktemp("home")))
    return CliRunner()


def test_a_search_has_the_shape_of_the_contract(run: CliRunner) -> None:
    done = run.invoke(app, ["hs", "search", "紅酒", "--schedule", "tw", "--limit", "3", "--json"])
    out = json.loads(done.stdout)
    assert {"id", "query", "schedule", "candidates", "question"} <= out.keys()
    first = out["candidates"][0]
    wanted = {"code", "level", "name", "path", "score", "confidence", "why", "not_this_because", "rates"}
    assert wanted <= first.keys() and set(first["name"]) == {"zh-TW", "en"}
    assert first["code"].startswith("2204") and first["confidence"] in ("strong", "good", "possible")
    assert len(out["candidates"]) == 3


def test_a_batch_keeps_its_order_and_goes_on_after_bad_lines(run: CliRunner, tmp_path: Path) -> None:
    rows = [
        '{"id": "a", "text": "red wine"}',
        "not json",
        '{"id": "c", "text": ""}',
        "[1]",
        '{"id": "d", "text": "手電筒"}',
    ]
    file = tmp_path / "goods.jsonl"
    file.write_text("\n".join(rows), "utf-8")
    done = run.invoke(app, ["hs", "search", "--batch", str(file), "--limit", "1"])
    out = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.exit_code == 0 and [row["id"] for row in out] == ["a", 2, "c", 4, "d"]
    assert ["error" in row for row in out] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["hs", "search", ""], "text"),
        (["hs", "search"], "text"),
        (["hs", "search", "x", "--schedule", "eu"], "schedule"),
        (["hs", "search", "x", "--limit", "0"], "limit"),
        (["hs", "search", "x" * 10_000], "text"),
        (["hs", "browse", "zz"], "code"),
    ],
)
def test_bad_input_is_one_line_that_names_the_field(run: CliRunner, args: list[str], said: str) -> None:
    from tools.errors import InputError

    done = run.invoke(app, args)
    assert isinstance(done.exception, InputError | SystemExit)
    assert said in str(done.exception) + done.stderr


def test_browse_goes_down_the_tree(run: CliRunner) -> None:
    assert "64" in [row["code"] for row in json.loads(run.invoke(app, ["hs", "browse", "--json"]).stdout)]
    assert "6404" in [row["code"] for row in json.loads(run.invoke(app, ["hs", "browse", "64", "--json"]).stdout)]
    assert "6404.11" in [row["code"] for row in json.loads(run.invoke(app, ["hs", "browse", "6404", "--json"]).stdout)]
