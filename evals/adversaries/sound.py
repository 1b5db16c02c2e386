"""Sound answers over the scenes' results, in the many ways people and models word them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.search import split_sentences
from evals.adversaries.scenes import Scene
from tools.text.quantities import QUANTITIES, find_quantities

_STYLES = {
    ("TWD", "zh-TW"): ("{} 元", "NT${}", "新臺幣 {} 元", "{}元", "{} 元"), ("TWD", "en"): ("NT${}", "TWD {}", "{} NTD", "NT${}"),
    ("USD", "zh-TW"): ("{} 美元", "US${}"), ("USD", "en"): ("US${}", "{} USD"),
    ("%", "zh-TW"): ("{}%",), ("%", "en"): ("{}%", "{} percent"),
    ("count", "zh-TW"): ("{} 次",), ("count", "en"): ("{} times",),
}  # fmt: skip
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SHORTEST, _LONGEST = 14, 160  # characters of a sentence that is quoted


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound answer, and the frame it was worded with."""

    scene: Scene
    text: str
    frame: int


@cache
def frames() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))


def sound_answers(scenes: Sequence[Scene]) -> Iterator[Sound]:
    """Every scene in every wording; styles of writing amounts take turns."""
    for number, scene in enumerate(scenes):
        if scene.passage is not None:
            yield from _quoting(scene)
            continue
        for place, frame in enumerate(frames()[scene.kind][scene.lang]):
            wide = scene.lang == "zh-TW" and (number + place) % 11 == 10
            said = {of: _written(scene, of, numeral, number + place) for of, numeral in scene.facts.items()}
            said["claim"] = _claim(scene)
            text = frame.format(**said)
            yield Sound(scene, text.translate(_WIDE) if wide else text, place)


def _written(scene: Scene, of: str, numeral: str, turn: int) -> str:
    unit = scene.units.get(of)
    if unit is None:
        return numeral
    styles = _STYLES[unit, scene.lang]
    return styles[turn % len(styles)].format(numeral.removesuffix("%"))


def _claim(scene: Scene) -> str:
    unit = "TWD" if scene.kind == "quote" else scene.units["value"]
    return scene.claim if unit == "%" else _STYLES[unit, scene.lang][0].format(scene.claim)


def _quoting(scene: Scene) -> Iterator[Sound]:
    assert scene.passage is not None
    for sentence in split_sentences(scene.passage.text):
        plain = re.sub(r"^(?:[-*>]|\d+[.)]) *", "", sentence)
        figures = [q for q in find_quantities(plain) if q.kind in QUANTITIES and q.value is not None]
        if not figures or "|" in plain or not _SHORTEST <= len(plain) <= _LONGEST or not plain.endswith(("。", ".")):
            continue
        for place, frame in enumerate(frames()["passage"][scene.lang]):
            yield Sound(scene, frame.format(sentence=plain, marker=f"[{scene.facts['marker']}]"), place)
