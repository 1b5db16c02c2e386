"""Headings of the library that are searched for as they stand."""

from __future__ import annotations

import re

from tools.law.models import Lang

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
REPORT = re.compile(r"APEC.{0,8}(?:報告|report)|(?:報告|report).{0,8}APEC|according to the APEC|SCCP", re.IGNORECASE)
#: the report itself, which what is searched in it need not name
IN_REPORT = re.compile(
    r",? ?\b(?:according to|in|per|from) (?:the |that )?APEC (?:trip )?report|(?:那份|這份|在)?(?:那份|這份)? ?APEC ?(?:的|那份)?報告(?:裡|中|書)?面?(?:提到|說)?",
    re.IGNORECASE,
)
