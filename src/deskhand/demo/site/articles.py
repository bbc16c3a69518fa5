"""The shop's pages to read, which its agent answers from."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt

from deskhand.demo.site.layout import layout
from deskhand.demo.site.visit import Visit


def article_page(visit: Visit, name: str, markdown: str) -> str:
    """The page as HTML; its headings have the fragments that answers link to."""
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(markdown)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", re.sub(r"[^\w\- ]", "", words.content.lower()).replace(" ", "-"))
    text = parser.renderer.render(tokens, parser.options, {})
    return layout(visit, f"{name} – Demo shop", f'<article class="text">\n{text}</article>')
