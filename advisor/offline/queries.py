"""Headings of the library that are searched for as they stand."""

from __future__ import annotations

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
