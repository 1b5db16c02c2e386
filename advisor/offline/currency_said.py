"""The currency of money told before, where a message names nothing but it."""

from __future__ import annotations

import re

from tools.text.quantities import find_quantities

_ONLY_A_CURRENCY = re.compile(r"^(?:不對，?|不是，?|是|改成|換成|用|it is|it's|its|in|no,?|sorry,?)?\s*(?P<name>[^\s\d，,。.？?]{1,16}|[a-z$]+ [a-z]+)[。.！!]?$", re.IGNORECASE)  # fmt: skip


_NAMES_CURRENCY = re.compile(
    r"(?:是|改成|換成|改用|\bin|\bit's|\bare) ?(?P<name>人民幣|日[圓幣元]|美[元金]|歐元|英鎊|港幣|韓元|yuan|yen|euros?|pounds)(?! ?\d)",
    re.IGNORECASE,
)


def currency_alone(text: str) -> str | None:
    """The currency a message is about that says nothing else: 是人民幣."""
    match = _ONLY_A_CURRENCY.match(text.strip()) or _NAMES_CURRENCY.search(text)
    found = find_quantities(f"1 {match['name']}") if match else []
    return found[0].unit if found and found[0].kind == "money" and found[0].unit != "?" else None
