"""Knowledge: what turns ask of it, the index and the reader behind it, and the store of sources."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from deskhand.domain.errors import DeskhandError
from deskhand.domain.knowledge import Found, Passage
from deskhand.domain.passages import Document
from deskhand.ports.turns import AuditRow

Form = Literal["text", "markdown", "html", "pdf"]


class Unreadable(DeskhandError):
    """The document cannot be read."""


class Knowledge(Protocol):
    """What the agent can look up. `domain.knowledge.answer_of` makes an answer of what is found, or None."""

    async def search(
        self, workspace: str, text: str, *, topic: str | None = None, language: str = "en", limit: int = 5
    ) -> list[Found]:
        """The passages that answer the text best, the best first; of one topic's sources only, where it is given.

        Costs nothing but a look at a number where the workspace has no sources. A topic that is not there any more
        narrows nothing.
        """
        ...


class Analysed(Protocol):
    """A source's passages, prepared for an index."""


class PassageIndex(Protocol):
    """The passages of one workspace, ready to be searched."""

    def analyse(self, passages: Sequence[Passage]) -> Analysed:
        """Prepare a source's passages. Takes milliseconds to seconds, touches nothing: call it in a thread."""
        ...

    def put(self, source: str, analysed: Any) -> None:
        """Add or replace a source."""
        ...

    def drop(self, source: str) -> None:
        """Take a source out; one that is not there is passed over."""
        ...

    def search(self, text: str, sources: Collection[str] | None, language: str, limit: int) -> list[Found]:
        """The best passages, of these sources only where they are given."""
        ...


class Reader(Protocol):
    """Reads documents."""

    async def read(self, form: Form, content: bytes, charset: str | None = None) -> Document:
        """The document's headings and paragraphs. Raises Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it is stored."""

    slug: str
    document: str
    """JSON: a `Source`."""
    state: str
    problem: str | None
    revision: int
    """Another one for every change of its passages; no two sources of a workspace ever share one."""
    passages: int
    updated_at: int
    crawled_at: int | None = None
    crawl_at: int | None = None
    """When it is to be fetched next."""
    validators: str | None = None
    """JSON: the `etag` and `last-modified` that the page came with."""
    content: str | None = None
    """What was written: text, Markdown, or questions as JSON; not part of lists."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """What became of fetching a page."""

    state: str
    problem: str | None
    at: int
    next_at: int | None
    validators: str | None
    passages: Sequence[Passage] | None
    """None where those that are stored stay."""


class KnowledgeStore(Protocol):
    """Sources and their passages."""

    async def number(self, workspace: str) -> int:
        """Counts what has changed; 0 where there has never been a source."""
        ...

    async def sources(self, workspace: str) -> list[SourceRow]:
        """In the order of their slugs, without contents."""
        ...

    async def source(self, workspace: str, slug: str) -> SourceRow: ...

    async def put(self, workspace: str, row: SourceRow, passages: Sequence[Passage] | None, audit: AuditRow) -> None:
        """Make or replace a source; without passages those that are stored stay. Its revision is a new one."""
        ...

    async def crawled(self, workspace: str, slug: str, revision: int, how: Crawled) -> bool:
        """Store what became of a crawl; False, and nothing is stored, where the source has changed meanwhile."""
        ...

    async def begin_crawl(self, workspace: str, slug: str, at: int, audit: AuditRow) -> None:
        """Mark a source as being fetched. Raises NotFound."""
        ...

    async def remove(self, workspace: str, slug: str, audit: AuditRow) -> None: ...

    async def passages(self, workspace: str, source: str, after: int = 0, limit: int = 1_000) -> list[Passage]:
        """In their order, after this number."""
        ...

    async def passage_count(self, workspace: str) -> int: ...

    async def due(self, now: int, limit: int = 20) -> list[tuple[str, str]]:
        """Workspace and slug of sources that are to be fetched by now."""
        ...

    async def next_due(self) -> int | None: ...
