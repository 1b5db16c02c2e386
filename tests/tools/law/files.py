"""A small law written for the tests: one act, one file, which a test may break."""

from __future__ import annotations

from pathlib import Path

from tools.law import LawStore

HEAD = """
title = { zh-TW = "範例規費", en = "Example fee" }
publisher = { zh-TW = "範例機關", en = "Example agency" }
frontier = 2026-10-10
reviewed = 2026-11-21
volatile = false
"""
MINIMUM = """
[minimum]
label = { zh-TW = "範例規費最低額", en = "example fee, minimum" }
unit = "USD"

[[minimum.values]]
from = "unknown"
evidenced_on = 2020-03-01
to = 2024-09-30
value = 25
citation = { zh-TW = "範例法第七條", en = "Example Act art. 7" }
certainty = "secondary"

[[minimum.values]]
from = 2024-10-01
to = 2026-09-30
value = 33.10
citation = "Example Act art. 7"
certainty = "confirmed"

[[minimum.values]]
from = 2027-01-01
value = 34.58
citation = "Example Act art. 7, as amended"
certainty = "derived"
note = "by the published factor"
"""
SCOPED = """
[open]
label = { zh-TW = "是否開放", en = "whether it is open" }
unit = "boolean"

[[open.values]]
from = 2025-01-01
to = 2025-12-31
value = true
scope = { except_origins = ["CN", "HK"] }
citation = "Order 1"
certainty = "confirmed"

[[open.values]]
from = 2025-01-01
value = false
scope = { origins = ["CN", "HK"], modes = ["express", "air"] }
citation = "Order 2"
certainty = "confirmed"

[[open.values]]
from = 2025-06-01
value = false
scope = { origins = ["CN", "HK"], modes = ["post"] }
citation = "Order 3"
certainty = "confirmed"
"""
LISTED = """
[codes]
label = { zh-TW = "清單", en = "the list" }
unit = "text"

[[codes.values]]
from = 2025-01-01
to = 2025-12-31
value = ["2203", "22071090"]
citation = "Annex"
certainty = "confirmed"

[[codes.values]]
from = 2026-01-01
value = ["2203"]
citation = "Annex, as amended"
certainty = "confirmed"
"""
EXPECTED = """
[planned]
label = { zh-TW = "預定", en = "what is planned" }
unit = "USD"

[[planned.values]]
from = 2025-01-01
value = 10
citation = "Act"
certainty = "confirmed"

[[planned.values]]
from = 2026-06-01
value = 20
citation = "announcement"
certainty = "expected"
"""


def store(root: Path, text: str = HEAD + MINIMUM + SCOPED + LISTED + EXPECTED) -> LawStore:
    """A store that holds one file, zz/fee.toml."""
    folder = root / "zz"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fee.toml").write_text(text, "utf-8")
    return LawStore(root)
