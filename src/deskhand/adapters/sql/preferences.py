"""Name, language and time zone of workspaces."""

from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.reading import Store, audited, counted_up, workspace_id
from deskhand.adapters.sql.statements import insert, select, update
from deskhand.ports.accounts import Preferences
from deskhand.ports.stores import NotFound
from deskhand.ports.turns import AuditRow

GET = select("language, time_zone", "preferences WHERE workspace = ?")
PUT = insert(
    "preferences",
    "workspace, language, time_zone",
    "ON CONFLICT (workspace) DO UPDATE SET language = excluded.language, time_zone = excluded.time_zone",
)
RENAME = update("workspaces", "name = ?", "id = ? RETURNING 1")


class SqlPreferences(Store):
    """Preferences on SQLite or PostgreSQL."""

    async def get(self, workspace: str) -> Preferences:
        found = await self._database.rows(GET, (workspace_id(workspace),))
        return Preferences(*found[0]) if found else Preferences()

    async def put(self, workspace: str, name: str, wanted: Preferences, audit: AuditRow) -> None:
        await self._database.write(_put(workspace_id(workspace), name, wanted, audit))


def _put(own: bytes, name: str, wanted: Preferences, audit: AuditRow) -> Script[None]:
    if not (yield Do(RENAME, (name, own))):
        raise NotFound
    yield from counted_up(own)  # turns read dates in the workspace's zone
    yield Do(PUT, (own, wanted.language, wanted.time_zone))
    yield audited(own, audit)
