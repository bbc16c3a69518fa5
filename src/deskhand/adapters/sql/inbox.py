"""The inbox, on SQLite or PostgreSQL."""

import json
from collections.abc import Sequence
from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Params, Row, Script
from deskhand.adapters.sql.pages import decoded, encoded, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import indexed_by, insert, select
from deskhand.ports.inbox import Changed, InboxPage, InboxRow, Listed, Queue

NAMES = (
    "version, seq, queue, assignee, member, waits, since, unanswered, activity_at, heard, last_by, last_text, name, "
    "channel, tags"
)
COLUMNS = f"conversation, {NAMES}"
OF_ROW = ", ".join(f"i.{name}" for name in COLUMNS.split(", "))
_SETS = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))
PUT = insert(
    "inbox",
    f"workspace, {COLUMNS}",
    f"ON CONFLICT (workspace, conversation) DO UPDATE SET {_SETS} "
    "WHERE inbox.version < excluded.version OR inbox.seq < excluded.seq",
)
NOW = select("version, seq, status, mode, channel, state, updated_at", "conversations WHERE workspace = ? AND id = ?")
KNOWN = select(COLUMNS, "inbox WHERE workspace = ? AND conversation = ?")
ENTRIES = select(rows.ENTRY, "entries WHERE workspace = ? AND conversation = ? AND seq > ? ORDER BY seq LIMIT ?")
READ = insert(
    "inbox_reads",
    "workspace, reader, conversation, seq",
    "ON CONFLICT (workspace, reader, conversation) DO UPDATE SET seq = excluded.seq "
    "WHERE inbox_reads.seq < excluded.seq",
)
BEHIND = select(
    "c.workspace, c.id, CASE WHEN i.version = c.version THEN 0 ELSE 1 END",
    "conversations c LEFT JOIN inbox i ON i.workspace = c.workspace AND i.conversation = c.id "
    "WHERE (c.workspace, c.id) > (?, ?) ORDER BY c.workspace, c.id LIMIT ?",
)
QUEUES = select("queue, count(*)", "inbox WHERE workspace = ? GROUP BY queue")
MINE = "inbox i {} WHERE i.workspace = ? AND i.assignee = ? AND i.queue <> 'resolved'".format(
    indexed_by("inbox_assignee")
)
WAITING = "inbox i {} WHERE i.workspace = ? AND i.since IS NOT NULL".format(indexed_by("inbox_waiting"))
ALL = "inbox i {} WHERE i.workspace = ? AND i.queue <> 'resolved'".format(indexed_by("inbox_open"))
IN_PLACE = "inbox i {} WHERE i.workspace = ? AND i.queue = ?".format(indexed_by("inbox_queue"))
LAST_READ = select(
    "r.seq", "inbox_reads r WHERE r.workspace = i.workspace AND r.reader = ? AND r.conversation = i.conversation"
)
ORDER = "(i.activity_at, i.conversation) < (?, ?) ORDER BY i.activity_at DESC, i.conversation DESC LIMIT ?"
LOOKED_THROUGH = 1000
"""Entries that are read of one conversation at once."""
_BEFORE_ALL = bytes(16)


class SqlInbox(Store):
    """What queues show, and how far members have read."""

    async def changed(self, workspace: str, conversations: Sequence[str]) -> list[Changed]:
        found = [await self._changed(workspace_id(workspace), one) for one in conversations]
        return [one for one in found if one is not None]

    async def _changed(self, workspace: bytes, conversation: str) -> Changed | None:
        own = workspace, ids.raw(ids.CONVERSATION, conversation)
        # what is known is read first: the entries that follow are then never too few
        known = await self._database.rows(KNOWN, own)
        before = _row(known[0]) if known else None
        now = await self._database.rows(NOW, own)
        if not now:
            return None
        after = before.seq if before else 0
        entries = await self._database.rows(ENTRIES, (*own, after, LOOKED_THROUGH))
        version, seq, status, mode, channel, state, updated_at = now[0]
        return Changed(
            conversation, version, seq, status, mode, channel, state, updated_at, before,
            tuple(map(rows.entry, entries)),
        )  # fmt: skip

    async def put(self, workspace: str, rows: Sequence[InboxRow]) -> None:
        await self._database.write(_written(workspace_id(workspace), rows), looked_up=False)

    async def page(
        self, workspace: str, queue: Queue, me: str, reader: str, cursor: str | None = None, limit: int = 50
    ) -> InboxPage:
        where, asked = _queue(queue, workspace_id(workspace), me)
        before = _place(cursor)
        sql = select(f"{OF_ROW}, COALESCE(({LAST_READ}), 0)", f"{where} AND {ORDER}")
        found = await self._database.rows(sql, (reader, *asked, *before, wanted(limit)))
        shown = [_listed(row) for row in found[: wanted(limit) - 1]]
        return InboxPage(shown, _cursor(shown[-1].row) if len(found) > len(shown) else None)

    async def counts(self, workspace: str, me: str) -> dict[Queue, int]:
        own = workspace_id(workspace)
        places = {name: int(many) for name, many in await self._database.rows(QUEUES, (own,))}
        mine, waiting = [await self._count(_queue(one, own, me)) for one in ("mine", "waiting")]
        resolved = places.pop("resolved", 0)
        return {
            "mine": mine,
            "unassigned": places.get("unassigned", 0),
            "waiting": waiting,
            "agent": places.get("agent", 0),
            "all": sum(places.values()),
            "resolved": resolved,
        }

    async def _count(self, queue: tuple[str, Params]) -> int:
        where, asked = queue
        return int((await self._database.rows(select("count(*)", where), asked))[0][0])

    async def read(self, workspace: str, reader: str, conversation: str, seq: int) -> None:
        asked = (workspace_id(workspace), reader, ids.raw(ids.CONVERSATION, conversation), seq)
        await self._database.write(_once(Do(READ, asked)), looked_up=False)

    async def behind(self, after: tuple[str, str] | None, limit: int = 500) -> list[tuple[str, str, bool]]:
        place = (_BEFORE_ALL, _BEFORE_ALL)
        if after is not None:
            place = ids.raw(ids.WORKSPACE, after[0]), ids.raw(ids.CONVERSATION, after[1])
        found = await self._database.rows(BEHIND, (*place, max(limit, 1)))
        return [(ids.shown(ids.WORKSPACE, row[0]), ids.shown(ids.CONVERSATION, row[1]), bool(row[2])) for row in found]


def _queue(queue: Queue, workspace: bytes, me: str) -> tuple[str, Params]:
    match queue:
        case "mine":
            return MINE, (workspace, me)
        case "waiting":
            return WAITING, (workspace,)
        case "all":
            return ALL, (workspace,)
        case place:
            return IN_PLACE, (workspace, place)


def _row(row: Row) -> InboxRow:
    conversation, *rest = row
    rest[-1] = tuple(json.loads(rest[-1]))
    return InboxRow(ids.shown(ids.CONVERSATION, conversation), *rest)


def _listed(row: Row) -> Listed:
    return Listed(_row(row[:-1]), int(row[-1]))


def _values(workspace: bytes, row: InboxRow) -> tuple[Any, ...]:
    shown = [getattr(row, name) for name in NAMES.split(", ")[:-1]]
    return (workspace, ids.raw(ids.CONVERSATION, row.conversation), *shown, json.dumps(row.tags, ensure_ascii=False))


def _written(workspace: bytes, rows: Sequence[InboxRow]) -> Script[None]:
    for row in rows:
        yield Do(PUT, _values(workspace, row))


def _once(step: Do) -> Script[None]:
    yield step


def _place(cursor: str | None) -> tuple[int, bytes]:
    """The place that the page's items come before. Raises BadCursor."""
    if cursor is None:
        return ids.LARGEST, b"\xff" * 16
    raw = decoded(cursor, 24)
    return int.from_bytes(raw[:8], "big"), raw[8:]


def _cursor(row: InboxRow) -> str:
    return encoded(row.activity_at.to_bytes(8, "big") + ids.raw(ids.CONVERSATION, row.conversation))
