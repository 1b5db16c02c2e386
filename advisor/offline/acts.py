"""What the last message asks for, told from how it is put: a plain linear model over its words and endings.

The weights stand in `acts.txt`, and for a second look at later messages in `acts_later.txt`, fitted by
`python -m evals.acts.train` on messages written for that alone. Figures count by their kind, never by their value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tools.text.normalise import normalise, to_traditional
from tools.text.quantities import Quantity, find_quantities

#: what a message may ask for, in the order of the columns of the weights
ACTS = (
    "compute", "change", "why", "compare", "rule", "penalty", "procedure", "permit", "claim", "when", "document", "talk",
    "deceit", "forecast", "elsewhere", "code",
)  # fmt: skip
#: acts answered by a passage or a figure of the law, whatever amounts are told with them
KNOWLEDGE = frozenset({"rule", "penalty", "procedure", "permit", "claim", "when", "document"})
#: acts answered by a calculation
SUMS = frozenset({"compute", "change", "why", "compare"})


class Act(NamedTuple):
    """The likeliest act, and how likely acts are."""

    name: str
    likely: dict[str, float]

    def share(self, names: frozenset[str]) -> float:
        """How likely it is one of these."""
        return math.fsum(self.likely[name] for name in sorted(names))


_RUN = re.compile(r"[a-z§][a-z'§-]*|[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z§][a-z'§-]*")
_FIGURE = re.compile(r"[\d][\d,.]*")
_TOLD = {"money": " §money ", "percent": " §percent ", "date": " §date ", "year": " §date ", "count": " §count "}
_FEW = 14  # characters of a message that is short


def signs_of(text: str, quantities: Sequence[Quantity], *, later: bool) -> frozenset[str]:
    """Words, endings and kinds of figures of a message.

    Args:
        text: the message, folded or as written.
        quantities: its figures.
        later: whether a calculation stands before it.
    """
    masked, kinds, at = "", set[str](), 0
    for quantity in sorted(quantities, key=lambda q: q.start):
        if quantity.start < at or (kind := _TOLD.get(quantity.kind)) is None:
            continue
        kinds.add(kind.strip())
        masked, at = masked + text[at : quantity.start] + kind, quantity.end
    low = _FIGURE.sub(" §n ", to_traditional(normalise(masked + text[at:]).text).lower())
    found: set[str] = {f"+{kind}" for kind in kinds}
    for run in _RUN.findall(low):
        if run[0] < "\u3400":
            found.add(run)
        else:
            found.update(run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1))
    words = _WORD.findall(low)
    found.update(f"{a} {b}" for a, b in pairwise(words))
    found.update(" ".join(words[i : i + 3]) for i in range(len(words) - 2))
    bare = low.strip(" ?？。.!！,，")
    found.update(f"{bare[-n:]}$" for n in (1, 2, 3) if bare and bare[-1] >= "\u3400")
    found.update(f"^{bare[:n]}" for n in (1, 2) if bare and bare[0] >= "\u3400")
    if words:
        found.update({f"^{words[0]}", f"^{' '.join(words[:2])}", f"{words[-1]}$"})
    if later:
        found.add("+later")
        found.update({"+later+money"} if "§money" in kinds else {"+later+bare"})
    if len(bare) <= _FEW:
        found.add("+short")
    if "?" in low or "？" in low:
        found.add("+asks")
    return frozenset(found)


@cache
def _weights(name: str) -> dict[str, tuple[float, ...]]:
    rows = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    found: dict[str, tuple[float, ...]] = {}
    for row in rows:
        if not row.startswith("# "):
            sign, _, told = row.partition("\t")
            each = [0.0] * len(ACTS)
            for part in told.split():
                column, _, weight = part.partition(":")
                each[int(column)] = int(weight) / 100
            found[sign] = tuple(each)
    return found


def act_of(text: str, *, later: bool = False) -> Act:
    """What a message asks for.

    Args:
        text: the message.
        later: whether a calculation stands before it.

    >>> act_of("賣家把發票寫成 500 元會罰嗎").name, act_of("and by post?", later=True).name
    ('penalty', 'change')
    """
    return _act(text, later, "acts.txt")


def later_act(text: str) -> Act:
    """What a message after a calculation asks for, by the model that saw many such messages.

    >>> later_act("報關行說稅率是 3%，那總共多少").name, later_act("怎麼只有營業稅沒有關稅").name
    ('change', 'why')
    """
    return _act(text, True, "acts_later.txt")


@lru_cache(maxsize=512)
def _act(text: str, later: bool, name: str) -> Act:
    weights = _weights(name)
    sums = list(weights[""])
    for sign in sorted(signs_of(text, find_quantities(text), later=later)):
        for column, weight in enumerate(weights.get(sign, ())):
            sums[column] += weight
    most = max(sums)
    raised = [math.exp(s - most) for s in sums]
    whole = math.fsum(raised)
    likely = {name: value / whole for name, value in zip(ACTS, raised, strict=True)}
    return Act(max(ACTS, key=lambda name: likely[name]), likely)
