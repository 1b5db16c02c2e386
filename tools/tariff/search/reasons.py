"""Why a candidate, and why perhaps not: the phrase and words that led there, attributes, exclusions, the note to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tools.law.models import Localized
from tools.result import Message
from tools.tariff.codes import dotted
from tools.tariff.interpretation import Note, notes, place
from tools.tariff.search.attributes import Attributes, labels_of
from tools.tariff.search.find import Engine, says
from tools.tariff.search.lexicon import entries
from tools.tariff.search.scoring import Asked, Scored

_WORDS, _HEADING = 6, 4


def _say(code: str, **words: str | Localized) -> Message:
    return Message(code=code, words={k: Localized.model_validate(v) for k, v in words.items()})


def why(engine: Engine, given: Asked, told: Attributes, hit: Scored) -> tuple[Message, ...]:
    """What led to a candidate."""
    found: list[Message] = []
    if hit.phrase is not None:
        found.append(_say("hs_why_phrase", phrase=engine.index.phrase_texts[hit.phrase]))
    words = [t for t in engine.words_at(given, hit) if len(t) > 1][:_WORDS]
    if words:
        found.append(_say("hs_why_words", words=_listed([w.replace("_", " ") for w in words])))
    spread = {t: w for t, w in given.spread.items() if t in words and "_" not in w}
    found += [_say("hs_why_spelling", words=word, meant=term) for term, word in list(spread.items())[:2]]
    held = engine.attributes_of(hit.code)
    same = {kind: values & held[kind] for kind, values in told.items() if values & held.get(kind, frozenset())}
    if same:
        found.append(_say("hs_why_attribute", values=_labels(same)))
    return tuple(found)


def why_not(engine: Engine, given: Asked, told: Attributes, hit: Scored, others: frozenset[str]) -> tuple[Message, ...]:
    """What speaks against a candidate: attributes that differ, exclusions, a note that sends to another candidate."""
    held = engine.attributes_of(hit.code)
    found = [
        _say("hs_not_attribute", held=_labels({kind: held[kind]}), said=_labels({kind: values}))
        for kind, values in told.items()
        if held.get(kind) and not values & held[kind]
    ]
    entry = entries().get(hit.code)
    found += [
        _say("hs_not_excluded", phrase=x.phrase, see=dotted(x.see))
        for x in (entry.excluded if entry else ())
        if says(x.phrase, given)
    ]
    found += [_say("hs_not_note", of=note.of.replace(":", " "), text=note.text) for note in _sending(hit.code, others)]
    return tuple(found[:3])


def not_called(given: Asked) -> tuple[Message, ...]:
    """That no name here ends as the goods' own: a thing for such goods may have a heading of its own."""
    called = _listed(sorted((h.replace("_", " ") for h in given.heads), key=lambda h: (-len(h), h))[:1])
    return (_say("hs_not_called", word=called),)


def deciding(hit: Scored, others: frozenset[str]) -> Message | None:
    """The note to read before goods are put here: one that speaks of this heading or of another candidate's."""
    wanted = {hit.code[:_HEADING], *(code[:_HEADING] for code in others)}
    placed = place(hit.code[:_HEADING])
    best = max(placed.notes, key=lambda note: len(wanted & set(note.see)), default=None)
    if best is None or not wanted & set(best.see):
        return None
    return _say("hs_why_note", of=best.of.replace(":", " "), text=best.text)


def _sending(code: str, others: frozenset[str]) -> Iterator[Note]:
    """Notes of the candidate's own chapter that send to the heading of another candidate."""
    elsewhere = {other[:_HEADING] for other in others if other[:2] != code[:2]}
    for note in notes():
        if note.kind == "excludes" and note.of == f"chapter:{code[:2]}" and elsewhere & set(note.see):
            yield note


def _listed(words: list[str]) -> str:
    return ", ".join(words)


def _labels(values: Mapping[str, frozenset[str]]) -> Localized:
    labels = [labels_of(kind, value) for kind, held in values.items() for value in sorted(held)]
    return Localized.model_validate(
        {"zh-TW": "、".join(x.zh_TW for x in labels), "en": ", ".join(x.en for x in labels)}
    )
