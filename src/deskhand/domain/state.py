"""The state of a conversation and of its runs: plain data, stored in one row."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from deskhand.domain.actions import Action
from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.contact import Contact, LeadDetails
from deskhand.domain.edits import Revised
from deskhand.domain.effects import Act
from deskhand.domain.events import BrowserReturned, Result
from deskhand.domain.facts import Fact
from deskhand.domain.language_model import Spent
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.shown import ShownButton, ShownComponent, ShownField, ShownFlow, ShownForm
from deskhand.domain.values import TypeName
from deskhand.domain.widget import Visitor

Status = Literal["running", "completed", "escalated", "cancelled", "failed"]
OfferReason = Literal["request", "source", "feedback", "unanswered"]


class ForAnswer(Record):
    """A question stands before the customer."""

    kind: Literal["answer"] = "answer"
    variable: str
    type: TypeName = "text"
    choices: list[str] = []
    example: str | None = None
    prompt: str
    attempts: int = 0
    """Invalid answers so far."""
    sensitive: bool = sparse(False)
    """Whether nobody may read the answer."""


Place = tuple[str, str, int]
"""A place of an `at most` rule: action, digest of the value, number."""


class WithAct(Record):
    """Something that concerns one act."""

    act: Act
    seq: int
    key: str
    identity: str | None = sparse(None)
    """Who the customer had proved to be when it was asked for."""
    counted: bool = sparse(False)
    """Whether it counts for `at most` rules already."""
    places: tuple[Place, ...] = sparse(())
    """What it takes of `at most` rules, given back if it fails."""
    edits: dict[str, Json] = sparse({})
    """Values that a member has put in place of the ones that it was made of; null for one that was taken out."""
    granted: bool = sparse(False)
    """Whether the members have agreed already, to exactly this."""

    def carried(self) -> dict[str, Any]:
        """What goes on from one thing that is awaited to the next one about the same act."""
        return {name: getattr(self, name) for name in WithAct.model_fields}


class ForConfirmation(WithAct):
    """The customer's explicit yes to exactly this act is awaited."""

    kind: Literal["confirmation"] = "confirmation"
    prompt: str
    attempts: int = 0


class ForApproval(WithAct):
    """A member's decision on exactly this act is awaited."""

    kind: Literal["approval"] = "approval"
    approval: str
    expires_at: int | None = None
    """From then on it cannot be given, even if the timer is late."""
    revised: Revised | None = sparse(None)
    """Set where a member has edited the request."""


class Check(Record):
    """A read that the engine makes for another act: to check a precondition, or to find out whether it happened."""

    held: WithAct | None = None
    """The act that waits for it; None before it is rendered, and where the customer's doing is all."""
    stage: Literal["showing", "asking", "sending", "taking", "outcome"]
    """Before something is shown, anybody is asked, it is sent, what the customer did is taken; or afterwards."""
    index: int = 0
    """Which precondition it is for."""
    tried: tuple[int, ...] = sparse(())
    """Preconditions for which another action was started already."""
    identity: str | None = sparse(None)
    """Who the customer had proved to be while everything before was checked."""
    intended: bool = False
    problem: str = ""
    """Why the outcome of the held act is unknown."""


class ForEffect(WithAct):
    """The act is under way."""

    kind: Literal["effect"] = "effect"
    check: Check | None = sparse(None)
    """Set where the act only serves another one."""

    @property
    def may_change(self) -> bool:
        """Whether something may have been, or may still be, changed out there."""
        if self.check is not None:
            return self.check.stage == "outcome"
        return self.act.changes


class ForForm(Record):
    """A form stands before the customer."""

    kind: Literal["form"] = "form"
    form: ShownForm


class ForClick(Record):
    """A button stands before the customer."""

    kind: Literal["click"] = "click"
    button: ShownButton


class ForComponent(Record):
    """A component stands before the customer."""

    kind: Literal["component"] = "component"
    text: str = ""
    component: ShownComponent

    @property
    def fields(self) -> tuple[ShownField, ...]:
        """What the customer is to fill in."""
        return self.component.fields if isinstance(self.component, ShownFlow) else ()


class ForBrowser(WithAct):
    """A script runs in the customer's page."""

    kind: Literal["browser"] = "browser"
    until: int


class ForOutcome(WithAct):
    """Nobody knows whether the act happened: a member has to say."""

    kind: Literal["outcome"] = "outcome"
    approval: str
    problem: str


class ForRun(Record):
    """Another procedure, called by this one, runs on top."""

    kind: Literal["run"] = "run"
    run: str
    check: Check | None = sparse(None)
    """Set where it runs first to meet a precondition of an act."""


Waiting = Annotated[
    ForAnswer
    | ForConfirmation
    | ForApproval
    | ForEffect
    | ForOutcome
    | ForForm
    | ForClick
    | ForComponent
    | ForBrowser
    | ForRun,
    Field(discriminator="kind"),
]


def edits_of(waiting: Waiting | None) -> Mapping[str, Json]:
    """What members have edited of the act that a run is about."""
    check = waiting.check if isinstance(waiting, ForEffect | ForRun) else None
    about = check.held if check is not None else waiting
    return about.edits if isinstance(about, WithAct) else {}


def question_of(run: str, step: str, visits: Mapping[str, int], waiting: Waiting | None) -> str | None:
    """What a standing question is called; asked again after an invalid answer, it keeps its name.

    Every question has a name of its own, so that a late click on an earlier one, on its “yes” above all, answers
    nothing else.
    """
    match waiting:
        case ForAnswer() | ForConfirmation() | ForForm() | ForClick() | ForComponent() | ForBrowser():
            # before the first step it is the variable that tells questions apart
            place = step or getattr(waiting, "variable", "")
            seed = f"{run}\0{place}\0{visits.get(step, 0)}"
            if isinstance(waiting, ForConfirmation) and waiting.granted:
                seed += f"\0{waiting.key}"  # the yes to what was edited is not the one to its first form
            if isinstance(waiting, ForForm | ForClick | ForComponent | ForBrowser):
                seed += f"\0{waiting.kind}"  # a click is not the yes to the confirmation that follows it
            return "ask_" + hashlib.blake2b(seed.encode(), digest_size=8).hexdigest()
        case _:
            return None


class Offer(Record):
    """A procedure that was put before the customer, who decides whether it runs."""

    id: str
    procedure: str
    why: OfferReason
    values: dict[str, Json] = sparse({})
    """What the customer said with the request that led to it."""
    words: str = sparse("")
    ignored: bool = sparse(False)
    """Whether the customer went on without an answer; it can still be accepted."""


class Queued(Record):
    """A second request of the same message: its turn comes when the first one is done."""

    procedure: str
    values: dict[str, Json] = {}
    words: str = ""


class Reading(Record):
    """Messages that a model is understanding now."""

    id: str
    text: str
    basis: str
    """A digest of the question that stood and of the stack when it began."""
    again: bool = False
    """Whether it was begun anew because one of these changed meanwhile; it is not begun a third time."""


class Assistant(Record):
    """What an agent of the team does for a member in this conversation, on behalf of the customer."""

    agent: str
    by: str
    """The member who asked last."""
    runs: tuple["Run", ...] = ()
    choice: tuple[str, ...] = ()
    choice_values: dict[str, Json] = sparse({})
    offers: tuple[Offer, ...] = sparse(())
    queued: tuple[Queued, ...] = sparse(())
    unread: tuple[str, ...] = ()
    reading: Reading | None = sparse(None)
    misunderstood: int = 0


class Run(Record):
    """One execution of one version of a procedure."""

    id: str
    procedure: str
    version: int
    step: str
    """The cursor: the step that the run is at."""
    status: Status = "running"
    waiting: Waiting | None = None
    variables: dict[str, Json] = {}
    sources: dict[str, str] = {}
    """Where each value came from: `customer`, `argument`, `default`, or the step that set it."""
    ahead: tuple[str, ...] = ()
    """Values that the customer gave before being asked for them."""
    visits: dict[str, int] = {}
    seq: int = 0
    """How many acts the run has asked for."""
    parent: str | None = None
    held: Annotated[Result | BrowserReturned, Field(discriminator="kind")] | None = None
    """What became of its act while a member had the conversation: it goes on when that is over."""
    words: str = ""
    """The customer's own words that started it."""
    irreversible: bool = False
    """Whether a procedure that called it is marked as irreversible: then its outward steps need an approval too."""
    action: Action | None = sparse(None)
    """The action that it uses directly, as it was when the run began."""
    trail: tuple[str, ...] = sparse(())
    """The steps that it went through, in order, as far as they can still be corrected."""
    kept: dict[str, str] = sparse({})
    """Steps that a correction left as they were, with the step that followed: they are not done again."""
    acted: tuple[str, ...] = sparse(())
    """Steps that did something which cannot be taken back."""

    @property
    def question(self) -> str | None:
        """The name of the question that it has put before the customer."""
        return question_of(self.id, self.step, self.visits, self.waiting)


def is_from_customer(run: Run, source: str | None) -> bool:
    """Whether values of this source are what the customer said; what a procedure gave another one is not theirs."""
    return source in ("customer", "default") or (source == "argument" and run.parent is None)


class Conversation(Record):
    """Everything that the next turn depends on."""

    id: str
    channel: str = "api"
    language: str = "en"
    region: str | None = None
    """Two letters: where phone numbers without a country code are from."""
    mode: Literal["agent", "member"] = "agent"
    """Who answers the customer."""
    member: str | None = None
    """Who has taken the conversation over."""
    assignee: str | None = sparse(None)
    """Whose it is, where people have to do with it."""
    status: Literal["open", "resolved"] = "open"
    runs: tuple[Run, ...] = ()
    """The stack: the last one is on top, and its question is the one that stands."""
    choice: tuple[str, ...] = ()
    """Procedures between which the customer was asked to choose."""
    choice_values: dict[str, Json] = sparse({})
    """What they had said for them by then."""
    unread: tuple[str, ...] = ()
    """Messages that came while an act was under way; they are understood together afterwards."""
    tags: tuple[str, ...] = ()
    misunderstood: int = 0
    """Messages in a row that nothing came of."""
    agent: str = sparse(DEFAULT_AGENT)
    medium: Literal["web", "phone"] = sparse("web")
    direction: Literal["inbound", "outbound"] = sparse("inbound")
    visitor: Visitor | None = sparse(None)
    """Whose it is, where it came over the widget; nobody else may read or write it from there."""
    prefilled: dict[str, Json] = sparse({})
    """Values that the host page gave: what begins from now on takes them like what the customer volunteers."""
    attributes: dict[str, Json] = sparse({})
    """What the host page said of the customer last; nothing goes by it."""
    contact: Contact | None = sparse(None)
    lead: LeadDetails | None = sparse(None)
    facts: dict[str, Fact] = sparse({})
    """What successful calls of actions established."""
    identity: str | None = sparse(None)
    """Who the customer proved to be."""
    uses: dict[str, int] = sparse({})
    """How often each action was carried out."""
    heard_at: int = sparse(0)
    """When the customer was last heard of, while there are facts that can expire."""
    offers: tuple[Offer, ...] = sparse(())
    """What stands before the customer to accept, the newest last."""
    queued: tuple[Queued, ...] = sparse(())
    reading: Reading | None = sparse(None)
    topic: str | None = sparse(None)
    """The slice of the knowledge that answers come from; all of it where none was chosen."""
    desk: str | None = sparse(None)
    """The channel of the outside system whose people have the conversation."""
    spent: Spent = sparse(Spent())
    """What models have cost in this conversation so far."""
    assistant: Assistant | None = sparse(None)

    @property
    def top(self) -> Run | None:
        return self.runs[-1] if self.runs else None

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """Those of the team's assistant too."""
        return (*self.runs, *self.assistant.runs) if self.assistant else self.runs

    @property
    def busy(self) -> bool:
        """Whether an act of any run is under way."""
        return any(isinstance(run.waiting, ForEffect) for run in self.runs)
