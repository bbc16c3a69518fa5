"""What every store needs for reading and writing."""

from collections.abc import Generator

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Database, Do, Params, Row
from deskhand.ports.stores import NotFound
from deskhand.ports.turns import AuditRow

ADD_AUDIT = "INSERT INTO audit (workspace, id, at, actor, action, subject, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
COUNT_UP = "UPDATE workspaces SET catalogue = catalogue + 1 WHERE id = ? RETURNING 1"


class Store:
    """Statements over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def _one(self, sql: str, params: Params) -> Row:
        """The only row. Raises NotFound."""
        found = await self._database.rows(sql, params)
        if not found:
            raise NotFound
        return found[0]


def workspace_id(shown: str) -> bytes:
    """A workspace's bytes. Raises NotFound."""
    return ids.raw(ids.WORKSPACE, shown)


def audited(workspace: bytes, row: AuditRow) -> Do:
    """The statement that adds to the audit trail."""
    return Do(ADD_AUDIT, (workspace, ids.raw(ids.AUDIT, row.id), row.at, row.actor, row.action, row.subject, row.body))


def counted_up(workspace: bytes) -> Generator[Do, list[Row], None]:
    """Part of a script: the catalogue's number counts up. Raises NotFound for an unknown workspace."""
    if not (yield Do(COUNT_UP, (workspace,))):
        raise NotFound
