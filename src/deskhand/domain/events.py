"""What can happen to a conversation, and to one run of it."""

from typing import Literal

from deskhand.domain.attachments import Attachment
from deskhand.domain.citation import Citation
from deskhand.domain.commands import Command
from deskhand.domain.contact import Contact
from deskhand.domain.deciding import Decider
from deskhand.domain.model import Json, Record, sparse

Decision = Literal["approve", "reject", "expire", "happened", "retry", "take_over"]


class Said(Record):
    """The customer wrote something; the commands are what was understood from it."""

    kind: Literal["said"] = "said"
    text: str
    commands: tuple[Command, ...] = ()
    later: bool = sparse(False)
    """Whether it is still to be understood, by a model, outside of this turn."""
    earlier: bool = sparse(False)
    """Whether it was written before what stands before the customer now: it can be no yes to that."""
    passages: dict[str, Citation] = sparse({})
    """Where the passages are from that an answer among the commands may cite, by their ids."""
    attachments: tuple[Attachment, ...] = sparse(())
    """Files that came with it; a message without words has their names for a text."""


class ReadUnread(Record):
    """Messages wait to be understood by a model, and nothing stands in the way."""

    kind: Literal["read_unread"] = "read_unread"


class Understood(Record):
    """What a model, or whoever stood in for it, understood of messages."""

    kind: Literal["understood"] = "understood"
    reading: str
    commands: tuple[Command, ...] = ()
    passages: dict[str, Citation] = sparse({})


class ReadingLate(Record):
    """A model had its time: whatever it still says, the messages are understood without it."""

    kind: Literal["reading_late"] = "reading_late"
    reading: str


class FeedbackGiven(Record):
    """The customer's thumbs up or down for something the agent said."""

    kind: Literal["feedback_given"] = "feedback_given"
    reaction: Literal["positive", "negative"]
    about: int | None = None
    """The number of the entry that it is about; what was said last, where none is given."""
    reason: str = ""


class OfferLate(Record):
    """The customer has left an offer unanswered for long."""

    kind: Literal["offer_late"] = "offer_late"
    offer: str


class TopicSwitched(Record):
    """From here on answers come from one slice of the knowledge, or from all of it."""

    kind: Literal["topic_switched"] = "topic_switched"
    topic: str | None
    by: str


class Assisted(Record):
    """A member asks an agent of the team to do something on behalf of the customer."""

    kind: Literal["assisted"] = "assisted"
    by: str
    agent: str
    text: str = ""
    question: str | None = None
    """The question that a click answers."""
    choice: str | None = None
    values: dict[str, Json] | None = None
    """A form that was filled in."""
    commands: tuple[Command, ...] = ()
    passages: dict[str, Citation] = sparse({})
    later: bool = sparse(False)


class Clicked(Record):
    """The customer clicked a choice of a question."""

    kind: Literal["clicked"] = "clicked"
    question: str
    choice: str


class FormSubmitted(Record):
    """The customer submitted a form."""

    kind: Literal["form_submitted"] = "form_submitted"
    question: str
    values: dict[str, Json] = {}


class BrowserReturned(Record):
    """The customer's page ran a script: a result, or what went wrong; or nothing came in time."""

    kind: Literal["browser_returned"] = "browser_returned"
    question: str
    ok: bool
    value: Json = None
    error: str | None = None
    milliseconds: int | None = None
    timed_out: bool = False


class ComponentReturned(Record):
    """The customer is through with a component; what it gave is a stranger's."""

    kind: Literal["component_returned"] = "component_returned"
    question: str
    value: Json = None


class Identified(Record):
    """The host page or a program says who the customer is; what was established before counts no longer."""

    kind: Literal["identified"] = "identified"
    contact: Contact
    user: str | None = sparse(None)
    """Set where the host page proved it over the widget: from then on the conversation is theirs alone."""


class Visited(Record):
    """A visitor opened the widget and begins to talk; what the host page says of them is not proved."""

    kind: Literal["visited"] = "visited"
    url: str = ""
    title: str = ""
    attributes: dict[str, Json] = {}
    variables: dict[str, Json] = {}
    """Values for what begins later."""


class VariablesGiven(Record):
    """The host page says more, while the customer talks; nothing of it is proved."""

    kind: Literal["variables_given"] = "variables_given"
    variables: dict[str, Json] = {}
    """Values, which count like what the customer volunteers; null takes one away."""
    attributes: dict[str, Json] = {}
    """What members read of the customer."""
    language: str = ""
    """The one that the page speaks now, where it is another."""


class LeadGiven(Record):
    """The customer left their details, in a form beside the conversation."""

    kind: Literal["lead_given"] = "lead_given"
    lead: str
    """The identifier of the lead that it becomes."""
    email: str
    name: str = ""
    phone: str = ""
    company: str = ""
    message: str = ""


class StartRequested(Record):
    """A program, a member or the customer starts a procedure by name."""

    kind: Literal["start_requested"] = "start_requested"
    procedure: str
    arguments: dict[str, Json] = {}
    customer: bool = sparse(False)
    """Whether the customer picked it: then it has to be one for them, and the values are only what they say."""


class ActionRequested(Record):
    """A program, a member or a model uses an action directly."""

    kind: Literal["action_requested"] = "action_requested"
    action: str
    arguments: dict[str, Json] = {}


class Decided(Record):
    """A member decided, or the time for deciding is over."""

    kind: Literal["decided"] = "decided"
    approval: str
    decision: Decision
    by: str
    reason: str | None = None
    stale: bool = False
    """Whether what the request was made for has changed since it was put before the members."""
    changed: Literal["connection", "action"] = sparse("connection")
    """What it is that changed then."""
    values: dict[str, Json] = sparse({})
    """Values that the member has edited, by their names."""
    based_on: int = sparse(0)
    """How often the request had been edited when the member looked at it."""
    decider: Decider | None = sparse(None)
    """Who decides, where that is somebody whose right to do so is to be looked at."""


class EffectSucceeded(Record):
    """An act happened; `output` is what came of it."""

    kind: Literal["effect_succeeded"] = "effect_succeeded"
    run: str
    seq: int
    output: Json = None
    status: int | None = None
    problem: str | None = None
    """Why nobody knows what it answered, though it happened."""


class EffectFailed(Record):
    """An act did certainly not happen."""

    kind: Literal["effect_failed"] = "effect_failed"
    run: str
    seq: int
    problem: str
    status: int | None = None
    body: Json = None
    timed_out: bool = False
    answered: bool = False
    """Whether the other side said no: it was tried."""


class EffectUnknown(Record):
    """Nobody can say whether an act happened."""

    kind: Literal["effect_unknown"] = "effect_unknown"
    run: str
    seq: int
    problem: str


class Cancelled(Record):
    """What is going on shall stop."""

    kind: Literal["cancelled"] = "cancelled"
    by: str


class RunStopped(Record):
    """A member stops one run."""

    kind: Literal["run_stopped"] = "run_stopped"
    run: str
    by: str


class TakenOver(Record):
    """A member takes the conversation over."""

    kind: Literal["taken_over"] = "taken_over"
    by: str


class Replied(Record):
    """A member writes to the customer."""

    kind: Literal["replied"] = "replied"
    by: str
    text: str
    attachments: tuple[Attachment, ...] = sparse(())


class HandedBack(Record):
    """A member gives the conversation back to the agent."""

    kind: Literal["handed_back"] = "handed_back"
    by: str


class NoteAdded(Record):
    """A member writes something down for the other members; neither the customer nor a model ever reads it."""

    kind: Literal["note_added"] = "note_added"
    by: str
    text: str


class Assigned(Record):
    """A member says whose the conversation is, or that it is nobody's."""

    kind: Literal["assigned"] = "assigned"
    by: str
    member: str | None


class Tagged(Record):
    """A member adds tags to the conversation, and takes others away."""

    kind: Literal["tagged"] = "tagged"
    by: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class Resolved(Record):
    """A member marks the conversation as resolved."""

    kind: Literal["resolved"] = "resolved"
    by: str


Result = EffectSucceeded | EffectFailed | EffectUnknown
Event = (
    Said
    | Clicked
    | FormSubmitted
    | BrowserReturned
    | ComponentReturned
    | Identified
    | Visited
    | VariablesGiven
    | StartRequested
    | ActionRequested
    | Decided
    | EffectSucceeded
    | EffectFailed
    | EffectUnknown
    | Cancelled
    | RunStopped
    | TakenOver
    | Replied
    | HandedBack
    | NoteAdded
    | Assigned
    | Tagged
    | Resolved
    | ReadUnread
    | Understood
    | ReadingLate
    | FeedbackGiven
    | OfferLate
    | TopicSwitched
    | Assisted
    | LeadGiven
)


class Started(Record):
    """A run begins."""

    kind: Literal["started"] = "started"


class Answered(Record):
    """The customer answered: the whole message, and the values that were found in it."""

    kind: Literal["answered"] = "answered"
    text: str
    values: dict[str, Json] = {}


class Confirmed(Record):
    """The customer's answer to a confirmation: a deterministic yes or no, or neither."""

    kind: Literal["confirmed"] = "confirmed"
    yes: bool | None


class Pressed(Record):
    """The customer clicked the button that the run shows."""

    kind: Literal["pressed"] = "pressed"


class Submitted(Record):
    """The customer filled in the form that the run shows."""

    kind: Literal["submitted"] = "submitted"
    values: dict[str, Json] = {}


class ChildEnded(Record):
    """A procedure that this run called is over."""

    kind: Literal["child_ended"] = "child_ended"
    run: str
    outcome: str
    variables: dict[str, Json] = {}
    acted: bool = False
    """Whether it did something that cannot be taken back."""


RunEvent = (
    Started
    | Answered
    | Confirmed
    | Pressed
    | Submitted
    | BrowserReturned
    | ComponentReturned
    | ChildEnded
    | Decided
    | EffectSucceeded
    | EffectFailed
    | EffectUnknown
)
"""What can happen to one run."""
