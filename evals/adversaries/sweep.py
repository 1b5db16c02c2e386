"""Every digit and every unit of sound answers changed, one at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from evals.adversaries.corrupt import figures_of, replaced_digit, unit_changes
from evals.adversaries.sound import Sound


def changed(sound: Sound, chance: random.Random) -> Iterator[str]:
    """The answer with one digit, or the unit of one figure, changed; one-digit figures are among them."""
    for figure in figures_of(sound):
        for at in range(figure.start, figure.end):
            if sound.text[at].isdigit():
                yield replaced_digit(sound.text, at, chance.randrange(1, 10))
    yield from unit_changes(sound)


def sample(sound: Sequence[Sound], count: int, seed: int) -> list[Sound]:
    """So many sound answers, of every scene in turn."""
    chance = random.Random(seed)
    return chance.sample(list(sound), min(count, len(sound)))
