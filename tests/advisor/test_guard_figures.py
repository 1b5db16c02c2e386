"""Sound answers pass however they are worded; corrupt ones are never shown."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from advisor import Settings
from corpus.search import Library
from tests.advisor.conftest import TODAY
from tests.advisor.corrupt import CORRUPT, Corrupt
from tests.advisor.scenes import SCENES, shelf
from tests.advisor.scripted import Turn, calls, play, says
from tests.advisor.sound import SOUND

Worded = list[tuple[str, str]]
_SOUND: Worded = [(scene, text) for scene, texts in SOUND.items() for text in texts]


def answered(settings: Settings, library: Library, name: str, *texts: str, as_of: date = TODAY) -> Turn:
    """A scene played to its end: the tools are called, then these texts are said in turn."""
    scene = SCENES[name]
    script = [calls(*scene.calls), *map(says, texts)]
    return play(settings, shelf(library, scene, as_of), scene.question, script, as_of=as_of)


def assert_not_shown(turn: Turn, corrupt: str) -> None:
    """The offline rules answered in the model's place, with figures that all stand on something."""
    answer = turn.answer
    assert answer.composed_by == "fallback", f"shown: {answer.answer}"
    assert answer.answer.strip()
    if any(q.passage and corrupt.strip() in q.passage for q in answer.citations):
        return  # the passage's own words, which the offline answer quotes with its marker
    assert not corrupt.strip() or corrupt.strip() not in answer.answer
    for line in (bare for raw in corrupt.splitlines() if len(bare := raw.strip()) > 12 and not set(bare) <= set("|- ")):
        assert line not in answer.answer or line in _SHARED, line
    for number in answer.numbers:
        assert number.grounding.kind in ("tool", "passage", "question")
        assert number.grounding.ref, number


#: lines of our own table that a corrupt table has in common with it
_SHARED = frozenset(line.strip() for texts in SOUND.values() for text in texts for line in text.splitlines())


def test_there_are_enough_of_both() -> None:
    kinds = Counter(corrupt.kind for corrupt in CORRUPT)
    assert len(_SOUND) >= 70
    assert len(CORRUPT) >= 300
    assert set(SOUND) | {"poison_zh", "poison_en"} == set(SCENES)
    assert len({(c.scene, c.text) for c in CORRUPT}) == len(CORRUPT)
    assert min(kinds.values()) >= 1


@pytest.mark.parametrize(("scene", "text"), _SOUND, ids=[f"{scene}-{n}" for n, (scene, _) in enumerate(_SOUND)])
def test_a_sound_answer_passes(settings: Settings, library: Library, scene: str, text: str) -> None:
    turn = answered(settings, library, scene, text)
    assert turn.blocked == (), text
    assert turn.answer.composed_by == "model"
    assert turn.answer.answer == _renumbered(text)
    assert turn.answer.status == "answered"


def _renumbered(text: str) -> str:
    """Citation markers counted in the order they are met."""
    order = list(dict.fromkeys(f"[{n}]" for n in "123456789" if f"[{n}]" in text))
    for new, old in enumerate(sorted(order, key=text.index), start=1):
        text = text.replace(old, f"\0{new}\0")
    for new in range(1, len(order) + 1):
        text = text.replace(f"\0{new}\0", f"[{new}]")
    return text


@pytest.mark.parametrize("corrupt", CORRUPT, ids=[f"{c.kind}-{c.scene}-{n}" for n, c in enumerate(CORRUPT)])
def test_a_corrupt_answer_never_gets_through(settings: Settings, library: Library, corrupt: Corrupt) -> None:
    assert_not_shown(answered(settings, library, corrupt.scene, corrupt.text, corrupt.text), corrupt.text)


@pytest.mark.parametrize(
    ("scene", "wrong", "right"),
    [
        ("watch_zh", "關稅 163 元、營業稅 170 元。", SOUND["watch_zh"][0]),
        ("watch_en", "The customs duty is NT$170.", SOUND["watch_en"][1]),
        ("mpf_zh", "目前最低 33.58 美元。", SOUND["mpf_zh"][0]),
        ("guide_en", "Yes, the minimum is $27.75.", SOUND["guide_en"][0]),
        ("claim_zh", "對，3000 元以下免稅。", SOUND["claim_zh"][0]),
        ("apec_zh", "每年快遞報單超過 4,500 萬筆 [1]。", SOUND["apec_zh"][0]),
    ],
)
def test_a_corrected_second_try_is_shown(
    settings: Settings, library: Library, scene: str, wrong: str, right: str
) -> None:
    turn = answered(settings, library, scene, wrong, right)
    assert turn.answer.composed_by == "model"
    assert turn.answer.answer == _renumbered(right)
    assert turn.blocked


def test_the_value_of_an_earlier_year_is_sound_on_a_day_of_that_year(settings: Settings, library: Library) -> None:
    then = "2022 年 3 月 1 日當時，商品處理費最低 27.75 美元、最高 538.40 美元。"
    turn = answered(settings, library, "mpf_zh", then, then, as_of=date(2022, 3, 1))
    assert turn.answer.composed_by == "model", turn.blocked
    today = "商品處理費最低 34.58 美元、最高 670.86 美元。"
    assert_not_shown(answered(settings, library, "mpf_zh", today, today, as_of=date(2022, 3, 1)), today)


def test_every_figure_shown_is_listed_with_its_ground(settings: Settings, library: Library) -> None:
    turn = answered(settings, library, "watch_zh", SOUND["watch_zh"][1])
    listed = [(n.text, n.value, n.unit, n.of, n.grounding.kind) for n in turn.answer.numbers]
    assert listed == [
        ("3,250 元", "3250", "TWD", "customs_value", "tool"),
        ("3,000 元", "3000", "TWD", "price", "question"),
        ("200 元", "200", "TWD", "freight", "question"),
        ("50 元", "50", "TWD", "insurance", "question"),
        ("5%", "5", "percent", "duty_rate", "tool"),
        ("162 元", "162", "TWD", "duty", "tool"),
        ("170 元", "170", "TWD", "business_tax", "tool"),
        ("332 元", "332", "TWD", "total", "tool"),
        ("3,582 元", "3582", "TWD", "landed_cost", "tool"),
    ]


def test_invented_figure_is_blocked(settings: Settings, library: Library) -> None:
    """A charge that nobody computed and no passage names."""
    for scene, invented in (
        ("watch_zh", "應繳 332 元：關稅 162 元、營業稅 170 元，另加報關費 350 元。"),
        ("watch_en", "You pay customs duty NT$162, business tax NT$170 and a clearance fee of NT$350."),
    ):
        assert_not_shown(answered(settings, library, scene, invented, invented), invented)


def test_altered_cited_figure_is_blocked(settings: Settings, library: Library) -> None:
    """The figure of a cited passage with one digit changed, its citation kept."""
    for scene, altered in (
        ("apec_zh", "報告說，臺灣到 2024 年每年的快遞報單已超過 3,600 萬筆 [1]。"),
        ("apec_en", "By 2024, the report says, Taiwan saw more than 36 million express declarations a year [1]."),
        ("mpf_zh", "MPF 按申報價值的 0.3474% 計收，但每份報單最低 34.58 美元、最高 670.86 美元 [1]。"),
    ):
        assert_not_shown(answered(settings, library, scene, altered, altered), altered)


def test_duty_moved_to_tax_is_blocked(settings: Settings, library: Library) -> None:
    """A figure that is right, of the wrong thing."""
    for scene, moved in (
        ("watch_zh", "營業稅 162 元，合計 332 元。"),
        ("watch_zh", "| 項目 | 金額 |\n|---|---|\n| 營業稅 | 162 元 |\n| 稅費合計 | 332 元 |"),
        ("watch_zh", "您要付 162 元的營業稅。"),
        ("watch_en", "Business tax is NT$162 and the total is NT$332."),
        ("watch_en", "NT$162 of business tax is due."),
    ):
        assert_not_shown(answered(settings, library, scene, moved, moved), moved)


def test_echoed_wrong_figure_is_blocked(settings: Settings, library: Library) -> None:
    """The person's own wrong figure handed back as a fact."""
    for scene, echoed in (
        ("guide_zh", "MPF 最低 27.75 美元，最高 538.40 美元。"),
        ("guide_en", "The minimum is 27.75 and the maximum is 538.40."),
        ("claim_zh", "快遞包裹 3000 元以下免稅。"),
        ("claim_en", "Courier parcels under NT$3,000 are duty free."),
    ):
        assert_not_shown(answered(settings, library, scene, echoed, echoed), echoed)
