"""Asking: one item through the advisor, alone or in worker processes, and the record of how it went."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass

from advisor.advisor import Advisor
from advisor.answer import Answer
from advisor.settings import Settings
from evals.cases import Case
from evals.records import Outcome, Trace
from evals.scorers.base import Score
from evals.suites import Item


@dataclass(frozen=True, slots=True)
class Task:
    """One item, one time."""

    item: Item
    repeat: int
    model: str | None

    @property
    def key(self) -> tuple[str, str, int]:
        """What identifies its outcome."""
        return self.item.suite, self.item.case.id, self.repeat


def run_case(advisor: Advisor, case: Case, model: str | None = None) -> Answer:
    """The answer a case is judged on: the last of its turns."""
    answer: Answer | None = None
    for turn in case.asked:
        known = answer.conversation_id if answer else None
        answer = advisor.ask(turn, as_of=case.as_of, conversation_id=known, model=model)
    assert answer is not None
    return answer


def run_task(advisor: Advisor, task: Task) -> Outcome:
    """Ask and judge; a crash of the product is an outcome too."""
    try:
        answer = run_case(advisor, task.item.case, task.model)
        scores = task.item.judge(answer)
    except Exception as error:  # noqa: BLE001 -- a crash is a failed case, and the others still count
        crash = Score(value=0.0, passed=False, reason=repr(error)[:300])
        return _outcome(task, None, {"crash": crash})
    return _outcome(task, answer, scores)


def _outcome(task: Task, answer: Answer | None, scores: dict[str, Score]) -> Outcome:
    case = task.item.case
    return Outcome(
        suite=task.item.suite, id=case.id, repeat=task.repeat, split=case.split, lang=case.lang, tags=case.tags,
        difficulty=case.difficulty, gold=task.item.gold, paraphrase_of=case.paraphrase_of, asked=case.asked,
        as_of=case.as_of.isoformat(), wanted=_wanted(case), passed=all(s.passed is not False for s in scores.values()),
        status=answer.status if answer else "crash", scores=scores, answer=answer.answer if answer else "",
        trace=_trace(answer) if answer else None, elapsed_ms=answer.elapsed_ms if answer else 0,
    )  # fmt: skip


def _wanted(case: Case) -> str:
    figures = ", ".join(f"{f.of} {f.value} {f.unit}" for f in case.figures)
    return "; ".join(filter(None, (case.status, figures, " & ".join(f"/{p}/" for p in case.facts))))


def _trace(answer: Answer) -> Trace:
    return Trace(
        composed_by=answer.composed_by,
        tool_calls=tuple({"name": c.name, "arguments": c.arguments} for c in answer.tool_calls),
        citations=tuple(
            {"marker": c.marker, "document": c.document_id, "section": c.section} for c in answer.citations
        ),
        numbers=tuple(
            {"text": n.text, "value": n.value, "unit": n.unit, "of": n.of, "ground": n.grounding.kind}
            for n in answer.numbers
        ),
        follow_up=tuple(f.slot for f in answer.follow_up),
        warnings=answer.warnings,
    )  # fmt: skip


_worker: list[Advisor] = []


def _begin(settings: Settings) -> None:
    _worker[:] = [Advisor(settings)]


def _work(tasks: Sequence[Task]) -> list[Outcome]:
    return [run_task(_worker[0], task) for task in tasks]


def outcomes(settings: Settings, tasks: Sequence[Task], parallel: int) -> Iterator[Outcome]:
    """Outcomes as they come in; with `parallel` above one, in worker processes and out of order."""
    if parallel <= 1 or len(tasks) < 20:
        advisor = Advisor(settings)
        for task in tasks:
            yield run_task(advisor, task)
        return
    _ = Advisor(settings).library  # built once, before the workers open it
    size = 8
    portions = [tasks[i : i + size] for i in range(0, len(tasks), size)]
    with ProcessPoolExecutor(parallel, multiprocessing.get_context("spawn"), _begin, (settings,)) as pool:
        waiting: set[Future[list[Outcome]]] = {pool.submit(_work, portion) for portion in portions}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def default_parallel() -> int:
    """As many workers as there are processors, at most four."""
    return min(4, os.cpu_count() or 1)
