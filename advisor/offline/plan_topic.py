"""What a question is about more than its words say: the heading or the words that are searched for with it."""

from __future__ import annotations

import re

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.intent import allowance_of
from advisor.offline.topics import named_parameters
from advisor.offline.triggers import PUNISHED
from advisor.offline.wordings import FAR, asked_for
from tools.law.store import law

#: a notice of EZ WAY that nobody answered
_UNCONFIRMED = re.compile(
    r"(?:ez ?way|易利委|實名|通知).{0,16}(?:沒|未|忘).{0,4}(?:按|點|確認|回|收到)|(?:沒|未|忘).{0,4}(?:按|點|確認).{0,10}(?:ez ?way|易利委)|(?:ez ?way).{0,30}(?:not|never|forgot|didn't|haven't).{0,12}(?:confirm|tap|press|click|respond)|(?:not|never|forgot to|didn't|haven't) (?:confirm|tap|press|click).{0,24}ez ?way",
    re.IGNORECASE,
)
_REFUSED = {
    "zh-TW": "EZ WAY 沒有確認申報相符會怎樣 不受理 退運",
    "en": "what if EZ WAY is not confirmed: refused or sent back",
}
_ENDED_DUTIES = re.compile(r"ieepa|對等關稅|芬太尼|reciprocal|fentanyl", re.IGNORECASE)
_REFUND = {"zh-TW": "IEEPA 關稅退還 怎麼申請", "en": "refund of IEEPA duties, how to claim"}
#: work that may or may not make goods those of the place where it is done
_WORKED = re.compile(
    r"組裝|包裝|分裝|貼標|加工|改裝|\b(?:re-?)?pack(?:ed|aged)\b|\blabel?led\b|\bassembled\b", re.IGNORECASE
)
_MADE_WHERE = {"zh-TW": "在臺灣組裝包裝的中國零件算臺灣貨嗎 實質轉型", "en": "Chinese parts assembled or packed in Taiwan, are they goods of Taiwan"}  # fmt: skip
_MAIL_SHEET = {"zh-TW": "2026年10月22日以後 臺灣郵包還能用月報表嗎", "en": "may mail from Taiwan still use the monthly worksheet after October 22, 2026"}  # fmt: skip
_COUNTED = {"zh-TW": "郵包的免稅次數和快遞分開算嗎", "en": "does post count its own exempt parcels apart from express"}
_MENDED = {"zh-TW": "申報錯了 主動更正 免罰", "en": "does correcting a wrong declaration voluntarily help"}
_SCHEDULED = {"zh-TW": "美國關稅接下來有哪些變動 時間表", "en": "what is scheduled next for US duties"}


_FINED = {"zh-TW": "寄來會罰多少", "en": "fine for having them sent"}


def topic_of(frame: Frame) -> str:
    """What a question is about more than its words say: the exemption, more than the drink; what is scheduled."""
    if says(frame.text, "ahead_of_us") and frame.destination == "US" and not frame.days:
        return _SCHEDULED[frame.lang]
    if _UNCONFIRMED.search(frame.text):
        return _REFUSED[frame.lang]
    if says(frame.text, "refund") and _ENDED_DUTIES.search(frame.text):
        return _REFUND[frame.lang]
    if says(frame.text, "mail_sheet"):
        return _MAIL_SHEET[frame.lang]
    if says(frame.text, "count_apart") and not about_us(frame):
        return _COUNTED[frame.lang]
    if about_us(frame) and _WORKED.search(frame.text) and not says(frame.text, "document"):
        return _MADE_WHERE[frame.lang]
    if says(frame.text, "mends") and not says(frame.text, "document") and not about_us(frame):
        return _MENDED[frame.lang]
    barred = [n for n in named_parameters(frame.lean) if n.startswith("tw.import_controls.")] if frame.lean else []
    if barred and PUNISHED.search(frame.text):  # what is done about goods that may not come in at all
        label = law().parameter(barred[0]).label[frame.lang]
        return asked_for(f"{label} {_FINED[frame.lang]}", frame.lang, near=FAR) or label
    if says(frame.text, "exempt") and allowance_of(frame) is not None:
        return law().parameter("tw.low_value.excluded_goods").label[frame.lang]
    return ""


def allowances(frame: Frame) -> list[str]:
    """What a traveller may bring free of tax: of alcohol, of tobacco, or of anything else."""
    return [f"tw.traveller.{name}" for name in _TRAVELLER[allowance_of(frame)]]


#: allowances of travellers, by the kind of goods that has its own
_TRAVELLER = {
    "alcohol_percent": ("alcohol_litres", "alcohol_age"),
    "sticks": ("cigarettes", "cigars", "tobacco_age"),
    None: ("exemption", "used_item_limit"),
}
