"""Leads: what somebody left of themselves."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.csv_answers import Cell, csv_stream
from deskhand.api.models import ConversationFilter, Cursor, LeadId, Limit, Listing, Shown, Time, Words, rfc3339
from deskhand.application import registers
from deskhand.ports.registers import Sought

router = APIRouter(prefix="/v1/leads", tags=["Records"], route_class=KeyedRoute)

COLUMNS = ("id", "at", "name", "email", "phone", "company", "message", "conversation")


class Lead(Shown):
    """A captured lead."""

    id: str
    email: str
    name: str
    phone: str
    company: str
    message: str
    run: str | None = Field(description="The run that saved it; null where the customer left it in a form.")
    conversation: str
    at: Time


class LeadPage(Listing[Lead]):
    """A page of leads."""


async def _sought(
    q: Words = "",
    email: Annotated[str | None, Query(max_length=320, description="The customer's e-mail address.")] = None,
    conversation: ConversationFilter = None,
) -> Sought:
    return Sought(words=q, email=email, conversation=conversation)


Wanted = Annotated[Sought, Depends(_sought)]


@router.get("", summary="List leads")
async def list_leads(who: Member, wanted: Wanted, cursor: Cursor = None, limit: Limit = 50) -> LeadPage:
    """Leads that procedures saved and forms brought, newest first; those that every word of `q` is found in."""
    page = await who.services.stores.registers.leads(who.workspace, wanted, cursor, limit)
    return LeadPage.model_validate(page)


@router.get("/export", summary="Take leads along", response_class=Response)
async def export_leads(who: Member, wanted: Wanted) -> Response:
    """What the same filters show as CSV."""
    return csv_stream("leads", COLUMNS, _cells(who, wanted))


@router.get("/{id}", summary="Look at a lead")
async def get_lead(who: Member, id: LeadId) -> Lead:
    """One lead."""
    return Lead.model_validate(await who.services.stores.registers.lead(who.workspace, id))


async def _cells(who: Caller, wanted: Sought) -> AsyncIterator[tuple[Cell, ...]]:
    async for one in registers.all_leads(who.services, who.workspace, wanted):
        yield (
            one.id, rfc3339(one.at), one.name, one.email, one.phone, one.company, one.message, one.conversation,
        )  # fmt: skip
