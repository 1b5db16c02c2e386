"""Bytes to text: UTF-8, UTF-16, Big5 and GB18030 told apart by what they decode to."""

from __future__ import annotations

import re

from corpus.documents.blocks import refuse

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
#: among the commonest characters of running Chinese in either script; a wrong decoding yields few of them
_COMMON = frozenset(
    "的之及與一不或人物品進口關稅規定為有於以在是其中應得者由依條第項款日年月與为关税进规应个这国时来上大地分"
)


def decode(data: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        InputError: it is no text in an encoding that is read.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strict(data, codec, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _legacy(data, name)
    if len(_CONTROL.findall(text[:4000])) > len(text[:4000]) / 100:
        raise refuse(name, "is not a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise refuse(name, "is damaged: its encoding mark does not fit its bytes") from error


def _legacy(data: bytes, name: str) -> str:
    """The decoding that reads most like Chinese; a declared one is tried first."""
    declared = _DECLARED.search(data[:2048])
    codecs = ["big5hkscs", "gb18030"]
    if declared and declared[1].decode().lower() in ("gb2312", "gbk", "gb18030"):
        codecs.reverse()
    best, most = "", -1.0
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        share = sum(c in _COMMON for c in text) / max(1, sum(not c.isascii() for c in text))
        if share > most + 0.01:
            best, most = text, share
    if most >= 0.02:
        return best
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refuse(name, "is in no encoding that is read (UTF-8, UTF-16, Big5, GB18030)") from error
    return text
