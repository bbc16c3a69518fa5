"""Approvals: what waits for a member's decision, and the decisions."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from deskhand.api.approval_models import (
    Approval,
    ApprovalDetail,
    ApprovalPage,
    ApprovalSettings,
    Approve,
    Outcome,
    Rejection,
    Waiting,
    decider_of,
    deciding_of,
    shown,
)
from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Receipt, post
from deskhand.api.errors import Forbidden
from deskhand.api.models import ApprovalId, Cursor, EventOptions, Limit, Wait
from deskhand.application.approval_settings import ApprovalSettings as Settings
from deskhand.application.approval_settings import approval_settings, put_approval_settings
from deskhand.application.approvals import already
from deskhand.domain.errors import RuleError
from deskhand.domain.events import Decided, Decision

router = APIRouter(prefix="/v1/approvals", tags=["Approvals"], route_class=KeyedRoute)
settings = APIRouter(prefix="/v1/settings", tags=["Approvals"], route_class=KeyedRoute)

Status = Literal[
    "pending", "decided", "all", "approved", "rejected", "expired", "lapsed", "happened", "retried", "taken_over"
]


@router.get("", summary="List approvals")
async def list_approvals(
    who: Member,
    status: Annotated[Status, Query(description="`decided`: all that no longer wait.")] = "pending",
    about: Annotated[Literal["approval", "outcome"] | None, Query()] = None,
    procedure: Annotated[str | None, Query(max_length=80, description="The procedure's slug.")] = None,
    conversation: Annotated[str | None, Query(pattern="^conv_[0-9a-f]{32}$")] = None,
    mine: Annotated[bool, Query(description="Only what waits and you may decide.")] = False,
    since: Annotated[datetime | None, Query(description="Asked for from then on.")] = None,
    until: Annotated[datetime | None, Query(description="Asked for before then.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ApprovalPage:
    """What waits for a decision, or what was decided, newest first."""
    deciding = await deciding_of(who)
    page = await who.services.stores.conversations.approvals(
        who.workspace,
        status="pending" if mine else None if status == "all" else status,
        about=about,
        procedure=procedure,
        conversation=conversation,
        since=_milliseconds(since),
        until=_milliseconds(until),
        rights=await deciding.mine() if mine else None,
        cursor=cursor,
        limit=limit,
    )
    items = [Approval.model_validate(shown(row, deciding)) for row in page.items]
    if mine:  # the same rights can let somebody find out an outcome, and keep them from approving
        items = [one for one in items if one.may_decide]
    return ApprovalPage(items=items, cursor=page.cursor)


@router.get("/count", summary="Count what waits")
async def count_approvals(who: Member) -> Waiting:
    """How much waits for you, and for others."""
    return Waiting.model_validate(await (await deciding_of(who)).waits())


@router.get("/{id}", summary="Look at an approval")
async def get_approval(who: Member, id: ApprovalId) -> ApprovalDetail:
    """One approval with its card."""
    store = who.services.stores.conversations
    row = await store.approval(who.workspace, id)
    began = await store.began_with(who.workspace, row.conversation, row.run)
    return ApprovalDetail.model_validate({**shown(row, await deciding_of(who)), "began_with": began})


@router.post("/{id}/approve", summary="Approve")
async def approve(who: Member, id: ApprovalId, approval: Approve | None = None, wait: Wait = 10) -> Receipt:
    """Let it be done: exactly the request on the card is sent, or the one with the edited `values`.

    A customer who had agreed to the first form is asked again. With four eyes an edit waits for somebody else.
    """
    wanted = approval or Approve()
    return await _decide(who, id, "approve", wanted, wait, values=wanted.values, based_on=wanted.based_on)


@router.post("/{id}/reject", summary="Reject")
async def reject(who: Member, id: ApprovalId, rejection: Rejection, wait: Wait = 10) -> Receipt:
    """Keep it from being done; the conversation goes to a person."""
    return await _decide(who, id, "reject", rejection, wait, reason=rejection.reason)


@router.post("/{id}/outcome", summary="Tell an outcome")
async def tell_outcome(who: Member, id: ApprovalId, outcome: Outcome, wait: Wait = 10) -> Receipt:
    """Say whether an act happened whose answer never came."""
    return await _decide(who, id, outcome.decision, outcome, wait, reason=outcome.reason)


@settings.get("/approvals", summary="How approvals are decided")
async def get_approval_settings(who: Member) -> ApprovalSettings:
    """What goes for all approvals."""
    found = await approval_settings(who.services.stores, who.workspace)
    return ApprovalSettings(four_eyes=found.four_eyes)


@settings.put("/approvals", summary="Change how approvals are decided")
async def put_approvals_settings(who: Builder, wanted: ApprovalSettings) -> ApprovalSettings:
    """From the next decision on. Takes an owner."""
    if who.role != "owner":
        raise Forbidden("How approvals are decided is an owner's to say.")
    services = who.services
    await put_approval_settings(
        services.stores, services.clock, who.workspace, Settings(four_eyes=wanted.four_eyes), who.by
    )
    return wanted


async def _decide(who: Caller, id: str, decision: Decision, options: EventOptions, wait: float, **more: Any) -> Receipt:
    """Give the decision to the engine. Raises MayNotDecide, UnfitEdit, and RuleError where it was decided already."""
    store = who.services.stores.conversations
    row = await store.approval(who.workspace, id)
    event = Decided(approval=id, decision=decision, by=who.by, decider=decider_of(who), **more)
    try:
        return await post(who, row.conversation, event, options.event_id, wait)
    except RuleError:
        done = already(await store.approval(who.workspace, id))
        if done is not None:
            raise done from None
        raise


def _milliseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
