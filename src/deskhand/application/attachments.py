"""Files of conversations: visitors and members bring them, messages carry them, both sides fetch them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from deskhand.application.ids import fresh_id
from deskhand.application.visitors import CHANNEL
from deskhand.application.widget_settings import widget_settings
from deskhand.domain.attachments import LARGEST, Attachment, clean_name, type_of
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.visitors import AttachmentRow

MOST_OF_CONVERSATION = 50
LARGEST_OF_CONVERSATION = 100 * 1024 * 1024
KEPT_UNSENT = 24 * 3_600_000
"""Milliseconds after which a file that no message carries is removed."""


class FileTooLarge(DeskhandError):
    """A file may have at most 10 MiB."""


class Attachments:
    """Use cases about files."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    async def check_allowed(self, workspace: str, conversation: str) -> None:
        """Raises RuleError where the workspace takes no files, or has enough of this conversation."""
        await self._check_wanted(workspace)
        count, size = await self._stores.attachments.held(workspace, conversation)
        if count >= MOST_OF_CONVERSATION or size >= LARGEST_OF_CONVERSATION:
            raise RuleError("There are too many files in this conversation already.")

    async def add(self, workspace: str, conversation: str, name: str, content: bytes) -> AttachmentRow:
        """Keep a file until a message carries it. Raises UnfitFile and FileTooLarge."""
        if len(content) > LARGEST:
            raise FileTooLarge
        kind = type_of(content, name)
        row = AttachmentRow(
            fresh_id("att", self._clock), conversation, clean_name(name, kind), kind, len(content), self._clock.now()
        )  # fmt: skip
        await self._stores.attachments.add(workspace, row, content)
        return row

    async def reach_customer(self, workspace: str, channel: str) -> bool:
        """Whether files of members come to where customers of a channel read."""
        return channel == CHANNEL and (await widget_settings(self._stores, workspace)).attachments

    async def check_reach(self, workspace: str, conversation: str) -> None:
        """Raises NotFound, and RuleError where the customer could not fetch a member's file."""
        if (await self._stores.conversations.get(workspace, conversation)).channel != CHANNEL:
            raise RuleError("Files reach customers in the chat on web pages only.")

    @asynccontextmanager
    async def carried(
        self, workspace: str, conversation: str, wanted: Sequence[str], event_id: str
    ) -> AsyncIterator[tuple[Attachment, ...]]:
        """Files for a message, its own unless it is not taken in after all.

        Raises NotFound where one is not there, or another message's, and RuleError where the workspace takes none.
        """
        await self._check_wanted(workspace)
        await self._stores.attachments.send(workspace, conversation, wanted, event_id)
        rows = {row.id: row for row in await self._stores.attachments.several(workspace, conversation, wanted)}
        found = [rows[one] for one in dict.fromkeys(wanted)]
        try:
            yield tuple(Attachment(id=row.id, name=row.name, type=row.type, size=row.size) for row in found)
        except DeskhandError:
            await self._stores.attachments.keep_back(workspace, conversation, event_id)
            raise

    async def get(self, workspace: str, conversation: str, attachment: str) -> tuple[AttachmentRow, bytes]:
        """A file. Raises NotFound."""
        return await self._stores.attachments.content(workspace, conversation, attachment)

    async def _check_wanted(self, workspace: str) -> None:
        if not (await widget_settings(self._stores, workspace)).attachments:
            raise RuleError("Files cannot be sent here.")

    async def prune(self, limit: int) -> int:
        """Remove files that were brought and never sent; gives how many that were."""
        return await self._stores.attachments.prune(self._clock.now() - KEPT_UNSENT, limit)
