"""The page of one conversation: its log, joined with acts, approvals and durations."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from deskhand.api.approval_models import Approval, deciding_of, shown
from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Entry
from deskhand.api.models import After, ConversationId, Shown, Time
from deskhand.api.runs import Act, RunSummary
from deskhand.application import timeline as joining
from deskhand.application.approvals import Deciding

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)


class TimelineItem(Entry):
    """An entry with what belongs to it."""

    id: str = Field(description="What a link to it names: `e` and its `seq`.")
    group: Literal["messages", "engine", "calls", "approvals", "people"]
    act: Act | None = Field(description="The redacted request, and the answer.")
    approval: Approval | None


class Part(Shown):
    """A stretch of time, and what it was spent with."""

    kind: Literal["understanding", "model", "call", "approval", "customer", "member"] = Field(
        description="`customer`, `member`, `approval`: that somebody was waited for."
    )
    label: str
    entry: str
    began_at: Time
    ended_at: Time | None = Field(description="Null where it goes on.")


class Span(Shown):
    """From what the customer did to what they did next."""

    entry: str
    began_at: Time
    ended_at: Time
    parts: list[Part]


class TimelineRun(RunSummary):
    """A run of the conversation."""

    name: str


class Timeline(Shown):
    """A stretch of a conversation, joined."""

    items: list[TimelineItem]
    spans: list[Span]
    runs: list[TimelineRun]
    under_way: list[Act] = Field(description="Acts that were sent and have no answer yet.")
    last: int = Field(description="The `seq` of the last item: ask on from here.")
    more: bool = Field(description="Whether there are later ones.")


@router.get("/{id}/timeline", summary="Read the log, joined")
async def get_timeline(
    who: Member, id: ConversationId, after: After = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 500
) -> Timeline:
    """Each entry with its redacted request and answer, its approval, and how long what took."""
    found = await joining.timeline(who.services, who.workspace, id, after, limit)
    deciding = await deciding_of(who)
    return Timeline(
        items=[_item(one, deciding) for one in found.items],
        spans=[Span.model_validate(one) for one in found.spans],
        runs=[TimelineRun(**RunSummary.model_validate(one.row).model_dump(), name=one.name) for one in found.runs],
        under_way=[Act.model_validate(one) for one in found.under_way],
        last=found.last,
        more=found.more,
    )


def _item(one: joining.Item, deciding: Deciding) -> TimelineItem:
    return TimelineItem(
        **Entry.model_validate(one.entry).model_dump(),
        id=one.id,
        group=one.group,
        act=None if one.act is None else Act.model_validate(one.act),
        approval=None if one.approval is None else Approval.model_validate(shown(one.approval, deciding)),
    )
