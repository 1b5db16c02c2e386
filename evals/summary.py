"""What a run amounts to, in lines: shares with intervals by suite, measures, failures, repeats, paraphrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evals.bands import Bands
from evals.records import Outcome
from evals.stats import bootstrap, wilson


def summary(
    ran: Sequence[Outcome], bands: Bands, *, held_out: bool, seconds: float, part: bool = False
) -> tuple[str, bool]:
    """The text of a summary, and whether a fail band was reached.

    Args:
        ran: outcomes in order.
        bands: thresholds.
        held_out: name the held-out cases too; ordinarily they count in the total only.
        seconds: how long the run took.
        part: suites without a fail band were run in part; they are warned of only where chance does not explain it.
    """
    lines: list[str] = []
    failed = False
    for suite, rows in by_suite(ran).items():
        lines += [f"  {suite}/{o.id}: {_told(o)}" for o in rows if not o.passed and (held_out or o.split == "dev")]
        passed = sum(o.passed for o in rows)
        low, high = wilson(passed, len(rows))
        verdict = bands.verdict(suite, high if part and suite not in bands.fail else passed / len(rows))
        failed |= verdict == "fail"
        floor = f", fail under {bands.fail[suite]:.1%}" if suite in bands.fail else ""
        mark = "" if verdict == "ok" else f"  {verdict.upper()}"
        lines.append(f"{suite}: {passed}/{len(rows)} = {passed / len(rows):.1%} [{low:.1%}, {high:.1%}]{floor}{mark}")
    lines += [*_held_out(ran), *measures(ran), *_repeats(ran), *paraphrase_loss(ran)]
    lines.append(f"{len(ran)} answers in {seconds:.1f} s")
    return "\n".join(lines), failed


def by_suite(ran: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes by suite, in the order met."""
    rows: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in ran:
        rows[outcome.suite].append(outcome)
    return dict(rows)


def _told(outcome: Outcome) -> str:
    return " | ".join(f"{name}: {reason}" for name, reason in outcome.complaints.items())


def _held_out(ran: Sequence[Outcome]) -> list[str]:
    rows = [o for o in ran if o.split == "held-out"]
    if not rows:
        return []
    passed = sum(o.passed for o in rows)
    low, high = wilson(passed, len(rows))
    return [f"held out, all suites: {passed}/{len(rows)} = {passed / len(rows):.1%} [{low:.1%}, {high:.1%}]"]


def measures(ran: Sequence[Outcome]) -> list[str]:
    """Means of what is measured and not judged, with bootstrap intervals."""
    lines = []
    for name, unit in (("latency", "ms"), ("brevity", "characters"), ("tokens", "tokens"), ("cost", "US$")):
        values = [s.value for o in ran if (s := o.scores.get(name)) and s.value is not None]
        if values and any(values):
            low, high = bootstrap(values, draws=300)
            lines.append(f"{name}: mean {sum(values) / len(values):.1f} {unit} [{low:.1f}, {high:.1f}]")
    return lines


def differing(ran: Sequence[Outcome]) -> list[str]:
    """Cases whose repeats differ in anything but the time they took."""
    first: dict[tuple[str, str], object] = {}
    found: dict[str, None] = {}
    for outcome in ran:
        held = outcome.without_time()
        if first.setdefault((outcome.suite, outcome.id), held) != held:
            found[f"{outcome.suite}/{outcome.id}"] = None
    return list(found)


def _repeats(ran: Sequence[Outcome]) -> list[str]:
    times = max((o.repeat for o in ran), default=0) + 1
    if times == 1:
        return []
    unlike = differing(ran)
    told = f"differ in {', '.join(unlike)}" if unlike else "identical apart from timings"
    return [f"{times} repeats: {told}"]


def paraphrase_loss(ran: Sequence[Outcome]) -> list[str]:
    """How much is lost when the same is asked in other words, in points, over the pairs that both ran."""
    originals: defaultdict[str, list[bool]] = defaultdict(list)
    for outcome in ran:
        if outcome.paraphrase_of is None:
            originals[outcome.id].append(outcome.passed)
    pairs = [
        (sum(originals[o.paraphrase_of]) / len(originals[o.paraphrase_of]), float(o.passed))
        for o in ran
        if o.paraphrase_of and originals.get(o.paraphrase_of)
    ]
    if not pairs:
        return []
    differences = [before - after for before, after in pairs]
    low, high = bootstrap(differences, draws=500)
    before, after = (sum(p[i] for p in pairs) / len(pairs) for i in (0, 1))
    told = f"{after:.1%} against {before:.1%} of their originals, a loss of {100 * (before - after):.1f} points"
    return [f"paraphrases: {told} [{100 * low:.1f}, {100 * high:.1f}] over {len(pairs)} pairs"]
