"""`customs bench rate`: how fast rates are read, and a longer fuzzing of the notation than the suite affords.

Texts are cut, spliced and misspelt from real shapes. Each has to be refused, or read so that the rate prints back to
itself in both languages, keeps every number of the text, and comes to nothing only where the text says nought.
"""

from __future__ import annotations

import random
import re
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tools.errors import CustomsError, DataError, InputError, OutOfScope
from tools.tariff.notation import Rate, parse_cell, parse_rate
from tools.tariff.notation.render import number
from tools.tariff.notation.vocabulary import Jurisdiction

SEEDS = tuple(Path(__file__).with_name("rate_seeds.txt").read_text("utf-8").splitlines())
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MIXED = re.compile(r"([0-9]+) ([0-9]+) ?/ ?0*([1-9][0-9]*)")
_LETTERS = "0123456789.,%¢$/+()- abcdefgkmolprtzABCJKPSUN每公斤元或，（）從高免稅年月日至²\u00a0"
_GLUE = (" ", " + ", " or ", "; ", "")
_SLOW = 1.0  # seconds a text may take
_SPEED_ROUNDS = 20


def mutate(random_: random.Random) -> str:
    """A text that was a rate, or nearly one."""
    text = random_.choice(SEEDS)
    for _ in range(random_.randrange(5)):
        at, other = random_.randrange(len(text) + 1), random_.choice(SEEDS)
        cut = other[random_.randrange(len(other)) :]
        text = random_.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + random_.choice(_LETTERS) + text[at:],
                text[:at] + random_.choice(_LETTERS) + text[at + 1 :],
                text[at:] + random_.choice(_GLUE) + text[:at],
                text[:at] + cut,
                text + random_.choice(_GLUE) + other,
            )
        )
    return text


def fault(text: str, where: Jurisdiction) -> str | None:
    """What is wrong with the reading of a text, or None."""
    started = time.perf_counter()
    try:
        groups = parse_cell(text, where).groups
        faults = [_fault_of(g.rate, g.text) for g in groups if g.rate is not None]
    except OutOfScope:
        faults = []
    if time.perf_counter() - started > _SLOW:
        return "took too long"
    return next((f for f in faults if f), None)


def _fault_of(rate: Rate, text: str) -> str | None:
    for lang in ("zh-TW", "en"):
        printed = rate.render(lang)
        try:
            again = parse_rate(printed, rate.jurisdiction)
        except CustomsError as error:
            return f"prints {printed!r}, which is refused: {error}"
        if (again.tree, again.codes) != (rate.tree, rate.codes):
            return f"prints {printed!r}, which is another rate"
    try:
        amount = rate.evaluate(Decimal(10**6), dict.fromkeys(rate.needs, Decimal(90))).amount
    except (OutOfScope, InputError):
        return None
    if amount == 0 and not re.search(r"free|免\s*稅|(?<![1-9.])0", re.sub(r"\s", "", text), re.IGNORECASE):
        return "comes to nothing"
    return None if _numbers(text) == _numbers(rate.render("en")) else f"loses a number: {rate.render('en')!r}"


def _numbers(text: str) -> list[str]:
    """The digits that count, whatever the place of the point: 0.5 dollars are 50 cents."""
    joined = re.sub(r"<[^<>]*>|m\s?[²³23]|/\s*1,?000(?![0-9])", "/", text)
    joined = _MIXED.sub(lambda m: number(Fraction(m[1]) + Fraction(f"{m[2]}/{m[3]}")), joined)
    found = (m[0].replace(".", "").strip("0") for m in _NUMBER.finditer(joined))
    return [f for f in found if f]


def speed() -> float:
    """Rates read in a second, without the cache."""
    started = time.perf_counter()
    for _ in range(_SPEED_ROUNDS):
        for seed in SEEDS:
            for where in ("us", "tw"):
                try:
                    parse_cell.__wrapped__(seed, where)
                except OutOfScope:
                    continue
    return len(SEEDS) * 2 * _SPEED_ROUNDS / (time.perf_counter() - started)


def main(seconds: int, seed: int) -> None:
    """Print speed and what fuzzing found.

    Raises:
        DataError: a text that is misread.
    """
    fault(SEEDS[0], "us")  # builds the grammar
    print(f"rates read in a second: {speed():.0f}")
    random_, tried, read = random.Random(seed), 0, 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        text, where = mutate(random_), random_.choice(("us", "tw"))
        tried += 1
        if wrong := fault(text, where):  # type: ignore[arg-type]
            raise DataError("rate notation", f"{text!r} ({where}) {wrong}; seed {seed}, text {tried}")
        read += _reads(text, where)  # type: ignore[arg-type]
    print(f"texts tried in {seconds} s: {tried}, of which read: {read}; none misread")


def _reads(text: str, where: Jurisdiction) -> bool:
    try:
        return any(g.rate for g in parse_cell(text, where).groups)
    except OutOfScope:
        return False
