"""Whether goods go from one person to another, told by who sends and who receives rather than by the word gift."""

from __future__ import annotations

import re

_KIN_ZH = (
    "爸爸|媽媽|爸媽|父母|父親|母親|老爸|老媽|我爸|我媽|家人|家裡|爺爺|奶奶|外公|外婆|阿公|阿嬤|阿媽|哥哥?|姊姊?|姐姐?|弟弟?|妹妹?|兒子|女兒|小孩|孩子|孫子|孫女"
    "|姪[女子兒]|外甥女?|阿姨|姑姑|叔叔|舅舅|伯伯|表[哥姊姐弟妹]|堂[哥姊姐弟妹]|親戚|朋友|同學|學妹|學弟|學姊|學長|室友|男友|女友|男朋友|女朋友|老公|老婆|太太|先生|未婚妻|公婆|婆婆|岳[父母]|乾媽|閨蜜"
)
_KIN_EN = (
    r"(?:mom|mum|mother|dad|father|parents|folks|grandma|grandpa|grandmother|grandfather|brother|sister|son|daughter|kids?|child|nephew|niece|aunt|auntie|uncle|cousin|family|relatives?"
    r"|friends?|girlfriend|boyfriend|wife|husband|fianc[eé]e?|in-laws|roommate|classmate|bestie)"
)
_SENT = re.compile(
    rf"(?:{_KIN_ZH})(?:們)?(?:(?!客|買家|賣).){{0,18}}(?:寄|送)(?!貨)|(?:寄|送)(?!貨)(?:(?!客|買家|賣).){{0,22}}(?:{_KIN_ZH})"
    rf"|\b(?:(?:my|his|her|our|their) {_KIN_EN}|grandma|grandpa|mom|mum|dad)\b.{{0,40}}\b(?:send|sends|sending|sent|mail|mails|mailed|mailing|ship|ships|shipping|shipped|posted|posting)\b"
    rf"|\b(?:send|sending|sent|mail|mailing|mailed|ship|shipping|shipped|post|posting|care package|parcel|package|box)\b.{{0,50}}\b(?:my|his|her|our|their|a) {_KIN_EN}\b"
    rf"|\bfrom (?:my|our|his|her) {_KIN_EN}\b",
    re.IGNORECASE,
)
#: who only says something: my friend says that it is free
_TOLD = re.compile(
    rf"(?:我|有)?(?:的|個)?(?:{_KIN_ZH})(?:們|都|有)?(?:跟我|和我|告訴我)?(?:說|講|告訴)|\b(?:my|a|some) {_KIN_EN} (?:says?|said|told|tells|claims?|thinks?|insists?)\b",
    re.IGNORECASE,
)
#: words of a trade: whoever is paid for what is sent gives nothing away
_TRADE = re.compile(
    r"(?<!沒有)(?<!沒)(?<!不是)(?<!不)賣|客[人戶]|買家|下單|訂單|網購|代購|店|樣品|庫存|貨款|(?<![A-Za-z])FBA|\bsell|\bsold\b|\bbuyers?\b|\bcustomers?\b|\borders?\b|\betsy\b|\bebay\b|\bamazon\b|\bshop\b|\bstore\b|\binventory\b|\bbroker\b|\bclients?\b|\bpaid me\b",
    re.IGNORECASE,
)


_SENDER = re.compile(
    rf"\b{_KIN_EN}\b[^,.?!]{{0,14}}\b(?:in|from)\s+$|(?:{_KIN_ZH})(?:們)?(?:人|都|一直|目前)?(?:在|住|從|住在) ?$",
    re.IGNORECASE,
)
_SENDS = re.compile(
    r"^[^。？?!]{0,30}(?:寄|送)(?!回)|^[^.?!]{0,30}\b(?:sends?|sending|sent|mails?|mailed|mailing|ships?|shipped|shipping)\b",
    re.IGNORECASE,
)


#: a relative or friend of a place, who sends something to whoever writes
_OF_PLACE = re.compile(rf"^(?:的|那邊的|那裡的)?(?:{_KIN_ZH})(?:們)?", re.IGNORECASE)
_TO_ME = re.compile(
    r"^[^。？?!]{0,24}(?:(?:寄|送)(?:了|過?來|包)?[^。？?!，,]{0,16}(?:給我|來給?我)|(?:寄|送)(?:了)?我|(?:寄|送|買)[^。？?!，,]{0,12}(?:給我|來[台臺]))"
    r"|^[^.?!]{0,30}\b(?:sen(?:ds?|ding|t)|mail(?:s|ed|ing)?|ship(?:s|ped|ping)?|posted|gave|gives|giving) (?:it |this |that |them )?(?:over )?(?:to )?(?:me|us)\b(?! dollars)"
)  # fmt: skip


def sent_to_me(text: str, start: int, end: int) -> bool:
    """Whether a place is where a relative or friend is who sends something to the person who writes.

    Args:
        text: a folded message.
        start: where the place begins.
        end: where it ends.
    """
    of_place = _OF_PLACE.match(text[end:])
    if of_place is None and _SENDER.search(text[:start]) is None:
        return False
    return _TO_ME.match(text[end:]) is not None


def sends_from(text: str, start: int, end: int) -> bool:
    """Whether a place is where a relative or friend is who sends something.

    Args:
        text: a folded message.
        start: where the place begins.
        end: where it ends.
    """
    return _SENDER.search(text[:start]) is not None and _SENDS.match(text[end:]) is not None


#: sent to whoever is there, and by nobody who is: 想寄個禮物過去, 寄給她
_THERE = re.compile(
    r"^[^。？?!]{0,16}(?<![她他])(?:寄|送)(?![過回]?來)[^。？?!來回]{0,20}(?:過去|給[她他])", re.IGNORECASE
)


def sent_there(text: str, start: int, end: int) -> bool:
    """Whether a place is where a relative or friend is to whom something is sent.

    Args:
        text: a folded message.
        start: where the place begins.
        end: where it ends.
    """
    return _SENDER.search(text[:start]) is not None and _THERE.match(text[end:]) is not None


def between_persons(text: str) -> bool:
    """Whether a relative or friend sends something, or is sent something, and no trade is spoken of.

    >>> between_persons("我媽要寄鳳梨酥給我"), between_persons("客人的媽媽下單，寄給她"), between_persons("寄給在紐約的女兒")
    (True, False, True)
    """
    text = _TOLD.sub(" ", text)
    return _SENT.search(text) is not None and _TRADE.search(text) is None
