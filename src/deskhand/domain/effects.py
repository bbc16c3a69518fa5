"""What the engine wants done: the interpreter describes effects and performs none of them."""

from typing import Literal

from deskhand.domain.acts import (
    Act,
    Call,
    CallHttp,
    CallTool,
    CreateLead,
    CreateTicket,
    Handling,
    Phrase,
    Priority,
    Resolve,
    RunScript,
    SendEmail,
    Tag,
)
from deskhand.domain.citation import Citation
from deskhand.domain.deciding import Rights
from deskhand.domain.edits import Editable, Revised
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.shown import ShownButton, ShownComponent, ShownForm


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
        return self.act.repeatable and not self.irreversible


class Say(Record):
    """Tell the customer something."""

    kind: Literal["say"] = "say"
    text: str
    cites: tuple[Citation, ...] = ()


class Read(Record):
    """Let a model understand what the customer wrote."""

    kind: Literal["read"] = "read"
    reading: str
    until: int
    """When it is understood without the model, in milliseconds since 1970."""


class ReadingDone(Record):
    """A model's time for understanding is no longer watched."""

    kind: Literal["reading_done"] = "reading_done"
    reading: str


class ShowOffer(Record):
    """Put a procedure before the customer, who decides whether it runs."""

    kind: Literal["show_offer"] = "show_offer"
    offer: str
    procedure: str
    name: str
    text: str
    why: str
    until: int
    """When silence counts as no answer, in milliseconds since 1970."""


class CloseOffer(Record):
    """What the customer made of an offer."""

    kind: Literal["close_offer"] = "close_offer"
    offer: str
    procedure: str
    status: Literal["accepted", "declined", "ignored"]


class Unanswered(Record):
    """The customer asked something that nothing here answers."""

    kind: Literal["unanswered"] = "unanswered"
    text: str


class Ask(Record):
    """Ask the customer something; `choices` can be clicked."""

    kind: Literal["ask"] = "ask"
    text: str
    question: str
    choices: tuple[str, ...] = ()


class ShowForm(Record):
    """Put a form before the customer."""

    kind: Literal["show_form"] = "show_form"
    question: str
    form: ShownForm
    errors: dict[str, str] = {}
    """What is wrong with what was submitted before, by field."""


class ShowButton(Record):
    """Put something to click before the customer."""

    kind: Literal["show_button"] = "show_button"
    question: str
    button: ShownButton


class Suggest(Record):
    """Put questions before the customer that they can send with a click."""

    kind: Literal["suggest"] = "suggest"
    text: str = ""
    suggestions: tuple[str, ...]


class ShowComponent(Record):
    """Put a film, a picture, a flow of pages or an element of the host page before the customer."""

    kind: Literal["show_component"] = "show_component"
    question: str
    text: str = ""
    component: ShownComponent
    errors: dict[str, str] = {}
    """What is wrong with what a flow's fields held before, by field."""


class ComponentDone(Record):
    """The customer is through with a component."""

    kind: Literal["component_done"] = "component_done"
    question: str
    run: str


class SwitchTopic(Record):
    """From here on answers come from one slice of the knowledge, or from all of it."""

    kind: Literal["switch_topic"] = "switch_topic"
    topic: str | None


class RunInBrowser(Record):
    """Let the customer's page run a script, once; it answers with the question's name."""

    kind: Literal["run_in_browser"] = "run_in_browser"
    question: str
    run: str
    script: str
    inputs: dict[str, Json]
    until: int
    """When its answer is no longer waited for, in milliseconds since 1970."""


class BrowserDone(Record):
    """What became of a script in the customer's page."""

    kind: Literal["browser_done"] = "browser_done"
    run: str
    seq: int
    step: str
    question: str
    outcome: Literal["succeeded", "failed", "unknown"]
    value: Json = None
    problem: str | None = None
    milliseconds: int | None = None


class Guarded(Record):
    """The engine did not let an action be carried out, or skipped it; the reason is for the members."""

    kind: Literal["guarded"] = "guarded"
    run: str
    step: str
    action: str
    rule: str
    reason: str


class Reserve(Record):
    """Take one of the places that an `at most` rule has for a value; the commit fails where it is taken."""

    kind: Literal["reserve"] = "reserve"
    action: str
    value: str
    slot: int
    run: str


class Unreserve(Record):
    """Give a place back: what it was for did not happen."""

    kind: Literal["unreserve"] = "unreserve"
    action: str
    value: str
    slot: int
    run: str


Why = Literal["required", "irreversible_step", "irreversible_procedure", "irreversible_caller", "outcome"]


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
    sensitive: tuple[str, ...] = sparse(())
    """Values that nobody may read in it."""
    why: Why = "required"
    """What the rule stands for."""
    version: int = 0
    """Of the procedure."""
    goes_to: str | None = sparse(None)
    """The step that the run goes on with when nobody decides in time."""
    rights: Rights = sparse(Rights())
    asks_again: bool = sparse(False)
    """Whether the customer has said yes to it, and is asked again where it is edited."""
    editable: tuple[Editable, ...] = sparse(())
    revised: Revised | None = sparse(None)


class ReviseApproval(Record):
    """A member has edited the request of an approval: from now on it is about this act."""

    kind: Literal["revise_approval"] = "revise_approval"
    request: RequestApproval


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
    available: bool | None = sparse(None)
    """Whether somebody will answer now; None where the customer is told nothing of it."""
    to: str | None = sparse(None)
    """The channel of the outside system whose people answer; None for the workspace's own inbox."""


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
    | Read
    | ReadingDone
    | ShowOffer
    | CloseOffer
    | Unanswered
    | Ask
    | ShowForm
    | ShowButton
    | Suggest
    | ShowComponent
    | ComponentDone
    | SwitchTopic
    | RunInBrowser
    | BrowserDone
    | Guarded
    | Reserve
    | Unreserve
    | RequestApproval
    | ReviseApproval
    | CloseApproval
    | Notify
    | HandOver
    | StartProcedure
    | Complete
)

__all__ = [
    "Act", "Ask", "BrowserDone", "Call", "CallHttp", "CallTool", "CloseApproval", "CloseOffer", "Complete",
    "ComponentDone", "CreateLead", "CreateTicket", "Effect", "Forgo", "Guarded", "HandOver", "Handling", "Intend",
    "Notify", "Perform", "Phrase", "Priority", "Read", "ReadingDone", "RequestApproval", "Reserve", "Resolve",
    "ReviseApproval", "RunInBrowser", "RunScript", "Say", "SendEmail", "ShowButton", "ShowComponent", "ShowForm",
    "ShowOffer", "StartProcedure", "Suggest", "SwitchTopic", "Tag", "Unanswered", "Unreserve",
]  # fmt: skip
