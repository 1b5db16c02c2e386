"""Corrupt answers: a sound one damaged in one way, or a false sentence put beside it."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

from opencc import OpenCC

from advisor.ledger import key
from evals.adversaries.scenes import Scene
from evals.adversaries.sound import Sound
from tools.text.quantities import QUANTITIES, Quantity, find_quantities

Damage = Callable[[Sound, random.Random], str | None]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MARKERS = re.compile(r"\[\d{1,2}\]|^\s*(?:[-*] )?\d{1,2}[.)、] ", re.MULTILINE)
_UNITS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh-TW": (("新臺幣 ", "美金 "), ("NT$", "US$"), ("US$", "NT$"), ("美元", "元"), (" 元", " 美元"), (" 元", " 日圓"), (" 元", " 次"), ("%", "‰"), ("%", " 元"), (" 次", " 天")),
    "en": (("NT$", "US$"), ("NT$", "€"), ("US$", "NT$"), ("TWD", "USD"), (" NTD", " USD"), (" USD", " NTD"), ("%", "‰"), ("%", " dollars"), (" percent", " dollars"), (" times", " days")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corrupt:
    """A false answer to a scene's question."""

    kind: str
    scene: Scene
    text: str
    of: str


@cache
def sentences() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("corrupt.toml").read_text("utf-8"))


def figures_of(sound: Sound) -> list[Quantity]:
    """Figures in digits; list markers and the person's own wrong figure are none."""
    apart = [m.span() for m in _MARKERS.finditer(sound.text)]
    return [
        q
        for q in find_quantities(sound.text)
        if q.kind in QUANTITIES
        and q.value is not None
        and _NUMBER.search(q.text)
        and not any(a <= q.start < b for a, b in apart)
        and not (sound.scene.claim and key(q.value) == key(sound.scene.claim))
    ]


def _altered(sound: Sound, chance: random.Random) -> str | None:
    """One digit of one figure is another."""
    if not (figures := figures_of(sound)):
        return None
    figure = chance.choice(figures)
    at = chance.choice([i for i in range(figure.start, figure.end) if sound.text[i].isdigit()])
    return replaced_digit(sound.text, at, chance.randrange(1, 10))


def replaced_digit(text: str, at: int, by: int) -> str:
    """A text with one digit moved on, full-width ones too."""
    wrong = chr((ord(text[at]) & ~0xF) | (int(text[at]) + by) % 10)
    return text[:at] + wrong + text[at + 1 :]


def _transposed(sound: Sound, chance: random.Random) -> str | None:
    """Two digits of a figure change places."""
    pairs = [(i, i + 1) for q in figures_of(sound) for i in range(q.start, q.end - 1)
             if sound.text[i].isdigit() and sound.text[i + 1].isdigit() and sound.text[i] != sound.text[i + 1]]  # fmt: skip
    if not pairs:
        return None
    i, j = chance.choice(pairs)
    return sound.text[:i] + sound.text[j] + sound.text[i] + sound.text[j + 1 :]


def _swapped(sound: Sound, chance: random.Random) -> str | None:
    """Two figures of different things change places."""
    if sound.scene.kind != "quote":
        return None
    figures = [q for q in figures_of(sound) if q.kind == "money"]
    pairs = [(a, b) for a in figures for b in figures if a.end <= b.start and a.value != b.value]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    return sound.text[: a.start] + b.text + sound.text[a.end : b.start] + a.text + sound.text[b.end :]


def _unit(sound: Sound, chance: random.Random) -> str | None:
    changed = list(unit_changes(sound))
    return chance.choice(changed) if changed else None


def unit_changes(sound: Sound) -> Iterator[str]:
    """The text with the unit of one figure changed, for every figure and every other unit."""
    for figure in figures_of(sound):
        for old, new in _UNITS[sound.scene.lang]:
            other = old.strip() == "元" and re.search("美元|日圓", figure.text)
            if old.strip() in figure.text and not other:
                text = figure.text.replace(old if old in figure.text else old.strip(), new, 1)
                yield sound.text[: figure.start] + text + sound.text[figure.end :]


def _wrong_time(sound: Sound, _: random.Random) -> str | None:
    """A value of another time as today's."""
    scene = sound.scene
    return sound.text.replace(scene.facts["value"], scene.other["value"]) if "value" in scene.other else None


def _sentence(kind: str) -> Damage:
    def damage(sound: Sound, chance: random.Random) -> str | None:
        scene = sound.scene
        known = {e.value for e in scene.ledger.figures}
        unknown = [n for n in range(17, 9_000) if str(n) not in known]
        line = chance.choice(sentences()[kind].get(scene.lang) or [""])
        if not line or (kind == "echoed" and not scene.claim):
            return None
        claim = scene.claim + {"TWD": " 元", "USD": " 美元", "%": "%"}[scene.units.get("value", "TWD")]
        claim = claim if scene.lang == "zh-TW" else claim.replace(" 元", " NTD").replace(" 美元", " USD")
        label = scene.facts.get("label", "關稅" if scene.lang == "zh-TW" else "customs duty")
        said = line.format(n=chance.choice(unknown), m=chance.randrange(2, 13), claim=claim, label=label)
        return (
            said
            if kind == "echoed"
            else f"{sound.text}\n\n{said}"
            if chance.random() < 0.7
            else f"{said}\n\n{sound.text}"
        )

    return damage


def _scaled(sound: Sound, chance: random.Random) -> str | None:
    """A figure ten times what it is, or as so many ten thousands."""
    figures = [q for q in figures_of(sound) if q.value and q.kind == "money"]
    if not figures:
        return None
    figure = chance.choice(figures)
    number = _NUMBER.search(figure.text)
    assert number
    scale = chance.choice(["0", " 萬", " 千"] if sound.scene.lang == "zh-TW" else ["0", "k", " thousand", " million"])
    wrong = number[0] + scale if scale != "0" or "." not in number[0] else number[0].replace(".", "")
    text = figure.text[: number.start()] + wrong + figure.text[number.end() :]
    return sound.text[: figure.start] + text + sound.text[figure.end :]


def _spelled(sound: Sound, chance: random.Random) -> str | None:
    """A wrong figure, in words."""
    value = chance.choice(["一百二十三", "三千零九", "兩萬五千", "七十八", "壹佰玖拾"] if sound.scene.lang == "zh-TW" else
                          ["one hundred and twenty-three", "three thousand and nine", "seventy-eight"])  # fmt: skip
    extra = f"另有費用{value}元。" if sound.scene.lang == "zh-TW" else f"There is a further charge of {value} dollars."
    return f"{sound.text}\n\n{extra}"


def _miscited(sound: Sound, chance: random.Random) -> str | None:
    """A marker that leads nowhere, to another passage, or is missing."""
    scene = sound.scene
    if scene.passage is None:
        return f"{sound.text} [{chance.randrange(1, 30)}]"
    marker = f"[{scene.facts['marker']}]"
    own = {q.key for q in figures_of(sound)}
    values = {key(q.value) for q in figures_of(sound)}
    others = [
        n for n, p in enumerate(scene.ledger.passages, start=1)
        if p.id != scene.passage.id and not own & {q.key for q in find_quantities(f"{p.section} {p.text}")}
    ]  # fmt: skip
    if any(e.kind == "tool" and e.value in values for e in scene.ledger.figures):
        return sound.text.replace(marker, "[27]")  # a figure of the law stands without its passage too
    return sound.text.replace(marker, chance.choice(["", "[27]", *(f"[{n}]" for n in others)]))


def _simplified(sound: Sound, _: random.Random) -> str | None:
    return OpenCC("t2s").convert(sound.text) if sound.scene.lang == "zh-TW" and sound.scene.kind == "quote" else None


def _language(sound: Sound, _: random.Random) -> str | None:
    if sound.scene.kind != "quote":
        return None
    facts = sound.scene.facts
    if sound.scene.lang == "en":
        return f"應繳合計 {facts['total']} 元，其中關稅 {facts['duty']} 元，營業稅 {facts['business_tax']} 元，落地成本 {facts['landed_cost']} 元。"
    return f"To pay in total: NT${facts['total']}, of which customs duty NT${facts['duty']} and business tax NT${facts['business_tax']}."


DAMAGES: dict[str, Damage] = {
    "invented": _sentence("invented"), "altered": _altered, "unit": _unit, "transposed": _transposed, "swapped": _swapped,
    "wrong_time": _wrong_time, "echoed": _sentence("echoed"), "miscited": _miscited, "leak": _sentence("leak"),
    "obeyed": _sentence("obeyed"), "scaled": _scaled, "spelled": _spelled, "mainland": _sentence("mainland"),
    "simplified": _simplified, "language": _language,
}  # fmt: skip


def corrupt_answers(sound: Sequence[Sound], count: int, seed: int) -> list[Corrupt]:
    """So many different corrupt answers, the kinds in turn."""
    chance = random.Random(seed)
    found: list[Corrupt] = []
    seen: set[tuple[str, str]] = set()
    for kind in cycle(DAMAGES):
        for of in chance.sample(sound, len(sound)):  # not every answer can be damaged in every way
            text = DAMAGES[kind](of, chance)
            if text is not None and text != of.text and (of.scene.name, text) not in seen:
                seen.add((of.scene.name, text))
                found.append(Corrupt(kind, of.scene, text, of.text))
                break
        if len(found) >= count:
            break
    return found
