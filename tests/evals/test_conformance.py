"""The conformance pack: whole, worked out by its own arithmetic, judged strictly, and answered by the product by command and over HTTP."""

from __future__ import annotations

import json
import re
import shlex
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.conformance.ours import TOOLS, replies
from evals.conformance.pack import Case, Pack, Reply, asked, chosen, judge, packs, tally
from evals.conformance.targets import run
from tests.tools.arithmetic import evaluate
from tools.errors import InputError, ServiceError
from tools.registry import published
from ui.cli.main import main as customs

PACKS = packs()
QUOTES = [(p, c) for p in PACKS if p.kind.startswith("quote.") for c in p.cases]


def every(count: int) -> tuple[Pack, ...]:
    """One case in so many, of each file."""
    return tuple(pack.model_copy(update={"cases": pack.cases[::count]}) for pack in PACKS)


def test_the_pack_is_as_wide_as_its_readme_says() -> None:
    readme = (Path(__file__).resolve().parents[2] / "evals/conformance/README.md").read_text("utf-8")
    assert f"{sum(len(p.cases) for p in PACKS)} cases" in readme
    assert {p.kind for p in PACKS} == set(TOOLS)
    assert all(case.basis and case.source and case.arithmetic for p in PACKS for case in p.cases)


@pytest.mark.parametrize(("pack", "case"), QUOTES, ids=[c.id for _, c in QUOTES])
def test_the_arithmetic_of_a_quote_gives_its_figures(pack: Pack, case: Case) -> None:
    worked = evaluate(case.arithmetic)
    zero = dict.fromkeys(re.findall(r"[a-z_0-9]+", pack.closing), Fraction(0))
    for formula in filter(None, (part.strip() for part in pack.closing.split(";"))):
        name = formula.split("=", 1)[0].strip()
        if name not in worked:
            worked[name] = evaluate(formula, {**{k: v for k, v in zero.items() if k != name}, **worked})[name]
    for name, value in case.expected.items():
        by_line = [v for key, v in worked.items() if re.fullmatch(rf"{name}_line_\d+", key)]
        assert Decimal(value) == (sum(by_line) if by_line else worked.get(name, 0)), name


def test_a_reply_is_judged_to_the_last_figure() -> None:
    case = Case.model_validate(
        {"id": "a", "date": "2026-11-21", "given": {}, "expected": {"duty": "162", "mpf": "0", "total": "332"},
         "arithmetic": "a", "basis": "b", "source": "c"}
    )  # fmt: skip

    def verdict(**said: object) -> str:
        return judge("quote.taiwan", case, Reply.model_validate({"id": "a", **said})).verdict

    assert verdict(figures={"duty": "162.00", "total": "332"}) == "right", "a line that is nothing may be left out"
    assert verdict(figures={"duty": "163", "total": "332"}) == "wrong"
    assert verdict(figures={"duty": "162", "mpf": "1", "total": "332"}) == "wrong"
    assert verdict(figures={"duty": "162"}) == "wrong", "a total is never left out"
    assert verdict(figures={"duty": "NaN", "total": "332"}) == "wrong"
    assert verdict(refused="no rate") == "refused"
    assert verdict(unsupported="no such tax") == "unsupported"
    assert judge("quote.taiwan", case, None).verdict == "wrong"


def test_ours_answers_through_its_tools() -> None:
    """What the service would compute, without the service."""

    def ask(tool: str, rows: list[dict[str, object]]) -> list[dict[str, object]]:
        return [
            json.loads(published()[tool].call(row, date(2026, 11, 21)).model_dump_json(by_alias=True)) for row in rows
        ]

    for pack in every(4):
        rows = [asked(pack, case) for case in pack.cases if "quota_certificate" not in str(case.given)]
        said = {reply.id: reply for reply in replies(rows, ask)}  # type: ignore[arg-type]
        judged = [judge(pack.kind, case, said[case.id]) for case in pack.cases if case.id in said]
        assert not [j for j in judged if j.verdict != "right"], [
            (j.case.id, j.reason) for j in judged if j.verdict != "right"
        ]


def test_a_command_is_run_and_its_replies_read(tmp_path: Path) -> None:
    script = tmp_path / "calculator.py"
    script.write_text(
        "import json, sys\nfor line in sys.stdin:\n    q = json.loads(line)\n"
        "    assert 'expected' not in q\n    print(json.dumps({'id': q['id'], 'figures': {'valid': 'yes'}}))\n",
        "utf-8",
    )
    judged = run(chosen(["check_digit.taiwan_code"]), command=shlex.join([sys.executable, str(script)]), url=None)
    assert tally(judged)["check_digit.taiwan_code"] == {"right": 10, "wrong": 10, "refused": 0, "unsupported": 0}
    script.write_text("raise SystemExit('no licence')", "utf-8")
    with pytest.raises(ServiceError, match="no licence"):
        run(chosen(["rate"]), command=shlex.join([sys.executable, str(script)]), url=None)
    script.write_text("print('hello')", "utf-8")
    with pytest.raises(ServiceError, match="hello"):
        run(chosen(["rate"]), command=shlex.join([sys.executable, str(script)]), url=None)


@pytest.fixture
def address() -> Iterator[str]:
    class Calculator(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["content-length"])))
            body = json.dumps({"id": question["id"], "unsupported": question["kind"]}).encode()
            self.send_response(200 if self.headers.get("authorization") == "Bearer k" else 403)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Calculator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/case"
    server.shutdown()
    server.server_close()


def test_an_address_is_asked_case_by_case(address: str) -> None:
    kinds = chosen(["check_digit.taiwan_code"])
    assert {j.verdict for j in run(kinds, command=None, url=address, key="k")} == {"unsupported"}
    assert {j.verdict for j in run(kinds, command=None, url=address)} == {"refused"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(ServiceError, match="127"):
        run(kinds, command=None, url=nobody)


@pytest.mark.parametrize(("command", "url"), [(None, None), ("x", "http://127.0.0.1/")])
def test_one_calculator_at_a_time(command: str | None, url: str | None) -> None:
    with pytest.raises(InputError, match="--command or --http"):
        run(PACKS, command=command, url=url)


def test_an_unknown_kind_is_told_what_is_held(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["customs", "eval", "conformance", "--kind", "quote.mars"])
    with pytest.raises(SystemExit) as ended:
        customs()
    assert ended.value.code == 2
    assert "quote.mars" in capsys.readouterr().err
