"""What a message asks for: the acts by wording, and a rule that is told before the sum its facts come to."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.offline.acts import ACTS, KNOWLEDGE, SUMS, act_of
from advisor.offline.plan import plan
from advisor.offline.understand import understand
from evals.acts.train import messages

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "later", "names"),
    [
        ("賣家說貨是 DDP 出的,2,500 元的毛衣到台灣我還要再付稅嗎", False, KNOWLEDGE),
        ("美國客人買 170 美元的盤子,稅是他付還是我付", False, KNOWLEDGE),
        ("低報 3,000 元被抓到會罰多少", False, KNOWLEDGE),
        ("什麼叫完稅價格", True, KNOWLEDGE),
        ("需要附產地證明嗎", True, KNOWLEDGE),
        ("What documents do I need for a NT$9,000 lamp?", False, KNOWLEDGE),
        ("陶瓷盤 4,200 元含運保,快遞到台北要繳多少", False, SUMS),
        ("How much tax on a NT$6,000 coat by courier?", False, SUMS),
        ("改走郵局呢", True, SUMS),
        ("and by post?", True, SUMS),
    ],
)
def test_how_a_message_is_put_tells_a_rule_from_a_sum(text: str, later: bool, names: frozenset[str]) -> None:
    other = SUMS if names is KNOWLEDGE else KNOWLEDGE
    act = act_of(text, later=later)
    assert act.share(names) > act.share(other)
    assert sum(act.likely.values()) == pytest.approx(1)


def test_a_rule_asked_with_an_amount_is_looked_up_before_anything_is_computed() -> None:
    asked = understand("朋友從美國寄 5,000 元的維他命給我,他說當禮物寄就不會扣稅,這說法有根據嗎", DAY)
    assert asked.rule_first
    assert [name for name, _ in plan(asked)] == ["policy_search"]
    told = understand("維他命 5,000 元,運費 200,沒保險,美國快遞到台北要繳多少稅", DAY)
    assert not told.rule_first
    assert "taiwan_quote" in [name for name, _ in plan(told)]


def test_a_rule_asked_after_a_sum_is_not_the_sum_again_and_a_change_still_is() -> None:
    before = understand("平板電腦一台 18,000 元含運費保險,從美國快遞來,要繳多少", DAY)
    assert [name for name, _ in plan(understand("什麼叫完稅價格", DAY, before))] == ["policy_search"]
    assert "taiwan_quote" in [name for name, _ in plan(understand("改走郵局呢", DAY, before))]


def test_messages_for_training_name_known_acts_and_none_twice() -> None:
    rows = messages()
    assert len(rows) >= 1200
    assert {act for act, _, _ in rows} == set(ACTS)
    assert len({(text, later) for _, text, later in rows}) == len(rows)
