"""The inbox: the queues that members work from."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.handling import Somebody, people
from deskhand.api.models import LARGEST_SEQ, Asked, ConversationId, Cursor, Limit, Shown, Time
from deskhand.ports.inbox import Listed, Queue

router = APIRouter(prefix="/v1", tags=["Inbox"], route_class=KeyedRoute)


class InboxItem(Shown):
    """A conversation as a queue shows it."""

    conversation: str
    name: str = Field(description="The contact's name or e-mail address; empty where neither is known.")
    channel: str
    queue: Literal["agent", "unassigned", "assigned", "resolved"]
    assignee: str | None
    member: str | None = Field(description="Who has taken it over.")
    waits: Literal["reply", "approval"] | None = Field(description="What only a member can give the customer now.")
    since: Time | None = Field(description="Since when the customer waits for that.")
    activity_at: Time
    last_by: str = Field(description="`customer`, `agent`, or the member's name; empty where nothing was said yet.")
    last_text: str = Field(description="The last message, its first 200 characters.")
    tags: list[str]
    seq: int = Field(description="The number of the last entry.")
    unread: bool = Field(description="Whether there is something that you should read and have not read.")
    present: list[Somebody] = Field(description="Who looks at it and who is typing, in this moment.")


class QueueCounts(Shown):
    """How many conversations each queue holds."""

    mine: int
    unassigned: int
    waiting: int
    agent: int
    all: int
    resolved: int


class InboxListing(Shown):
    """A page of a queue, the newest activity first."""

    items: list[InboxItem]
    cursor: str | None = Field(description="Leads to the next page; null at the end.")
    counts: QueueCounts


class ReadUpTo(Asked):
    """How far a member has read."""

    seq: Annotated[int, Field(ge=0, le=LARGEST_SEQ, description="The last entry that was read.")]


@router.get("/inbox", summary="Look at a queue")
async def list_inbox(
    who: Member,
    queue: Annotated[
        Queue,
        Query(
            description="`mine`: assigned to me; `unassigned`: with people, and nobody's; `waiting`: the customer "
            "waits for a member; `agent`: the agent answers; `all`: every open one; `resolved`."
        ),
    ] = "all",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> InboxListing:
    """Conversations with their last message, who waits since when, and what is unread for whoever asks."""
    page = await who.services.inbox.page(who.workspace, queue, who.by, reader_of(who), cursor, limit)
    counts = await who.services.inbox.counts(who.workspace, who.by)
    items = [_item(who, one) for one in page.items]
    return InboxListing(items=items, cursor=page.cursor, counts=QueueCounts(**counts))


@router.post("/conversations/{id}/read", status_code=204, summary="Say how far you have read")
async def mark_read(who: Member, id: ConversationId, wanted: ReadUpTo) -> Response:
    """Up to this entry, the conversation is no longer unread for whoever asks."""
    row = await who.services.stores.conversations.get(who.workspace, id)
    await who.services.inbox.read(who.workspace, reader_of(who), id, min(wanted.seq, row.seq))
    return Response(status_code=204)


def reader_of(who: Caller) -> str:
    """Whose reading counts: a member's, or an API key's."""
    return who.member or (who.key.id if who.key else who.by)


def _item(who: Caller, one: Listed) -> InboxItem:
    row = one.row
    present = who.services.presence.present(who.workspace, row.conversation)
    shown = {name: getattr(row, name) for name in InboxItem.model_fields if hasattr(row, name)}
    return InboxItem(**shown, unread=row.heard > one.read, present=people(present))
