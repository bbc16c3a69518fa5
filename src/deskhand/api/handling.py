"""What members do with a conversation beside answering: notes, assignment, tags, and who is looking or typing."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Receipt, post
from deskhand.api.models import Asked, ConversationId, EventOptions, Shown, Text, Time, Wait, not_blank
from deskhand.application.presence import Present
from deskhand.domain import events as e

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)

Name = Annotated[str, Field(max_length=320, examples=["Ana"]), AfterValidator(not_blank)]


def _tag(text: str) -> str:
    tag = " ".join(not_blank(text).split())
    if len(tag) > 50:
        raise ValueError("may have at most 50 characters.")
    return tag


TagName = Annotated[str, Field(max_length=200, examples=["vip"]), AfterValidator(_tag)]


class Note(EventOptions):
    """What a member writes down for the other members."""

    text: Text


class Assignment(EventOptions):
    """Whose the conversation is."""

    member: Name | None = Field(description="A member's name as `GET /v1/me` tells it, or null for nobody.")


class TagChange(EventOptions):
    """Tags to add and to take away."""

    add: Annotated[list[TagName], Field(max_length=20)] = []
    remove: Annotated[list[TagName], Field(max_length=20)] = []


class Heartbeat(Asked):
    """What a member's tab does now. Say it again within half a minute, typing within eight seconds."""

    state: Literal["looking", "typing", "gone"]
    tab: Annotated[str, Field(min_length=1, max_length=64, examples=["7f3a"])] = Field(
        default="1", description="Made by the client: a member may have several tabs open."
    )


class CustomerTyping(Asked):
    """Whether the customer is typing."""

    typing: bool = True


class Somebody(Shown):
    """Who looks at a conversation, or types in it."""

    by: str = Field(description="A member's name; `customer` for the customer.")
    side: Literal["member", "customer"]
    doing: Literal["looking", "typing"]
    until: Time = Field(description="When that is over, unless they say so again.")


class Presence(Shown):
    """Everybody who is there."""

    items: list[Somebody]


@router.post("/{id}/note", summary="Write a private note")
async def add_note(who: Member, id: ConversationId, note: Note, wait: Wait = 10) -> Receipt:
    """Write something down that members alone see: no customer and no model ever reads it."""
    return await post(who, id, e.NoteAdded(by=who.by, text=note.text), note.event_id, wait)


@router.post("/{id}/assign", summary="Assign")
async def assign(who: Member, id: ConversationId, wanted: Assignment, wait: Wait = 10) -> Receipt:
    """Say whose the conversation is. Who answers the customer stays the same."""
    return await post(who, id, e.Assigned(by=who.by, member=wanted.member), wanted.event_id, wait)


@router.post("/{id}/tags", summary="Change the tags")
async def change_tags(who: Member, id: ConversationId, wanted: TagChange, wait: Wait = 10) -> Receipt:
    """Add tags, and take others away."""
    event = e.Tagged(by=who.by, add=tuple(wanted.add), remove=tuple(wanted.remove))
    return await post(who, id, event, wanted.event_id, wait)


@router.post("/{id}/presence", summary="Say that you are looking or typing")
async def say_presence(who: Member, id: ConversationId, beat: Heartbeat) -> Presence:
    """Tell the other members what this one does; the answer says who else is there."""
    await who.services.stores.conversations.get(who.workspace, id)
    doing = None if beat.state == "gone" else beat.state
    who.services.presence.seen(who.workspace, id, who.by, beat.tab, doing)
    return Presence(items=people(who.services.presence.present(who.workspace, id)))


@router.post("/{id}/typing", summary="Say that the customer is typing")
async def say_typing(who: Member, id: ConversationId, wanted: CustomerTyping) -> Presence:
    """Tell the members that the customer types; it is over after eight seconds, or with the next message."""
    await who.services.stores.conversations.get(who.workspace, id)
    who.services.presence.customer(who.workspace, id, wanted.typing)
    return Presence(items=people(who.services.presence.present(who.workspace, id)))


def people(present: list[Present]) -> list[Somebody]:
    """Everybody who is present, as the API tells it."""
    return [Somebody.model_validate(one) for one in present]
