"""What the engine wants done: the interpreter describes effects and performs none of them."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.model import Json, Record
from deskhand.domain.requests import RenderedRequest

Priority = Literal["LOW", "MEDIUM", "HIGH", "URGENT"]


class CallHttp(Record):
    """Send exactly this request, once."""

    kind: Literal["call_http"] = "call_http"
    request: RenderedRequest

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        """Whether it changes something out there that could be irreversible."""
        return not self.request.read_only

    def shown(self) -> dict[str, object]:
        return self.request.shown()


class SendEmail(Record):
    """Send one e-mail."""

    kind: Literal["send_email"] = "send_email"
    to: str
    subject: str
    body: str

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        return True

    def shown(self) -> dict[str, object]:
        return self.model_dump(exclude={"kind"})


class _Own(Record):
    """An effect on Deskhand's own records: it is carried out by the commit itself."""

    @property
    def outward(self) -> bool:
        return False

    @property
    def changes(self) -> bool:
        return False

    def shown(self) -> dict[str, object]:
        return self.model_dump(exclude={"kind"}, exclude_defaults=True)


class CreateTicket(_Own):
    """Open a support ticket; its result is `ticketId`."""

    kind: Literal["create_ticket"] = "create_ticket"
    subject: str
    description: str = ""
    email: str = ""
    name: str = ""
    priority: Priority = "MEDIUM"


class CreateLead(_Own):
    """Record the customer as a lead; its result is `leadId`."""

    kind: Literal["create_lead"] = "create_lead"
    email: str
    name: str = ""
    phone: str = ""
    company: str = ""
    message: str = ""


class Tag(_Own):
    """Put a tag on the conversation."""

    kind: Literal["tag"] = "tag"
    tag: str


class Resolve(_Own):
    """Mark the conversation as resolved."""

    kind: Literal["resolve"] = "resolve"


Act = Annotated[CallHttp | SendEmail | CreateTicket | CreateLead | Tag | Resolve, Field(discriminator="kind")]
"""What a step does, and what an approval or a confirmation is bound to."""


class _Journaled(Record):
    run: str
    seq: int
    step: str
    key: str
    """The idempotency key that travels with it."""
    act: Act
    irreversible: bool = False
    """Never repeated by the machine."""


class Intend(_Journaled):
    """Note an act that waits for an approval or a confirmation."""

    kind: Literal["intend"] = "intend"


class Forgo(Record):
    """An intended act will not be carried out."""

    kind: Literal["forgo"] = "forgo"
    run: str
    seq: int


class Perform(_Journaled):
    """Carry out an act; its result comes back as an event with the same run and seq."""

    kind: Literal["perform"] = "perform"
    intended: bool = False
    """Whether it was noted before."""

    @property
    def repeatable(self) -> bool:
        """Whether the machine may do it again when nobody knows whether it happened."""
        return isinstance(self.act, CallHttp) and self.act.request.idempotent and not self.irreversible


class Say(Record):
    """Tell the customer something."""

    kind: Literal["say"] = "say"
    text: str


class Ask(Record):
    """Ask the customer something; `choices` can be clicked."""

    kind: Literal["ask"] = "ask"
    text: str
    question: str
    choices: tuple[str, ...] = ()


class RequestApproval(Record):
    """Put an act before the members: an approval, or an outcome that nobody knows."""

    kind: Literal["request_approval"] = "request_approval"
    approval: str
    about: Literal["approval", "outcome"]
    run: str
    seq: int
    step: str
    key: str
    act: Act
    description: str
    procedure: str
    rule: str
    variables: dict[str, Json]
    words: str
    expires_at: int | None
    after_expiry: str = ""
    """What happens when nobody decides in time."""


class CloseApproval(Record):
    """An approval is over: decided by a member, expired, or lapsed because what it was for has gone."""

    kind: Literal["close_approval"] = "close_approval"
    approval: str
    status: Literal["approved", "rejected", "expired", "lapsed", "happened", "retried", "taken_over"]
    by: str
    reason: str | None = None
    run: str
    seq: int


class Notify(Record):
    """Tell the members, in real time."""

    kind: Literal["notify"] = "notify"
    run: str
    step: str
    description: str


class HandOver(Record):
    """Hand the conversation over to a person; the reason is for the members."""

    kind: Literal["hand_over"] = "hand_over"
    reason: str
    run: str | None = None


class StartProcedure(Record):
    """Run another procedure on top of this run."""

    kind: Literal["start_procedure"] = "start_procedure"
    procedure: str
    arguments: dict[str, Json]


class Complete(Record):
    """A run is over."""

    kind: Literal["complete"] = "complete"
    run: str
    procedure: str
    outcome: Literal["completed", "escalated", "cancelled", "failed"]
    step: str


Effect = (
    Intend
    | Forgo
    | Perform
    | Say
    | Ask
    | RequestApproval
    | CloseApproval
    | Notify
    | HandOver
    | StartProcedure
    | Complete
)
