"""Workspaces, keys, actions, connections and secrets."""

import json

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.reading import Store, audited, counted_up, workspace_id
from deskhand.adapters.sql.statements import IF_NEW, delete, insert, select, update
from deskhand.ports.stores import DocumentRow, KeyRow, NotFound, Taken, WorkspaceRow
from deskhand.ports.turns import AuditRow

WORKSPACE = "id, name, internal_hosts, created_at"
ADD_WORKSPACE = insert("workspaces", WORKSPACE + ", catalogue", IF_NEW)
GET_WORKSPACE = select(WORKSPACE, "workspaces WHERE id = ?")
WORKSPACES = select(WORKSPACE, "workspaces ORDER BY id")
HOSTS = update("workspaces", "internal_hosts = ?", "id = ? RETURNING 1")
ADD_KEY = insert("api_keys", rows.KEY + ", digest", IF_NEW)
MAKER = "(SELECT role FROM members WHERE workspace = api_keys.workspace AND id = made_by)"
# a key whose maker is gone opens nothing, also where it was asked for before and made after
GET_KEY = select(
    f"{rows.KEY}, {MAKER}",
    f"api_keys WHERE digest = ? AND revoked_at IS NULL AND (made_by IS NULL OR {MAKER} IS NOT NULL)",
)
KEYS = select(rows.KEY, "api_keys WHERE workspace = ? ORDER BY id")
REVOKE = update("api_keys", "revoked_at = COALESCE(revoked_at, ?)", "workspace = ? AND id = ? RETURNING 1")
PUT = insert(
    "documents",
    "workspace, kind, slug, document, updated_at",
    "ON CONFLICT (workspace, kind, slug) DO UPDATE SET document = excluded.document, updated_at = excluded.updated_at",
)
DOCUMENT = select("slug, document, updated_at", "documents WHERE workspace = ? AND kind = ? AND slug = ?")
ADD_SCRIPT = insert("scripts", "workspace, sha256, source, created_at", "ON CONFLICT DO NOTHING")
SCRIPT = "SELECT source FROM scripts WHERE sha256 = ? LIMIT 1"
SCRIPT_OWNERS = "SELECT workspace FROM scripts WHERE sha256 = ? ORDER BY workspace"
ALL_SEALED = (
    "SELECT workspace, name, sealed FROM secrets WHERE (workspace, name) > (?, ?) ORDER BY workspace, name LIMIT ?"
)
RESEAL = update("secrets", "sealed = ?", "workspace = ? AND name = ? AND sealed = ? RETURNING 1")
DOCUMENTS = select("slug, document, updated_at", "documents WHERE workspace = ? AND kind = ?")
REMOVE = delete("documents", "workspace = ? AND kind = ? AND slug = ? RETURNING 1")
SEAL = insert(
    "secrets",
    "workspace, name, sealed, updated_at",
    "ON CONFLICT (workspace, name) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at",
)
SEALED = select("sealed", "secrets WHERE workspace = ? AND name = ?")
NAMES = select("name, updated_at", "secrets WHERE workspace = ?")
UNSEAL = delete("secrets", "workspace = ? AND name = ? RETURNING 1")


class SqlSettings(Store):
    """Settings on SQLite or PostgreSQL."""

    async def create_workspace(self, row: WorkspaceRow) -> None:
        """Raises Taken where it is there already."""
        asked = (workspace_id(row.id), row.name, json.dumps(row.internal_hosts), row.created_at, 0)
        await self._database.write(_new(Do(ADD_WORKSPACE, asked)))

    async def workspace(self, workspace: str) -> WorkspaceRow:
        return _workspace(await self._one(GET_WORKSPACE, (workspace_id(workspace),)))

    async def workspaces(self) -> list[WorkspaceRow]:
        return [_workspace(row) for row in await self._database.rows(WORKSPACES)]

    async def set_internal_hosts(self, workspace: str, hosts: tuple[str, ...], audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_there(Do(HOSTS, (json.dumps(hosts), own)), own, audit, counts=True))

    async def add_key(self, row: KeyRow, digest: bytes, audit: AuditRow) -> None:
        own = workspace_id(row.workspace)
        made_by = row.made_by and ids.raw(ids.MEMBER, row.made_by)
        asked = (own, ids.raw(ids.KEY, row.id), row.name, row.role, row.created_at, row.revoked_at, made_by, digest)
        await self._database.write(_new(Do(ADD_KEY, asked), audited(own, audit)))

    async def key(self, digest: bytes) -> KeyRow | None:
        found = await self._database.rows(GET_KEY, (digest,))
        return rows.key(found[0]) if found else None

    async def keys(self, workspace: str) -> list[KeyRow]:
        return [rows.key(row) for row in await self._database.rows(KEYS, (workspace_id(workspace),))]

    async def revoke_key(self, workspace: str, key: str, at: int, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_there(Do(REVOKE, (at, own, ids.raw(ids.KEY, key))), own, audit))

    async def put(self, workspace: str, kind: str, row: DocumentRow, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        asked = (own, kind, row.slug, row.document, row.updated_at)
        await self._database.write(_put(Do(PUT, asked), own, audit))

    async def documents(self, workspace: str, kind: str) -> list[DocumentRow]:
        """In the order of their slugs."""
        found = await self._database.rows(DOCUMENTS, (workspace_id(workspace), kind))
        return sorted((DocumentRow(*row) for row in found), key=lambda row: row.slug)

    async def document(self, workspace: str, kind: str, slug: str) -> DocumentRow:
        return DocumentRow(*await self._one(DOCUMENT, (workspace_id(workspace), kind, slug)))

    async def put_script(self, workspace: str, sha256: str, source: str, at: int) -> None:
        await self._database.write(_once(Do(ADD_SCRIPT, (workspace_id(workspace), sha256, source, at))))

    async def script(self, sha256: str) -> str | None:
        found = await self._database.rows(SCRIPT, (sha256,))
        return str(found[0][0]) if found else None

    async def script_owners(self, sha256: str) -> list[str]:
        """In the order in which they were made."""
        return [ids.shown(ids.WORKSPACE, row[0]) for row in await self._database.rows(SCRIPT_OWNERS, (sha256,))]

    async def sealed(self, after: tuple[str, str] | None, limit: int = 100) -> list[tuple[str, str, bytes]]:
        last = (workspace_id(after[0]), after[1]) if after else (b"", "")
        found = await self._database.rows(ALL_SEALED, (*last, max(limit, 1)))
        return [(ids.shown(ids.WORKSPACE, own), name, bytes(value)) for own, name, value in found]

    async def reseal(self, workspace: str, name: str, old: bytes, new: bytes) -> bool:
        return await self._database.write(_found(Do(RESEAL, (new, workspace_id(workspace), name, old))))

    async def remove(self, workspace: str, kind: str, slug: str, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_there(Do(REMOVE, (own, kind, slug)), own, audit, counts=True))

    async def put_secret(self, workspace: str, name: str, sealed: bytes, at: int, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_put(Do(SEAL, (own, name, sealed, at)), own, audit))

    async def secret(self, workspace: str, name: str) -> bytes:
        return bytes((await self._one(SEALED, (workspace_id(workspace), name)))[0])

    async def secrets(self, workspace: str) -> list[tuple[str, int]]:
        """In the order of their names."""
        found = await self._database.rows(NAMES, (workspace_id(workspace),))
        return sorted((name, at) for name, at in found)

    async def remove_secret(self, workspace: str, name: str, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_there(Do(UNSEAL, (own, name)), own, audit, counts=True))


def _workspace(row: Row) -> WorkspaceRow:
    shown, name, hosts, created_at = row
    return WorkspaceRow(ids.shown(ids.WORKSPACE, shown), name, tuple(json.loads(hosts)), created_at)


def _new(insert: Do, *then: Do) -> Script[None]:
    if not (yield insert):
        raise Taken
    for step in then:  # noqa: UP028 (a tuple's iterator cannot be sent the rows)
        yield step


def _there(change: Do, workspace: bytes, audit: AuditRow, counts: bool = False) -> Script[None]:
    """A change of something that must be there; where it counts, so does the catalogue's number."""
    if not (yield change):
        raise NotFound
    if counts:
        yield from counted_up(workspace)
    yield audited(workspace, audit)


def _once(step: Do) -> Script[None]:
    yield step


def _found(step: Do) -> Script[bool]:
    return bool((yield step))


def _put(change: Do, workspace: bytes, audit: AuditRow) -> Script[None]:
    yield from counted_up(workspace)
    yield change
    yield audited(workspace, audit)
