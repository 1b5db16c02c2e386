"""Cells with several rates, references with their base, conditions, names of quantities, and printing back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.errors import InputError, OutOfScope
from tools.tariff.notation import RateRefused, parse_cell, parse_rate, quantity_key
from tools.tariff.notation.grammar import read
from tools.tariff.notation.reading import RateInput, read_rate
from tools.tariff.notation.vocabulary import Jurisdiction

CHEESE = (
    "Free (BH,CL,JO,KR,MA,OM,P,PE,SG) See 9823.04.01-9823.04.54 (S+) See 9908.04.05 (IL) "
    "See 9919.04.50, 9919.04.57, 9919.04.67 (PA (PA)"
)


def groups(text: str, jurisdiction: Jurisdiction = "us") -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(g.text, g.codes, g.refused.code if g.refused else None) for g in parse_cell(text, jurisdiction).groups]


def test_a_cell_keeps_each_rate_with_its_codes() -> None:
    assert groups("Free (A, AU, BH) 3.5% (JP)") == [("Free", ("A", "AU", "BH"), None), ("3.5%", ("JP",), None)]
    assert groups("Free (A+,AU)8.8¢/liter(JO)") == [("Free", ("A+", "AU"), None), ("8.8¢/liter", ("JO",), None)]
    assert groups("Free\n(A*,E IL,MA,.OM)") == [("Free", ("A*", "E", "IL", "MA", "OM"), None)]
    assert groups("0% (PA,NZ,SG) 12.5% (GT,NI,SV,HN)", "tw")[1] == ("12.5%", ("GT", "NI", "SV", "HN"), None)


def test_a_reference_in_a_cell_is_refused_by_itself_and_the_rest_is_read() -> None:
    found = groups(CHEESE)
    assert [code for _, _, code in found] == [None, "see", "see", "see"]
    assert found[3][:2] == ("See 9919.04.50, 9919.04.57, 9919.04.67", ("PA",))
    cell = parse_cell(CHEESE, "us")
    free, see = cell.for_code("KR"), cell.for_code("S+")
    assert free is not None and free.rate is not None and free.rate.ad_valorem == 0
    assert see is not None and see.rate is None and cell.for_code("AU") is None


def test_paragraphs_of_notes_are_no_programme_codes() -> None:
    text = "No change (A) Free (CA,IL, MX) See U.S. note 3 to this sub- chapter (E) See U.S. note 3(e) (CO,PE)"
    assert groups(text) == [
        ("No change", ("A",), "no_change"),
        ("Free", ("CA", "IL", "MX"), None),
        ("See U.S. note 3 to this subchapter", ("E",), "see"),
        ("See U.S. note 3(e)", ("CO", "PE"), "see"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0"])
def test_an_empty_cell_has_no_groups(text: str) -> None:
    assert parse_cell(text, "us").groups == ()


@pytest.mark.parametrize(
    ("text", "base", "value", "quantities", "amount"),
    [
        ("The duty provided in the applicable subheading + 25%", "5%", "100", {}, "30"),
        ("The duty provided in the applicable subheading plus 25%", "Free", "100", {}, "25"),
        ("The duty provided in the applicable subheading + a duty of 25%", "46.3¢/kg + 14.9%", "100", {"kg": 10}, "44.53"),
        ("The duty provided in the applicable subheading", "33 1/3%", "300", {}, "100"),
        ("No change", "5%", "100", {}, "5"),
    ],
)  # fmt: skip
def test_a_reference_computes_once_its_base_is_given(
    text: str, base: str, value: str, quantities: dict[str, int], amount: str
) -> None:
    rate = parse_rate(text, "us", base=parse_rate(base, "us"))
    known = {unit: Decimal(number) for unit, number in quantities.items()}
    assert rate.evaluate(Decimal(value), known).amount == Fraction(amount)


def test_a_rate_on_its_base_keeps_the_codes_and_prints_as_the_sum() -> None:
    text = "The duty provided in the applicable subheading + 200% (AU, BH)"
    rate = parse_rate(text, "us", base=parse_rate("1¢/kg + 5%", "us"))
    assert (rate.codes, rate.render("en")) == (("AU", "BH"), "1¢/kg + 5% + 200% (AU, BH)")
    assert parse_rate(text, "us", base=parse_rate("Free", "us")).render("en") == "200% (AU, BH)"


def test_a_duty_on_a_part_of_the_value_needs_that_part() -> None:
    text = "The duty provided in the applicable subheading + a duty of 25% upon the value of the non-U.S. content"
    rate = parse_rate(text, "us", base=parse_rate("2.5%", "us"))
    assert rate.needs == ("value of the non-U.S. content",) and rate.ad_valorem is None
    assert rate.evaluate(Decimal(1000), {"value of the non-U.S. content": Decimal(400)}).amount == 125


@pytest.mark.parametrize("text", ["See 9903.88.15", "The rate applicable in the absence of this heading"])
def test_a_base_does_not_settle_what_is_worded_otherwise(text: str) -> None:
    with pytest.raises(RateRefused):
        parse_rate(text, "us", base=parse_rate("5%", "us"))


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("Free", "0"),
        ("33 1/3%", "1/3"),
        ("6.5% on the entire set", "13/200"),
        ("Free, under bond", "0"),
        ("3.5% (JP)", "7/200"),
        ("1¢/kg", None),
        ("5% on the case", None),
        ("$1/kg or 5% whichever is higher", None),
        ("20% (Mar 1 to Sep 30); otherwise 10%", None),
    ],
)
def test_the_ratio_is_given_only_where_the_whole_rate_is_one(text: str, ratio: str | None) -> None:
    assert parse_rate(text, "us").ad_valorem == (None if ratio is None else Fraction(ratio))


def test_conditions_are_named() -> None:
    assert [(c.kind, c.en) for c in parse_rate("3.5% (JP)", "us").conditions] == [("programme", "JP")]
    assert [(c.kind, c.en) for c in parse_rate("Free, under bond", "us").conditions] == [("term", "under bond")]
    assert [(c.kind, c.zh) for c in parse_rate("5¢/kg on drained weight", "us").conditions] == [("basis", "瀝乾重量")]
    (season, *_) = parse_rate("20% (Mar 1 to Sep 30); otherwise 10%", "us").conditions
    assert (season.kind, season.en, season.zh) == ("season", "03-01/09-30", "3月1日至9月30日")


def test_a_day_in_no_season_is_refused() -> None:
    with pytest.raises(OutOfScope, match="no season of the rate holds 2026-12-01"):
        parse_rate("20% (Mar 1 to Sep 30)", "us").evaluate(Decimal(100), {}, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("quantities", "field"),
    [({"kg": -1}, "kg"), ({"kg": 1, "KGM": 2}, "KGM"), ({"degrees": 101, "kg": 1}, "degrees")],
)
def test_quantities_that_cannot_be_are_named(quantities: dict[str, int], field: str) -> None:
    text = "3¢/kg less 0.02¢/kg for each degree under 100 degrees"
    with pytest.raises(InputError) as wrong:
        parse_rate(text, "us").evaluate(Decimal(1), {k: Decimal(v) for k, v in quantities.items()})
    assert wrong.value.field == field


def test_a_fraction_of_a_degree_counts_only_where_the_rate_says_so() -> None:
    plain = "3¢/kg less 1¢/kg for each degree under 100 degrees"
    known = {"kg": Decimal(100), "degrees": Decimal("98.5")}
    assert parse_rate(plain, "us").evaluate(None, known).amount == 2
    proportional = f"{plain} (and fractions of a degree in proportion)"
    assert parse_rate(proportional, "us").evaluate(None, known).amount == Fraction("1.5")


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("kg", "KG", "KGM", "公斤", "kilograms"), "kg"),
        (("No.", "NO", "no", "PCE", "件"), "No."),
        (("liter", "liters", "L", "LTR"), "liter"),
        (("pf.liters", "pf. liter", "PFL"), "pf.liter"),
        (("m2", "m²", "MTK"), "m2"),
        (("Pb kg", "pb kg"), "Pb kg"),
        (("kg ttl sug", "KTS"), "kg ttl sug"),
    ],
)
def test_names_of_quantities_are_one(names: tuple[str, ...], key: str) -> None:
    assert {quantity_key(n) for n in names} == {key}


@given(st.decimals(min_value=0, max_value=3000, places=3))
def test_the_short_way_for_plain_percentages_reads_as_the_grammar_does(percent: Decimal) -> None:
    for text in (f"{percent:f}%", f"{percent.normalize():f}%", f" {percent:f}%\n"):
        (group,) = parse_cell(text, "us").groups
        (by_grammar,) = read(text, "us")
        assert group.rate is not None and group.rate.tree == by_grammar.tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("5 per cent ad valorem", "5%"),
        ("USD 1.05 per kg plus 2.3% ad val.", "$1.05/kg + 2.3%"),
        ("25 cents per dozen", "25¢/doz."),
        ("5％", "5%"),
    ],
)
def test_everyday_wordings_are_read_too(text: str, printed: str) -> None:
    assert parse_rate(text, "us").render("en") == printed


def test_a_rate_is_printed_in_both_languages() -> None:
    rate = parse_rate("NT$11.3/KGM or 15% whichever is higher", "tw")
    assert rate.render("en") == rate.text
    assert rate.render("zh-TW") == "每公斤 新臺幣 11.3 元 或 15%，從高徵收"
    assert parse_rate("$1.90 each + 45% on the case", "us").render("zh-TW") == "每件 1.9 美元 + 45%（錶殼價值）"
    assert parse_rate("22¢/kg on drained weght +45%", "us").render("en") == "22¢/kg on drained weight + 45%"


def test_the_jurisdiction_is_told_by_the_money() -> None:
    assert read_rate(RateInput(text="NT$10/KGM")).jurisdiction == "tw"
    assert read_rate(RateInput(text="$10/kg")).jurisdiction == "us"


def test_a_programme_chooses_among_several_rates() -> None:
    given = {"text": "Free (A, AU) 3.5% (JP)", "value": "100"}
    assert read_rate(RateInput.model_validate(given | {"program": "JP"})).amount == "3.5"
    with pytest.raises(InputError, match="A, AU, JP"):
        read_rate(RateInput.model_validate(given | {"program": "KR"}))


def test_what_is_known_of_an_open_rate_is_told() -> None:
    read = read_rate(RateInput.model_validate({"text": "46.3¢/kg + 14.9%", "value": "100"}))
    assert (read.readable, read.needs, read.amount) == (True, ("kg",), None)
    assert [(c.unit, c.amount) for c in read.components] == [("kg", None), (None, "14.9")]
    assert read.reason is not None and "kg" in read.reason


# ------------------------------------------------------------------------------------------------- fuzzing

WORDS = """
    Free 5% 33_1/3% 0% 12.5 ¢ ¢/kg $1.05/kg $
    NT$10/KGM each + +_ or , ; whichever_is_higher 從高徵收
    從低徵收 免稅 每公斤 元 新臺幣 but_not_less_than but_not_more_than less for_each_degree_under_100_degrees
    /doz. /pr. /1000 /m2 /line/_gross on on_the_case on_the_battery on_drained_weight
    of_total_sugars (A,AU) (JP) (PA,GT) See_9903.88.15 No_change (Mar_1_to_Sep_30) otherwise The_duty_provided_in_the_applicable_subheading
    plus minus percent over_7 1,000 . / ( )
    0 00 / ,under_bond
"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=7), st.sampled_from(["", " "]), st.sampled_from(["us", "tw"]))
def test_whatever_is_put_together_is_refused_or_reads_back(words: list[str], glue: str, where: Jurisdiction) -> None:
    check(glue.join(words).replace("_", " "), where)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["us", "tw"]))
def test_any_text_is_refused_or_reads_back(text: str, where: Jurisdiction) -> None:
    check(text, where)


def check(text: str, where: Jurisdiction) -> None:
    """A text is refused, or printed in both languages it reads back to the same rate; zero only where it says so."""
    try:
        rate = parse_rate(text, where)
    except OutOfScope:
        return
    for lang in ("zh-TW", "en"):
        again = parse_rate(rate.render(lang), where)
        assert (again.tree, again.codes) == (rate.tree, rate.codes), rate.render(lang)
    quantities = dict.fromkeys(rate.needs, Decimal(50))
    if rate.ad_valorem is not None:
        amount = rate.evaluate(Decimal(1000), quantities).amount
        assert amount == 1000 * rate.ad_valorem
        assert amount > 0 or "free" in text.lower().replace(" ", "") or "免稅" in text or "0" in text
