"""What the inbox shows of each conversation; made from its log, beside the turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from deskhand.ports.turns import Entry

Queue = Literal["mine", "unassigned", "waiting", "agent", "all", "resolved"]
Place = Literal["agent", "unassigned", "assigned", "resolved"]
"""Where a conversation is: with the agent, with people but nobody's, with somebody, or done."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A conversation as the inbox lists it."""

    conversation: str
    version: int
    """The version of the conversation that this was made from."""
    seq: int
    queue: Place
    assignee: str | None
    member: str | None
    """Who has taken it over."""
    waits: Literal["reply", "approval"] | None
    """What the customer waits for that only a member can give."""
    since: int | None
    """Since when they wait for it."""
    unanswered: int | None
    """When the customer wrote what nobody has answered yet, whoever is to answer it."""
    activity_at: int
    heard: int
    """The number of the last entry that members should read."""
    last_by: str
    """`customer`, `agent`, or a member's name; empty where nothing was said yet."""
    last_text: str
    name: str
    """The contact's name or e-mail; empty where neither is known."""
    channel: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A conversation that the inbox has to look at again."""

    conversation: str
    version: int
    seq: int
    status: str
    mode: str
    channel: str
    state: str
    updated_at: int
    before: InboxRow | None
    """What the inbox knew of it."""
    entries: tuple[Entry, ...]
    """What was written since then, the first ones of it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row with how far a member has read."""

    row: InboxRow
    read: int


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of a queue, the newest activity first."""

    items: list[Listed]
    cursor: str | None


class Inbox(Protocol):
    """The queues of members. Every method but `behind` takes the workspace first."""

    async def changed(self, workspace: str, conversations: Sequence[str]) -> list[Changed]:
        """These conversations with what was written since the inbox looked at them; unknown ones are left out."""
        ...

    async def put(self, workspace: str, rows: Sequence[InboxRow]) -> None:
        """Keep these rows, but for those of which newer ones are there."""
        ...

    async def page(
        self, workspace: str, queue: Queue, me: str, reader: str, cursor: str | None = None, limit: int = 50
    ) -> InboxPage:
        """A page of a queue. me: whose `mine` is; reader: whose reading counts. Raises BadCursor."""
        ...

    async def counts(self, workspace: str, me: str) -> dict[Queue, int]:
        """How many conversations each queue holds."""
        ...

    async def read(self, workspace: str, reader: str, conversation: str, seq: int) -> None:
        """A member has read up to this entry; never less far than before."""
        ...

    async def behind(self, after: tuple[str, str] | None, limit: int = 500) -> list[tuple[str, str, bool]]:
        """Workspace and conversation in order, and whether the inbox has to look at it again, in all workspaces."""
        ...
