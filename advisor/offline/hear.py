"""A message in a conversation: talk about the talk, several questions at once, else one question, understood by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.offline.cues import says
from advisor.offline.fold import fold_question
from advisor.offline.frame import CALCULATED, Frame
from advisor.offline.plan import plan
from advisor.offline.several import split_questions
from advisor.offline.talk import answered, small_talk, told_back
from advisor.offline.understand import language_in, understand
from corpus.sentences import question_words


def hear(question: str, as_of: date, before: Frame | None = None) -> Frame:
    """What a message wants, in the light of the one before it.

    Args:
        question: the person's words.
        as_of: the day "today" means.
        before: what the conversation had settled.
    """
    earlier = [before.text] if before else []
    before = _resumed(before)
    lang = language_in(question, earlier)
    whole = understand(question, as_of, before)
    if whole.intent == "decline" or whole.bill:
        return whole
    text = fold_question(question, english=lang == "en")
    alone = understand(question, as_of) if before is not None else whole
    if before is not None:
        if (answer := answered(alone, before)) is not None:
            return replace(answer, lang=lang)
        if (telling := told_back(alone)) is not None:
            kept = _about_figures(before) if telling == "recall" else before
            return replace(kept, lang=lang, telling=telling, asked_back=text, explain=False)
    talk = small_talk(text, first=before is None)
    if talk is not None and not (talk == "unclear" and before is not None and whole.intent != "policy"):
        return Frame(text=text, lang=lang, intent="policy", today=as_of, talk=talk, past=before)
    parts = _parts(whole, text, as_of, before)
    return replace(whole, parts=parts) if parts else whole


def _resumed(before: Frame | None) -> Frame | None:
    """The frame a message goes on from: not courtesy, not a retelling, of several questions the calculation."""
    if before is None or before.talk is not None:
        return before.past if before is not None else None
    if before.parts:
        computed = [p for p in before.parts if p.intent in CALCULATED and p.price is not None]
        before = (computed or before.parts)[-1]
    return replace(before, telling=None, asked_back="", unknown=False, brief=False)


def _about_figures(before: Frame) -> Frame:
    """The calculation that a figure asked for again stands in: the last one."""
    computed = before.intent in ("taiwan_quote", "us_quote")
    return before if computed or before.held is None else before.held


def _parts(whole: Frame, text: str, as_of: date, before: Frame | None) -> tuple[Frame, ...]:
    """The questions of a message, each in the light of the one before it; none where they come to one answer.

    Without numbers they are one question where they share its subject: a document, a place, the message before, or
    the facts of one calculation that no question holds by itself.
    """
    numbered, lead, pieces = split_questions(text)
    carried = before is not None and whole.intent != "policy"
    shared = whole.intent == "not_covered" or whole.lean or carried or says(text, "document")
    if not pieces or (shared and not numbered):
        return ()
    if not numbered:
        words = [question_words(piece) for piece in pieces]
        pieces = tuple(p for at, p in enumerate(pieces) if not at or not words[at] <= words[at - 1])
    last = before
    if lead:
        told = understand(lead, as_of, before)
        last = told if told.amounts.any or told.named_goods else before
    found: list[Frame] = []
    for piece in pieces:
        frame = understand(piece, as_of, last)
        asked_before = {repr(plan(each)) for each in found}
        if repr(plan(frame)) in asked_before and (alone := understand(piece, as_of)).intent in ("policy", "law"):
            frame = replace(alone, held=frame.held)  # a rule of its own, that only seemed to lean
        if found and frame.lean and not numbered:
            return ()  # it has no subject but that of the question before it
        if frame.held is None and frame.intent not in CALCULATED:
            frame = replace(frame, held=_calculation(found))
        if frame.intent == "policy" and not frame.lean and not lead and found:
            frame = replace(frame, lean=pieces[len(found) - 1])
        found.append(frame)
        last = frame
    if not numbered and whole.intent == "law" and _same_rule(found, whole):
        return ()  # the figure of one rule, asked twice
    distinct = {repr(plan(frame)): frame for frame in reversed(found)}
    kept = found if numbered else [frame for frame in found if frame in distinct.values()]
    if len(kept) < 2 or any(frame.intent == "decline" for frame in kept):
        return ()
    if not numbered and whole.intent in _COMPUTED and not _holds(kept, whole):
        return ()
    return tuple(replace(frame, brief=True) for frame in kept)


def _same_rule(parts: Sequence[Frame], whole: Frame) -> bool:
    """Whether one of the questions asks for the very rule that the whole message does, which tells the day of it."""
    return len(whole.parameters) == 1 and bool(whole.days) and any(f.parameters == whole.parameters for f in parts)


def _calculation(frames: Sequence[Frame]) -> Frame | None:
    """The last calculation among questions."""
    return next((f for f in reversed(frames) if f.intent in ("taiwan_quote", "us_quote")), None)


_COMPUTED = ("taiwan_quote", "us_quote", "tool")


def _holds(parts: Sequence[Frame], whole: Frame) -> bool:
    """Whether one of the questions is the whole calculation."""
    wanted = [call for call in plan(whole) if call[0] != "policy_search"]
    return any(all(call in plan(part) for call in wanted) for part in parts)
