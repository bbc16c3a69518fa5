"""Web pages, by way of trafilatura: the text that the page is about, with its headings, lists and tables."""

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, html2txt
from trafilatura.utils import load_html

from deskhand.adapters.documents.blocks import Parts, Unreadable

DEEPEST = 250
"""Levels of nesting: whoever nests deeper writes for no reader."""
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")


def read_html(content: bytes, charset: str | None) -> Parts:
    """The document. Raises Unreadable where the page has no text."""
    tree = load_html(_decoded(content, charset))
    if tree is None:
        raise Unreadable("It is no web page that can be read.")
    _refuse_deep(tree)
    found = Parts(title=_title(tree), language=_language(tree))
    anchors = _anchors(tree)
    whole = bare_extraction(tree, favor_recall=True, include_comments=False, include_tables=True)
    body = getattr(whole, "body", None)
    for element in body if body is not None else ():
        _take(element, found, anchors)
    if not found.parts:
        for line in str(html2txt(content) or "").splitlines():
            found.add(line)
    if not found.parts:
        raise Unreadable("There is no text on it: it may be made by scripts in the browser, which are not run.")
    return found


def _decoded(content: bytes, charset: str | None) -> bytes | str:
    """As the server says; what it says nothing of, or wrongly, the page's own marks tell."""
    try:
        return content.decode(charset) if charset else content
    except (LookupError, UnicodeDecodeError):
        return content


def _refuse_deep(tree: HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Unreadable(f"It is nested deeper than {DEEPEST} levels.")


def _title(tree: HtmlElement) -> str:
    found = tree.find(".//title")
    return " ".join(found.text_content().split()) if found is not None else ""


def _language(tree: HtmlElement) -> str | None:
    found = _LANGUAGE.fullmatch(
        (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    )
    return found[1] if found else None


def _anchors(tree: HtmlElement) -> dict[str, str]:
    """The fragment of each heading that has one, by its words."""
    found: dict[str, str] = {}
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary"):
        marks = [heading, *heading.iter("a"), *([heading.getparent()] if heading.getparent() is not None else [])]
        names = [mark.get("id") or (mark.get("name") if mark.tag == "a" else None) for mark in marks]
        name = next((name for name in names if name and re.fullmatch(r"[\w\-.:]{1,100}", name)), None)
        if name:
            found.setdefault(" ".join(heading.text_content().split()), name)
    return found


def _take(element: Any, found: Parts, anchors: dict[str, str]) -> None:
    if element.tag == "head":
        words = " ".join("".join(element.itertext()).split())
        level = element.get("rend", "h3")
        found.add(words, int(level[1]) if re.fullmatch("h[1-6]", level) else 3, anchor=anchors.get(words))
    elif element.tag == "table":
        for row in element.iter("row"):
            found.add(" | ".join(filter(None, (" ".join("".join(cell.itertext()).split()) for cell in row))))
    elif element.tag == "list":
        found.add(
            "\n".join(filter(None, (" ".join("".join(item.itertext()).split()) for item in element.iter("item"))))
        )
    elif element.tag in ("div", "quote") and len(element):
        found.add(element.text or "")
        for inner in element:
            _take(inner, found, anchors)
            found.add(inner.tail or "")
    else:
        found.add("".join(element.itertext()))
