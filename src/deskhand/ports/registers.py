"""Tickets and leads as members work with them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from deskhand.ports.turns import AuditRow

if TYPE_CHECKING:
    from deskhand.ports.stores import Page

TicketStatus = Literal["open", "waiting", "solved"]


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket, with what members made of it."""

    number: int
    subject: str
    description: str
    email: str
    name: str
    priority: str
    run: str
    conversation: str
    at: int
    status: TicketStatus
    assignee: str | None
    """The e-mail address of a member."""
    updated_at: int | None
    """When a member changed it last; None where none did."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead, with the conversation that it was left in."""

    id: str
    email: str
    name: str
    phone: str
    company: str
    message: str
    run: str | None
    """None where the customer left it in a form."""
    conversation: str
    at: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list shows; what is None or empty shows all."""

    words: str = ""
    """Each of them is found somewhere in the row, whatever its case."""
    status: TicketStatus | None = None
    priority: str | None = None
    assignee: str | None = None
    email: str | None = None
    conversation: str | None = None


class Registers(Protocol):
    """The workspace's tickets and leads, newest first."""

    async def tickets(self, workspace: str, sought: Sought, cursor: str | None = None, limit: int = 50) -> "Page":
        """A page of tickets. Raises BadCursor."""
        ...

    async def ticket(self, workspace: str, number: int) -> TicketRow:
        """One ticket. Raises NotFound."""
        ...

    async def change_ticket(
        self, workspace: str, number: int, status: TicketStatus, assignee: str | None, at: int, audit: AuditRow
    ) -> None:
        """Say how a ticket stands and whose it is. Raises NotFound."""
        ...

    async def leads(self, workspace: str, sought: Sought, cursor: str | None = None, limit: int = 50) -> "Page":
        """A page of leads, by words, e-mail and conversation. Raises BadCursor."""
        ...

    async def lead(self, workspace: str, lead: str) -> LeadRow:
        """One lead. Raises NotFound."""
        ...
