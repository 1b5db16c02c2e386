"""Vehicles told by their engine, and goods a person carries."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.offline.understand import understand

_DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("進口一台2500cc德國車 完稅價格300萬 要繳多少稅", "87032310005"),
        ("import a 1300cc car from Japan to Taiwan, customs value NT$400,000, how much tax", "87032210006"),
        ("從日本買一台1200cc機車 完稅價格30萬 海運 要多少稅", "87115000003"),
    ],
)
def test_a_vehicle_is_found_by_its_engine(question: str, code: str) -> None:
    assert [m.line.code for m in understand(question, _DAY).lines("tw")] == [code]


@pytest.mark.parametrize(
    ("question", "route"),
    [
        ("朋友從日本帶一瓶威士忌 700ml 43度 1500元回台灣要繳稅嗎", "traveller"),
        ("I am bringing back a handbag from Paris to Taiwan worth NT$60,000, tax?", "traveller"),
        ("我想買兩條皮帶從法國寄回台灣 5000元要稅嗎", None),
        ("我想帶兩條皮帶從法國寄回台灣 5000元要稅嗎", None),
    ],
)
def test_who_carries_goods_is_a_traveller(question: str, route: str | None) -> None:
    assert understand(question, _DAY).route == route
