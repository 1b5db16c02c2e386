"""What a question is about more than its words say: the heading or the words that are searched for with it."""

from __future__ import annotations

import re

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.owed import allowance_of
from advisor.offline.places import read_places
from advisor.offline.queries import has_query, query
from advisor.offline.topics import named_luggage, named_parameters
from advisor.offline.triggers import PUNISHED, punished
from advisor.offline.turns import AGED
from advisor.offline.wordings import FAR, asked_for, heading_of, passage_of
from tools.law.store import law
from tools.paperwork.papers import PapersInput, papers_for

#: a notice of EZ WAY that nobody answered
_UNCONFIRMED = re.compile(
    r"(?:ez ?way|易利委|實名|通知).{0,16}(?:沒|未|忘).{0,4}(?:按|點|確認|回|收到)|(?:沒|未|忘).{0,4}(?:按|點|確認).{0,10}(?:ez ?way|易利委)|(?:ez ?way).{0,30}(?:not|never|forgot|didn't|haven't).{0,12}(?:confirm|tap|press|click|respond)|(?:not|never|forgot to|didn't|haven't) (?:confirm|tap|press|click).{0,24}ez ?way",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"公升|瓶|罐|多少|幾|上限|限量|更多|\b(?:bottles?|lit(?:re|er)s?|cases?|cans?|more|how (?:much|many)|limit|maximum|most)\b", re.IGNORECASE)  # fmt: skip
_ENDED_DUTIES = re.compile(r"ieepa|最高法院|supreme court|對等關稅|芬太尼|reciprocal|fentanyl", re.IGNORECASE)
#: work that may or may not make goods those of the place where it is done
_WORKED = re.compile(
    r"組裝|包裝|分裝|貼標|加工|改裝|\b(?:re-?)?pack(?:ed|aged)\b|\blabel?led\b|\bassembled\b", re.IGNORECASE
)


#: one purchase sent several times
_IN_PARTS = re.compile(
    r"分(?:成|開|批)?(?:兩|二|三|四|幾|[2-9])(?:次|批|趟|個?包裹?)?(?:寄|運|送|進口)|\b(?:in|into|as) (?:two|three|several|\d|separate|small(?:er)?) (?:parcels?|packages?|shipments?|boxes)\b|\bsplit (?:it|them|the order)\b",
    re.IGNORECASE,
)


def in_parts(frame: Frame) -> bool:
    """Whether one purchase is to come into Taiwan in several parcels."""
    return _IN_PARTS.search(frame.text) is not None and not about_us(frame)


def origin_asked(frame: Frame) -> str:
    """What is asked of the origin of goods for the United States, by its query: work done elsewhere, a stay elsewhere."""
    abroad = about_us(frame) or (bool(frame.lean) and read_places(frame.lean, threshold=False).destination == "US")
    if not abroad or says(frame.text, "document"):
        return ""
    whose = says(frame.text, "whose_origin")
    worked = _WORKED.search(frame.text) or (whose and _PACKING.search(frame.text))
    return "made_where" if worked else "whose_origin" if whose else ""


_PACKING = re.compile(r"\b(?:packag|packing|label|assembl|finish)\w*", re.IGNORECASE)


def topic_of(frame: Frame) -> str:
    """What a question is about more than its words say: the exemption, more than the drink; what is scheduled."""
    if says(frame.text, "ahead_of_us") and frame.destination == "US" and not frame.days:
        return query("scheduled", frame.lang)
    if _UNCONFIRMED.search(frame.text):
        return query("unconfirmed", frame.lang)
    if says(frame.text, "refund") and _ENDED_DUTIES.search(f"{frame.text} {frame.lean}"):
        return query("refund", frame.lang)
    if says(frame.text, "mail_sheet"):
        return query("mail_sheet", frame.lang)
    if in_parts(frame):
        return query("in_parts", frame.lang)
    if says(frame.text, "count_apart") and not about_us(frame):
        return query("counted_apart", frame.lang)
    if asked := origin_asked(frame):
        return query(asked, frame.lang)
    if says(frame.text, "mends") and not says(frame.text, "document") and not about_us(frame):
        return query("mended", frame.lang)
    barred = [n for n in named_parameters(frame.lean) if n.startswith("tw.import_controls.")] if frame.lean else []
    if barred and PUNISHED.search(frame.text):  # what is done about goods that may not come in at all
        label = law().parameter(barred[0]).label[frame.lang]
        fined = query("fined", frame.lang)
        return asked_for(f"{label} {fined}", frame.lang, near=FAR) or label
    if says(frame.text, "exempt") and allowance_of(frame) is not None:
        return law().parameter("tw.low_value.excluded_goods").label[frame.lang]
    return ""


_AIRPORT = re.compile(r"機場|海關檢查|入境|紅線|綠線|\bairports?\b|\b(?:red|green) (?:channel|lane)\b", re.IGNORECASE)


def rule_of_spoken(frame: Frame) -> str:
    """The rule, by its query, that a message asks of goods spoken of before: undeclared, for the young, how much drink."""
    luggage = bool(frame.lean) and named_luggage(f"{frame.text} {frame.lean}")
    if _AIRPORT.search(frame.text) and punished(frame.text) and not about_us(frame):
        return "undeclared"
    if luggage and punished(frame.text) and not topic_of(frame):
        return "undeclared"
    if luggage and AGED.search(frame.text):
        return "minors"
    held = frame.held
    if held is None or held.intent != "taiwan_quote" or held.route == "traveller" or frame.lean or frame.named_goods:
        return ""
    drink = allowance_of(held) == "alcohol_percent" and _AMOUNT.search(frame.text)
    return "drink_own_use" if drink and not topic_of(frame) and not passage_of(frame) else ""


def rule_known(frame: Frame) -> tuple[str, str] | None:
    """The query and the side of a rule known by how it is asked: whose goods they are, what becomes of those spoken of."""
    if says(frame.text, "whose_origin") and (origin := origin_asked(frame)):
        return origin, "US"
    spoken = rule_of_spoken(frame)
    return (spoken, "TW") if spoken else None


#: what is a medicine here, whatever a shop abroad calls it
_MEDICINE = re.compile(
    r"藥品|成藥|處方藥|止痛藥|感冒藥|胃藥|退燒藥|眼藥水|安眠藥|褪黑激素|合利他命|普拿疼|\b(?:medicines?|medications?|drugs?|pills|painkillers?|melatonin|aspirin|ibuprofen|paracetamol|antibiotics?|eye drops|sleeping pills)\b",
    re.IGNORECASE,
)


def leave_of(frame: Frame) -> str:
    """The heading on the leave that goods need: of the matter spoken of, as asked for, else that of their agency."""
    if not about_us(frame) and _MEDICINE.search(f"{frame.text} {frame.lean}"):
        return query("medicine_carried" if frame.route == "traveller" else "medicine_sent", frame.lang)
    if heading := heading_of(frame.matter, frame.lang) or passage_of(frame):
        return heading
    code = frame.subheading or next((m.line.code for m in frame.lines("us" if about_us(frame) else "tw")), None)
    told = PapersInput(
        destination="us" if about_us(frame) else "tw", goods=f"{frame.text} {frame.lean}"[:300], code=code, route=None
    )
    headings = (query(f"agency_{a.id}", frame.lang) for a in papers_for(told).agencies if has_query(f"agency_{a.id}"))
    return next(headings, "") or passage_of(frame, FAR)


def allowances(frame: Frame) -> list[str]:
    """What a traveller may bring free of tax: of alcohol, of tobacco, or of anything else."""
    return [f"tw.traveller.{name}" for name in _TRAVELLER[allowance_of(frame)]]


#: allowances of travellers, by the kind of goods that has its own
_TRAVELLER = {
    "alcohol_percent": ("alcohol_litres", "alcohol_age"),
    "sticks": ("cigarettes", "cigars", "tobacco_age"),
    None: ("exemption", "used_item_limit"),
}


def claims_exempt_drink(frame: Frame) -> bool:
    """Whether alcohol or tobacco is said to be exempt as of low value: that it never is, is the answer."""
    here = frame.intent == "taiwan_quote" and frame.route != "traveller"
    return here and says(frame.text, "exempt") and allowance_of(frame) is not None
