"""The runner: every case through the advisor, every complaint printed, thresholds decide the exit code."""

from __future__ import annotations

import json
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from advisor.advisor import Advisor
from advisor.answer import Answer
from advisor.settings import Settings
from evals.cases import Case, read_cases
from evals.scorers import score
from tools.errors import InputError

_THRESHOLDS = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case run once."""

    suite: str
    id: str
    repeat: int
    passed: bool
    complaints: dict[str, list[str]]
    status: str
    answer: str
    elapsed_ms: int


def run_case(advisor: Advisor, case: Case, model: str | None = None) -> Answer:
    """The answer a case is judged on: the last of its turns."""
    answer: Answer | None = None
    for turn in case.asked:
        known = answer.conversation_id if answer else None
        answer = advisor.ask(turn, as_of=case.as_of, conversation_id=known, model=model)
    assert answer is not None
    return answer


def _cases(advisor: Advisor, suite: str, cases: list[Case], repeats: int, model: str | None) -> Iterator[Outcome]:
    for repeat in range(repeats):
        for case in cases:
            try:
                answer = run_case(advisor, case, model)
            except Exception as error:  # noqa: BLE001 -- a crash is a failed case, and the others still count
                yield Outcome(suite, case.id, repeat, False, {"crash": [repr(error)[:300]]}, "crash", "", 0)
                continue
            wrong = score(case, answer)
            yield Outcome(suite, case.id, repeat, not wrong, wrong, answer.status, answer.answer, answer.elapsed_ms)


def _variants(advisor: Advisor, model: str | None) -> Iterator[Outcome]:
    from evals.variants import check, variants

    for variant in variants():
        answer = advisor.ask(variant.question, as_of=variant.as_of, model=model)
        wrong = check(variant, answer.model_dump(mode="json"))
        complaints = {"oracle": wrong} if wrong else {}
        yield Outcome("variants", variant.id, 0, not wrong, complaints, answer.status, answer.answer, answer.elapsed_ms)


def run_suites(settings: Settings, suite: str | None, model: str | None, repeats: int, out: Path | None) -> int:
    """Run suites; 0 when every threshold holds, 1 when one does not.

    Raises:
        InputError: an unknown suite.
    """
    wanted = tomllib.loads(_THRESHOLDS.read_text("utf-8"))["pass"]
    suites = read_cases()
    names = [*suites, "variants"]
    if suite is not None and suite not in names:
        raise InputError("suite", f"{suite!r} is not known", ", ".join(names))
    advisor = Advisor(settings)
    failed = False
    for name in [suite] if suite else names:
        started = time.monotonic()
        runs = _variants(advisor, model) if name == "variants" else _cases(advisor, name, suites[name], repeats, model)
        outcomes = list(runs)
        passed = sum(o.passed for o in outcomes)
        share = passed / len(outcomes)
        floor = float(wanted.get(name, 0.0))
        failed |= share < floor
        for outcome in outcomes:
            if not outcome.passed:
                print(f"  {name}/{outcome.id}: {outcome.complaints}")
        print(
            f"{name}: {passed}/{len(outcomes)} = {share:.1%} (wanted {floor:.0%}) in {time.monotonic() - started:.1f} s"
        )
        if out is not None:
            _write(out, name, outcomes)
    print("evals: " + ("a threshold does not hold" if failed else "every threshold holds"), file=sys.stderr)
    return 1 if failed else 0


def _write(directory: Path, name: str, outcomes: list[Outcome]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps(asdict(o), ensure_ascii=False) for o in outcomes]
    (directory / f"{name}.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
