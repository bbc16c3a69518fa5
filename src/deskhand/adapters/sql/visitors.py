"""Whose the widget's conversations are, and the files that visitors send."""

from collections.abc import Sequence

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import IF_NEW, delete, insert, select, update
from deskhand.ports.stores import NotFound
from deskhand.ports.visitors import AttachmentRow

NOTE = insert("visits", "workspace, agent, owner, conversation, at", IF_NEW)
LATEST = select(
    "conversation", "visits WHERE workspace = ? AND agent = ? AND owner = ? ORDER BY at DESC, conversation DESC LIMIT ?"
)

ROW = "id, conversation, name, type, size, at, event"
OWN = "workspace = ? AND conversation = ?"
ADD = insert("attachments", "workspace, conversation, id, name, type, size, at, event, content")
CONTENT = select(f"{ROW}, content", f"attachments WHERE {OWN} AND id = ?")
HELD = select("COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT)", f"attachments WHERE {OWN}")
SEND = update("attachments", "event = ?", f"{OWN} AND id = ? AND (event IS NULL OR event = ?) RETURNING 1")
_MESSAGE = select(
    "1",
    "entries e WHERE e.workspace = attachments.workspace AND e.conversation = attachments.conversation "
    "AND e.event_id = attachments.event",
)
# unless the message is there: the same one sent again may have been refused
KEEP_BACK = update(
    "attachments",
    "event = NULL",
    f"{OWN} AND event = ? AND NOT EXISTS ({_MESSAGE})",
)
OLD = select("workspace, conversation, id", "attachments WHERE event IS NULL AND at < ? ORDER BY at LIMIT ?")
REMOVE = delete("attachments", f"{OWN} AND id = ? AND event IS NULL RETURNING 1")


class SqlVisits(Store):
    """Whose conversations are whose, on SQLite or PostgreSQL."""

    async def note(self, workspace: str, agent: str, owner: bytes, conversation: str, at: int) -> None:
        row = (workspace_id(workspace), agent, owner, ids.raw(ids.CONVERSATION, conversation), at)
        await self._database.write(_once(Do(NOTE, row)), looked_up=False)

    async def latest(self, workspace: str, agent: str, owner: bytes, limit: int = 20) -> list[str]:
        found = await self._database.rows(LATEST, (workspace_id(workspace), agent, owner, limit))
        return [ids.shown(ids.CONVERSATION, row[0]) for row in found]


class SqlAttachments(Store):
    """Files of conversations on SQLite or PostgreSQL."""

    async def add(self, workspace: str, row: AttachmentRow, content: bytes) -> None:
        own = *_own(workspace, row.conversation), ids.raw(ids.ATTACHMENT, row.id)
        values = (*own, row.name, row.type, row.size, row.at, row.event, content)
        await self._database.write(_once(Do(ADD, values)), looked_up=False)

    async def several(self, workspace: str, conversation: str, attachments: Sequence[str]) -> list[AttachmentRow]:
        if not attachments:
            return []
        marks = ", ".join("?" for _ in attachments)
        sql = select(ROW, f"attachments WHERE {OWN} AND id IN ({marks})")
        named = [ids.raw(ids.ATTACHMENT, one) for one in attachments]
        return [_row(row) for row in await self._database.rows(sql, (*_own(workspace, conversation), *named))]

    async def content(self, workspace: str, conversation: str, attachment: str) -> tuple[AttachmentRow, bytes]:
        row = await self._one(CONTENT, (*_own(workspace, conversation), ids.raw(ids.ATTACHMENT, attachment)))
        return _row(row[:-1]), bytes(row[-1])

    async def held(self, workspace: str, conversation: str) -> tuple[int, int]:
        count, size = await self._one(HELD, _own(workspace, conversation))
        return int(count), int(size)

    async def send(self, workspace: str, conversation: str, attachments: Sequence[str], event: str) -> None:
        own = _own(workspace, conversation)
        marked = [Do(SEND, (event, *own, ids.raw(ids.ATTACHMENT, one), event)) for one in attachments]
        await self._database.write(_all_found(marked), looked_up=False)

    async def keep_back(self, workspace: str, conversation: str, event: str) -> None:
        await self._database.write(_once(Do(KEEP_BACK, (*_own(workspace, conversation), event))), looked_up=False)

    async def prune(self, before: int, limit: int = 100) -> int:
        old = await self._database.rows(OLD, (before, limit))
        if not old:
            return 0
        return await self._database.write(_counted([Do(REMOVE, row) for row in old]), looked_up=False)


def _own(workspace: str, conversation: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation)


def _row(row: Row) -> AttachmentRow:
    return AttachmentRow(ids.shown(ids.ATTACHMENT, row[0]), ids.shown(ids.CONVERSATION, row[1]), *row[2:])


def _once(step: Do) -> Script[None]:
    yield step


def _all_found(steps: Sequence[Do]) -> Script[None]:
    for step in steps:
        if not (yield step):
            raise NotFound("There is no such attachment, or another message carries it.")


def _counted(steps: Sequence[Do]) -> Script[int]:
    count = 0
    for step in steps:
        count += len((yield step))
    return count
