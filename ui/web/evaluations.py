"""Evals: the last run's report, suite by suite, and how the scores went over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from tools.errors import InputError
from ui.web import charts, held
from ui.web.fields import several
from ui.web.words import Words, escaped, table

if TYPE_CHECKING:
    from evals.records import Run

_FAILURES = 20  # failed cases shown


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.evals"))
    st.write(words("evals.lead"))
    directory = held.settings().home / "evals" / "last"
    if (directory / "run.json").is_file():
        _run(directory, words)
    else:
        st.info(words("evals.no_run"))
        st.code("./customs eval run", language=None)
    _trend(words)


def _run(directory: Path, words: Words) -> None:
    """The last run: a line a suite, its failures, and the whole report to take along."""
    from evals.records import read_run
    from evals.stats import wilson
    from evals.summary import by_suite

    try:
        run = read_run(directory)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    state = words("evals.finished") if run.finished else words("evals.broken_off")
    st.caption(escaped(f"{run.started} · {run.manifest.model} · {run.manifest.subset} · {state}"))
    rows = []
    for suite, ran in by_suite(run.outcomes).items():
        passed = sum(o.passed for o in ran)
        low, high = wilson(passed, len(ran))
        rows.append((suite, f"{passed} / {len(ran)}", f"{passed / len(ran):.0%}", f"{low:.0%} – {high:.0%}"))
    st.markdown(table([words("evals.suite"), words("evals.passed"), "%", words("evals.interval")], rows, {1, 2, 3}))
    _failures(run, words)
    if st.button(words("evals.report"), icon=":material/description:"):
        from evals.report import write_report

        page_of_run = write_report(directory).read_bytes()
        st.download_button(words("evals.download"), page_of_run, "evals.html", "text/html")


def _failures(run: Run, words: Words) -> None:
    """Cases that failed, those of the open part only."""
    failed = [o for o in run.outcomes if not o.passed and o.split == "dev"][:_FAILURES]
    with st.expander(words("evals.failures", count=str(len(failed)))):
        for outcome in failed:
            st.markdown(f"**{escaped(f'{outcome.suite} / {outcome.id}')}**: {escaped(' → '.join(outcome.asked))}")
            for scorer, reason in outcome.complaints.items():
                st.caption(f"{escaped(scorer)}: {escaped(reason)}")


def _trend(words: Words) -> None:
    """Scores kept, oldest first."""
    from evals.history import read_history

    history = read_history()
    if not history:
        return
    st.subheader(words("evals.trend"))
    suites = several(words, "evals.suite", "suites", list(history), list(history)[:6], lambda s: s)
    rows: list[dict[str, Any]] = [
        {"suite": suite, "run": at, "share": 100 * line["passed"] / line["cases"], "on": line["on"], "revision": line["revision"],
         "passed": line["passed"], "cases": line["cases"]}
        for suite in suites
        for at, line in enumerate(history[suite], start=1)
        if line["cases"]
    ]  # fmt: skip
    if rows:
        st.altair_chart(charts.trend(rows, words("evals.runs")), alt=words("chart.trend"))
    kept = [(r["suite"], r["on"], f"{r['passed']} / {r['cases']}") for r in rows]
    with st.expander(words("evals.scores")):
        st.markdown(table([words("evals.suite"), words("evals.day"), words("evals.passed")], kept, {2}))
