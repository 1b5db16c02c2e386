"""Runs: bands, intervals, resuming, comparing with a planted regression, the report, the judge, the planted faults."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from advisor.advisor import Advisor
from advisor.settings import Settings
from evals import execute
from evals import run as runner
from evals.bands import Bands, parse_bands, read_bands
from evals.compare import compare
from evals.faults.switches import FAULTS
from evals.faults.table import caught
from evals.judge import Judge
from evals.records import Outcome, read_run
from evals.report import write_report
from evals.run import Wanted, run_suites
from evals.suites import Item, all_suites, chosen
from evals.summary import paraphrase_loss, summary
from tests.evals.made import answer, case, number
from tools.errors import InputError, ServiceError

TOTAL = number("332 元", "332", "TWD", "total")


class Product:
    """Stands in for the advisor: answers every question the same, and counts."""

    def __init__(self, text: str = "應繳 332 元。", breaks_at: int = 10**9) -> None:
        self.text, self.breaks_at, self.asked = text, breaks_at, 0

    def ask(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        if self.asked > self.breaks_at:
            raise KeyboardInterrupt
        return answer("taiwan", self.text, numbers=(TOTAL,), elapsed_ms=self.asked)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run five cases against a stand-in; one of them, held out, wants another total."""
    rows = [case(id=f"c-{n}") for n in range(4)]
    rows.append(case(id="c-hidden", split="held-out", figures=[{"value": "333", "unit": "TWD", "of": "total"}]))
    items = {"suite": [Item("suite", row) for row in rows]}
    monkeypatch.setattr(runner, "all_suites", lambda *_: items)
    monkeypatch.setattr(runner, "read_bands", lambda: Bands({"suite": 0.5}, {"suite": 0.9}))

    def go(product: Product, name: str = "a", **more: Any) -> int:
        monkeypatch.setattr(execute, "Advisor", lambda _: product)
        return run_suites(settings, Wanted(out=tmp_path / name, **more))

    return go


def test_a_run_tells_shares_and_keeps_held_out_cases_to_itself(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Product()) == 0
    out = capsys.readouterr().out
    assert "suite: 4/5 = 80.0% [37.6%, 96.4%], fail under 50.0%  WARN" in out
    assert "held out, all suites: 0/1" in out
    assert "c-hidden" not in out
    assert run(Product(), held_out=True) == 0
    assert "suite/c-hidden: money: no total 333 TWD (says 332 TWD)" in capsys.readouterr().out


def test_a_suite_in_its_fail_band_ends_with_1(run: Any) -> None:
    assert run(Product("應繳 333 元。")) == 1


def test_an_interrupted_run_resumes_where_it_broke_off(run: Any, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Product(breaks_at=3), repeats=2)
    assert len(read_run(tmp_path / "a").outcomes) == 3
    with (tmp_path / "a" / "outcomes.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"suite": "su')
    rest = Product()
    run(rest, repeats=2, resume=True)
    assert rest.asked == 7
    done = read_run(tmp_path / "a")
    assert done.finished
    run(Product(), "b", repeats=2)
    assert [o.without_time() for o in done.outcomes] == [o.without_time() for o in read_run(tmp_path / "b").outcomes]
    with pytest.raises(InputError, match=r"another run \(repeats"):
        run(Product(), repeats=3, resume=True)


def test_repeats_that_agree_and_repeats_that_do_not(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(Product(), repeats=3)
    assert "3 repeats: identical apart from timings" in capsys.readouterr().out
    fickle = Product()
    fickle.ask = lambda *_, **__: answer("taiwan", f"應繳 332 元。{'！' * next(count)}")  # type: ignore[method-assign]
    count = iter(range(99))
    run(fickle, repeats=2)
    assert "2 repeats: differ in suite/c-0" in capsys.readouterr().out


def test_a_directory_of_something_else_is_not_overwritten(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "letters.txt").write_text("dear", "utf-8")
    with pytest.raises(InputError, match="holds no run"):
        run(Product())


def test_compare_names_what_a_planted_regression_broke(run: Any, tmp_path: Path) -> None:
    run(Product())
    run(Product("應繳 333 元。"), "b")
    found = compare(read_run(tmp_path / "a"), read_run(tmp_path / "b"))
    assert [c.id for c in found.worse] == ["c-0", "c-1", "c-2", "c-3"]
    assert "worse: suite/c-0: no total 332 TWD" in found.as_text()
    assert (found.pairs, found.share_before, found.share_after, found.probability) == (5, 0.8, 0.0, 0.125)
    assert not found.regressed  # four of four can be chance
    same = compare(read_run(tmp_path / "a"), read_run(tmp_path / "a"))
    assert (same.better, same.worse, same.probability) == ((), (), 1.0)


def test_a_case_whose_gold_changed_is_not_compared(run: Any, tmp_path: Path) -> None:
    run(Product())
    before = read_run(tmp_path / "a")
    first = before.outcomes[0].model_copy(update={"gold": "other", "passed": False})
    after = before.model_copy(update={"outcomes": (first, *before.outcomes[1:])})
    found = compare(before, after)
    assert found.other_gold == ("suite/c-0",)
    assert not found.worse


def test_the_report_is_one_page_that_fetches_nothing(run: Any, tmp_path: Path) -> None:
    run(Product("應繳 333 元。</script><script>alert(1)"))
    page = write_report(tmp_path / "a").read_text("utf-8")
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert held
    data = json.loads(held[1])
    assert [o["id"] for o in data["outcomes"]] == ["c-0", "c-1", "c-2", "c-3"]
    assert "money" in data["outcomes"][0]["complaints"]
    assert data["outcomes"][0]["trace"]["tool_calls"][0]["name"] == "taiwan_quote"
    assert 'name="viewport"' in page
    assert not re.search(r"(?:src|href)=|https?://(?!www\.w3\.org/2000/svg)|@import|url\(", page.split("</style>")[0])
    run(Product(), "runs/one")
    run(Product(), "runs/two")
    assert '"one"' in write_report(tmp_path / "runs").read_text("utf-8")
    with pytest.raises(InputError, match="holds no run"):
        write_report(tmp_path / "nowhere")


def test_bands_are_read_and_the_older_name_still_is() -> None:
    assert parse_bands("[pass]\na = 0.5").fail == {"a": 0.5}
    bands = read_bands()
    assert bands.fail["first"] >= 0.95
    assert bands.fail["variants"] >= 0.98
    assert [bands.verdict("first", s) for s in (0.5, 0.96, 1.0)] == ["fail", "warn", "ok"]
    assert all(bands.warn.get(suite, 1.0) >= floor for suite, floor in bands.fail.items())


def _outcomes(run: Any, tmp_path: Path) -> tuple[Outcome, ...]:
    run(Product())
    return read_run(tmp_path / "a").outcomes


def test_the_loss_of_paraphrases_is_told_in_points(run: Any, tmp_path: Path) -> None:
    one, two, *_ = _outcomes(run, tmp_path)
    other = [one.model_copy(update={"id": f"p{n}", "paraphrase_of": one.id, "passed": n > 0}) for n in range(4)]
    assert "75.0% against 100.0% of their originals, a loss of 25.0 points" in paraphrase_loss([one, two, *other])[0]
    assert "a loss of 25.0 points" in summary([one, *other], Bands({}, {}), held_out=False, seconds=1)[0]


def test_a_part_of_a_suite_is_warned_of_only_beyond_chance(run: Any, tmp_path: Path) -> None:
    rows, bands = _outcomes(run, tmp_path), Bands({}, {"suite": 0.9})
    assert "WARN" in summary(rows, bands, held_out=False, seconds=1)[0]
    assert "WARN" not in summary(rows, bands, held_out=False, seconds=1, part=True)[0]


def test_ci_runs_gated_suites_whole_and_a_part_of_the_others() -> None:
    suites = {name: [Item(name, case(id=f"{name}-{n}")) for n in range(60)] for name in ("gated", "other")}
    suites["other"] = [Item("other", case(id=f"other-{n}", reason=f"reason {n}", facts=[str(n)])) for n in range(60)]
    items = chosen(suites, (), "ci", {"gated"})
    count = {name: sum(i.suite == name for i in items) for name in suites}
    assert count["gated"] == 60
    assert 8 <= count["other"] <= 35
    assert len(chosen(suites, ("other",), "full", set())) == 60
    with pytest.raises(InputError, match="not known"):
        chosen(suites, ("nothing",), "full", set())


def _judge(reply: dict[str, Any] | None) -> Judge:
    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=reply) if reply is not None else httpx.Response(500)

    return Judge("m", "http://127.0.0.1:1/v1", "", 5, httpx.MockTransport(handle))


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ({"choices": [{"message": {"content": "Clear.\nGRADE: 4"}}]}, 4.0),
        ({"choices": [{"message": {"content": "lovely"}}]}, None), ({"choices": []}, None), (None, None),
    ],
)  # fmt: skip
def test_a_judge_grades_prose_and_decides_nothing(run: Any, tmp_path: Path, reply: Any, value: float | None) -> None:
    one = _outcomes(run, tmp_path)[0]
    graded = _judge(reply).grade(one)
    assert (graded.scores["prose"].value, graded.scores["prose"].passed, graded.passed) == (value, None, one.passed)


def test_a_model_does_not_judge_itself(settings: Settings) -> None:
    with pytest.raises(InputError, match="judge itself"):
        Judge.of("openai:x", "openai:x", settings)
    with pytest.raises(InputError, match="hosted"):
        Judge.of("offline", "openai:x", settings)
    with pytest.raises(ServiceError, match="CUSTOMS_OPENAI_BASE_URL"):
        Judge.of("openai:y", "openai:x", settings)


# ------------------------------------------------------------------------------------------------- planted faults

#: a case of the gated suites that notices each fault
NOTICED = {
    "rounding": "tw-article-3000-total", "vat_base": "tw-article-3000-total", "swapped_lines": "tw-article-3000-total",
    "swapped_prose": "tw-article-3000-total", "freight_dropped": "tw-article-3000-total",
    "limit_of_2017": "needs-input-then-answered-shoes", "day_before": "us-dm-china-may-2025-pair",
    "mpf_year": "date-mpf-2024-10-01", "de_minimis_open": "us-dm-china-feb-2025-courier",
    "guard_off": "tw-article-3000-total", "citations_shuffled": "us-dm-gift-80",
    "retrieval_shuffled": "apec-gbi-identifiers", "language_swapped": "tw-article-3000-total",
    "simplified": "tw-article-3000-total", "currency": "tw-article-3000-total", "receipts_lost": "tw-article-3000-total",
    "boundaries_gone": "not-covered-germany-vat", "nothing_asked": "needs-input-bare-parcel", "forgetful": "lg-turns-mpf",
}  # fmt: skip


@pytest.fixture(scope="module")
def product(home: Path) -> Advisor:
    return Advisor(Settings(home=home))


@pytest.fixture(scope="module")
def known() -> dict[str, Item]:
    return {i.case.id: i for rows in all_suites().values() for i in rows}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.name)
def test_a_planted_fault_is_noticed_and_leaves_nothing_behind(
    fault: Any, product: Advisor, known: dict[str, Item]
) -> None:
    item = known[NOTICED[fault.name]]
    assert caught(fault, product, item) is not None
    after = execute.run_task(product, execute.Task(item, 0, "offline"))
    assert after.passed, after.complaints


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) >= 12
    assert {f.name for f in FAULTS} == NOTICED.keys()
