"""Descriptions in sentences: which texts are such, what they call the goods, and what the other stretches say."""

from __future__ import annotations

import pytest

from evals.hs.sentences import Sentences
from tools.tariff.search.corpus import Phrase
from tools.tariff.search.prose import head, is_prose, stretches
from tools.tariff.search.words import query_terms

LONG = (
    "The product under consideration is a folding umbrella for travel. It consists of a canopy of polyester and a steel shaft. "
    "It is used for shelter from the rain. It has no battery. It is packed in a printed carton for retail sale."
)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (LONG.lower(), True),
        ("a kettle made of steel for use in the kitchen of a hotel", True),
        ("leather wallet men bifold rfid slim 2026 card holder purse", False),
        ("umbrella for the rain", False),
        ("what is the code for an umbrella that i bought in the shop", False),
        ("the product is a 手機殼 that is made of the silicone for a phone", False),
    ],
)
def test_prose_is_known_by_its_words(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the product under consideration is a folding umbrella for travel.", "a folding umbrella"),
        ("the goods are described as a personal smoothie maker.", "a personal smoothie maker"),
        ("the merchandise is a pair of curtains to be hung at a window.", "curtains"),
        ("steel folding chair with padded seat, model 12, from taiwan.", "steel folding chair"),
        ("the item is used in the kitchen. it is a corkscrew of steel.", "a corkscrew"),
        ("the article covers floors and walls.", ""),
        ("the goods are worn on the hands by gardeners.", ""),
    ],
)
def test_what_the_goods_are_called(text: str, name: str) -> None:
    assert next((s.text.strip() for s in stretches(text) if s.place == "name"), "") == name


@pytest.mark.parametrize(("name", "word"), [("a glass tumbler filled", "tumbler"), ("a handheld device", ""), ("", "")])
def test_the_head_of_a_name_is_no_participle_and_no_word_for_anything(name: str, word: str) -> None:
    assert head(name) == word


def test_every_stretch_has_its_place() -> None:
    places = {term.text: term.place for term in query_terms(LONG)}
    said = ("umbrella", "fold", "canopi", "rain", "batteri", "print")
    assert [places[word] for word in said] == ["head", "name", "parts", "use", "idle", "idle"]
    assert "consider" not in places and "product" not in places


def test_training_sentences_hold_their_phrase_and_are_the_same_each_time() -> None:
    asked = [
        Phrase("660191", "folding umbrella", "phrase"),
        Phrase("660110", "garden parasol", "phrase"),
        Phrase("660191", "摺疊傘", "phrase"),
    ]
    made = Sentences(asked)
    assert [phrase.text for phrase in made.asked] == ["folding umbrella", "garden parasol"]
    texts = [made.of(phrase) for phrase in made.asked]
    assert all(phrase.text in text for phrase, text in zip(made.asked, texts, strict=True))
    assert texts == [Sentences(asked).of(phrase) for phrase in made.asked]
