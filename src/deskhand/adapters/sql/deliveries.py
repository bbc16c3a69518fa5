"""Deliveries to webhooks and channels."""

from collections.abc import Sequence
from typing import Any

from deskhand.adapters.sql import ids, rows, writes
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import select, update
from deskhand.adapters.sql.turns import delivery_row
from deskhand.ports.stores import DeliveryRow, NotFound, Page
from deskhand.ports.turns import Delivery

DUE = "workspace, " + rows.DELIVERY
FIRST = (
    "(deliveries.conversation IS NULL OR NOT EXISTS (SELECT 1 FROM deliveries b "
    "WHERE b.workspace = deliveries.workspace AND b.conversation = deliveries.conversation "
    "AND b.status = 'pending' AND b.seq < deliveries.seq))"
)
"""Not one that would overtake another one of its conversation."""
NEXT = select("due_at", f"deliveries WHERE status = 'pending' AND {FIRST} ORDER BY due_at LIMIT 1")
GET = select(rows.DELIVERY, "deliveries WHERE workspace = ? AND id = ?")
ATTEMPTED = update(
    "deliveries",
    "status = ?, attempts = ?, due_at = ?, updated_at = ?, last_status = ?, last_problem = ?",
    "workspace = ? AND id = ? RETURNING 1",
)
REQUEUE = update(
    "deliveries",
    "status = 'pending', attempts = 0, due_at = ?, created_at = ?, updated_at = ?",
    "workspace = ? AND id = ? RETURNING 1",
)
PRUNE = (
    "DELETE FROM deliveries WHERE (workspace, id) IN "
    "(SELECT workspace, id FROM deliveries WHERE status = 'delivered' AND updated_at < ? LIMIT ?) RETURNING 1"
)


class SqlDeliveries(Store):
    """Deliveries on SQLite or PostgreSQL."""

    async def due(
        self, now: int, limit: int = 100, without: Sequence[tuple[str, str]] = ()
    ) -> list[tuple[str, DeliveryRow]]:
        where = f"status = 'pending' AND due_at <= ? AND {FIRST}"
        where += " AND NOT (workspace = ? AND webhook = ?)" * len(without)
        asked = (now, *(part for workspace, slug in without for part in (workspace_id(workspace), slug)))
        sql = select(DUE, f"deliveries WHERE {where} ORDER BY due_at LIMIT ?")
        found = await self._database.rows(sql, (*asked, max(limit, 1)))
        return [(ids.shown(ids.WORKSPACE, row[0]), rows.delivery(row[1:])) for row in found]

    async def next_due(self) -> int | None:
        found = await self._database.rows(NEXT)
        return int(found[0][0]) if found else None

    async def add(self, workspace: str, delivery: Delivery) -> None:
        asked = delivery_row(workspace_id(workspace), delivery)
        await self._database.write(_once(Do(writes.NEW_DELIVERIES.sql, asked)))

    async def attempted(
        self, workspace: str, delivery: str, *, status: str, attempts: int, due_at: int, at: int,
        last_status: int | None, last_problem: str | None,
    ) -> None:  # fmt: skip
        own = workspace_id(workspace), ids.raw(ids.DELIVERY, delivery)
        asked = (status, attempts, due_at, at, last_status, last_problem, *own)
        await self._database.write(_there(Do(ATTEMPTED, asked)))

    async def get(self, workspace: str, delivery: str) -> DeliveryRow:
        asked = workspace_id(workspace), ids.raw(ids.DELIVERY, delivery)
        return rows.delivery(await self._one(GET, asked))

    async def page(
        self, workspace: str, *, webhook: str | None = None, status: str | None = None, cursor: str | None = None,
        limit: int = 50,
    ) -> Page:  # fmt: skip
        where = "workspace = ? AND id < ?"
        asked: list[Any] = [workspace_id(workspace), before_id(cursor)]
        for column, value in (("webhook", webhook), ("status", status)):
            if value is not None:
                where += f" AND {column} = ?"
                asked.append(value)
        sql = select(rows.DELIVERY, f"deliveries WHERE {where} ORDER BY id DESC LIMIT ?")
        return page(await self._database.rows(sql, (*asked, wanted(limit))), limit, rows.delivery)

    async def requeue(self, workspace: str, delivery: str, at: int) -> None:
        own = workspace_id(workspace), ids.raw(ids.DELIVERY, delivery)
        await self._database.write(_there(Do(REQUEUE, (at, at, at, *own))))

    async def prune(self, before: int, limit: int = 1000) -> int:
        return await self._database.write(_count(Do(PRUNE, (before, max(limit, 1)))))


def _once(step: Do) -> Script[None]:
    yield step


def _there(step: Do) -> Script[None]:
    if not (yield step):
        raise NotFound


def _count(step: Do) -> Script[int]:
    return len((yield step))
