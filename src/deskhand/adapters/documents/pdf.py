"""PDF, by way of pypdf: text page by page; larger letters make a heading, lines on most pages are left out."""

import re
from collections import Counter
from io import BytesIO
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from deskhand.adapters.documents.blocks import Parts, Unreadable

MOST_PAGES = 2_000
LARGER = 1.15
"""Times the usual size of letters, from which a line is a heading."""
REPEATED = 0.6
"""The share of pages on which a line is a header or a footer."""
_NUMBER = re.compile(r"(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?", re.IGNORECASE)

Line = tuple[str, float]
"""Its text, and the size of its letters."""


def read_pdf(content: bytes) -> Parts:
    """The document. Raises Unreadable where it is locked, broken or only pictures."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("It is protected by a password: store a copy that is not.")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"It has more than {MOST_PAGES:,} pages: split it into several sources.")
        title = str((reader.metadata and reader.metadata.title) or "")
        pages = [_lines(page) for page in reader.pages]
    except Unreadable:
        raise
    except PyPdfError as error:
        raise Unreadable(f"It is no PDF that can be read: {_first_line(error)}.") from None
    found = Parts(title=title)
    usual = _usual([line for page in pages for line in page])
    repeated = _repeated(pages)
    for number, lines in enumerate(pages, 1):
        _take(found, [line for line in lines if _key(line[0]) not in repeated], number, usual)
    if not found.parts:
        raise Unreadable("It holds no text: it may be scanned pictures, which are not read.")
    return found


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["it is broken"])[0][:200].rstrip(".")


def _lines(page: Any) -> list[Line]:
    """The lines of a page with the size of their letters."""
    chunks: list[Line] = []

    def visit(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text:
            chunks.append((text, abs(size * (matrix[3] or matrix[0] or 1.0))))

    page.extract_text(visitor_text=visit)
    lines: list[Line] = []
    words, largest = "", 0.0
    for text, size in chunks:
        for at, part in enumerate(text.split("\n")):
            if at:
                lines.append((words.strip(), largest))
                words, largest = "", 0.0
            words += part
            if part.strip():
                largest = max(largest, size)
    return [*lines, (words.strip(), largest)]


def _usual(lines: list[Line]) -> float:
    sizes = [size for text, size in lines for _ in range(min(len(text), 200) // 10)]
    return median(sizes) if sizes else 0.0


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _repeated(pages: list[list[Line]]) -> set[str]:
    """Headers and footers: what stands first or last on most pages, numbers aside."""
    if len(pages) < 3:
        return set()
    counted: Counter[str] = Counter()
    for lines in pages:
        texts = [text for text, _ in lines if text]
        counted.update({_key(text) for text in (*texts[:2], *texts[-2:])})
    return {key for key, count in counted.items() if count >= REPEATED * len(pages)}


def _take(found: Parts, lines: list[Line], page: int, usual: float) -> None:
    """Lines become headings and paragraphs."""
    words = ""
    for text, size in lines:
        if not text or _NUMBER.fullmatch(text):
            found.add(words, page=page)
            words = ""
        elif usual and size >= LARGER * usual and len(text) <= 150:
            found.add(words, page=page)
            words = ""
            found.add(text, 1 if size >= 1.6 * usual else 2, page=page)
        elif words.endswith("-") and text[0].islower():
            words = words[:-1] + text
        else:
            words += ("\n" if text[0] in "•-–*" else " ") + text if words else text
    found.add(words, page=page)
