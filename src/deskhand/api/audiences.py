"""Audiences: which customers a procedure is for."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, JsonValue, WithJsonSchema

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import CONTACT_ID, Asked, Items, Shown, Slug, matching_slug
from deskhand.application.audiences import Trial
from deskhand.domain.audience import Audience
from deskhand.domain.contact import Contact

router = APIRouter(prefix="/v1/audiences", tags=["Configuration"], route_class=KeyedRoute)

Rule = Annotated[
    JsonValue,
    WithJsonSchema({
        "type": "object",
        "description": "A comparison (`variable`, `operator`, `value`), or `all`, `any` (lists of rules) or `not`.",
        "examples": [{"variable": "contact.attributes.plan", "operator": "in", "value": ["business"]}],
    }),
]  # fmt: skip


class NewAudience(Asked):
    """An audience."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(max_length=100, examples=["Business customers"])]
    description: Annotated[str, Field(max_length=500)] = ""
    rule: Rule


class ShownAudience(Shown):
    """An audience."""

    slug: str
    name: str
    description: str
    rule: Rule
    used_by: list[str] = Field(description="The procedures that are for it, by name.")


class AudienceList(Items[ShownAudience]):
    """All audiences."""


class Customer(Asked):
    """Who is tried, in which conversation."""

    contact_id: Annotated[str, Field(pattern=CONTACT_ID)] | None = Field(
        default=None, description="A stored contact, `contact_…`."
    )
    contact: Contact | None = Field(default=None, description="In its place: one that is made up.")
    context: dict[str, JsonValue] = Field(
        default={}, description="Values by the variables that rules look at.", examples=[{"medium": "web"}]
    )


class Outcome(Shown):
    """Whether somebody is in an audience."""

    matches: bool
    why: Told = Field(description="A sentence; where it does not match, what keeps the customer out.")


class InAudience(Shown):
    """A contact who is in an audience."""

    id: str
    name: str
    email: str | None


class AudienceContacts(Items[InAudience]):
    """Some of the contacts who are in an audience, the newest first."""

    matching: int = Field(description="How many are, of those that were looked at.")
    looked_at: int
    more: bool = Field(description="Whether there are older contacts that were not looked at.")


@router.get("", summary="List audiences")
async def list_audiences(who: Member) -> AudienceList:
    """All audiences of the workspace."""
    found = await who.services.audiences.all(who.workspace)
    users = await who.services.audiences.users(who.workspace)
    return AudienceList(items=[_shown(one, users.get(one.slug, [])) for one in found])


@router.get("/{slug}", summary="Look at an audience")
async def get_audience(who: Member, slug: Slug) -> ShownAudience:
    """One audience."""
    found = await who.services.audiences.get(who.workspace, slug)
    return _shown(found, (await who.services.audiences.users(who.workspace)).get(slug, []))


@router.put("/{slug}", summary="Store an audience")
async def put_audience(who: Builder, slug: Slug, wanted: NewAudience) -> ShownAudience:
    """Make or replace an audience; procedures that are for it go by the new rule at once."""
    matching_slug(slug, wanted.slug)
    stored = await who.services.audiences.put(who.workspace, {**wanted.model_dump(), "slug": slug}, who.by)
    return _shown(stored, (await who.services.audiences.users(who.workspace)).get(slug, []))


@router.delete("/{slug}", status_code=204, summary="Remove an audience")
async def remove_audience(who: Builder, slug: Slug) -> None:
    """Remove an audience that no procedure is for."""
    await who.services.audiences.remove(who.workspace, slug, who.by)


@router.get("/{slug}/contacts", summary="See who is in an audience")
async def list_audience_contacts(who: Member, slug: Slug) -> AudienceContacts:
    """How many of the newest contacts are in it, by what is known of them alone, and some of them."""
    found = await who.services.audiences.contacts(who.workspace, slug)
    return AudienceContacts(
        matching=found.matching,
        looked_at=found.looked_at,
        more=found.more,
        items=[InAudience(id=row.id, name=_called(row.contact), email=row.contact.email) for row in found.contacts],
    )


@router.post("/{slug}/test", summary="Try an audience")
async def test_audience(who: Member, slug: Slug, wanted: Customer) -> Outcome:
    """Say whether a customer is in it, and why not. Nothing is stored."""
    trial = Trial(contact_id=wanted.contact_id, contact=wanted.contact, context=wanted.context)
    matched, why = await who.services.audiences.test(who.workspace, slug, trial)
    return Outcome(matches=matched, why=why)


def _called(contact: Contact) -> str:
    return " ".join(part for part in (contact.first_name, contact.last_name) if part)


def _shown(audience: Audience, users: list[str]) -> ShownAudience:
    return ShownAudience(**audience.model_dump(mode="json"), used_by=users)
