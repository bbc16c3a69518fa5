"""What approvals look like to clients."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue

from deskhand.api.auth import Caller
from deskhand.api.languages import Told
from deskhand.api.models import Asked, EventOptions, Listing, Shown, Text, Time, load_json
from deskhand.application.approvals import Deciding, rights_of
from deskhand.domain.deciding import Decider, Role
from deskhand.domain.lapsing import Lapse, lapse_of
from deskhand.domain.values import TypeName
from deskhand.ports.stores import ApprovalRow


class EditableValue(Shown):
    """A value that the request was made of, and that may be edited before it is approved."""

    name: str
    label: str
    description: str = ""
    type: TypeName
    choices: list[str]
    value: JsonValue = Field(description="Null where it has none, and where nobody may read it.")
    required: bool = True
    sensitive: bool = Field(description="It can be replaced, never read.")
    max_length: int | None = None


class EditedValue(Shown):
    """What one edit made of one value."""

    name: str
    label: str
    before: JsonValue
    after: JsonValue


class Revision(Shown):
    """One edit."""

    by: str
    at: Time
    changes: list[EditedValue]


class Edited(Shown):
    """The request's first form, and the edits since then."""

    request: dict[str, JsonValue]
    description: str
    revisions: list[Revision]


class CardContact(Shown):
    """Who the customer is, as far as that was known."""

    id: str | None = None
    name: str | None = None
    email: str | None = None


class Card(Shown):
    """Everything that a member needs for deciding."""

    description: str = Field(description="What is going to be done, in the builder's words.")
    procedure: str
    version: int | None = Field(default=None, description="The procedure's version.")
    step: str
    why: str | None = Field(
        default=None,
        description="The rule's name: `required`, `irreversible_step`, `irreversible_procedure`, "
        "`irreversible_caller`, `outcome`.",
    )
    rule: Told = Field(description="Why a decision is asked for.")
    act: str = Field(description="`call_http`, `send_email`, `create_ticket`, …")
    request: dict[str, JsonValue] = Field(description="Exactly what will be sent; secrets by name only.")
    variables: dict[str, JsonValue] = Field(description="Everything collected so far.")
    words: str = Field(description="What the customer wrote.")
    after_expiry: str = Field(default="", description="What happens when nobody decides in time.")
    goes_to: str | None = Field(default=None, description="The step that the run then goes on with, if any.")
    agent: str | None = Field(default=None, description="The agent that asks, by its slug.")
    for_member: bool = Field(default=False, description="Whether the team's assistant asks, for a member.")
    channel: str | None = None
    contact: CardContact | None = None
    entry: int | None = Field(default=None, description="The entry of the conversation's log that tells of it.")
    asks_again: bool = Field(
        default=False, description="Whether the customer has agreed to it, and is asked again where it is edited."
    )
    editable: list[EditableValue] = Field(default=[], description="What may be edited before it is approved.")
    edited: Edited | None = Field(default=None, description="Set where the request was edited.")


class WhyNot(Shown):
    """Why the caller may not decide."""

    why: Literal["role", "members", "four_eyes_key", "four_eyes_published", "four_eyes_edited"]
    sentence: Told


class ApproversShown(Shown):
    """Who may decide; neither a role nor members: everybody."""

    role: Role | None
    members: list[str]


class Approval(Shown):
    """A run that waits for a decision, or waited for one."""

    id: str
    conversation: str
    run: str
    about: Literal["approval", "outcome"] = Field(
        description="`approval`: may it be done? `outcome`: nobody knows whether it was done; a member has to find out."
    )
    procedure: str
    slug: str = Field(description="The procedure's slug; `action:…` for an action that the agent uses directly.")
    status: str = Field(description="`pending`, `approved`, `rejected`, `expired`, `lapsed`, …")
    requested_at: Time
    expires_at: Time | None
    decided_at: Time | None
    decided_by: str | None
    reason: str | None = Field(description="Why it was rejected or has lapsed; customers never see it.")
    lapsed: Lapse | None = Field(description="The name of the reason for which it has lapsed.")
    act: str | None = Field(
        description="What became of the act: `intended` (waits, be it for the customer's yes), `sent`, `succeeded`, "
        "`failed`, `unknown`, or `lapsed` (it was given up)."
    )
    conversation_with: Literal["agent", "member"] = Field(
        description="With `member`, somebody has taken the conversation over: it can be rejected, not approved."
    )
    approvers: ApproversShown = Field(description="Who may decide.")
    revision: int = Field(description="How often the request was edited; approving names it as `based_on`.")
    four_eyes: bool = Field(description="Whether an edit waits for somebody else's approval.")
    may_decide: bool = Field(description="Whether you may decide it; false once it is decided.")
    why_not: WhyNot | None = Field(description="Why you may not, while it waits.")
    card: Annotated[Card, BeforeValidator(load_json)]


class ApprovalDetail(Approval):
    """One approval."""

    began_with: int | None = Field(
        description="The entry of the conversation's log in which the customer asked for it."
    )


class ApprovalPage(Listing[Approval]):
    """A page of approvals."""


class Waiting(Shown):
    """How many wait."""

    pending: int = Field(description="Approvals that you may decide.")
    outcomes: int = Field(description="Outcomes that nobody knows, and that you may find out.")
    others: int = Field(description="What waits for other members alone.")


class Approve(EventOptions):
    """How to approve."""

    values: dict[str, JsonValue] = Field(
        default={}, max_length=100, description="Values to send in place of the card's `editable` ones, by their names."
    )
    based_on: int = Field(default=0, ge=0, description="The `revision` that you have looked at.")


class Rejection(EventOptions):
    """Why it must not be done."""

    reason: Text = Field(description="For colleagues; the customer does not see it.")


class Outcome(EventOptions):
    """What became of an act whose answer never came."""

    decision: Literal["happened", "retry", "take_over"] = Field(
        description="`happened`: it was done; `retry`: it was not, send it again; `take_over`: a person goes on."
    )
    reason: Text | None = None


class ApprovalSettings(Asked):
    """What goes for all approvals."""

    four_eyes: bool = Field(
        description="Nobody may approve what they themselves published or edited, and API keys decide nothing."
    )


def decider_of(who: Caller) -> Decider:
    """The caller as somebody who wants to decide."""
    email = who.signed.member.email if who.signed else None
    return Decider(name=who.by, member=who.member, role=who.role, email=email)


async def deciding_of(who: Caller) -> Deciding:
    """What the caller may decide."""
    return await Deciding.of(who.services.stores, who.workspace, decider_of(who))


def shown(row: ApprovalRow, deciding: Deciding) -> dict[str, Any]:
    """An approval's fields, for this caller."""
    card = Card.model_validate(load_json(row.card))
    approvers = rights_of(row.rights).approvers
    pending = row.status == "pending"
    why_not = deciding.barred(row) if pending else None
    known = {name: getattr(row, name) for name in _STORED}
    return known | {
        "card": card,
        "lapsed": lapse_of(row.reason) if row.status == "lapsed" else None,
        "conversation_with": "member" if row.mode == "member" and not card.for_member else "agent",
        "approvers": {"role": approvers.role, "members": approvers.members},
        "revision": len(card.edited.revisions) if card.edited else 0,
        "four_eyes": deciding.four_eyes,
        "may_decide": pending and why_not is None,
        "why_not": why_not,
    }


_STORED = (
    "id", "conversation", "run", "about", "procedure", "slug", "status", "requested_at", "expires_at", "decided_at",
    "decided_by", "reason", "act",
)  # fmt: skip
