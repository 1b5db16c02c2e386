"""`customs eval honesty`: what was measured and what of the law is not sure, as docs/honesty.md tells it; never worded by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evals.history import read_history
from evals.stats import wilson
from tools.law.models import LawValue, Parameter
from tools.law.store import law

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "honesty.md"
#: the pages that show a few suites, with the head of their table
FRONT = {
    "README.md": "| suite | cases | first run | last run | 95 % interval |",
    "README.zh-TW.md": "| 評測組 | 題數 | 第一次 | 最近一次 | 95% 區間 |",
}
_SHOWN = ("blind", "blind2", "blind3", "first", "documents", "calculation", "unanswerable", "red_team")
_FRONT = re.compile(
    r"(?<=<!-- scores: written by `customs eval honesty --write` -->\n\n).*?(?=\n<!-- end of scores -->)", re.DOTALL
)
MARK = "<!-- from here on written by `customs eval honesty --write` -->"
#: below this nothing is said to be settled
_UNSURE = ("secondary", "derived", "contested", "unverified", "expected")


def scores() -> list[str]:
    """The first and the last score of every suite, with intervals."""
    rows = [
        "| suite | cases | first run | last run | 95 % interval of the last | of them held out |",
        "|---|---|---|---|---|---|",
    ]
    for suite, runs in read_history().items():
        first, last = runs[0], runs[-1]
        low, high = wilson(last["passed"], last["cases"])
        held = f"{last['held_out'][0]} of {last['held_out'][1]}" if last["held_out"][1] else "none"
        rows.append(
            f"| {suite} | {last['cases']} | {first['passed']} of {first['cases']} | {last['passed']} of {last['cases']} ({last['on']}) "
            f"| {low:.0%} to {high:.0%} | {held} |"
        )
    return rows


def front(head: str) -> str:
    """A few suites for a reader who has just come, the one written without sight of the code first."""
    rows = [head, "|---|--:|--:|--:|---|"]
    held = read_history()
    for suite in _SHOWN:
        first, last = held[suite][0], held[suite][-1]
        low, high = wilson(last["passed"], last["cases"])
        rows.append(
            f"| `{suite}` | {last['cases']} | {first['passed']} / {first['cases']} | {last['passed']} / {last['cases']} | {low:.0%}–{high:.0%} |"
        )
    return "\n".join([*rows, ""])


def certainties() -> list[str]:
    """How sure the law is, by jurisdiction and in numbers."""
    values = _values()
    rows = ["| certainty | Taiwan | United States |", "|---|---|---|"]
    counts: Counter[tuple[str, str]] = Counter((parameter.id[:2], value.certainty) for parameter, value in values)
    for certainty in ("confirmed", *_UNSURE):
        rows.append(f"| {certainty} | {counts['tw', certainty]} | {counts['us', certainty]} |")
    unknown = Counter(parameter.id[:2] for parameter, value in values if value.effective_from is None)
    rows.append(f"| first day not known, only evidenced | {unknown['tw']} | {unknown['us']} |")
    return rows


def doubtful(certainty: str) -> list[str]:
    """The values of one certainty, with why."""
    rows = []
    for parameter, value in _values():
        if value.certainty == certainty and not parameter.id.startswith("us.not_held"):
            day = value.effective_from or value.evidenced_on
            note = f": {value.note.en}" if value.note else ""
            rows.append(f"- `{parameter.id}` from {day}, {parameter.label.en}{note}")
    return rows


def not_held() -> list[str]:
    """Regimes that are named in a quote, and not computed."""
    return [f"- {parameter.label.en}" for parameter in law().topic("us.not_held").values()]


def _values() -> list[tuple[Parameter, LawValue]]:
    return [(parameter, value) for parameter in law().all() for value in parameter.values]


def law_part() -> str:
    """The part that follows from the law store alone."""
    return _joined(
        ["## How sure the law is", "", "Values by their certainty; the marks mean what docs/adding-a-law.md says.", ""], certainties(),
        ["", "### Contested: sources disagree; the value used and why", ""], doubtful("contested"),
        ["", "### Unverified: one source, not seen at its origin", ""], doubtful("unverified"),
        ["", "### Known or likely to apply in the United States, and not computed", ""], not_held(),
    )  # fmt: skip


def scores_part() -> str:
    """The part that follows from the history of scores."""
    return _joined(
        ["## Measured", "", "Offline, without a language model; cases were committed before their first run.", ""],
        scores(),
        [""],
    )


def _joined(*parts: Iterable[str]) -> str:
    return "\n".join(line for part in parts for line in part) + "\n"


def main(*, write: bool) -> None:
    """Print the generated parts, and put them into the page where asked."""
    text = f"{scores_part()}\n{law_part()}"
    print(text, end="")
    if write:
        head = PAGE.read_text("utf-8").partition(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", "utf-8")
        for name, columns in FRONT.items():
            page = (ROOT / name).read_text("utf-8")
            (ROOT / name).write_text(_FRONT.sub(front(columns), page), "utf-8")
