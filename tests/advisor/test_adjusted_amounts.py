"""A later message makes one amount of the sum before it more or less; what cannot be placed is asked for, not passed over."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor
from advisor.offline.adjust import origin_supposed

DAY = date(2026, 11, 28)
FAN = "快遞買一台關稅率 4% 的電風扇到台灣，5,000 元，運費 400、保險 50，要繳多少？"
LAMP = "Courier to Taiwan: a lamp at NT$5,000, duty rate 4%, freight 400, insurance 50. What do I pay?"
CHAIRS = "公司海運進口 300 張椅子到台灣，每張 600 元，關稅率 5%，運費 30,000，保險 900，要繳海關多少？"
SEA = (
    "Sea cargo for our firm to Taiwan: 300 chairs, US$20 each, duty 5%, freight US$900, insurance US$30, "
    "rate 32. Total to customs?"
)
TWO = "雨傘一把 2,400 元（關稅率6.6%）跟帽子一頂 1,600 元（關稅率7.5%），含運含保，快遞到台灣，稅？"
BAGS = "台灣製手提包 4202.22.40，貨值 3,000 美元，空運進美國，現在要繳多少？"
THREE = "從義大利快遞進口3個皮包到台灣，每個12,000元，運費1,500、保險500，稅多少？"
#: what is told, what is changed, the total by hand: the value, duty cut to the dollar, business tax on both, the fee above 100
CHANGED: list[tuple[str, str, str]] = [
    (FAN, "賣家給我九折", "455"),  # 4,950: 198 + 257
    (FAN, "價錢打85折呢", "432"),  # 4,700: 188 + 244
    (FAN, "如果漲兩成", "593"),  # 6,450: 258 + 335
    (FAN, "價格降一成五", "432"),
    (FAN, "運費減半", "483"),  # 5,250: 210 + 273
    (FAN, "運費便宜了 100", "492"),  # 5,350: 214 + 278
    (LAMP, "They gave me 20% off", "409"),  # 4,450: 178 + 231
    (LAMP, "Shipping rose to 700", "529"),  # 5,750: 230 + 299
    (LAMP, "Freight went up by 100", "510"),  # 5,550: 222 + 288
    (LAMP, "And if I find one for 4,000 instead, same shipping?", "409"),  # 4,450: 178 + 231
    (SEA, "Only 240", "18794"),  # 5,730 × 32 = 183,360: 9,168 + 9,626
    (SEA, "Ten of them were cancelled", "22074"),  # 6,730 × 32 = 215,360: 10,768 + 11,306, the fee of 86 is free
    (CHAIRS, "單價變 550", "20079"),  # 195,900: 9,795 + 10,284
    (CHAIRS, "其中一張是 2,000", "21760"),  # 212,300: 10,615 + 11,145
    (TWO, "帽子買三頂", "903"),  # 7,200: 518 + 385
    (TWO, "全部八折", "393"),  # 3,200: 222 + 171
    (LAMP, "The freight quote just went up to 700. New total?", "529"),
    (LAMP, "Sorry, I'm buying two of them, so NT$10,000 altogether.", "961"),  # 10,450: 418 + 543
    (THREE, "改成五個，運費保險不變，還是X3嗎？", "7396"),  # 62,000: 4,092 + 3,304
    (THREE, "Make it 5 bags, same freight and insurance. Is it still X3?", "7396"),
    (BAGS, "如果工廠搬到韓國呢", "409.58"),
    (BAGS, "The factory may move to Korea, same value", "409.58"),
    (BAGS, "產地改成韓國的話", "409.58"),  # 12.5% of 3,000, and 34.58
]


@pytest.mark.parametrize(("told", "changed", "total"), CHANGED, ids=[changed for _, changed, _ in CHANGED])
def test_one_amount_becomes_more_or_less(offline: Advisor, told: str, changed: str, total: str) -> None:
    first = offline.ask(told, as_of=DAY)
    answer = offline.ask(changed, as_of=DAY, conversation_id=first.conversation_id)
    assert total in {n.value for n in answer.numbers if n.of == "total"}, answer.answer


@pytest.mark.parametrize(
    ("told", "changed"),
    [(CHAIRS, "我們還要付 3% 的權利金"), (SEA, "We also pay a 2% royalty on the FOB price. New total?")],
)
def test_what_cannot_be_placed_is_asked_for(offline: Advisor, told: str, changed: str) -> None:
    first = offline.ask(told, as_of=DAY)
    answer = offline.ask(changed, as_of=DAY, conversation_id=first.conversation_id)
    assert answer.status == "needs_input"
    assert not [n for n in answer.numbers if n.of == "total"], answer.answer


def test_only_a_bare_supposition_of_another_origin_is_none_of_altering_it() -> None:
    assert origin_supposed("產地改日本") == "產地是日本"
    assert origin_supposed("幫我把產地改成日本") == "幫我把產地改成日本"
    assert origin_supposed("產地改成越南可以少繳嗎") == "產地改成越南可以少繳嗎"
