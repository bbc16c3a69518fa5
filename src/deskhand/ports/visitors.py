"""What belongs to visitors of the widget beside their conversations' logs: which conversations are whose, and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file that a visitor or a member sent, or is about to send."""

    id: str
    conversation: str
    name: str
    type: str
    """As its content was found to be, never as the sender says."""
    size: int
    at: int
    event: str | None = None
    """The `event_id` of the message that carries it; None until it is sent."""


class Visits(Protocol):
    """Whose conversations are whose: a way to find them, which proves nothing. The conversation itself does."""

    async def note(self, workspace: str, agent: str, owner: bytes, conversation: str, at: int) -> None:
        """Remember that a conversation is this owner's; known already, nothing changes. owner: sixteen bytes."""
        ...

    async def latest(self, workspace: str, agent: str, owner: bytes, limit: int = 20) -> list[str]:
        """An owner's conversations with an agent, the newest first."""
        ...


class Attachments(Protocol):
    """Files of conversations."""

    async def add(self, workspace: str, row: AttachmentRow, content: bytes) -> None: ...

    async def several(self, workspace: str, conversation: str, attachments: Sequence[str]) -> list[AttachmentRow]:
        """These files of a conversation, in no order; those that are not there are left out."""
        ...

    async def content(self, workspace: str, conversation: str, attachment: str) -> tuple[AttachmentRow, bytes]:
        """A file. Raises NotFound."""
        ...

    async def held(self, workspace: str, conversation: str) -> tuple[int, int]:
        """How many files a conversation has, and their bytes together."""
        ...

    async def send(self, workspace: str, conversation: str, attachments: Sequence[str], event: str) -> None:
        """Note that a message carries them. Raises NotFound where one is not there, or in another message."""
        ...

    async def keep_back(self, workspace: str, conversation: str, event: str) -> None:
        """The message that was to carry them was not taken in: they are unsent again."""
        ...

    async def prune(self, before: int, limit: int = 100) -> int:
        """Remove files that were never sent and are older; gives how many that were."""
        ...
