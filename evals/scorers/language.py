"""Language and register: the language of the case, Traditional characters and Taiwan's words, English without Chinese."""

from __future__ import annotations

import re

from advisor.answer import Answer
from evals.cases import Case
from evals.reader import plain
from evals.scorers.base import Score, judged
from tools.text.normalise import simplified_characters

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: characters that only simplified Chinese writes, from the words of this trade
_SIMPLIFIED = set(
    "关税报单费货价运险业务国际进认证规则实应缴总计发书这个时说没从们对观产线类转买卖质检验纳电还让给过问题"
)
_ELSEWHERE = (
    "網絡",
    "信息",
    "視頻",
    "軟件",
    "默認",
    "質量",
    "數據庫",
    "用戶",
    "賬戶",
    "賬單",
    "智能手機",
    "在線",
    "通過率高",
    "服務器",
    "硬件",
    "賬號",
    "打印",
    "短信",
    "屏幕",
    "鏈接",
    "文件夾",
    "郵箱",
    "反饋",
    "渠道",
)
#: written in both scripts: 雇主 is the spelling of Taiwan's own law
_BOTH = set("雇")
_QUOTED = re.compile(r"[「『《“\"(（][^」』》”\"()（）]{0,80}[」』》”\")）]")


def score(case: Case, answer: Answer) -> Score:
    wrong = [] if answer.language == case.lang else [f"language {answer.language}, wanted {case.lang}"]
    said = plain(answer.answer)
    prose = _QUOTED.sub("", said)
    letters = len(re.findall(r"[A-Za-z]+", prose))
    characters = len(_HAN.findall(prose))
    if case.lang == "en" and characters > 0.25 * max(letters, 1):
        wrong.append(f"{characters} Chinese characters in an English answer of {letters} words")
    if case.lang == "zh-TW":
        if characters < letters:
            wrong.append(f"{letters} English words, {characters} Chinese characters")
        if simplified := sorted(set(said) & _SIMPLIFIED | set(simplified_characters(said)) - _BOTH):
            wrong.append(f"simplified characters {''.join(simplified)}")
        wrong += [f"{word!r} is not said in Taiwan" for word in _ELSEWHERE if word in prose]
    return judged(wrong)
