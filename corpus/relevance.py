"""How likely a passage answers a question: what it carries of the question, and how the question is asked.

The weights stand in `scope.toml`. They were fitted on the questions of `evals/retrieval` that are not held out, on
those of the tests and on made-up ones that nothing answers; half is the border of "covered".
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus import glossary
from corpus.weights import Counts, Means, Reading
from tools.text.normalise import normalise, to_traditional
from tools.text.places import find_places

_GENERAL, _SINGLE = 0.3, 0.4  # what words of any text, and single Chinese characters, count for here
_LONG = 20  # words beyond which a question is simply long
_HOME = ("TW", "US")
_OF_OTHERS = ("foreign_rule", "document")  # cues that bear on others, and not by themselves


@cache
def _data() -> tuple[dict[str, tuple[re.Pattern[str], ...]], dict[str, float]]:
    raw = tomllib.loads(Path(__file__).with_name("scope.toml").read_text("utf-8"))
    cues = {
        name: tuple(re.compile(p, re.IGNORECASE) for p in (*languages["zh-TW"], *languages["en"]))
        for name, languages in raw["cues"].items()
    }
    return cues, raw["relevance"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it bears on relevance.

    Args:
        reading: its words by what they tell, words of any text for little.
        abroad: marks of the countries beside Taiwan and the United States that it names.
        cues: ways of asking that speak against an answer, and how many of them are met.
        unseen: share of its weight that stands nowhere in the collection.
    """

    reading: Reading
    abroad: frozenset[str]
    cues: Mapping[str, bool]
    unseen: float

    @property
    def against(self) -> list[str]:
        """What speaks against an answer; a forecast asked of a document may be a plan that it tells."""
        met = [name for name, is_met in self.cues.items() if is_met and name not in _OF_OTHERS]
        document = self.cues["document"]
        return ["forecast_of_document" if name == "forecast" and document else name for name in met]

    @property
    def size(self) -> float:
        """Its length in words; three Chinese tokens make about one."""
        return sum(1.0 if token.isascii() else 1 / 3 for token in self.reading.asked)


def read_question(text: str, weighted: Mapping[str, float], bridges: Sequence[Means], counts: Counts) -> Question:
    """What a question asks, for judging passages by."""
    folded = to_traditional(normalise(text).text)
    general = glossary.general()
    asked = {
        token: weight
        * (_GENERAL if token in general else 1.0)
        * (1.0 if token.isascii() or len(token) > 1 else _SINGLE)
        for token, weight in weighted.items()
    }
    bridged = frozenset(token for bridge in bridges for token in bridge.said)
    lost = sum(w for t, w in asked.items() if not counts.frequencies.get(t) and t not in bridged)
    cues, _ = _data()
    return Question(
        reading=Reading(asked, bridges),
        abroad=frozenset(f"@{p.code}" for p in find_places(folded) if p.code not in _HOME),
        cues={name: any(p.search(folded) for p in patterns) for name, patterns in cues.items()},
        unseen=lost / (sum(asked.values()) or 1.0),
    )  # fmt: skip


def relevance(question: Question, words: frozenset[str], score: float, best: float) -> float:
    """Probability that a passage answers a question.

    Args:
        question: as read.
        words: what the passage says.
        score: its lexical score over the question's weight.
        best: the largest share of the question that any of the first passages carries.
    """
    _, weight = _data()
    own = question.reading.share(words)
    missing = bool(question.abroad) and not question.abroad <= words
    foreign = bool(question.abroad) and question.cues["foreign_rule"] and not missing
    total = (
        weight["bias"] + weight["best"] * max(own, best) + weight["own"] * own + weight["score"] * score / 10
        + weight["unseen"] * question.unseen + weight["size"] * min(question.size, _LONG) / 10
        + weight["abroad_missing"] * missing + weight["abroad_rule"] * foreign
        + sum(weight[name] for name in question.against)
    )  # fmt: skip
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
