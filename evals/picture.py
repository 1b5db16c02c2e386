"""`customs eval picture`: who imports whom, room by room, as docs/architecture.md draws it; read from the source, never drawn by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- written by `customs eval picture --write` from here -->", "<!-- to here -->"
ROOMS = ("ui", "advisor", "corpus", "tools", "evals")

Arrow = tuple[str, str]


def arrows() -> set[Arrow]:
    """Which part imports from which other; a part is a package of a room, or the files that lie in the room itself."""
    return {
        (here, there)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for here in [_part(path.relative_to(ROOT).with_suffix("").parts)]
        for there in map(_part, _imported(path))
        if there in ROOMS or "/" in there
        if here != there
    }


def _part(names: tuple[str, ...]) -> str:
    room, *rest = names
    return f"{room}/{rest[0]}" if room in ROOMS and rest and (ROOT / room / rest[0] / "__init__.py").is_file() else room


def _imported(path: Path) -> Iterator[tuple[str, ...]]:
    """Every module a file names, wherever the import stands; `from room import part` names the part."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((*node.module.split("."), alias.name) for alias in node.names)


def picture(held: Iterable[Arrow]) -> str:
    """The rooms, then what knows what inside each."""
    rooms = {(a, b): (a.partition("/")[0], b.partition("/")[0]) for a, b in held}
    parts = [_drawn("The rooms", {pair for pair in rooms.values() if pair[0] != pair[1]})]
    for room in ROOMS:
        if inside := {arrow for arrow, pair in rooms.items() if pair == (room, room)}:
            parts.append(_drawn(f"Inside `{room}/`", inside))
    return "\n".join(parts)


def _drawn(title: str, held: Iterable[Arrow]) -> str:
    rows = [f"    {_node(a)} --> {_node(b)}" for a, b in sorted(held)]
    return "\n".join([f"{title}:", "", "```mermaid", "flowchart LR", *rows, "```", ""])


def _node(part: str) -> str:
    room, _, folder = part.partition("/")
    return f"{part.replace('/', '_')}[{folder or room}]"


def page(text: str, drawn: str) -> str:
    """The page with the picture between its marks."""
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{drawn}\n{END}{rest.partition(END)[2]}"


def main(*, write: bool) -> None:
    """Print the picture, and put it into the page where asked."""
    drawn = picture(arrows())
    print(drawn, end="")
    if write:
        PAGE.write_text(page(PAGE.read_text("utf-8"), drawn), "utf-8")
