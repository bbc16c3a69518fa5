"""Conversations: open them, talk in them, take them over, read what happened."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import AfterValidator, Field, JsonValue

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Entry, Receipt, post
from deskhand.api.handling import Somebody, people
from deskhand.api.models import (
    After,
    Asked,
    ConversationId,
    EventId,
    EventOptions,
    Limit,
    Listing,
    SeenOptions,
    Shown,
    Text,
    Time,
    Wait,
    WithFiles,
)
from deskhand.application import reading
from deskhand.application.ids import fresh_id
from deskhand.domain import events as e
from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.contact import Contact
from deskhand.domain.preconditions import SLUG
from deskhand.domain.values import InvalidValue, parse

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)


class NewConversation(Asked):
    """How a conversation begins."""

    id: Annotated[str, Field(pattern=r"^conv_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$")] | None = Field(
        default=None,
        description="`conv_` and a UUIDv7 in hex, made by the caller: sent again, the request opens nothing new.",
    )
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", examples=["widget"])] = "api"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", examples=["de"])] | None = Field(
        default=None, description="The workspace's own where it is left out."
    )
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["DE"])] | None = Field(
        default=None, description="Where phone numbers without a country code are from."
    )
    text: Text | None = Field(default=None, description="The customer's first message, taken in at once.")
    agent: Annotated[str, Field(pattern=SLUG, max_length=64)] = Field(default=DEFAULT_AGENT, description="Who talks.")
    contact: Contact | None = Field(default=None, description="Who the customer is, as far as the caller knows.")
    medium: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", examples=["web"])] = "web"
    direction: Literal["inbound", "outbound"] = "inbound"


class Question(Shown):
    """What the customer was asked."""

    text: str
    choices: list[str]


class OpenRun(Shown):
    """A run that is going on in a conversation."""

    id: str
    procedure: str
    name: str
    version: int
    step: str
    waiting: str | None = Field(
        description="`answer`, `confirmation`, `form`, `click`, `component`, `browser`, `approval`, `effect`, "
        "`outcome`, `run`."
    )
    question: Question | None
    variables: dict[str, JsonValue]


class StandingOffer(Shown):
    """A procedure that the customer may accept: click `accept` or `decline` with the offer as the `question`."""

    offer: str
    procedure: str
    name: str
    why: Literal["request", "source", "feedback", "unanswered"]


class MenuItem(Shown):
    """A procedure that is always there: click its slug with `menu` as the `question`."""

    procedure: str
    name: str


class AssistantAtWork(Shown):
    """What an agent of the team is doing for a member."""

    agent: str
    by: str
    runs: list[OpenRun]


class Conversation(Shown):
    """A conversation as it stands; the last of its runs is on top."""

    id: str
    status: Literal["open", "resolved"]
    mode: Literal["agent", "member"] = Field(description="Who answers the customer.")
    member: str | None = Field(description="Who has taken it over.")
    channel: str
    language: str
    tags: list[str]
    agent: str = Field(description="Who talks, by slug.")
    contact: dict[str, JsonValue] | None = Field(description="Who the customer is, as far as a caller said.")
    identity: str | None = Field(description="Who the customer proved to be, by an action.")
    seq: int = Field(description="The number of the last entry.")
    version: int
    created_at: Time
    updated_at: Time
    busy: bool = Field(description="Whether a call to another system is under way.")
    thinking: bool = Field(description="Whether a model is understanding what the customer wrote.")
    topic: str | None = Field(description="The slice of the knowledge that answers come from; null for all of it.")
    cost: float = Field(description="What models have cost in it so far, in US dollars, where their price is known.")
    runs: list[OpenRun]
    offers: list[StandingOffer]
    menu: list[MenuItem]
    assistant: AssistantAtWork | None
    assignee: str | None = Field(default=None, description="Whose it is, where members have to do with it.")
    files: bool = Field(default=False, description="Whether members can send files with what they write in it.")
    present: list[Somebody] = Field(default=[], description="Who looks at it and who is typing, in this moment.")


class ConversationPage(Listing[Conversation]):
    """A page of conversations."""


class EntryList(Shown):
    """A stretch of a conversation's log."""

    items: list[Entry]
    last: int = Field(description="The `seq` of the last item, or `after` where there is none: ask on from here.")


class Message(EventOptions):
    """What the customer wrote."""

    text: Text


class Reply(SeenOptions, WithFiles):
    """What a member writes to the customer, and the files that come with it."""


class Click(EventOptions):
    """A choice that the customer clicked."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the `ask` entry.")]
    choice: Annotated[str, Field(max_length=1000, description="One of its choices; `yes` or `no` for a confirmation.")]


class FilledForm(EventOptions):
    """A form that the customer filled in."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the `form` entry.")]
    values: dict[str, JsonValue]


class BrowserResult(EventOptions):
    """What came of a script in the customer's page."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the `run_script` entry.")]
    ok: bool = Field(description="Whether it ended without an exception.")
    value: JsonValue = Field(default=None, description="Its result, at most 65,536 characters of JSON.")
    error: Annotated[str, Field(max_length=10_000)] | None = None
    milliseconds: Annotated[int, Field(ge=0, le=86_400_000)] | None = None


class ComponentResult(EventOptions):
    """What a component gave when the customer was through with it."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the `show_component` entry.")]
    value: JsonValue = Field(
        default=None,
        description="The values of a flow's fields by name, or what an element gave: at most 65,536 characters of "
        "JSON. Nothing for a video or an image.",
    )


class Identify(EventOptions):
    """Who the customer is, as the host page or a program knows it."""

    contact: Contact


def _email(text: str) -> str:
    try:
        return str(parse("email", text))
    except InvalidValue:
        raise ValueError("must be an e-mail address, like ada@example.com.") from None


class LeadForm(EventOptions):
    """What the customer left in a form."""

    email: Annotated[str, Field(max_length=320, examples=["ada@example.com"]), AfterValidator(_email)]
    name: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=50)] = ""
    company: Annotated[str, Field(max_length=200)] = ""
    message: Annotated[str, Field(max_length=10_000)] = ""


class Use(Asked):
    """An action to use directly."""

    action: Annotated[str, Field(pattern=SLUG, max_length=64, examples=["find-order"])]
    arguments: dict[str, JsonValue] = Field(default={}, description="Its variables' values, as far as they are known.")
    event_id: EventId | None = None


class Start(Asked):
    """A procedure to start by name."""

    procedure: Annotated[str, Field(pattern=SLUG, max_length=64, examples=["refund-request"])]
    arguments: dict[str, JsonValue] = Field(default={}, description="Variables that are known already.")
    event_id: EventId | None = None


@router.post("", status_code=201, summary="Open a conversation")
async def open_conversation(who: Member, wanted: NewConversation | None = None) -> Conversation:
    """Make a conversation, with the customer's first message if there is one."""
    wanted = wanted or NewConversation()
    first = e.Said(text=wanted.text) if wanted.text is not None else None
    about = {name: getattr(wanted, name) for name in ("agent", "contact", "medium", "direction")}
    await who.services.configuration.agent(who.workspace, wanted.agent)
    language = wanted.language or (await who.services.stores.preferences.get(who.workspace)).language
    id = wanted.id or fresh_id("conv", who.services.clock)
    if wanted.contact is not None and not (wanted.id and await _is_there(who, id)):
        about["contact"] = await who.services.contacts.known(who.workspace, wanted.contact, id)
    made = await who.services.engine.open(
        who.workspace, wanted.channel, language, wanted.region, first, conversation=id, about=about
    )
    return await get_conversation(who, made.conversation)


@router.get("/{id}", summary="Look at a conversation")
async def get_conversation(who: Member, id: ConversationId) -> Conversation:
    """Who answers, which runs are open, and what they wait for."""
    found = Conversation.model_validate(await reading.conversation(who.services, who.workspace, id))
    more = {
        "present": people(who.services.presence.present(who.workspace, id)),
        "files": await who.services.attachments.reach_customer(who.workspace, found.channel),
    }
    return found.model_copy(update=more)


@router.get("/{id}/entries", summary="Read the log")
async def list_entries(who: Member, id: ConversationId, after: After = 0, limit: Limit = 200) -> EntryList:
    """Messages, steps, calls and decisions in their order."""
    await who.services.stores.conversations.get(who.workspace, id)
    rows = await who.services.stores.conversations.entries(who.workspace, id, after, limit)
    return EntryList(items=[Entry.model_validate(row) for row in rows], last=rows[-1].seq if rows else after)


@router.post("/{id}/messages", summary="Write as the customer")
async def send_message(who: Member, id: ConversationId, message: Message, wait: Wait = 10) -> Receipt:
    """Take in what the customer wrote; the answer tells what came of it."""
    who.services.presence.customer(who.workspace, id, typing=False)
    return await post(who, id, e.Said(text=message.text), message.event_id, wait)


@router.post("/{id}/clicks", summary="Click as the customer")
async def send_click(who: Member, id: ConversationId, click: Click, wait: Wait = 10) -> Receipt:
    """Take in a click on a choice of an `ask` entry."""
    return await post(who, id, e.Clicked(question=click.question, choice=click.choice), click.event_id, wait)


@router.post("/{id}/forms", summary="Fill in a form as the customer")
async def send_form(who: Member, id: ConversationId, form: FilledForm, wait: Wait = 10) -> Receipt:
    """Take in a form. Where a field is wrong the form is shown again, with a sentence beside it."""
    return await post(who, id, e.FormSubmitted(question=form.question, values=form.values), form.event_id, wait)


@router.post("/{id}/browser-results", summary="Bring a script's result back")
async def send_browser_result(who: Member, id: ConversationId, result: BrowserResult, wait: Wait = 10) -> Receipt:
    """Take in what a script in the customer's page gave back. It counts once."""
    event = e.BrowserReturned(**result.model_dump(exclude={"event_id"}))
    return await post(who, id, event, result.event_id, wait)


@router.post("/{id}/components", summary="Be through with a component as the customer")
async def send_component(who: Member, id: ConversationId, result: ComponentResult, wait: Wait = 10) -> Receipt:
    """Take in what a component gave. Where a field is wrong it is shown again, with a sentence beside it."""
    event = e.ComponentReturned(question=result.question, value=result.value)
    return await post(who, id, event, result.event_id, wait)


@router.post("/{id}/identify", summary="Say who the customer is")
async def identify(who: Member, id: ConversationId, wanted: Identify, wait: Wait = 10) -> Receipt:
    """Set the contact. What another customer had proved in this conversation counts no longer.

    What earlier conversations knew of the same contact is there from then on.
    """
    await who.services.stores.conversations.get(who.workspace, id)
    contact = await who.services.contacts.known(who.workspace, wanted.contact, id)
    return await post(who, id, e.Identified(contact=contact), wanted.event_id, wait)


@router.post("/{id}/lead", summary="Leave details as the customer")
async def give_lead(who: Member, id: ConversationId, lead: LeadForm, wait: Wait = 10) -> Receipt:
    """Take in a lead form: it becomes a lead, and fills `lead.…` in templates."""
    given = lead.model_dump(exclude={"event_id"})
    event = e.LeadGiven(lead=fresh_id("lead", who.services.clock), **given)
    return await post(who, id, event, lead.event_id, wait)


@router.post("/{id}/use", summary="Use an action")
async def use_action(who: Member, id: ConversationId, wanted: Use, wait: Wait = 10) -> Receipt:
    """Use an action as the conversation's agent: with its preconditions, confirmations and approvals."""
    event = e.ActionRequested(action=wanted.action, arguments=wanted.arguments)
    return await post(who, id, event, wanted.event_id, wait)


@router.post("/{id}/start", summary="Start a procedure")
async def start_procedure(who: Member, id: ConversationId, start: Start, wait: Wait = 10) -> Receipt:
    """Start an active procedure by name."""
    event = e.StartRequested(procedure=start.procedure, arguments=start.arguments)
    return await post(who, id, event, start.event_id, wait)


@router.post("/{id}/reply", summary="Answer the customer")
async def reply(who: Member, id: ConversationId, words: Reply, wait: Wait = 10) -> Receipt:
    """Write to the customer as a member, with files that were brought before; this takes the conversation over."""
    if not words.attachments:
        return await post(who, id, e.Replied(by=who.by, text=words.text), words.event_id, wait, words.based_on)
    await who.services.attachments.check_reach(who.workspace, id)
    event_id = words.event_id or f"files:{words.attachments[0]}"
    async with who.services.attachments.carried(who.workspace, id, words.attachments, event_id) as files:
        text = words.text.strip() or ", ".join(one.name for one in files)
        return await post(who, id, e.Replied(by=who.by, text=text, attachments=files), event_id, wait, words.based_on)


@router.post("/{id}/cancel", summary="Stop what is going on")
async def cancel(who: Member, id: ConversationId, options: EventOptions | None = None, wait: Wait = 10) -> Receipt:
    """Cancel the runs of a conversation."""
    return await post(who, id, e.Cancelled(by=who.by), _event_id(options), wait)


@router.post("/{id}/take-over", summary="Take over from the agent")
async def take_over(who: Member, id: ConversationId, options: SeenOptions | None = None, wait: Wait = 10) -> Receipt:
    """From here on a member answers; all runs are suspended."""
    return await _post_seen(who, id, e.TakenOver(by=who.by), options, wait)


@router.post("/{id}/hand-back", summary="Hand back to the agent")
async def hand_back(who: Member, id: ConversationId, options: SeenOptions | None = None, wait: Wait = 10) -> Receipt:
    """The agent goes on where it was; an open question is asked again."""
    return await _post_seen(who, id, e.HandedBack(by=who.by), options, wait)


@router.post("/{id}/resolve", summary="Mark as resolved")
async def resolve(who: Member, id: ConversationId, options: SeenOptions | None = None, wait: Wait = 10) -> Receipt:
    """Close the conversation; the customer's next message opens it again."""
    return await _post_seen(who, id, e.Resolved(by=who.by), options, wait)


async def _post_seen(who: Caller, id: str, event: e.Event, options: SeenOptions | None, wait: float) -> Receipt:
    given = options or SeenOptions()
    return await post(who, id, event, given.event_id, wait, given.based_on)


async def _is_there(who: Caller, id: str) -> bool:
    return await who.services.stores.conversations.load(who.workspace, id) is not None


def _event_id(options: EventOptions | None) -> str | None:
    return options.event_id if options else None
