"""Talk about the talk: thanks, one word alone, not knowing, and what was said before asked for again or in another form."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from advisor.offline.amounts import Amounts
from advisor.offline.cues import says
from advisor.offline.frame import Frame, Talk, Telling
from advisor.offline.turns import CORRECTS
from tools.law.models import Lang

_HELLO = re.compile(
    r"你好|您好|哈囉|嗨|早安|午安|晚安|在嗎|有人嗎|\b(?:hi|hello|hey|good (?:morning|afternoon|evening)|anyone there)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"非常|太感謝|感謝|謝謝|謝啦|多謝|感恩|辛苦|麻煩|打擾|掰掰?|再見|好的|好喔|了解|瞭解|明白|知道了|懂了|收到|沒問題|好棒|太好了|很?厲害|很?清楚|幫了?大忙|很?有幫助|"
    r"解釋得|回答得|這樣就?(?:可以|夠)了?|先這樣|沒有?(?:其他|別的)?(?:問題|事)了?|今天|你們?|您|妳|客服|小編|回覆|幫忙|專業|祝.{0,6}|"
    r"\b(?:thanks?|thank you|thx|ty|cheers|that'?s all|that is all|for (?:today|now|your (?:help|time))|perfect|awesome|great|excellent|good job|well done|bye(?: bye)?|"
    r"goodbye|see you|have a (?:nice|good|great|lovely) \w+|appreciate (?:it|that|your help)|got it|understood|very helpful|that helps?|that (?:was|is) (?:very |really |so )?(?:helpful|clear|useful)|"
    r"you'?re (?:great|the best|a star|a lifesaver)|no (?:more|further|other) questions?|nothing else|all good|will do|noted|so much|a lot|a million|very much|you too)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"[^\w\u4e00-\u9fff]|大大|版主|大神|先進|[啊啦喔哦唷囉耶呀嗯恩的了很真太又就是我會再都也還那先]|\b(?:ok(?:ay)?|so|very|really|for|your|you|the|and|i|it|that|all|oh|ah|well|then|now|help|quick|answer|reply|again|my|this|was|is|'s)\b",
    re.IGNORECASE,
)
#: words that answer something, and words that ask something, and say nothing when nothing stands before them
_ANSWERS = re.compile(
    r"^(?:不?是的?|對啊?|不對|不|沒有?|有|好|可以|不行|嗯+|喔+|蛤|ok(?:ay)?|yes|yep|yeah|no|nope|not|sure|maybe|huh|hm+|\W*)[啊呢吧喔？?！!。.…]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:啥|什麼|為什麼|怎麼辦|然後|所以|多少|多少錢|哪個|請問|問題|有問題|救命|幫我|help|what|why|how|how much|so|and|then|which|question)[啊呢吧嗎喔？?！!。.…]*$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"不(?:太)?(?:知道|清楚|確定|曉得|記得)|沒(?:有)?概念|忘(?:了|記)|看不出來|沒寫|查不到|\b(?:don'?t|do not|dunno|wouldn'?t) (?:really )?(?:know|remember|recall)|\bdunno\b|\bnot (?:too |really |quite )?(?:sure|certain)|\bno (?:idea|clue)|\bunsure\b|\bcan'?t (?:tell|remember)|\bunknown\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:都|應該|好像)?(?:沒有?|無|零|0)(?:喔|啦|耶|欸|唷|買|付|算)?(?:保險|運費)?(?:喔|啦|耶|欸|唷)?[。.!！]?$|^(?:no|none|nope|nothing|neither|zero|0|there (?:is|was|were) none|no,? (?:there )?(?:is|was|were)n'?t(?: any)?|not? (?:at )?(?:all|any))[.!]?$",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:是的?|對|有|嗯+|好|可以|沒錯|yes|yep|yeah|sure|correct|right|i do|there (?:is|was))[啊喔呀的,.。!！]*$", re.IGNORECASE)  # fmt: skip
_SHORT = 48  # characters of an answer that only says it is not known

_LANGUAGE = re.compile(
    r"(?:用|說|講|改成?|換成?|翻(?:譯)?成?|譯成?|變成?|給我|要)(?P<zh>英[文語]|中文|繁體(?:中文)?|國語|華語)|(?P<zh2>英文|中文)(?:版|怎麼(?:說|寫))"
    r"|\b(?:in|into|to) (?P<en>english|chinese|mandarin|traditional chinese)\b|\b(?P<en2>english|chinese) (?:version|please)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"再(?:說|講|算|講解|解釋)一[次遍]|重複一?[次遍]?|\b(?:repeat|say|tell me|explain) (?:that|it|this) (?:again|once more)|\brepeat (?:that|it|this|please)\b|\bcome again\b", re.IGNORECASE)  # fmt: skip
_REPLY = re.compile(
    r"(?:整理|寫|改寫|擬|草擬|回|變|做|弄|轉|給|產生|生)(?:.{0,8})(?:給|回覆|回信|信件?|訊息|文字|一段話|的話|範本|草稿).{0,10}|(?:怎麼|如何|該怎麼)(?:跟|回|回覆|告訴|答覆)(?:他|她|對方|客[人戶]|買家|顧客)|回(?:覆)?(?:給)?(?:客[人戶]|買家|顧客|對方)"
    r"|\b(?:put|turn|write|make|draft|phrase|format|reword|convert|compose|prepare|give me)\b.{0,40}\b(?:reply|e-?mail|message|response|note|letter|text|paragraph)\b"
    r"|\b(?:reply|answer|respond|write back|say|tell) (?:to )?(?:the|my|our|this|that|her|him|them) ?(?:customer|client|buyer)?\b",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    r"客[人戶]|買家|顧客|對方|[他她]|回覆|回信|信|訊息|老闆|同事|主管|customer|client|buyer|reply|e-?mail|message|response|letter|her\b|him\b|them\b|boss|colleague",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"整理(?:一下)?(?:重點)?|(?:講|說|列|抓|給我)?重點|摘要|總結|懶人包|條列|濃縮|一句話|短一點|簡短|太長|\bsummari[sz]e|\bsummary\b|\bsum (?:it|this|that|everything) up|\btl;?dr\b|\bin short\b|\bkey points?\b|\bshort(?:er)? version|\brecap\b|\btoo long\b|\bin (?:one|a) (?:line|sentence)",
    re.IGNORECASE,
)
_RECALL = re.compile(
    r"(?<![商家戶人廠工行他她])(?:剛剛?|剛才|方才|之前|前面|上面|先前|稍早)(?:你|妳|您|我)?(?:們)?(?:有)?(?:說|講|提|算|給|寫|報|跟你說|問)(?:到|過|的|是|了)?|(?:你|妳|您|我)(?:剛剛?|剛才|之前|前面|上面|先前)?(?:有)?(?:說|講|提|算|報|告訴|跟你說)(?:到|過|了|的).{0,14}(?:多少|幾|什麼|哪)"
    r"|\b(?:did|have|had) (?:i|you) (?:just |already )?(?:say|said|tell|told|mention(?:ed)?|give|gave|given|quoted?|put|use|calculate)\b|\b(?:you|i) (?:just |had |have |already )?(?:said|told|mentioned|quoted|gave)\b.{0,40}(?:\?|what|how|which|again)|\b(?:what|how much|which)\b.{0,40}\b(?:again|earlier|before|previously)\s*\?|\bremind me\b",
    re.IGNORECASE,
)


def small_talk(text: str, *, first: bool = True) -> Talk | None:
    """Whether a message is nothing but courtesy, or a word that asks nothing when it stands alone.

    Args:
        text: the folded message.
        first: whether nothing was said before it.

    >>> small_talk("thanks, that's all for today!"), small_talk("不是"), small_talk("謝謝，那關稅呢")
    ('thanks', 'unclear', None)
    """
    if _ANSWERS.match(text.strip()) or (first and _ASKS.match(text.strip())):
        return "unclear"
    met = _HELLO.sub("", text)
    left = _COURTESY.sub("", met)
    thanked, greeted = left != met, met != text
    if not (thanked or greeted) or _FILLER.sub("", left):
        return None
    return "thanks" if thanked else "greeting"


_MANNER = re.compile(
    r"(?:可以|能|能不能|可不可以|麻煩|請)?(?:你|您|再)*(?:用)?(?:最|很|比較)?(?:簡單|白話|淺顯)(?:的話|一點|地|的)*(?:說明?|講|解釋|告訴我)?(?:一下|嗎|看看)*|想?請教(?:一下)?(?:[二兩三四五幾]個問題)?[:：,，]?|請問(?:一下)?|(?:您|你)好[,，!！。]?|謝謝(?:您|你)?|感謝|麻煩(?:您|你)?了?"
    r"|\b(?:please|kindly|thanks?(?: you)?(?: in advance)?|could you (?:please )?(?:tell|explain to) me|can you (?:please )?(?:tell|explain to) me|i(?:'d| would) like to (?:know|ask)|in (?:simple|plain|easy) (?:words|terms|english|language)|like i'?m (?:five|5)|eli5|hi|hello|hey|quick question|just curious|just wondering|i was wondering)\b[,:]?",
    re.IGNORECASE,
)
_MEANING = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{3}")


def bare(text: str) -> str:
    """A question without greetings, thanks and how it is to be put: what is searched for.

    >>> bare("什麼是完稅價格?用簡單的話說"), bare("您好，請問 MPF 是什麼？謝謝")
    ('什麼是完稅價格?', 'MPF 是什麼？')
    """
    left = " ".join(_MANNER.sub(" ", text).split()).strip(" ,，")
    return left if _MEANING.search(left) else text


def wanted_language(text: str) -> Lang | None:
    """The language a message wants the answer in, where it says so.

    >>> wanted_language("請用英文再說一次"), wanted_language("in Chinese please")
    ('en', 'zh-TW')
    """
    if (match := _LANGUAGE.search(text)) is None:
        return None
    named = next(g for g in match.groups() if g).lower()
    return "en" if named.startswith("英") or named == "english" else "zh-TW"


def told_back(frame: Frame) -> Telling | None:
    """Whether what was answered before is wanted again: a figure of it, as a reply, in short, in another language."""
    text = frame.text
    mended = frame.origin is not None and CORRECTS.search(text)
    own = frame.amounts.any or frame.named_goods or frame.days or frame.parcels or mended
    if own or frame.intent == "decline" or says(text, "document"):
        return None
    if _REPLY.search(text) and _TO_WHOM.search(text) and len(text) <= 2 * _SHORT:
        return "reply"
    if len(text) > _SHORT + _SHORT // 2:
        return None
    if wanted_language(text) is not None and not frame.parameters:
        return "again"
    if _SUMMARY.search(text):
        return "summary"
    if _AGAIN.search(text):
        return "again"
    return "recall" if _RECALL.search(text) and not says(text, "explains") else None


def answered(frame: Frame, before: Frame) -> Frame | None:
    """The calculation before where a message only answers what was asked: not known, none, yes.

    None of the charges that were asked for is nothing to add; what is not known stays open, and is not asked again.
    """
    if before.intent not in ("taiwan_quote", "us_quote"):
        return None
    text = frame.text
    told = (
        frame.amounts.any or frame.named_goods or frame.days or frame.said or frame.origin or any(frame.slots.values())
    )
    if _NONE.match(text.strip()) and before.intent == "taiwan_quote":
        amounts = before.amounts
        if None in (amounts.freight, amounts.insurance) and before.price is not None:
            nothing = Decimal(0)
            filled = replace(
                amounts,
                freight=nothing if amounts.freight is None else amounts.freight,
                insurance=nothing if amounts.insurance is None else amounts.insurance,
            )
            return _again(before, text, filled)
    if _BARE.match(text.strip()) and before.intent == "taiwan_quote":
        amounts, amount = before.amounts, frame.price
        if amount is not None and amounts.price is not None and amount < amounts.price and not before.items:
            if amounts.freight is None:
                return _again(before, text, replace(amounts, freight=amount))
            if amounts.insurance is None:
                return _again(before, text, replace(amounts, insurance=amount))
    if told:
        return None
    if _UNKNOWN.search(text) and len(text) <= _SHORT and not says(text, "tax_question"):
        return replace(before, text=text, quantities=(), explain=False, compare=None, aside=(), unknown=True)
    if _YES.match(text.strip()):
        return replace(before, text=text, quantities=(), explain=False, compare=None, aside=())
    return None


_BARE = re.compile(r"^(?:NT\$|US\$|\$)? ?\d[\d,]*(?:\.\d+)? ?(?:元|塊錢?|NTD?|dollars)?[。.]?$", re.IGNORECASE)


def _again(before: Frame, text: str, amounts: Amounts) -> Frame:
    return replace(before, text=text, quantities=(), amounts=amounts, explain=False, compare=None, aside=())


def worded(text: str) -> bool:
    """Whether there is a word in a text, and not the same sign over and over.

    >>> worded("X3 是什麼"), worded("???"), worded("稅" * 40)
    (True, False, False)
    """
    return _WORD.search(text) is not None and _ONE_SIGN.search(text) is None


_WORD, _ONE_SIGN = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff]"), re.compile(r"^\W*(\w)\1{9,}\W*$")
