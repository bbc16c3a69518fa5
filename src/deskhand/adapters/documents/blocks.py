"""What the readers of all forms give. Nothing here needs a library: the reading process starts quickly."""

from dataclasses import dataclass, field

MOST_BLOCKS = 50_000
MOST_TEXT = 4_000_000
"""Characters of one document."""


class Unreadable(Exception):
    """The document cannot be read; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (level 1 to 6) or a paragraph (level 0)."""

    text: str
    level: int = 0
    page: int | None = None
    anchor: str | None = None


@dataclass(slots=True)
class Parts:
    """A document, as far as it has been read."""

    title: str = ""
    language: str | None = None
    parts: list[Part] = field(default_factory=list)
    _size: int = 0

    def add(self, text: str, level: int = 0, page: int | None = None, anchor: str | None = None) -> None:
        """Add a heading or a paragraph. Raises Unreadable where the document is too long."""
        text = text.strip()
        if not text:
            return
        self._size += len(text)
        if self._size > MOST_TEXT or len(self.parts) >= MOST_BLOCKS:
            raise Unreadable(f"It holds more than {MOST_TEXT:,} characters of text: split it into several sources.")
        self.parts.append(Part(text, level, page, anchor))
