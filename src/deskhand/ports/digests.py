"""Digests of conversations: what lists are made of, and what reports count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.digest import Digest, Figures
from deskhand.ports.turns import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation by its workspace."""

    workspace: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Grown:
    """A conversation as it stands, and the digest of it that is stored."""

    place: Place
    version: int
    seq: int
    state: str
    """The stored form of `domain.state.Conversation`."""
    created_at: int
    updated_at: int
    digest: str | None
    """The stored form of `domain.digest.Digest`, or None."""
    digested: int
    """The version of the conversation that the digest was made of; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What lists show and look for, as the conversation is now."""

    version: int
    status: str
    mode: str
    channel: str
    agent: str
    waiting: str | None
    test: bool
    contact_name: str | None
    contact_email: str | None
    tags: tuple[str, ...]
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Digested:
    """What folding one conversation came to."""

    place: Place
    standing: Standing
    digest: Digest
    figures: Figures
    anew: bool
    """Whether it was made from the whole log, so that earlier figures of it go."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation as a list shows it; everything but that is read where it is opened."""

    conversation: str
    status: str
    mode: str
    channel: str
    agent: str
    waiting: str | None
    reaction: str | None
    escalated: bool
    test: bool
    unanswered: int
    messages: int
    contact_name: str | None
    contact_email: str | None
    tags: tuple[str, ...]
    procedures: tuple[str, ...]
    first_text: str | None
    last_text: str | None
    last_by: str | None
    last_at: int | None
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations a list is to show; None where anything goes. Times in milliseconds, of the last activity."""

    procedure: str | None = None
    status: str | None = None
    mode: str | None = None
    tag: str | None = None
    channel: str | None = None
    agent: str | None = None
    contact: str | None = None
    """An identifier or an e-mail address."""
    reaction: str | None = None
    escalated: bool | None = None
    waiting: str | None = None
    test: bool | None = None
    text: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of a list, the newest activity first."""

    items: list[Listed]
    cursor: str | None


class Digests(Protocol):
    """Digests, on either database."""

    async def stale(self, after: Place | None, portion: int) -> tuple[list[Place], Place | None]:
        """Walk over all conversations, so many at a time: those whose digest is behind, and the last that was seen.

        after: the last one of the step before, None at the beginning; the second part is None at the end.
        """
        ...

    async def grown(self, place: Place) -> Grown | None:
        """A conversation with its digest, or None where there is none."""
        ...

    async def entries(self, place: Place, after: int, until: int, limit: int) -> list[Entry]:
        """A stretch of its log: more than `after`, at most `until`."""
        ...

    async def actions(self, place: Place, acts: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """The actions of acts, each by run and number; those without one are left out."""
        ...

    async def keep(self, digested: Sequence[Digested]) -> None:
        """Store what was folded, all or nothing."""
        ...

    async def page(self, workspace: str, wanted: Wanted, cursor: str | None = None, limit: int = 50) -> ListedPage:
        """Raises BadCursor."""
        ...

    async def count(self, workspace: str, wanted: Wanted, most: int) -> int:
        """How many there are, counted up to `most`."""
        ...
