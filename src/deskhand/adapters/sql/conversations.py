"""Conversations and their log, turn by turn."""

from collections.abc import Generator, Sequence

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.approvals import Approvals
from deskhand.adapters.sql.database import Do, PlaceTaken, Row
from deskhand.adapters.sql.executions import Executions
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import workspace_id
from deskhand.adapters.sql.registers import Registers
from deskhand.adapters.sql.runs import Runs
from deskhand.adapters.sql.statements import select
from deskhand.adapters.sql.wakeups import Wakeups
from deskhand.adapters.sql.writes import SEEN
from deskhand.ports.stores import ConversationRow, NotFound, Page
from deskhand.ports.turns import AlreadyReserved, Entry, Loaded, Reservation, TurnCommit

LOAD = (
    "SELECT version, seq, CASE WHEN version = ? THEN NULL ELSE state END, "
    "COALESCE((SELECT catalogue FROM workspaces w WHERE w.id = c.workspace), 0) "
    "FROM conversations c WHERE workspace = ? AND id = ?"
)
CATALOGUE = "SELECT catalogue FROM workspaces WHERE id = ?"
GET = select(rows.CONVERSATION, "conversations WHERE workspace = ? AND id = ?")
TAKEN = "SELECT 1 FROM reservations WHERE workspace = ? AND action = ? AND value = ? AND slot = ?"
PAGE = select(rows.CONVERSATION, "conversations WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?")
ENTRIES = select(
    rows.ENTRY,
    "entries WHERE workspace = ? AND conversation = ? AND seq > ? AND visible_to <= ? ORDER BY seq LIMIT ?",
)
NEXT_NUMBER = (
    "INSERT INTO counters (workspace, kind, value) VALUES (?, ?, 1) "
    "ON CONFLICT (workspace, kind) DO UPDATE SET value = counters.value + 1 RETURNING value"
)


class SqlConversations(Runs, Executions, Approvals, Wakeups, Registers):
    """Turns, and what can be read of them, on SQLite or PostgreSQL."""

    @property
    def changes(self) -> int | None:
        return self._database.changes

    async def load(self, workspace: str, conversation: str, known: int = 0) -> Loaded | None:
        try:
            own = _own(workspace, conversation)
        except NotFound:
            return None
        found = await self._database.rows(LOAD, (known, *own))
        return Loaded(*found[0]) if found else None

    async def catalogue(self, workspace: str) -> int:
        return int((await self._one(CATALOGUE, (workspace_id(workspace),)))[0])

    async def commit(self, turn: TurnCommit) -> None:
        try:
            await self._database.commit(turn)
        except PlaceTaken:
            raise AlreadyReserved(await self._taken(turn)) from None

    async def _taken(self, turn: TurnCommit) -> Reservation:
        """Which one of the turn's places is held, be it by the turn itself that asks for it twice."""
        asked: set[tuple[str, str, int]] = set()
        for one in turn.reserve:
            place = one.action, one.value, one.slot
            if place in asked or await self._database.rows(TAKEN, (workspace_id(turn.workspace), *place)):
                return one
            asked.add(place)
        return turn.reserve[-1]  # it was given back in this very moment

    async def seen(self, workspace: str, conversation: str, event_id: str) -> int | None:
        try:
            own = _own(workspace, conversation)
        except NotFound:
            return None
        found = await self._database.rows(SEEN, (*own, event_id))
        return int(found[0][0]) if found else None

    async def entries(
        self, workspace: str, conversation: str, after: int = 0, limit: int = 200, members: bool = True
    ) -> list[Entry]:
        asked = (*_own(workspace, conversation), ids.number(after), 1 if members else 0, wanted(limit) - 1)
        return [rows.entry(row) for row in await self._database.rows(ENTRIES, asked)]

    async def get(self, workspace: str, conversation: str) -> ConversationRow:
        return rows.conversation(await self._one(GET, _own(workspace, conversation)))

    async def several(self, workspace: str, conversations: Sequence[str]) -> list[ConversationRow]:
        if not conversations:
            return []
        marks = ", ".join("?" for _ in conversations)
        sql = select(rows.CONVERSATION, f"conversations WHERE workspace = ? AND id IN ({marks})")
        own = [ids.raw(ids.CONVERSATION, one) for one in conversations]
        return [rows.conversation(row) for row in await self._database.rows(sql, (workspace_id(workspace), *own))]

    async def page(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page:
        asked = (workspace_id(workspace), before_id(cursor), wanted(limit))
        return page(await self._database.rows(PAGE, asked), limit, rows.conversation)

    async def next_number(self, workspace: str, kind: str) -> int:
        return await self._database.write(_counted(workspace_id(workspace), kind))


def _own(workspace: str, conversation: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation)


def _counted(workspace: bytes, kind: str) -> Generator[Do, list[Row], int]:
    found = yield Do(NEXT_NUMBER, (workspace, kind))
    return int(found[0][0])
