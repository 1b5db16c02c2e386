"""`customs bench guard`: corrupt answers that get through, sound ones that are blocked, digits and units changed, behaviour."""

from __future__ import annotations

import random
import time
from collections import Counter

from advisor.settings import Settings
from corpus.search import open_library
from evals.adversaries.behaviour import BEHAVIOURS, behaved, fault_in
from evals.adversaries.corrupt import corrupt_answers
from evals.adversaries.scenes import judged, laws, passages, quotes
from evals.adversaries.sound import sound_answers
from evals.adversaries.sweep import changed, sample

_CORRUPT, _SWEPT = 500, 200


def main(settings: Settings, corrupt: int | None, swept: int | None, seed: int) -> int:
    """Print what was found; 1 when anything false got through or more than one sound answer in fifty was blocked."""
    corrupt, swept = corrupt or _CORRUPT, swept or _SWEPT
    started = time.perf_counter()
    library = open_library(settings.home)
    said = list(sound_answers([*quotes(), *laws(), *passages(library)]))
    passed = [s for s in said if judged(s.scene, s.text).passed]
    for blocked in (s for s in said if s not in passed):
        print(f"blocked: {blocked.scene.name}: {blocked.text!r}")
    print(f"sound answers blocked: {len(said) - len(passed)} of {len(said)}")

    false = corrupt_answers(passed, corrupt, seed)
    through = [c for c in false if judged(c.scene, c.text).passed]
    for shown in through:
        print(f"through: {shown.kind}: {shown.scene.name}: {shown.text!r}")
    kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(c.kind for c in false).items())
    print(f"corrupt answers through: {len(through)} of {len(false)} ({kinds})")

    chance, missed, tried = random.Random(seed), 0, 0
    for sound in sample(passed, swept, seed):
        for text in changed(sound, chance):
            tried += 1
            if judged(sound.scene, text).passed:
                missed += 1
                print(f"missed: {sound.scene.name}: {text!r} of {sound.text!r}")
    print(f"digits and units changed in {swept} sound answers, missed: {missed} of {tried}")

    wrong = 0
    for name, (_, may_show) in BEHAVIOURS.items():
        if fault := fault_in(behaved(settings, library, name), may_show=may_show):
            wrong += 1
            print(f"behaviour: {name}: {fault}")
    print(f"behaviours that get something through: {wrong} of {len(BEHAVIOURS)}")
    print(f"seed {seed}, {time.perf_counter() - started:.1f} s")
    return 1 if through or missed or wrong or (len(said) - len(passed)) * 50 > len(said) else 0
