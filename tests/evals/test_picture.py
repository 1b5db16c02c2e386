"""The picture of the rooms in docs/architecture.md is what the imports say."""

from __future__ import annotations

from evals.picture import PAGE, arrows, page, picture


def test_the_picture_is_drawn_from_the_imports() -> None:
    text = PAGE.read_text("utf-8")
    assert text == page(text, picture(arrows())), "run `customs eval picture --write`"


def test_an_arrow_is_an_import_and_none_goes_up() -> None:
    held = arrows()
    assert ("advisor/offline", "tools/taiwan") in held  # advisor/offline/compose reads quotes of Taiwan
    assert not [(a, b) for a, b in held if a.startswith("tools") and not b.startswith("tools")]


def test_the_text_around_the_picture_stays() -> None:
    marked = "before\n<!-- written by `customs eval picture --write` from here -->old<!-- to here -->\nafter\n"
    assert page(marked, "new").startswith("before\n") and page(marked, "new").endswith("<!-- to here -->\nafter\n")
    assert "old" not in page(marked, "new")
