"""HTML and XML, the Federal Register's among them: words in reading order, headings and tables seen, nothing run."""

from __future__ import annotations

import re
from typing import Any

from corpus.documents.blocks import Builder, Parsed, refuse

_DROPPED = ("script", "style", "noscript", "nav", "footer", "aside", "form", "svg", "iframe", "template")
_BLOCKS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "pre",
    "blockquote",
    "dt",
    "dd",
    "tr",
    "caption",
    "div",
    "td",
    "section",
    "article",
)
_HEADS = {"HD1": 2, "HD2": 3, "HD3": 4, "HED": 2}
_DEEPEST = 256


def read_html(text: str, name: str) -> Parsed:
    """Words of a page; scripts, styles and navigation are left out.

    Raises:
        InputError: nested beyond reason, or without words.
    """
    import warnings

    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)  # XHTML reads well as HTML
    try:
        soup = BeautifulSoup(text, "lxml")
        for tag in soup(list(_DROPPED)):
            tag.decompose()
        title = " ".join(soup.title.get_text(" ").split()) if soup.title else ""
        builder = Builder()
        _walk(soup.body or soup, builder)
    except RecursionError as error:
        raise refuse(name, "is nested beyond reason") from error
    return builder.parsed(title)


def _walk(root: Any, builder: Builder) -> None:
    for tag in root.find_all(list(_BLOCKS)):
        if tag.name == "tr":
            if tag.find("table"):
                continue
            cells = [" ".join(c.get_text(" ").split()) for c in tag.find_all(["td", "th"])]
            first = tag.find_parent("table").find("tr") if tag.find_parent("table") else tag
            header = (
                ""
                if tag is first
                else " | ".join(" ".join(c.get_text(" ").split()) for c in first.find_all(["td", "th"]))
            )
            builder.add("row" if len(cells) > 1 else "text", " | ".join(cells).strip(" |"), header=header[:300])
            continue
        if tag.find_parent("tr") or tag.find(list(_BLOCKS)):  # told by its row, or by what stands inside
            continue
        words = " ".join(tag.get_text(" ").split())
        if tag.name[0] == "h" and tag.name[1:].isdigit():
            builder.add("heading", words, level=int(tag.name[1]))
        else:
            builder.add("text", words)


def read_xml(text: str, name: str) -> Parsed:
    """Words of an XML file; declarations of entities are refused.

    Raises:
        InputError: not well-formed, or made to blow up.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(
            text.encode("utf-8") if "encoding=" not in text[:256] else re.sub(r"^<\?xml[^>]*\?>", "", text).encode()
        )
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise refuse(name, f"cannot be read as XML ({type(error).__name__})") from error
    builder = Builder()
    _elements(root, builder, name)
    subject = root.find(".//SUBJECT")
    agency = root.find(".//AGENCY")
    title = _words(subject) if subject is not None else _words(root.find(".//title"))
    return builder.parsed(title, publisher=_words(agency))


def _words(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _elements(element: Any, builder: Builder, name: str, depth: int = 0) -> None:
    if depth > _DEEPEST:
        raise refuse(name, "is nested beyond reason")
    tag = str(element.tag).rpartition("}")[2]
    if tag in ("HD", "SUBJECT"):
        builder.add("heading", _words(element), level=_HEADS.get(element.get("SOURCE", ""), 1))
    elif tag == "ROW":
        builder.add("row", " | ".join(_words(cell) for cell in element))
    elif tag in ("P", "FP", "LI", "p", "AGENCY", "DEPDOC") or not len(element):
        builder.add("text", _words(element))
    else:
        if element.text and element.text.strip():
            builder.add("text", " ".join(element.text.split()))
        for child in element:
            _elements(child, builder, name, depth + 1)
            if child.tail and child.tail.strip():
                builder.add("text", " ".join(child.tail.split()))
