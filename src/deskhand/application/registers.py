"""Working on tickets, and taking lists along."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from deskhand.application.audit import audit_row
from deskhand.application.services import Services
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.ports.contacts import ContactRow
from deskhand.ports.registers import LeadRow, Sought, TicketRow
from deskhand.ports.stores import Page

AT_ONCE = 200


async def change_ticket(
    services: Services, workspace: str, number: int, given: Mapping[str, Any], by: str
) -> TicketRow:
    """Change what is given of a ticket's `status` and `assignee`. Raises NotFound, RuleError for an unknown member."""
    store = services.stores.registers
    before = await store.ticket(workspace, number)
    status = given.get("status") or before.status
    assignee = given.get("assignee", before.assignee)
    if assignee is not None and assignee != before.assignee:
        members = {row.email for row in await services.stores.members.all(workspace)}
        if assignee not in members:
            raise RuleError(
                phrase(
                    "Nobody in this workspace has the e-mail address `{assignee}`: choose a member.", assignee=assignee
                )
            )
    audit = audit_row(services.clock, by, "ticket.changed", str(number), {"status": status, "assignee": assignee})
    await store.change_ticket(workspace, number, status, assignee, services.clock.now(), audit)
    return await store.ticket(workspace, number)


async def all_tickets(services: Services, workspace: str, sought: Sought) -> AsyncIterator[TicketRow]:
    """Every ticket that is sought."""
    async for row in _every(lambda cursor: services.stores.registers.tickets(workspace, sought, cursor, AT_ONCE)):
        yield row


async def all_leads(services: Services, workspace: str, sought: Sought) -> AsyncIterator[LeadRow]:
    """Every lead that is sought."""
    async for row in _every(lambda cursor: services.stores.registers.leads(workspace, sought, cursor, AT_ONCE)):
        yield row


async def all_contacts(services: Services, workspace: str, search: str) -> AsyncIterator[ContactRow]:
    """Every contact that a search finds."""
    async for row in _every(lambda cursor: services.stores.contacts.page(workspace, search, cursor, AT_ONCE)):
        yield row


async def _every(fetch: Callable[[str | None], Awaitable[Page]]) -> AsyncIterator[Any]:
    """Everything of a list, page by page."""
    cursor: str | None = None
    while True:
        page = await fetch(cursor)
        for row in page.items:
            yield row
        cursor = page.cursor
        if cursor is None:
            return
