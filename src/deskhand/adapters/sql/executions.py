"""The execution log: a view of the effect journal, with the calls that members made to try an action."""

from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.pages import decoded, encoded, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import insert, select
from deskhand.ports.stores import BadCursor, EffectRow, Page

ADD = insert(
    "effects",
    "workspace, conversation, run, seq, step, kind, status, key, request, response, at, action, started_at, test",
)
PRUNED = '{"pruned":true}'
PRUNE = (
    "UPDATE effects SET request = '{}', response = ? WHERE (workspace, run, seq) IN ("
    "SELECT e.workspace, e.run, e.seq FROM effects e WHERE e.started_at < ? AND e.at < ? "
    "AND (e.status IN ('succeeded', 'failed', 'lapsed') OR e.status = 'unknown' AND NOT EXISTS ("
    "SELECT 1 FROM approvals a WHERE a.workspace = e.workspace AND a.conversation = e.conversation AND a.run = e.run "
    "AND a.seq = e.seq AND a.status = 'pending')) AND (e.response IS NULL OR e.response <> ?) LIMIT ?) RETURNING 1"
)
"""An outcome that nobody knows is settled too, once no member is asked for it any more."""
_CURSOR = 32
"""Bytes of a cursor: when it began, the run, the number."""


class Executions(Store):
    """Outward acts by time."""

    async def executions(
        self, workspace: str, *, action: str | None = None, conversation: str | None = None,
        status: str | None = None, test: bool | None = None, since: int | None = None, until: int | None = None,
        cursor: str | None = None, limit: int = 50,
    ) -> Page:  # fmt: skip
        where = "workspace = ? AND started_at IS NOT NULL"
        asked: list[Any] = [workspace_id(workspace)]
        if conversation is not None:
            where += " AND conversation = ? AND run IN (SELECT id FROM runs WHERE workspace = ? AND conversation = ?)"
            own = ids.raw(ids.CONVERSATION, conversation)
            asked += [own, asked[0], own]
        tried = None if test is None else int(test)
        for sign, value in (
            ("action = ?", action), ("status = ?", status), ("COALESCE(test, 0) = ?", tried),
            ("started_at >= ?", since), ("started_at < ?", until),
        ):  # fmt: skip
            if value is not None:
                where += f" AND {sign}"
                asked.append(value)
        if cursor is not None:
            where += " AND (started_at, run, seq) < (?, ?, ?)"
            asked += _place(cursor)
        sql = select(rows.EFFECT, f"effects WHERE {where} ORDER BY started_at DESC, run DESC, seq DESC LIMIT ?")
        found = await self._database.rows(sql, (*asked, wanted(limit)))
        shown = found[: wanted(limit) - 1]
        more = _cursor(shown[-1]) if len(found) > len(shown) else None
        return Page([rows.effect(row) for row in shown], more)

    async def add_execution(self, workspace: str, row: EffectRow) -> None:
        own = workspace_id(workspace), rows.NOWHERE, ids.raw(ids.RUN, row.run)
        kept = (row.seq, row.step, row.kind, row.status, row.key, row.request, row.response, row.at)
        await self._database.write(_once(Do(ADD, (*own, *kept, row.action, row.started_at, 1))))

    async def prune_bodies(self, before: int, limit: int = 1000) -> int:
        return await self._database.write(_count(Do(PRUNE, (PRUNED, before, before, PRUNED, max(limit, 1)))))


def _place(cursor: str) -> tuple[int, bytes, int]:
    raw = decoded(cursor, _CURSOR)
    at, number = int.from_bytes(raw[:8], "big"), int.from_bytes(raw[24:], "big")
    if max(at, number) >= 1 << 63:  # no database holds such a number
        raise BadCursor
    return at, raw[8:24], number


def _cursor(row: Any) -> str:
    run, seq, started_at = row[1], row[2], row[-1]
    return encoded(int(started_at).to_bytes(8, "big") + bytes(run) + int(seq).to_bytes(8, "big"))


def _once(step: Do) -> Script[None]:
    yield step


def _count(step: Do) -> Script[int]:
    return len((yield step))
