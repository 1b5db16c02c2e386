"""A PDF with Chinese text and no font of its own: written here, for machines that have none to embed.

It names a standard font of Adobe's Traditional Chinese collection by its standard encoding; viewers that carry fonts for
that collection show it, and the text can be searched and copied everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 50  # points of A4
_SIZE, _LEAD = 10, 15  # points of the letters and from line to line
_ROOM = 2 * (_WIDTH - 2 * _MARGIN) // _SIZE  # half-widths on a line
_FONT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MSung-Light /DW 1000 /W [1 95 500 13648 13742 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 4 >> /FontDescriptor 5 0 R >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /MSung-Light /Flags 6 /FontBBox [-160 -249 1015 888] /ItalicAngle 0 "
    b"/Ascent 888 /Descent -249 /CapHeight 662 /StemV 80 >>"
)
_ROWS = (_HEIGHT - 2 * _MARGIN) // _LEAD


def plain_pdf(title: str, lines: Sequence[str], note: str) -> bytes:
    """Lines of text on as many pages as they take.

    >>> plain_pdf("題", ["應繳 332 元"], "註")[:8]
    b'%PDF-1.5'
    """
    rows = [row for line in (title, "", *lines, "", note) for row in _folded(line)]
    pages = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
    first = 6  # number of the first page's object
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /MSung-Light /Encoding /UniCNS-UTF16-H /DescendantFonts [4 0 R] >>",
        _FONT,
        _DESCRIPTOR,
    ]
    for number, page in enumerate(pages):
        stream = _stream(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return _file(objects)


def _stream(rows: Sequence[str]) -> bytes:
    shown = " ".join(f"<{row.encode('utf-16-be').hex()}> Tj T*" for row in rows)
    return f"BT /F1 {_SIZE} Tf {_LEAD} TL {_MARGIN} {_HEIGHT - _MARGIN} Td {shown} ET".encode()


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + (head + trailer).encode()


def _folded(line: str) -> list[str]:
    """A line cut where it would run over the margin."""
    rows, room = [""], _ROOM
    for char in line:
        width = 1 if char.isascii() else 2
        if width > room:
            rows.append("")
            room = _ROOM
        rows[-1] += char
        room -= width
    return rows
