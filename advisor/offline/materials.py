"""What goods are made of, where a message says so: of lines that differ by it, those that fit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.offline.changes import other_goods
from advisor.offline.frame import Frame, Schedule
from advisor.offline.goods import find_goods, without_denied
from tools.tariff.names import NameMatch

#: what people call a material, and what names of lines call it
_MATERIALS = tuple(
    (re.compile(said, re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for said, held in (
        (r"純棉|全棉|棉質|棉的|\bcotton\b", r"棉|cotton"),
        (r"化纖|聚酯|滌綸|尼龍|人造纖維|排汗|\bpolyester\b|\bnylon\b|\bsynthetic\b|\bman-?made\b", r"化纖|人造纖維|合成|man-made|synthetic"),
        (r"羊毛|\bwool(?:len)?\b", r"羊毛|毛製|wool"),
        (r"真皮|牛皮|皮革|皮製|皮的|皮面|\bleather\b", r"皮|leather"),
        (r"布面|帆布|布的|布製|網布|\btextile\b|\bcanvas\b|\bfabric\b|\bmesh\b", r"布|紡織|textile|fabric"),
        (r"塑膠|塑料|橡膠|\bplastic\b|\brubber\b", r"塑膠|橡膠|plastic|rubber"),
        (r"石英|電池的|\bquartz\b", r"石英|quartz"),
        (r"機械(?:錶|式|的)|自動上鍊|\bautomatic\b|\bmechanical\b", r"機械|自動|mechanical|automatic"),
        (r"針織|\bknit(?:ted)?\b", r"針織|knit"),
        (r"梭織|平織|\bwoven\b", r"梭織|woven"),
    )
)  # fmt: skip
_DENIED = re.compile(r"(?:不是|非|不含|沒有|not|no|isn't|without)(?: an?| the)? ?$", re.IGNORECASE)


def by_material(
    found: Mapping[Schedule | str, tuple[NameMatch, ...]], text: str
) -> Mapping[str, tuple[NameMatch, ...]]:
    """Lines without those of another material than the one said; all of them where none fits or none is said."""
    wanted = _wanted(text)
    if not wanted:
        return dict(found)
    out: dict[str, tuple[NameMatch, ...]] = {}
    for schedule, lines in found.items():
        fit = tuple(m for m in lines if all(h.search(f"{m.line.name.zh_TW} {m.line.name.en}") for h in wanted))
        kept = fit or tuple(m for m in lines if not _contradicts(text, m.line.code))
        if kept:
            out[schedule] = kept
    return out


def _wanted(text: str) -> list[re.Pattern[str]]:
    """What names of lines call the materials a text says."""
    return [held for said, held in _MATERIALS if (m := said.search(text)) and not _DENIED.search(text[: m.start()])]


#: how cloth is made, one way or the other, and the chapter of clothes so made
_WAYS = (
    (re.compile(r"針織|\bknit(?:ted)?\b", re.IGNORECASE), "61"),
    (re.compile(r"梭織|平織|\bwoven\b", re.IGNORECASE), "62"),
)


def _contradicts(text: str, code: str) -> bool:
    """Whether clothes are said to be knitted and a line is of woven ones, or the other way round."""
    said = [chapter for words, chapter in _WAYS if words.search(text)]
    return len(said) == 1 and code[:2] in {chapter for _, chapter in _WAYS} - set(said)


def of_material(about: str, text: str) -> Mapping[str, tuple[NameMatch, ...]]:
    """Lines of the goods spoken of that are of the material a message tells; none where it tells none, or none fits.

    Args:
        about: what was said before, in which the goods are named.
        text: the message.
    """
    wanted = _wanted(text)
    bare = about
    for said, _ in _MATERIALS:
        bare = said.sub("", bare)
    found = find_goods(bare) if wanted else {}
    fit = {
        side: tuple(m for m in lines if all(h.search(f"{m.line.name.zh_TW} {m.line.name.en}") for h in wanted))
        for side, lines in found.items()
    }
    return {side: lines for side, lines in fit.items() if lines}


def remade(before: Frame, text: str) -> Mapping[str, tuple[NameMatch, ...]]:
    """The goods of a sum of the material a later message says; looked up again where those held are all of another."""
    wanted = _wanted(text)
    if not wanted or before.items or not before.goods:
        return dict(before.goods)
    held = [m for lines in before.goods.values() for m in lines]
    if any(all(h.search(f"{m.line.name.zh_TW} {m.line.name.en}") for h in wanted) for m in held):
        return by_material(before.goods, text)
    return of_material(_BARE.sub("", without_denied(before.about or before.text)), text) or dict(before.goods)


def is_remade(frame: Frame, before: Frame) -> bool:
    """Whether a later message names other goods than those computed with, or another material of them."""
    return other_goods(frame, before) or other_material(frame, before)


def other_material(frame: Frame, before: Frame) -> bool:
    """Whether a later message says another material of the goods of a sum."""
    return dict(remade(before, frame.text)) != dict(before.goods)


_BARE = re.compile(r"(?<=[\u4e00-\u9fff ])棉(?=[\u4e00-\u9fffA-Z])|毛(?=衣)")
