"""The four pictures of the README: taken on every run beside the other screens, kept under `docs/images/` when asked for.

CUSTOMS_PICTURES=keep .venv/bin/python -m pytest -q -m browser tests/browser/test_pictures.py
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.walk import QUOTE, Walk
from tools.law.models import Lang

pytestmark = pytest.mark.browser
_WIDTH = 1200  # pixels
_MOST, _COLOURS = 150_000, 128  # bytes of a picture; colours that are enough for a page


def chat_with_a_receipt(walk: Walk) -> None:
    walk.open()
    walk.ask(QUOTE[walk.lang])
    walk.answered(1)
    walk.press("②")
    walk.sees("3,250 × 5% = 162.5 → 162")


def chat_in_english(walk: Walk) -> None:
    walk.open()
    walk.ask("Cotton T-shirts from China to the US by sea, US$12,500 FOB, HTS 6109.10.00: what do I pay?")
    walk.answered(1)


def calculator_with_charts(walk: Walk) -> None:
    walk.open(
        "calculators",
        calc="us",
        us_value="12500",
        us_goods="6109.10.00",
        us_origin="CN",
        us_freight="400",
        us_insurance="20",
    )
    walk.sees("US$4,621.43")
    walk.tab("calc.dates")
    walk.sees(walk.words("calc.moves"))
    walk.chart()


def scan_of_a_text(walk: Walk) -> None:
    walk.open("library", show="scan")
    told = "跨境購物小抄：臺灣海關的低價免稅門檻為新臺幣 3,000 元，超過的部分才課稅。寄到美國 800 美元以下免稅。"
    picked = {"name": "guide.txt", "mimeType": "text/plain", "buffer": told.encode()}
    walk.page.set_input_files('input[type="file"]', picked)
    walk.page.get_by_text("1: ", exact=False).last.wait_for()
    walk.page.get_by_text("1: ", exact=False).last.scroll_into_view_if_needed()


#: name, language, how high the window is, down to where it is kept, what it shows
PICTURES: tuple[tuple[str, Lang, int, int, Callable[[Walk], None]], ...] = (
    ("chat.zh-TW", "zh-TW", 1560, 1190, chat_with_a_receipt),
    ("chat.en", "en", 900, 900, chat_in_english),
    ("calculator", "en", 760, 760, calculator_with_charts),
    ("scan", "zh-TW", 640, 640, scan_of_a_text),
)


@pytest.mark.parametrize(("name", "lang", "height", "kept", "shown"), PICTURES, ids=[name for name, *_ in PICTURES])
def test_a_picture_of_the_readme(
    walk: Walk, name: str, lang: Lang, height: int, kept: int, shown: Callable[[Walk], None], screens: Path, root: Path
) -> None:
    walk.page.set_viewport_size({"width": _WIDTH, "height": height})
    shown(walk)
    walk.page.mouse.move(0, 0)
    walk.settled()
    taken = Image.open(io.BytesIO(walk.page.screenshot())).convert("RGB").crop((0, 0, _WIDTH, kept))
    small = taken.quantize(_COLOURS, dither=Image.Dither.NONE)
    places = [screens, root / "docs" / "images"] if os.environ.get("CUSTOMS_PICTURES") == "keep" else [screens]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        small.save(place / f"{name}.png", optimize=True)
        assert (place / f"{name}.png").stat().st_size < _MOST
