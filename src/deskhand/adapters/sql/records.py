"""Tickets and leads as members work with them, on SQLite or PostgreSQL."""

from typing import Any

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.pages import before_id, before_number, page, wanted
from deskhand.adapters.sql.reading import Store, audited, workspace_id
from deskhand.adapters.sql.rows import NOWHERE
from deskhand.adapters.sql.statements import insert, select
from deskhand.ports.registers import LeadRow, Sought, TicketRow, TicketStatus
from deskhand.ports.stores import NotFound, Page
from deskhand.ports.turns import AuditRow

_TICKETS = select(
    "t.number, t.subject, t.description, t.email, t.name, t.priority, t.run, t.conversation, t.at, "
    "COALESCE(s.status, 'open'), s.assignee, s.updated_at",
    "tickets t LEFT JOIN ticket_states s ON s.workspace = t.workspace AND s.number = t.number WHERE t.workspace = ?",
)
_LEADS = select(
    "t.id, t.email, t.name, t.phone, t.company, t.message, t.run, t.conversation, t.at", "leads t WHERE t.workspace = ?"
)
_IN_TICKETS = "LOWER(t.subject || ' ' || t.description || ' ' || t.email || ' ' || t.name)"
_IN_LEADS = "LOWER(t.email || ' ' || t.name || ' ' || t.phone || ' ' || t.company || ' ' || t.message)"
_KNOWN = select("1", "tickets WHERE workspace = ? AND number = ?")
_CHANGE = insert(
    "ticket_states",
    "workspace, number, status, assignee, updated_at",
    "ON CONFLICT (workspace, number) DO UPDATE SET status = excluded.status, assignee = excluded.assignee, "
    "updated_at = excluded.updated_at",
)
MOST_WORDS = 8


class SqlRegisters(Store):
    """Tickets with what members made of them, and leads."""

    async def tickets(self, workspace: str, sought: Sought, cursor: str | None = None, limit: int = 50) -> Page:
        where, values = _conditions(sought, _IN_TICKETS)
        where += _is(values, "COALESCE(s.status, 'open')", sought.status)
        where += _is(values, "t.priority", sought.priority)
        where += _is(values, "s.assignee", sought.assignee)
        sql = f"{_TICKETS} AND t.number < ?{where} ORDER BY t.number DESC LIMIT ?"
        asked = (workspace_id(workspace), before_number(cursor), *values, wanted(limit))
        return page(await self._database.rows(sql, asked), limit, _ticket)

    async def ticket(self, workspace: str, number: int) -> TicketRow:
        asked = workspace_id(workspace), ids.number(number)
        return _ticket(await self._one(f"{_TICKETS} AND t.number = ?", asked))

    async def change_ticket(
        self, workspace: str, number: int, status: TicketStatus, assignee: str | None, at: int, audit: AuditRow
    ) -> None:
        own = workspace_id(workspace)
        await self._database.write(_change(own, ids.number(number), status, assignee, at, audit))

    async def leads(self, workspace: str, sought: Sought, cursor: str | None = None, limit: int = 50) -> Page:
        where, values = _conditions(sought, _IN_LEADS)
        sql = f"{_LEADS} AND t.id < ?{where} ORDER BY t.id DESC LIMIT ?"
        asked = (workspace_id(workspace), before_id(cursor), *values, wanted(limit))
        return page(await self._database.rows(sql, asked), limit, _lead)

    async def lead(self, workspace: str, lead: str) -> LeadRow:
        return _lead(await self._one(f"{_LEADS} AND t.id = ?", (workspace_id(workspace), ids.raw(ids.LEAD, lead))))


def _change(
    workspace: bytes, number: int, status: TicketStatus, assignee: str | None, at: int, audit: AuditRow
) -> Script[None]:
    if not (yield Do(_KNOWN, (workspace, number))):
        raise NotFound
    yield Do(_CHANGE, (workspace, number, status, assignee, at))
    yield audited(workspace, audit)


def _conditions(sought: Sought, text: str) -> tuple[str, list[Any]]:
    """What both lists can be chosen by."""
    values: list[Any] = []
    words = sought.words.lower().split()[:MOST_WORDS]
    where = f" AND {text} LIKE ? ESCAPE '\\'" * len(words)
    values += [f"%{_literal(word)}%" for word in words]
    where += _is(values, "LOWER(t.email)", sought.email and sought.email.lower())
    conversation = sought.conversation and ids.raw(ids.CONVERSATION, sought.conversation)
    where += _is(values, "t.conversation", conversation or None)
    return where, values


def _is(values: list[Any], column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    values.append(value)
    return f" AND {column} = ?"


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ticket(row: Row) -> TicketRow:
    number, subject, description, email, name, priority, run, conversation, *rest = row
    own = ids.shown(ids.RUN, run), ids.shown(ids.CONVERSATION, conversation)
    return TicketRow(number, subject, description, email, name, priority, *own, *rest)


def _lead(row: Row) -> LeadRow:
    lead, email, name, phone, company, message, run, conversation, at = row
    known = None if run == NOWHERE else ids.shown(ids.RUN, run)
    of = ids.shown(ids.CONVERSATION, conversation)
    return LeadRow(ids.shown(ids.LEAD, lead), email, name, phone, company, message, known, of, at)
