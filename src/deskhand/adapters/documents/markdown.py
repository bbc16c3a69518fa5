"""Markdown, by way of markdown-it: its headings, and the text of everything else; HTML in it is left out."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from deskhand.adapters.documents.blocks import Parts

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


def read_markdown(text: str) -> Parts:
    """The document; its title is its first heading of level 1."""
    found = Parts()
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(_FRONT_MATTER.sub("", text))
    level, anchors = 0, Anchors()
    row: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.add(" | ".join(cell for cell in row if cell))
            row = None
        elif token.type in ("fence", "code_block"):
            found.add(token.content)
        elif token.type == "inline":
            words = _words(token)
            if row is not None:
                row.append(words)
                continue
            if level == 1 and not found.title:
                found.title = words
            found.add(words, level, anchor=anchors.of(words) if level else None)
    return found


class Anchors:
    """The fragments that renderers of Markdown give to headings."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, heading: str) -> str:
        """The heading's fragment; the second of the same name gets a number."""
        base = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        count = self._seen.get(base, 0)
        self._seen[base] = count + 1
        return f"{base}-{count}" if count else base


def _words(token: Token) -> str:
    """The text of a line without its marks."""
    found = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            found.append("\n" if child.type == "hardbreak" else " ")
        elif child.type in ("text", "code_inline", "image"):
            found.append(child.content)
    return "".join(found)
