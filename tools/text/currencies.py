"""Currencies as people write them: everyday names, and every code of ISO 4217.

A currency nobody taught the scanner would be read as the country's own money, and a wrong bill would follow: so every code
is known, and the names under which travellers and traders of Taiwan speak of money.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: how currencies are written before a figure; "?" is an amount whose currency is not said
BEFORE = {
    "TWD": r"NT\$|NTD\$?|TWD|新臺幣|新台幣|臺幣|台幣",
    "USD": r"US\$|USD\$?|U\.S\. ?\$|美元|美金|鎂",
    "EUR": r"EUR|€|歐元", "GBP": r"GBP|£|英鎊", "JPY": r"JPY|JP¥|日圓|日幣|日元",
    "CNY": r"CNY|RMB|CN¥|人民幣", "HKD": r"HKD?\$|HKD|港幣", "KRW": r"KRW|₩|韓元|韓圜|韓幣",
    "AUD": r"AUD|A\$|AU\$|澳幣|澳元", "CAD": r"CAD|C\$|CA\$|加幣|加元", "SGD": r"SGD|S\$|新加坡幣|新幣",
    "THB": r"THB|฿|泰銖", "CHF": r"CHF|瑞士法郎", "VND": r"₫|越南盾|越南幣|越盾", "IDR": r"Rp\.?(?= ?\d)|印尼盾|印尼幣",
    "PHP": r"₱|菲律賓披索|披索", "MYR": r"(?<![A-Za-z])RM(?= ?\d)|馬幣|令吉", "INR": r"₹|印度盧比|盧比", "NZD": r"NZ\$|紐幣|紐元", "?": r"\$|¥|￥",
}  # fmt: skip
#: and after it
AFTER = {
    "TWD": r"元新臺幣|元臺幣|元台幣|新臺幣|新台幣|臺幣|台幣|NTD?|TWD|元整|塊錢|元|塊|(?:New )?Taiwan(?:ese)? dollars?",
    "USD": r"美元|美金|鎂|USD|US dollars?|U\.S\. dollars?|American dollars?|dollars?|bucks|usd",
    "EUR": r"歐元|歐(?![盟洲美元])|EUR|euros?", "GBP": r"英鎊|GBP|(?:British )?pounds(?! of)(?: sterling)?",
    "JPY": r"日圓|日幣|日元|円|JPY|(?:Japanese )?yen", "CNY": r"人民幣|CNY|RMB|(?:Chinese )?yuan|renminbi",
    "HKD": r"港幣|港元|HKD|Hong Kong dollars?", "KRW": r"韓元|韓圜|韓幣|KRW|(?:Korean )?won\b",
    "AUD": r"澳幣|澳元|AUD|(?:Australian|Aussie) dollars?", "CAD": r"加幣|加元|CAD|Canadian dollars?",
    "SGD": r"新加坡幣|SGD|Singapore(?:an)? dollars?", "THB": r"泰銖|泰幣|THB|(?:Thai )?baht", "CHF": r"瑞士法郎|瑞郎|CHF|Swiss francs?",
    "VND": r"越南盾|越南幣|越盾|(?:Vietnamese )?dong\b", "IDR": r"印尼盾|印尼幣|(?:Indonesian )?rupiahs?", "MYR": r"馬幣|令吉|馬來幣|(?:Malaysian )?ringgits?",
    "PHP": r"菲律賓披索|披索|菲幣|(?:Philippine )?pesos", "INR": r"印度盧比|盧比|(?:Indian )?rupees?", "NZD": r"紐幣|紐元|(?:New Zealand|Kiwi) dollars?",
    "MXN": r"墨西哥披索|墨西哥比索|Mexican pesos?", "BRL": r"巴西里拉|巴西雷亞爾|reais|Brazilian reals?", "ZAR": r"南非幣|蘭特|(?:South African )?rand\b",
    "TRY": r"土耳其里拉|(?:Turkish )?liras?\b", "SEK": r"瑞典克朗|瑞典幣|Swedish kron(?:a|or)", "NOK": r"挪威克朗|Norwegian kron(?:e|er)",
    "DKK": r"丹麥克朗|Danish kron(?:e|er)", "PLN": r"波蘭茲羅提|茲羅提|z[lł]ot(?:y|ys|ych)", "CZK": r"捷克克朗|Czech korun(?:a|y)|korun(?:a|y)\b",
    "HUF": r"匈牙利福林|福林|forints?", "RUB": r"盧布|r(?:o?u)bles?", "AED": r"迪拉姆|dirhams?", "MOP": r"澳門幣|澳門元|patacas?",
}  # fmt: skip
CURRENCIES = tuple(AFTER)
#: codes that are words where a text is written in capitals
_WORDS = frozenset({"ALL", "BAM", "CUP", "GEL", "PEN", "TOP", "TRY"})


@cache
def iso_codes() -> frozenset[str]:
    """Codes of ISO 4217."""
    return frozenset(Path(__file__).with_name("iso4217.txt").read_text("utf-8").split())


def other_codes() -> str:
    """The codes that stand for themselves in a text, in capitals, as one pattern."""
    return rf"(?-i:(?<![A-Za-z])(?:{'|'.join(sorted(iso_codes() - _WORDS))})(?![A-Za-z]))"
