"""What one turn writes, in one transaction, and what it reads to begin."""

from dataclasses import dataclass
from typing import Literal

from deskhand.domain.errors import DeskhandError

EffectStatus = Literal["intended", "sent", "failed", "succeeded", "unknown", "lapsed"]


class Conflict(DeskhandError):
    """Another turn of this conversation was committed in the meantime."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A place of an `at most` rule: the first `slot` numbers of an action and a value can be taken once each."""

    action: str
    value: str
    """A digest: nothing can be read in it."""
    slot: int
    run: str


class AlreadyReserved(DeskhandError):
    """Another conversation holds that place; nothing was written."""

    def __init__(self, reservation: Reservation) -> None:
        super().__init__()
        self.reservation = reservation


class DuplicateEvent(DeskhandError):
    """An event with this id was committed before."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation's row."""

    version: int
    seq: int
    state: str | None
    """The stored form of `domain.state.Conversation`; None where the caller knows this version."""
    catalogue: int
    """The number of the workspace's catalogue: it changes whenever something is published or archived."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log: messages, timeline and stream are views of it."""

    seq: int
    kind: str
    at: int
    body: str
    """JSON."""
    visible_to: Literal["all", "members"] = "members"
    run: str | None = None
    event_id: str | None = None
    """Given by the sender of the event; unique in the conversation."""


@dataclass(frozen=True, slots=True)
class RunChange:
    """A run that began, changed what it waits for, or ended."""

    id: str
    procedure: str
    version: int
    status: str
    waiting: str | None
    """What it waits for (`answer`, `approval`, …), or None."""
    step: str
    at: int
    new: bool = False
    state: str | None = None
    """The stored form of the run, written when it ends."""


@dataclass(frozen=True, slots=True)
class EffectChange:
    """A row of the effect journal: new ones carry the request, later ones what became of it."""

    run: str
    seq: int
    status: EffectStatus
    at: int
    new: bool = False
    kind: str = ""
    step: str = ""
    key: str = ""
    request: str | None = None
    """JSON: the act, secrets as marks."""
    response: str | None = None
    """JSON: status, body or problem."""
    action: str | None = None
    """The action that it uses, for the execution log."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event for a webhook, sent after the turn is committed."""

    id: str
    webhook: str
    event: str
    body: str
    """JSON: exactly what is signed and sent."""
    at: int
    conversation: str | None = None
    """Given where it must not overtake another one of this conversation."""
    seq: int | None = None
    """Its place among those."""


@dataclass(frozen=True, slots=True)
class ApprovalChange:
    """A new approval with its card, or the end of one."""

    id: str
    status: str
    at: int
    new: bool = False
    about: str = "approval"
    run: str = ""
    seq: int = 0
    procedure: str = ""
    card: str = ""
    """JSON: everything that a member needs for deciding."""
    expires_at: int | None = None
    by: str | None = None
    reason: str | None = None
    rights: str = ""
    """JSON: who may decide."""
    revised: bool = False
    """Whether only its request was edited: it still waits."""


@dataclass(frozen=True, slots=True)
class DueChange:
    """A wake-up to add (`at` given) or to take away."""

    kind: str
    ref: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A support ticket."""

    number: int
    subject: str
    description: str
    email: str
    name: str
    priority: str
    run: str
    at: int


@dataclass(frozen=True, slots=True)
class Lead:
    """A captured lead."""

    id: str
    email: str
    name: str
    phone: str
    company: str
    message: str
    run: str | None
    """None where the customer left it in a form."""
    at: int


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who or what did what; append-only."""

    id: str
    at: int
    actor: str
    action: str
    subject: str
    body: str = "{}"


@dataclass(frozen=True, slots=True)
class TurnCommit:
    """Everything that one turn writes: all of it or nothing."""

    workspace: str
    conversation: str
    expected: int
    """The version that the turn began with; 0 makes the conversation."""
    seq: int
    """The number of the last log entry after this turn."""
    state: str
    status: str
    mode: str
    channel: str
    at: int
    entries: tuple[Entry, ...] = ()
    runs: tuple[RunChange, ...] = ()
    effects: tuple[EffectChange, ...] = ()
    approvals: tuple[ApprovalChange, ...] = ()
    due: tuple[DueChange, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    leads: tuple[Lead, ...] = ()
    audit: tuple[AuditRow, ...] = ()
    reserve: tuple[Reservation, ...] = ()
    release: tuple[Reservation, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
