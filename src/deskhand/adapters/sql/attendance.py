"""When members were there last."""

from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import insert, select

LAST = select("seen_at", "attendance WHERE workspace = ?")
PUT = insert(
    "attendance",
    "workspace, seen_at",
    "ON CONFLICT (workspace) DO UPDATE SET seen_at = excluded.seen_at WHERE excluded.seen_at > attendance.seen_at",
)


class SqlAttendance(Store):
    """Attendance on SQLite or PostgreSQL."""

    async def put(self, workspace: str, at: int) -> None:
        await self._database.write(_once(Do(PUT, (workspace_id(workspace), at))))

    async def last(self, workspace: str) -> int | None:
        found = await self._database.rows(LAST, (workspace_id(workspace),))
        return int(found[0][0]) if found else None


def _once(step: Do) -> Script[None]:
    yield step
