"""Wake-ups, those of all workspaces in the order of their time."""

from deskhand.adapters.sql import rows
from deskhand.adapters.sql.reading import Store
from deskhand.adapters.sql.statements import select
from deskhand.ports.stores import DueRow

DUE = select(rows.DUE, "due WHERE at <= ? ORDER BY at LIMIT ?")
NEXT = "SELECT MIN(at) FROM due"


class Wakeups(Store):
    """The due table."""

    async def due(self, now: int, limit: int = 100) -> list[DueRow]:
        return [rows.due(row) for row in await self._database.rows(DUE, (now, max(limit, 1)))]

    async def next_due(self) -> int | None:
        found = await self._database.rows(NEXT)
        at: int | None = found[0][0]
        return at
