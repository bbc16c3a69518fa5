"""Lists of conversations: found by what they are about, counted, and taken along as a table."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, Field
from starlette.responses import Response

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.conversations import Conversation
from deskhand.api.csv_answers import Cell, csv_stream
from deskhand.api.languages import told
from deskhand.api.models import Cursor, Limit, Listing, Shown, Time, milliseconds, rfc3339
from deskhand.application import conversation_lists
from deskhand.domain.preconditions import SLUG
from deskhand.ports.digests import Listed, Wanted

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)

COLUMNS = (
    "id", "last_activity", "status", "mode", "channel", "agent", "contact_name", "contact_email", "first_text",
    "last_text", "procedures", "tags", "reaction", "escalated", "unanswered", "messages", "waiting", "created_at",
)  # fmt: skip
Waiting = Literal["approval", "outcome", "member", "call", "customer"]


class ConversationDigest(Shown):
    """What lists show of a conversation."""

    waiting: Waiting | None = Field(
        description="What it waits for: a decision, somebody who finds out what happened, a member's answer, another "
        "system, the customer; null for nothing."
    )
    reaction: Literal["positive", "negative"] | None = Field(description="The customer's last one.")
    escalated: bool = Field(description="Whether it came to a person, or a flagged procedure ran.")
    test: bool = Field(description="Whether it was a try, which reports leave out.")
    unanswered: int = Field(description="Questions that nothing could answer.")
    messages: int
    contact_name: str | None
    contact_email: str | None
    procedures: list[str] = Field(description="Everything that ran in it, by slug.")
    first_text: str | None = Field(description="The customer's first words.")
    last_text: str | None
    last_by: Literal["customer", "agent", "member"] | None
    last_at: Time | None


class ListedConversation(Conversation):
    """A conversation in a list."""

    digest: ConversationDigest


class ListedPage(Listing[ListedConversation]):
    """A page of conversations, the newest activity first."""

    catching_up: bool = Field(description="Whether digests are still being made of an older log, so that more follow.")


class ConversationCount(Shown):
    """How many conversations there are."""

    count: int
    capped: bool = Field(description="Whether there are more than were counted.")


async def _wanted(
    procedure: Annotated[str | None, Query(max_length=80, description="Ran in it, by slug.")] = None,
    status: Literal["open", "resolved"] | None = None,
    mode: Annotated[Literal["agent", "member"] | None, Query(description="Who answers.")] = None,
    tag: Annotated[str | None, Query(max_length=200)] = None,
    channel: Annotated[str | None, Query(max_length=64)] = None,
    agent: Annotated[str | None, Query(pattern=SLUG, max_length=64)] = None,
    contact: Annotated[str | None, Query(max_length=320, description="An identifier or an e-mail address.")] = None,
    reaction: Literal["positive", "negative"] | None = None,
    escalated: bool | None = None,
    waiting: Waiting | None = None,
    test: Annotated[bool | None, Query(description="Only tries, or none of them.")] = None,
    text: Annotated[
        str | None, Query(max_length=500, description="Words that occur in it, or that begin such; or its identifier.")
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="Last activity then or later.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Last activity before.")] = None,
) -> Wanted:
    return Wanted(
        procedure or None, status, mode, tag or None, channel or None, agent, contact or None, reaction, escalated,
        waiting, test, text or None, milliseconds(since), milliseconds(until),
    )  # fmt: skip


Asked = Annotated[Wanted, Depends(_wanted)]


@router.get("", summary="List conversations")
async def list_conversations(who: Member, wanted: Asked, cursor: Cursor = None, limit: Limit = 50) -> ListedPage:
    """Conversations that all given filters fit, the newest activity first."""
    page = await conversation_lists.page(who.services, who.workspace, wanted, cursor, limit)
    return ListedPage.model_validate(page)


@router.get("/count", summary="Count conversations")
async def count_conversations(who: Member, wanted: Asked) -> ConversationCount:
    """How many conversations the same filters fit, counted up to 10,000."""
    count, capped = await conversation_lists.count(who.services, who.workspace, wanted)
    return ConversationCount(count=count, capped=capped)


@router.get("/export", summary="Take a list of conversations along", response_class=Response)
async def export_conversations(who: Member, wanted: Asked) -> Response:
    """What the same filters show as CSV, at most 10,000 conversations; a last line tells where there are more."""
    return csv_stream("conversations", COLUMNS, _cells(who, wanted))


async def _cells(who: Caller, wanted: Wanted) -> AsyncIterator[tuple[Cell, ...]]:
    async for one in conversation_lists.exported(who.services, who.workspace, wanted):
        yield (told(conversation_lists.CAPPED),) if one is None else _line(one)


def _line(one: Listed) -> tuple[Cell, ...]:
    return (
        one.conversation, rfc3339(one.updated_at), one.status, one.mode, one.channel, one.agent, one.contact_name,
        one.contact_email, one.first_text, one.last_text, " ".join(one.procedures), ", ".join(one.tags), one.reaction,
        one.escalated, one.unanswered, one.messages, one.waiting, rfc3339(one.created_at),
    )  # fmt: skip
