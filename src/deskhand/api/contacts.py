"""Contacts: who the customers are, what is known of them, and the conversations they were in."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue
from starlette.responses import Response

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.conversations import ConversationPage
from deskhand.api.csv_answers import Cell, csv_stream
from deskhand.api.languages import Told
from deskhand.api.models import Asked, ContactId, Cursor, Limit, Listing, Shown, Time
from deskhand.application import reading, registers
from deskhand.domain.contact import Contact
from deskhand.ports.contacts import ContactRow

router = APIRouter(prefix="/v1/contacts", tags=["Contacts"], route_class=KeyedRoute)

COLUMNS = ("id", "first_name", "last_name", "email", "phone_number", "attributes")
MOST_AT_ONCE = 1000
"""Contacts of one import request."""

Name = Annotated[str, Field(max_length=200)]


class ContactFields(Asked):
    """What is known of a customer; what is left out is not known, or stays as it is."""

    external_id: Annotated[str, Field(max_length=200, examples=["17"])] | None = Field(
        default=None, description="What the customer is called in your own systems: `contact.id` in templates."
    )
    first_name: Name | None = None
    last_name: Name | None = None
    email: Annotated[str, Field(max_length=320, examples=["ada@example.com"])] | None = None
    phone_number: Annotated[str, Field(max_length=50)] | None = None
    attributes: dict[str, JsonValue] = Field(
        default={}, description="Whatever else you know. Changed one by one; null takes one away."
    )


class ShownContact(Shown):
    """A contact."""

    id: str
    external_id: str | None
    first_name: str | None
    last_name: str | None
    email: str | None
    phone_number: str | None
    attributes: dict[str, JsonValue]
    created_at: Time
    updated_at: Time
    last_seen_at: Time | None = Field(description="When they were last in a conversation.")


class ContactPage(Listing[ShownContact]):
    """A page of contacts."""


class NewContacts(Asked):
    """Contacts of another system."""

    contacts: Annotated[list[JsonValue], Field(min_length=1, max_length=MOST_AT_ONCE)] = Field(
        description="Objects with `id` (what your system calls the customer), `first_name`, `last_name`, `email`, "
        "`phone_number` and `attributes`; each needs `id` or `email`."
    )


class Refused(Shown):
    """A contact that was not taken."""

    index: int = Field(description="Its place among those given, from 0.")
    reason: Told


class Imported(Shown):
    """What became of the contacts."""

    created: int
    updated: int
    unchanged: int
    refused: list[Refused]


@router.get("", summary="List contacts")
async def list_contacts(
    who: Member,
    q: Annotated[str, Query(max_length=200, description="Parts of name, e-mail, phone number or id.")] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ContactPage:
    """Contacts, newest first; those that every word of `q` is found in."""
    page = await who.services.stores.contacts.page(who.workspace, q, cursor, limit)
    return ContactPage(items=[_shown(row) for row in page.items], cursor=page.cursor)


@router.post("", status_code=201, summary="Create a contact")
async def create_contact(who: Member, wanted: ContactFields) -> ShownContact:
    """Store a new contact."""
    contact = Contact.model_validate(_fields(wanted.model_dump()))
    return _shown(await who.services.contacts.create(who.workspace, contact, who.by))


@router.post("/import", summary="Import contacts")
async def import_contacts(who: Builder, wanted: NewContacts) -> Imported:
    """Add to what is known of each, or store it anew; the good ones are taken, whatever is wrong with others."""
    return Imported.model_validate(
        await who.services.contact_import.bring(who.workspace, list(wanted.contacts), who.by)
    )


@router.get("/export", summary="Take contacts along", response_class=Response)
async def export_contacts(
    who: Member,
    q: Annotated[str, Query(max_length=200, description="Parts of name, e-mail, phone number or id.")] = "",
) -> Response:
    """Contacts that every word of `q` is found in, as CSV that can be imported again."""
    return csv_stream("contacts", COLUMNS, _cells(who, q))


@router.get("/{id}", summary="Look at a contact")
async def get_contact(who: Member, id: ContactId) -> ShownContact:
    """One contact."""
    return _shown(await who.services.stores.contacts.get(who.workspace, id))


@router.patch("/{id}", summary="Change a contact")
async def change_contact(who: Member, id: ContactId, wanted: ContactFields) -> ShownContact:
    """Replace the fields that are given; null takes one away. Open conversations keep what they know."""
    changes = _fields(wanted.model_dump(exclude_unset=True))
    return _shown(await who.services.contacts.change(who.workspace, id, changes, who.by))


@router.delete("/{id}", status_code=204, summary="Erase a contact")
async def remove_contact(who: Builder, id: ContactId) -> None:
    """Erase what is known of a contact; conversations keep what they logged."""
    await who.services.contacts.remove(who.workspace, id, who.by)


@router.get("/{id}/conversations", summary="List a contact's conversations")
async def list_contact_conversations(
    who: Member, id: ContactId, cursor: Cursor = None, limit: Limit = 50
) -> ConversationPage:
    """The conversations in which somebody said that the customer is this contact, newest first."""
    page = await reading.conversations_of(who.services, who.workspace, id, cursor, limit)
    return ConversationPage.model_validate(page)


async def _cells(who: Caller, search: str) -> AsyncIterator[tuple[Cell, ...]]:
    async for row in registers.all_contacts(who.services, who.workspace, search):
        one = row.contact
        told = json.dumps(one.attributes, ensure_ascii=False) if one.attributes else ""
        yield one.id, one.first_name, one.last_name, one.email, one.phone_number, told


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """The fields by the names that the domain has for them."""
    return {"id" if name == "external_id" else name: value for name, value in given.items()}


def _shown(row: ContactRow) -> ShownContact:
    known = row.contact.model_dump()
    times = {name: getattr(row, name) for name in ("created_at", "updated_at", "last_seen_at")}
    return ShownContact(external_id=known.pop("id"), **known, **times, id=row.id)
