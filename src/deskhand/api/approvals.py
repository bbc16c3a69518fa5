"""Approvals: what waits for a member's decision, and the decisions."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field, JsonValue

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Receipt, post
from deskhand.api.models import ApprovalId, Cursor, EventOptions, Limit, Listing, Shown, Text, Time, Wait, load_json
from deskhand.domain.events import Decided, Decision

router = APIRouter(prefix="/v1/approvals", tags=["Approvals"], route_class=KeyedRoute)


class Card(Shown):
    """Everything that a member needs for deciding."""

    description: str = Field(description="What is going to be done, in the builder's words.")
    procedure: str
    step: str
    rule: str = Field(description="Why a decision is asked for.")
    act: str = Field(description="`call_http`, `send_email`, `create_ticket`, …")
    request: dict[str, JsonValue] = Field(description="Exactly what will be sent; secrets by name only.")
    variables: dict[str, JsonValue] = Field(description="Everything collected so far.")
    words: str = Field(description="What the customer wrote.")
    after_expiry: str = Field(default="", description="What happens when nobody decides in time.")


class Approval(Shown):
    """A run that waits for a decision, or waited for one."""

    id: str
    conversation: str
    run: str
    about: Literal["approval", "outcome"] = Field(
        description="`approval`: may it be done? `outcome`: nobody knows whether it was done; a member has to find out."
    )
    procedure: str
    status: str = Field(description="`pending`, `approved`, `rejected`, `expired`, `lapsed`, …")
    requested_at: Time
    expires_at: Time | None
    decided_at: Time | None
    decided_by: str | None
    reason: str | None = Field(description="Why it was rejected; customers never see it.")
    card: Annotated[Card, BeforeValidator(load_json)]


class ApprovalPage(Listing[Approval]):
    """A page of approvals."""


class Rejection(EventOptions):
    """Why it must not be done."""

    reason: Text = Field(description="For colleagues; the customer does not see it.")


class Outcome(EventOptions):
    """What became of an act whose answer never came."""

    decision: Literal["happened", "retry", "take_over"] = Field(
        description="`happened`: it was done; `retry`: it was not, send it again; `take_over`: a person goes on."
    )
    reason: Text | None = None


@router.get("", summary="List approvals")
async def list_approvals(
    who: Member,
    status: Annotated[Literal["pending", "all"], Query(description="Decided ones too?")] = "pending",
    conversation: Annotated[str | None, Query(pattern="^conv_[0-9a-f]{32}$")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ApprovalPage:
    """What waits for a decision, newest first."""
    wanted = None if status == "all" else status
    page = await who.services.stores.conversations.approvals(
        who.workspace, status=wanted, conversation=conversation, cursor=cursor, limit=limit
    )
    return ApprovalPage.model_validate(page)


@router.get("/{id}", summary="Look at an approval")
async def get_approval(who: Member, id: ApprovalId) -> Approval:
    """One approval with its card."""
    return Approval.model_validate(await who.services.stores.conversations.approval(who.workspace, id))


@router.post("/{id}/approve", summary="Approve")
async def approve(who: Member, id: ApprovalId, options: EventOptions | None = None, wait: Wait = 10) -> Receipt:
    """Let it be done: exactly the request on the card is sent."""
    return await _decide(who, id, "approve", options, wait)


@router.post("/{id}/reject", summary="Reject")
async def reject(who: Member, id: ApprovalId, rejection: Rejection, wait: Wait = 10) -> Receipt:
    """Keep it from being done; the conversation goes to a person."""
    return await _decide(who, id, "reject", rejection, wait, rejection.reason)


@router.post("/{id}/outcome", summary="Tell an outcome")
async def tell_outcome(who: Member, id: ApprovalId, outcome: Outcome, wait: Wait = 10) -> Receipt:
    """Say whether an act happened whose answer never came."""
    return await _decide(who, id, outcome.decision, outcome, wait, outcome.reason)


async def _decide(
    who: Caller, id: str, decision: Decision, options: Any, wait: float, reason: str | None = None
) -> Receipt:
    row = await who.services.stores.conversations.approval(who.workspace, id)
    event = Decided(approval=id, decision=decision, by=who.by, reason=reason)
    return await post(who, row.conversation, event, options.event_id if options else None, wait)
