"""What procedures left behind: tickets, leads, local e-mail, the audit trail."""

from typing import Literal

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Body, Cursor, Limit, Listing, Shown, Time

router = APIRouter(prefix="/v1", tags=["Records"], route_class=KeyedRoute)


class Ticket(Shown):
    """A support ticket."""

    number: int
    subject: str
    description: str
    email: str
    name: str
    priority: Literal["LOW", "MEDIUM", "HIGH", "URGENT"]
    run: str
    at: Time


class Lead(Shown):
    """A captured lead."""

    id: str
    email: str
    name: str
    phone: str
    company: str
    message: str
    run: str | None = Field(description="The run that saved it; null where the customer left it in a form.")
    at: Time


class Mail(Shown):
    """An e-mail that the local mailbox keeps instead of sending it."""

    id: str
    to: str
    subject: str
    body: str
    at: Time


class AuditRecord(Shown):
    """Who or what did what; such a record never changes."""

    id: str
    at: Time
    actor: str = Field(examples=["Ana", "agent", "timer"])
    action: str = Field(examples=["procedure.published", "approval.approved"])
    subject: str
    body: Body


class TicketPage(Listing[Ticket]):
    """A page of tickets."""


class LeadPage(Listing[Lead]):
    """A page of leads."""


class MailPage(Listing[Mail]):
    """A page of e-mails."""


class AuditPage(Listing[AuditRecord]):
    """A page of the audit trail."""


@router.get("/tickets", summary="List tickets")
async def list_tickets(who: Member, cursor: Cursor = None, limit: Limit = 50) -> TicketPage:
    """Tickets that procedures opened, newest first."""
    page = await who.services.stores.conversations.tickets(who.workspace, cursor, limit)
    return TicketPage.model_validate(page)


@router.get("/leads", summary="List leads")
async def list_leads(who: Member, cursor: Cursor = None, limit: Limit = 50) -> LeadPage:
    """Leads that procedures saved and forms brought, newest first."""
    page = await who.services.stores.conversations.leads(who.workspace, cursor, limit)
    return LeadPage.model_validate(page)


@router.get("/mailbox", summary="Read the local mailbox")
async def list_mail(who: Member, cursor: Cursor = None, limit: Limit = 50) -> MailPage:
    """E-mail that was written while no mail server is configured, newest first."""
    return MailPage.model_validate(await who.services.stores.mailbox.page(who.workspace, cursor, limit))


@router.get("/audit", summary="Read the audit trail")
async def list_audit(who: Member, cursor: Cursor = None, limit: Limit = 50) -> AuditPage:
    """Who or what did what, newest first."""
    page = await who.services.stores.conversations.audit(who.workspace, cursor, limit)
    return AuditPage.model_validate(page)
