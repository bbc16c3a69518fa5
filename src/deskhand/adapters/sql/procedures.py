"""Procedures, their drafts and versions."""

from dataclasses import astuple

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.editor import forgotten, publication_row
from deskhand.adapters.sql.reading import Store, audited, counted_up, workspace_id
from deskhand.adapters.sql.statements import IF_NEW, delete, insert, select, update
from deskhand.domain.phrases import phrase
from deskhand.ports.editor import Publication
from deskhand.ports.stores import NotFound, ProcedureRow, Stale, Taken, VersionRow
from deskhand.ports.turns import AuditRow

CREATE = insert("procedures", "workspace, " + rows.PROCEDURE, IF_NEW)
GET = select(rows.PROCEDURE, "procedures WHERE workspace = ? AND slug = ?")
ALL = select(rows.PROCEDURE, "procedures WHERE workspace = ?")
SLUG = "SELECT 1 FROM procedures WHERE workspace = ? AND slug = ?"
ID = "SELECT 1 FROM procedures WHERE workspace = ? AND id = ?"
SAVE = update(
    "procedures",
    "draft = ?, name = ?, slug = ?, revision = revision + 1, updated_at = ?, saved_at = ?, saved_by = ?",
    "workspace = ? AND slug = ? AND revision = ? RETURNING " + rows.PROCEDURE,
)
SIMULATED = update("procedures", "simulated_revision = ?", "workspace = ? AND slug = ? RETURNING 1")
ACTIVATE = update(
    "procedures",
    "active_version = ?, status = 'active', updated_at = ?",
    "workspace = ? AND id = ? AND revision = ? RETURNING 1",
)
PUBLISH = insert(
    "procedure_versions", "workspace, procedure, slug, version, document, pins, published_at, published_by", IF_NEW
)
STATUS = update("procedures", "status = ?, updated_at = ?", "workspace = ? AND slug = ? RETURNING 1")
REMOVE = delete("procedures", "workspace = ? AND slug = ? AND active_version IS NULL RETURNING id")
VERSIONS = select(
    "v.procedure, v.slug, v.version, v.document, v.pins, v.published_at, v.published_by",
    "procedures p JOIN procedure_versions v ON v.workspace = p.workspace AND v.procedure = p.id WHERE p.workspace = ? ",
)
CATALOGUE = "SELECT catalogue FROM workspaces WHERE id = ?"


class SqlProcedures(Store):
    """Procedures on SQLite or PostgreSQL."""

    async def create(self, workspace: str, row: ProcedureRow, audit: AuditRow) -> None:
        await self._database.write(_create(workspace_id(workspace), row, audit))

    async def get(self, workspace: str, slug: str) -> ProcedureRow:
        return rows.procedure(await self._one(GET, (workspace_id(workspace), slug)))

    async def all(self, workspace: str, status: str | None = None) -> list[ProcedureRow]:
        """In the order of their slugs."""
        found = [rows.procedure(row) for row in await self._database.rows(ALL, (workspace_id(workspace),))]
        return sorted((row for row in found if status in (None, row.status)), key=lambda row: row.slug)

    async def save_draft(
        self,
        workspace: str,
        slug: str,
        draft: str,
        name: str,
        based_on: int,
        at: int,
        by: str,
        new_slug: str | None = None,
    ) -> ProcedureRow:
        saved = (draft, name, new_slug or slug, at, at, by)
        return await self._database.write(_save(saved, (workspace_id(workspace), slug, based_on)))

    async def simulated(self, workspace: str, slug: str, revision: int) -> None:
        await self._database.write(_simulated(revision, workspace_id(workspace), slug))

    async def publish(
        self, workspace: str, version: VersionRow, revision: int, audit: AuditRow, written: Publication | None = None
    ) -> None:
        await self._database.write(_publish(workspace_id(workspace), version, revision, audit, written))

    async def remove(self, workspace: str, slug: str, audit: AuditRow) -> None:
        await self._database.write(_remove(workspace_id(workspace), slug, audit))

    async def set_status(self, workspace: str, slug: str, status: str, at: int, audit: AuditRow) -> None:
        await self._database.write(_set_status(workspace_id(workspace), slug, status, at, audit))

    async def versions(self, workspace: str, slug: str) -> list[VersionRow]:
        """The newest first."""
        sql = VERSIONS + "AND p.slug = ? ORDER BY v.version DESC"
        return [rows.version(row) for row in await self._database.rows(sql, (workspace_id(workspace), slug))]

    async def version(self, workspace: str, slug: str, version: int) -> VersionRow:
        sql = VERSIONS + "AND p.slug = ? AND v.version = ?"
        return rows.version(await self._one(sql, (workspace_id(workspace), slug, ids.number(version))))

    async def active(self, workspace: str) -> tuple[int, list[VersionRow]]:
        own = workspace_id(workspace)
        # The number first: versions newer than it say are loaded once more, older ones would stay unnoticed.
        number = (await self._one(CATALOGUE, (own,)))[0]
        found = await self._database.rows(VERSIONS + "AND p.status = 'active' AND v.version = p.active_version", (own,))
        return number, sorted(map(rows.version, found), key=lambda row: row.slug)


def _create(workspace: bytes, row: ProcedureRow, audit: AuditRow) -> Script[None]:
    if not (yield Do(CREATE, (workspace, ids.raw(ids.PROCEDURE, row.id), *astuple(row)[1:]))):
        raise Taken(phrase("There is a procedure `{slug}` already: choose another slug.", slug=row.slug))
    yield from counted_up(workspace)
    yield audited(workspace, audit)


def _save(saved: tuple[str, str, str, int, int, str], of: tuple[bytes, str, int]) -> Script[ProcedureRow]:
    new_slug, (workspace, slug, _) = saved[2], of
    if new_slug != slug and (yield Do(SLUG, (workspace, new_slug))):
        raise Taken(phrase("There is a procedure `{slug}` already: choose another slug.", slug=new_slug))
    found = yield Do(SAVE, (*saved, *of))
    if not found:
        raise Stale if (yield Do(SLUG, (workspace, slug))) else NotFound
    return rows.procedure(found[0])


def _simulated(revision: int, workspace: bytes, slug: str) -> Script[None]:
    if not (yield Do(SIMULATED, (revision, workspace, slug))):
        raise NotFound


def _publish(
    workspace: bytes, version: VersionRow, revision: int, audit: AuditRow, written: Publication | None
) -> Script[None]:
    procedure = ids.raw(ids.PROCEDURE, version.procedure)
    asked = (version.version, version.published_at, workspace, procedure, revision)
    if not (yield Do(ACTIVATE, asked)):
        raise Stale if (yield Do(ID, (workspace, procedure))) else NotFound
    if not (yield Do(PUBLISH, (workspace, procedure, *astuple(version)[1:]))):
        raise Stale(
            phrase(
                "Version {version} of `{slug}` was published in the meantime: load it again.",
                version=version.version,
                slug=version.slug,
            )
        )
    if written is not None:
        yield publication_row(workspace, procedure, version.version, written)
    yield from counted_up(workspace)
    yield audited(workspace, audit)


def _remove(workspace: bytes, slug: str, audit: AuditRow) -> Script[None]:
    found = yield Do(REMOVE, (workspace, slug))
    if not found:
        raise Stale("It was published in the meantime.") if (yield Do(SLUG, (workspace, slug))) else NotFound
    yield from forgotten(workspace, found[0][0])
    yield from counted_up(workspace)
    yield audited(workspace, audit)


def _set_status(workspace: bytes, slug: str, status: str, at: int, audit: AuditRow) -> Script[None]:
    if not (yield Do(STATUS, (status, at, workspace, slug))):
        raise NotFound
    yield from counted_up(workspace)
    yield audited(workspace, audit)
