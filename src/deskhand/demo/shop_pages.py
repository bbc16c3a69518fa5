"""The demo shop's pages for its customers, which its agent answers from."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt

_STYLE = """
:root { color-scheme: light dark }
body { font: 17px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
h2:target { background: #fd58; box-shadow: 0 0 0 .4rem #fd58 }
"""


def customers_page(markdown: str) -> str:
    """The page as HTML; its headings have the fragments that answers link to."""
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(markdown)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", re.sub(r"[^\w\- ]", "", words.content.lower()).replace(" ", "-"))
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo shop</title>
<style>{_STYLE}</style>
{parser.renderer.render(tokens, parser.options, {})}<p><a href="/">To the shop</a></p>
</html>
"""
