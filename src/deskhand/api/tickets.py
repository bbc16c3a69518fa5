"""Tickets: those that procedures opened, how they stand, whose they are."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.responses import Response

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.csv_answers import Cell, csv_stream
from deskhand.api.models import Asked, ConversationFilter, Cursor, Limit, Listing, Shown, Time, Words, rfc3339
from deskhand.application import registers
from deskhand.ports.registers import Sought, TicketRow

router = APIRouter(prefix="/v1/tickets", tags=["Records"], route_class=KeyedRoute)

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The ticket's number.")]
Status = Literal["open", "waiting", "solved"]
Priority = Literal["LOW", "MEDIUM", "HIGH", "URGENT"]
Email = Annotated[str, Field(max_length=320)]
COLUMNS = (
    "number", "subject", "status", "priority", "assignee", "name", "email", "description", "conversation", "at",
)  # fmt: skip


class Ticket(Shown):
    """A support ticket."""

    number: int
    subject: str
    description: str
    email: str
    name: str
    priority: Priority
    status: Status = Field(description="`waiting` for somebody; `open` until a member says otherwise.")
    assignee: str | None = Field(description="The member whose it is, by e-mail address.")
    run: str
    conversation: str
    at: Time
    updated_at: Time | None = Field(description="When a member changed it last; null where none did.")


class TicketPage(Listing[Ticket]):
    """A page of tickets."""


class TicketChange(Asked):
    """What becomes of a ticket; what is left out stays."""

    status: Status | None = None
    assignee: Email | None = Field(default=None, description="A member's e-mail address; null makes it nobody's.")


async def _sought(
    q: Words = "",
    status: Annotated[Status | None, Query()] = None,
    priority: Annotated[Priority | None, Query()] = None,
    assignee: Annotated[str | None, Query(max_length=320, description="A member's e-mail address.")] = None,
    email: Annotated[str | None, Query(max_length=320, description="The customer's e-mail address.")] = None,
    conversation: ConversationFilter = None,
) -> Sought:
    return Sought(q, status, priority, assignee, email, conversation)


Wanted = Annotated[Sought, Depends(_sought)]


@router.get("", summary="List tickets")
async def list_tickets(who: Member, wanted: Wanted, cursor: Cursor = None, limit: Limit = 50) -> TicketPage:
    """Tickets that procedures opened, newest first; those that every word of `q` is found in."""
    page = await who.services.stores.registers.tickets(who.workspace, wanted, cursor, limit)
    return TicketPage.model_validate(page)


@router.get("/export", summary="Take tickets along", response_class=Response)
async def export_tickets(who: Member, wanted: Wanted) -> Response:
    """What the same filters show as CSV."""
    return csv_stream("tickets", COLUMNS, _cells(who, wanted))


@router.get("/{number}", summary="Look at a ticket")
async def get_ticket(who: Member, number: Number) -> Ticket:
    """One ticket."""
    return Ticket.model_validate(await who.services.stores.registers.ticket(who.workspace, number))


@router.patch("/{number}", summary="Work on a ticket")
async def change_ticket(who: Member, number: Number, change: TicketChange) -> Ticket:
    """Say how a ticket stands, and whose it is."""
    given = change.model_dump(exclude_unset=True)
    return Ticket.model_validate(await registers.change_ticket(who.services, who.workspace, number, given, who.by))


async def _cells(who: Caller, wanted: Sought) -> AsyncIterator[tuple[Cell, ...]]:
    async for one in registers.all_tickets(who.services, who.workspace, wanted):
        yield _line(one)


def _line(one: TicketRow) -> tuple[Cell, ...]:
    return (
        one.number, one.subject, one.status, one.priority, one.assignee, one.name, one.email, one.description,
        one.conversation, rfc3339(one.at),
    )  # fmt: skip
