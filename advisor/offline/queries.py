"""Headings of the library that are searched for as they stand."""

from __future__ import annotations

import re

from tools.law.models import Lang
from tools.text.places import find_places

NEVER: dict[Lang, str] = {"zh-TW": "哪些做法絕對不要用？", "en": "What must never be done?"}
ENTRY_LIMIT = "us.informal_entry.limit"
ENTRY_KINDS: dict[Lang, str] = {
    "zh-TW": "美國非正式進口（informal entry）最高可到多少金額？",
    "en": "Up to what value may an informal entry be used?",
}
GIFT: dict[Lang, str] = {
    "zh-TW": "寄禮物到美國可以免稅嗎？",
    "en": "Can a gift be sent to the United States free of duty?",
}
FORM = {"zh-TW": "7501 是什麼表格 進口報單彙總", "en": "what is Form 7501, the entry summary"}
WHOSE_LINES = {"zh-TW": "快遞公司收的手續費、倉租合理嗎？", "en": "Are the courier's handling fees and storage charges government money?"}  # fmt: skip
AGREEMENT = {"zh-TW": "臺美對等貿易協定（ART）的降稅可以用了嗎？", "en": "Is the agreement with the United States (ART) in force?"}  # fmt: skip
UNDECLARED = {"zh-TW": "旅客沒申報被查到會怎樣 菸酒沒入罰鍰", "en": "what if a traveller does not declare alcohol and tobacco, what is the fine"}  # fmt: skip
MINORS = {"zh-TW": "小孩、未成年子女一起入境，免稅額和菸酒也可以算一份嗎", "en": "my child travels with me, is there another share of alcohol and tobacco"}  # fmt: skip
REPORT = re.compile(r"APEC.{0,24}(?:報告|report)|(?:報告|report).{0,8}APEC|according to the APEC|SCCP", re.IGNORECASE)
#: the report itself, which what is searched in it need not name
IN_REPORT = re.compile(
    r",? ?\b(?:according to|in|per|from) (?:the |that )?APEC (?:trip )?report|(?:那份|這份|在)?(?:那份|這份)? ?APEC ?(?:的|那份)?報告(?:裡|中|書)?面?(?:提到|說)?",
    re.IGNORECASE,
)
_HOME = ("TW", "US")
_SAME = re.compile(
    r"\b(?:same|that|this) (?:trip )?report\b|同一?份(?:出國)?報告|(?:那|這)份(?:出國)?報告", re.IGNORECASE
)
_FEW_WORDS, _FEW_CHARACTERS = 4, 8


def only_place(text: str, lean: str) -> str:
    """What a message that names only another place asks, in the words of the question before; empty where it says more.

    >>> only_place("and Vietnam's, in the same report?", "What limit does Chile have?")
    "and Vietnam's, in the same report? What limit does   have?"
    """
    few = len(text.split()) <= _FEW_WORDS and len(re.findall(r"[\u4e00-\u9fff]", text)) <= _FEW_CHARACTERS
    abroad = any(place.code not in _HOME for place in find_places(text))
    if not lean or not abroad or not (few or _SAME.search(text)):
        return ""
    for place in reversed(find_places(lean)):
        lean = f"{lean[: place.start]} {lean[place.end :]}"
    return f"{text} {lean}"
