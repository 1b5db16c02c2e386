"""A description to candidates with reasons: what kind of text it is first, then the ranking, then what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tools.law.models import Localized
from tools.result import Message
from tools.tariff.codes import dotted
from tools.tariff.interpretation import chapters, headings
from tools.tariff.placing import Level
from tools.tariff.schedule import kept_in, schedule
from tools.tariff.search import kinds
from tools.tariff.search.attributes import attributes
from tools.tariff.search.find import Engine
from tools.tariff.search.index import open_index
from tools.tariff.search.lexicon import entries
from tools.tariff.search.models import Candidate, Confidence, Doubt, Found, Kind, LineBelow, Part, SearchInput
from tools.tariff.search.money import doubt
from tools.tariff.search.proposal import Proposal, against, in_its_order, speaks_for
from tools.tariff.search.question import SHOWN, asked_for, separating
from tools.tariff.search.reasons import deciding, not_called, why, why_not
from tools.tariff.search.scoring import Asked, Scored, believed, likelihoods, likely, share_of
from tools.tariff.search.words import spelt

_LINES, _CELLS, _PARTS, _OF_PART, _NEAR = 60, 6, 6, 3, 5
_NOWHERE: tuple[Kind, ...] = ("prohibited", "service")
_UNSAID: tuple[Kind, ...] = ("brand", "vague")
_engines: dict[int, Engine] = {}


def engine(said: Callable[[str], None] = lambda _: None) -> Engine:
    """The engine over what is held now; its index is kept under the state directory."""
    index = open_index(kept_in(), said)
    if id(index) not in _engines:
        _engines.clear()
        _engines[id(index)] = Engine(index)
    return _engines[id(index)]


def search(given: SearchInput, as_of: date, proposal: Proposal | None = None) -> Found:
    """Candidates for goods in words.

    Args:
        given: the description.
        as_of: the day the schedule is read at, unless the input names another.
        proposal: subheadings that somebody else puts first, of a description of one kind of goods.
    """
    on = given.on or as_of
    text, instructed = kinds.without_instructions(given.text)
    notes = [Message(code="hs_instruction")] if instructed else []
    if refusal := _refused(text):
        return Found(query=given.text, schedule=given.schedule, on=on, kind=refusal[0], notes=(refusal[1], *notes))
    if proposal is None and len(parts := _several(text)) > 1:
        shown = tuple(Part(text=p, candidates=_candidates(p, given, on, _OF_PART)[0]) for p in parts)
        count = _say("hs_several", count=str(len(shown)))
        return Found(
            query=given.text, schedule=given.schedule, on=on, kind="several", parts=shown,
            notes=(count, *notes, *_after(given, shown[0].candidates)),
        )  # fmt: skip
    found, held = _candidates(text, given, on, given.limit, unsure=instructed, proposal=proposal)
    if not found:
        return Found(
            query=given.text, schedule=given.schedule, on=on, kind="nothing", notes=(_say("hs_not_found"), *notes)
        )
    money = doubt(found[:SHOWN], given.schedule, given.value)
    told = attributes(spelt(text))
    question = asked_for(proposal.open, found, held, given.schedule, money) if proposal and proposal.open else None
    return Found(
        query=given.text, schedule=given.schedule, on=on, kind="goods", candidates=found, doubt=money,
        question=question or separating(found, held, told, given.schedule, money),
        notes=(*(proposal.notes if proposal else ()), *notes, *_of_money(money), *_after(given, found)),
    )  # fmt: skip


def _of_money(money: Doubt | None) -> list[Message]:
    """What the range of duty is, and what is not in it."""
    if money is None:
        return []
    words = {name: f"{getattr(money, name):,f} {money.currency}" for name in ("value", "low", "high")}
    said = _say("hs_doubt", codes=", ".join(money.codes), **words)
    left = [_say("hs_doubt_left_out", count=str(money.lines_left_out))] if money.lines_left_out else []
    return [said, *left]


def _say(code: str, **words: str) -> Message:
    return Message(code=code, words={k: Localized.model_validate(v) for k, v in words.items()})


def _refused(text: str) -> tuple[Kind, Message] | None:
    if not kinds.says_something(text):
        return "nothing", _say("hs_nothing")
    for kind in _NOWHERE:
        if found := kinds.named(kind, text) or (kinds.forged(text) if kind == "prohibited" else ()):
            return kind, _say(f"hs_{kind}", words=", ".join(found))
    for kind in _UNSAID:
        if kinds.only(kind, text):
            return kind, _say(f"hs_{kind}", words=", ".join(kinds.named(kind, text)))
    return None


def _several(text: str) -> list[str]:
    """The goods of a list, where at least two of its pieces are surely goods of different headings; none else."""
    parts = kinds.pieces(text)
    if not 1 < len(parts) <= _PARTS:
        return []
    first = [_best(part) for part in parts]
    sure = {hit.code[:4] for hit in first if hit}
    return parts if len(sure) > 1 and all(first) else []


def _best(part: str) -> Scored | None:
    """What a piece of a list surely is: its words are those of a name, not an attribute of the piece before."""
    ranked = engine().rank(part)
    return ranked[0] if ranked and share_of(ranked[0], "phrase_whole") > likely("piece") else None


def _candidates(
    text: str, given: SearchInput, on: date, limit: int, *, unsure: bool = False, proposal: Proposal | None = None
) -> tuple[tuple[Candidate, ...], dict[str, dict[str, frozenset[str]]]]:
    searcher = engine()
    asked = searcher.ask(text)
    every = searcher.rank(text)
    ranked = every[: max(limit, _NEAR)]
    shares = likelihoods([hit.score for hit in ranked])
    called = not ranked or searcher.called(asked, ranked[0])
    first = _trusted(believed(ranked, asked), called=called)
    if proposal:
        unsure = unsure or not ranked or ranked[0].code != proposal.codes[0]  # what it adds was never measured
        ranked, shares = in_its_order(proposal, every, shares, searcher, limit)
    told = attributes(spelt(text))
    near = frozenset(hit.code for hit in ranked[:_NEAR])
    out = []
    for number, (hit, share) in enumerate(zip(ranked[:limit], shares, strict=False)):
        others = near - {hit.code}
        note = deciding(hit, others) if number == 0 else None
        rates, lines = _below(hit.code, given, on)
        for_it = (*why(searcher, asked, told, hit), *speaks_for(proposal, hit.code), *([note] if note else []))
        not_it = (
            *against(proposal, searcher, asked, hit),
            *(why_not(searcher, asked, told, hit, others) if number else () if called else not_called(asked)),
        )
        out.append(
            Candidate(
                code=dotted(hit.code), name=name_of(searcher, hit.code), path=path_of(hit.code), score=share,
                confidence=_confidence(number, share, first, unsure=unsure), why=_once(for_it),
                not_this_because=_once(not_it), rates=rates, lines=lines,
            )
        )  # fmt: skip
    return tuple(out), {dotted(hit.code): dict(searcher.attributes_of(hit.code)) for hit in ranked}


def _trusted(belief: float, *, called: bool) -> float:
    """The belief in a first candidate; in one where no name ends as the goods' own, less than good."""
    return belief if called else min(belief, likely("good") / 2)


def _once(said: Sequence[Message]) -> tuple[Message, ...]:
    return tuple(message for n, message in enumerate(said) if message not in said[:n])


def _confidence(number: int, share: float, first: float, *, unsure: bool) -> Confidence:
    """The first candidate by how often such a one was right; the others are never more than good."""
    if unsure:
        return "possible"
    if number == 0:
        return "strong" if first >= likely("strong") else "good" if first >= likely("good") else "possible"
    return "good" if share >= likely("good") else "possible"


def name_of(searcher: Engine, code: str) -> Localized:
    """The lexicon's name of a subheading; else that of a line under it or of its heading."""
    entry = entries().get(code)
    if entry:
        return entry.name
    return searcher.line_name(code) or headings()[code[:4]].name


def path_of(code: str) -> tuple[Level, ...]:
    """The chapter and heading above a subheading."""
    chapter, heading = chapters()[code[:2]], headings()[code[:4]]
    return (
        Level(level="chapter", code=chapter.code, name=chapter.name),
        Level(level="heading", code=heading.code, name=heading.name),
    )


def _below(code: str, given: SearchInput, on: date) -> tuple[dict[str, str], tuple[LineBelow, ...]]:
    """The national lines under a subheading in the schedule's order, and the different rates of each column."""
    if given.schedule == "hs":
        return {}, ()
    lines = [line for line in schedule(given.schedule).below(code, on, _LINES) if line.rates]
    columns = dict.fromkeys(column for line in lines for column in line.rates)
    rates = {}
    for column in columns:
        cells = list(dict.fromkeys(cell for line in lines if (cell := line.rates.get(column))))
        rates[column] = " | ".join([*cells[:_CELLS], *(["…"] if len(cells) > _CELLS else [])])
    return {c: r for c, r in rates.items() if r}, tuple(
        LineBelow(code=line.display_code, name=line.name, rates=line.rates) for line in lines
    )


def _after(given: SearchInput, shown: Sequence[Candidate]) -> list[Message]:
    selected = given.schedule != "hs" and not schedule(given.schedule).revision.complete and shown
    return [*([_say("hs_lines_selected")] if selected else []), _say("hs_boundary")]


def confidence_of(searcher: Engine, ranked: Sequence[Scored], asked: Asked) -> Confidence:
    """The confidence of the first of a ranking, for the bench."""
    called = not ranked or searcher.called(asked, ranked[0])
    return _confidence(0, 0.0, _trusted(believed(ranked, asked), called=called), unsure=False)
