"""Cuts documents into passages along their headings and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deskhand.domain.knowledge import Faq, Passage, Source
from deskhand.domain.untrusted import fit_text

FEW, MANY = 80, 200
"""Words of a passage: one with fewer takes the next paragraph in, none has more."""
LONGEST = 2_000
"""Characters of a passage."""
LONGEST_HEADING, DEEPEST = 150, 4
MOST = 5_000
"""Passages of one source."""

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffb]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 6) or a paragraph (level 0) of a document."""

    text: str
    level: int = 0
    page: int | None = None
    anchor: str | None = None
    """The fragment that leads to a heading."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader gives it."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str | None = None


def clean(text: str) -> str:
    """Text from outside without control characters, marks that turn its direction, and doubled spaces."""
    lines = _CONTROL.sub(" ", fit_text(text).replace("\r\n", "\n").replace("\u00ad", "")).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def sentences(text: str) -> list[str]:
    """The sentences of a text; each line of a list is one."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]


def of_questions(source: Source, questions: list[Faq]) -> list[Passage]:
    """A passage for each question."""
    return [
        Passage(
            source=source.slug,
            number=number,
            title=source.name,
            text=clean(one.answer),
            question=clean(one.question),
            url=source.url,
            language=source.language or "en",
        )
        for number, one in enumerate(questions, 1)
    ]


def cut(source: Source, document: Document) -> list[Passage]:
    """The document's passages, at most 5,000."""
    cutter = _Cutter(source, document)
    for block in document.blocks:
        cutter.take(block)
        if len(cutter.passages) >= MOST:
            break
    cutter.flush()
    return cutter.passages[:MOST]


@dataclass(slots=True)
class _Cutter:
    source: Source
    document: Document
    passages: list[Passage] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)
    _anchor: str | None = None
    _open: list[str] = field(default_factory=list)
    _size: int = 0
    _page: int | None = None

    def take(self, block: Block) -> None:
        """Add a heading or a paragraph."""
        text = clean(block.text)
        if not text:
            return
        if block.level:
            self._enter(block, text)
            return
        for piece in pieces(text):
            self._add(piece, block.page)

    def flush(self) -> None:
        """End the passage that is being collected."""
        if self._open:
            url = self.source.url
            if url and self._anchor:
                url = f"{url.partition('#')[0]}#{self._anchor}"
            self.passages.append(
                Passage(
                    source=self.source.slug,
                    number=len(self.passages) + 1,
                    title=clean(self.document.title)[:LONGEST_HEADING] or self.source.name,
                    text="\n".join(self._open),
                    headings=tuple(heading for _, heading in self._path),
                    url=url,
                    page=self._page,
                    language=self.source.language or self.document.language or "en",
                )
            )
        self._open, self._size = [], 0

    def _enter(self, block: Block, text: str) -> None:
        self.flush()
        kept = [(level, heading) for level, heading in self._path if level < block.level][-DEEPEST + 1 :]
        self._path = [*kept, (block.level, " ".join(text.split())[:LONGEST_HEADING])]
        self._anchor = block.anchor

    def _add(self, piece: str, page: int | None) -> None:
        size = words_in(piece)
        full = self._size >= FEW or self._size + size > MANY
        if self._open and (full or sum(map(len, self._open)) + len(piece) > LONGEST):
            self.flush()
        if not self._open:
            self._page = page
        self._open.append(piece)
        self._size += size


def words_in(text: str) -> int:
    """About how many words a text has; scripts without spaces count by their letters."""
    return max(len(text.split()), len(text) // 12)


def pieces(text: str) -> Iterator[str]:
    """The paragraph itself, or parts of it that end with sentences, none longer than a passage may be."""
    if words_in(text) <= MANY and len(text) <= LONGEST:
        yield text
        return
    held: list[str] = []
    for sentence in (part for whole in sentences(text) for part in _short(whole)):
        joined = " ".join([*held, sentence])
        if held and (words_in(joined) > MANY or len(joined) > LONGEST):
            yield " ".join(held)
            held = []
        held.append(sentence)
    if held:
        yield " ".join(held)


def _short(sentence: str) -> Iterator[str]:
    """A sentence, or parts of one that never ends."""
    at, half = 0, LONGEST // 2
    while len(sentence) - at > half:
        end = sentence.rfind(" ", at, at + half)
        end = end if end > at else at + half
        yield sentence[at:end].strip()
        at = end
    if rest := sentence[at:].strip():
        yield rest
