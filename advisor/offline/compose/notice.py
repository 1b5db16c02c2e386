"""An EZ WAY notice set against an order, in words: verdict, what differs, what either answer does, words for the seller."""

from __future__ import annotations

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.tables import money
from tools.law.models import Lang
from tools.taiwan.ezway import EzWayCheck


def compose_notice(check: EzWayCheck, lang: Lang) -> Draft:
    """What to do with a notice, and why."""
    said = [say(f"notice_{check.verdict}", lang)]
    said += [f"- {difference.message.render(lang)}" for difference in check.differences]
    if check.tax is not None and check.tax.totals.total is not None:
        said.append(say("notice_tax", lang, total=money(check.tax, check.tax.totals.total, lang)))
    said += [say("notice_point", lang, text=m.render(lang)) for m in (*check.confirming, *check.refusing)]
    said += ["", say("notice_words", lang, text=check.words_to_seller.render(lang))]
    return Draft("\n".join(said))
