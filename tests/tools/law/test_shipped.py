"""The law files that are shipped: each loads, each value has its source, and labels cannot go stale."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from tools.errors import NotInForce
from tools.law import LawValue, Parameter, law
from tools.law.bindings import BINDING, bindings, render
from tools.law.models import Lang, Localized
from tools.text import normalise
from tools.text.numerals import CHINESE, read_numeral

LANGS: tuple[Lang, ...] = ("zh-TW", "en")
PARAMETERS = law().all()
VALUES = [(p, v) for p in PARAMETERS for v in p.values]
EACH = pytest.mark.parametrize("parameter", [pytest.param(p, id=p.id) for p in PARAMETERS])
NAMES = [f"{p.id}-{v.first_day}-{i}" for i, (p, v) in enumerate(VALUES)]
EACH_VALUE = pytest.mark.parametrize("value", [v for _, v in VALUES], ids=NAMES)
EACH_WITH_VALUE = pytest.mark.parametrize(("parameter", "value"), VALUES, ids=NAMES)
TYPES = {"boolean": bool, "date": date, "text": str | tuple}
CITED = {"confirmed", "secondary", "derived", "contested", "unverified", "expected"}


@pytest.mark.parametrize("topic", law().topics())
def test_every_file_loads(topic: str) -> None:
    assert law().topic(topic)
    assert all(law().title(topic)[lang] for lang in LANGS)


def test_both_jurisdictions_are_held() -> None:
    assert {t.split(".")[0] for t in law().topics()} == {"tw", "us"}


@EACH_VALUE
def test_every_value_has_its_source(value: LawValue) -> None:
    for lang in LANGS:
        assert value.source.citation[lang].strip()
        assert value.source.publisher[lang].strip()
    assert value.certainty in CITED
    assert value.source.url is None or value.source.url.startswith("https://")
    assert value.reviewed >= value.frontier


@EACH_WITH_VALUE
def test_every_value_fits_its_unit(parameter: Parameter, value: LawValue) -> None:
    assert isinstance(value.value, TYPES.get(parameter.unit, Decimal))
    if parameter.unit != "boolean":
        assert not isinstance(value.value, bool)
    if parameter.unit == "ratio":
        assert 0 <= value.number <= 10


@EACH_VALUE
def test_a_doubtful_value_says_why(value: LawValue) -> None:
    if value.certainty in ("derived", "contested", "unverified"):
        assert value.note is not None
        assert all(value.note[lang].strip() for lang in LANGS)


@EACH_WITH_VALUE
def test_every_value_is_the_law_on_its_first_and_last_day(parameter: Parameter, value: LawValue) -> None:
    if value.certainty == "expected":
        pytest.skip("what is only expected is never applied")
    scope = value.scope
    origin = scope.origins[0] if scope.origins else "ZZ"
    mode = scope.modes[0] if scope.modes else None
    for day in {value.first_day, value.effective_to or date(2026, 11, 21)}:
        if day >= value.first_day:
            assert law().value(parameter.id, day, origin=origin, mode=mode) == value


@EACH
def test_labels_do_not_hold_the_value(parameter: Parameter) -> None:
    for lang in LANGS:
        label = parameter.label[lang].replace("零件", "")  # parts, not a nought
        assert parameter.label[lang].strip()
        figures = set(re.findall(r"\d+(?:\.\d+)?", normalise(label).text.replace(",", "")))
        figures |= {str(n) for t in re.findall(f"[{CHINESE}]+", label) if (n := read_numeral(t)) is not None}
        for value in parameter.values:
            assert not figures & _spelt(value)


@EACH
def test_labels_and_aliases_are_in_both_languages(parameter: Parameter) -> None:
    assert re.search(r"[\u4e00-\u9fff]", parameter.label.zh_TW)
    assert not re.search(r"[\u4e00-\u9fff]", parameter.label.en)
    assert bool(parameter.aliases.zh_TW) == bool(parameter.aliases.en)
    # a measure, a stacking order and what is not held are asked for by what they belong to
    assert parameter.aliases.en or parameter.measure or parameter.id.startswith(("us.stacking", "us.programmes"))


@EACH_VALUE
def test_texts_of_a_value_render_on_its_days(value: LawValue) -> None:
    texts: list[Localized] = [*value.details.values(), *([value.note] if value.note else [])]
    origin = value.scope.origins[0] if value.scope.origins else "ZZ"
    mode = value.scope.modes[0] if value.scope.modes else "post"
    for text in texts:
        for lang in LANGS:
            assert len(bindings(text[lang])) == text[lang].count("{{")
            shown, bound = render(text[lang], law(), value.first_day, lang, origin=origin, mode=mode)
            assert not BINDING.search(shown)
            assert all(b.text for b in bound)


def _spelt(value: LawValue) -> set[str]:
    if isinstance(value.value, bool) or not isinstance(value.value, Decimal):
        return set()
    plain = [value.value, value.value * 100]
    return {format(n.normalize(), "f") for n in plain} | {format(n, "f") for n in plain}


def test_what_is_only_expected_is_not_the_law_of_its_day() -> None:
    expected = [(p.id, v.effective_from or v.evidenced_on or date.max) for p, v in VALUES if v.certainty == "expected"]
    assert expected
    for name, day in expected:
        with pytest.raises(NotInForce):
            law().value(name, day)
