"""Tickets and leads."""

from deskhand.adapters.sql import rows
from deskhand.adapters.sql.audit import AuditTrail
from deskhand.adapters.sql.pages import before_id, before_number, page, wanted
from deskhand.adapters.sql.reading import workspace_id
from deskhand.adapters.sql.statements import select
from deskhand.ports.stores import Page

TICKETS = select(rows.TICKET, "tickets WHERE workspace = ? AND number < ? ORDER BY number DESC LIMIT ?")
LEADS = select(rows.LEAD, "leads WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?")


class Registers(AuditTrail):
    """Lists that turns add to."""

    async def tickets(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page:
        asked = workspace_id(workspace), before_number(cursor), wanted(limit)
        return page(await self._database.rows(TICKETS, asked), limit, rows.ticket)

    async def leads(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page:
        asked = workspace_id(workspace), before_id(cursor), wanted(limit)
        return page(await self._database.rows(LEADS, asked), limit, rows.lead)
