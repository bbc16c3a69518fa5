"""Previews: talking to a draft as a customer would. Nothing is stored, and nothing that changes anything is sent."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import Field, JsonValue, model_validator

from deskhand.api.auth import Builder, Caller
from deskhand.api.bodies import KeyedRoute
from deskhand.api.conversations import MenuItem, OpenRun, StandingOffer
from deskhand.api.entries import Entry
from deskhand.api.languages import Told
from deskhand.api.models import LARGEST_SEQ, Asked, Body, Shown, Slug, Text, Time
from deskhand.api.procedures import Document
from deskhand.application import preview_views
from deskhand.application.mocking import MockResponse
from deskhand.application.painting import Paint
from deskhand.application.preview_views import PreviewView
from deskhand.application.previewing import Calls, Settings
from deskhand.domain import events as e
from deskhand.domain.contact import Contact
from deskhand.domain.documents import parse_yaml

opening = APIRouter(prefix="/v1/procedures", tags=["Editor"], route_class=KeyedRoute)
router = APIRouter(prefix="/v1/previews", tags=["Editor"], route_class=KeyedRoute)

PreviewId = Annotated[
    str,
    Path(
        pattern="^preview_[0-9a-f]{32}$",
        description="The preview's identifier.",
        examples=["preview_0195563fc2807000a1b2c3d4e5f60718"],
    ),
]
_CALLS = "`mock`: calls are answered by mocks; `ask`: each waits for an answer; `read`: calls that only read are sent."
_MOCKS = "What calls answer, by step; others give their sample response."


class OpenPreview(Asked):
    """How to begin."""

    document: Document | None = Field(default=None, description="Instead of the stored draft.")
    yaml: str | None = Field(default=None, description="The same as YAML.")
    agent: str = "default"
    language: str = Field(default="en", max_length=35)
    contact: Contact | None = None
    calls: Calls = Field(default="mock", description=_CALLS)
    mocks: dict[str, MockResponse] = Field(default={}, description=_MOCKS)

    @model_validator(mode="after")
    def _one_of_both(self) -> "OpenPreview":
        if self.document is not None and self.yaml is not None:
            raise ValueError("give one of `document` and `yaml`, or none for the stored draft.")
        return self


class ChangePreview(Asked):
    """How calls are answered from here on."""

    calls: Calls = Field(default="mock", description=_CALLS)
    mocks: dict[str, MockResponse] = Field(default={}, description=_MOCKS)


class PreviewMessage(Asked):
    """The customer writes."""

    kind: Literal["message"]
    text: Text


class PreviewClick(Asked):
    """The customer clicks a choice, an offer (`accept`, `decline`), a button, or a procedure of the `menu`."""

    kind: Literal["click"]
    question: str = Field(max_length=128)
    choice: str = Field(max_length=10_000)


class PreviewForm(Asked):
    """The customer submits a form."""

    kind: Literal["form"]
    question: str = Field(max_length=128)
    values: dict[str, JsonValue] = {}


class PreviewBrowserResult(Asked):
    """What a script in the customer's page would have come to."""

    kind: Literal["browser_result"]
    question: str = Field(max_length=128)
    ok: bool = True
    value: JsonValue = None
    error: str | None = Field(default=None, max_length=2000)


class PreviewComponent(Asked):
    """The customer is through with a component."""

    kind: Literal["component"]
    question: str = Field(max_length=128)
    value: JsonValue = None


class PreviewFeedback(Asked):
    """The customer rates an answer: a thumb, up or down."""

    kind: Literal["feedback"]
    reaction: Literal["positive", "negative"]
    about: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = Field(
        default=None, description="The `seq` of the entry that it is about; what was said last, if left out."
    )
    reason: str = Field(default="", max_length=2000, description="The customer's own words.")


class PreviewBegin(Asked):
    """The procedure is started by its name, without a message that asks for it."""

    kind: Literal["start"]
    arguments: dict[str, JsonValue] = {}


class PreviewDecision(Asked):
    """A member decides an approval, or says what became of something."""

    kind: Literal["decision"]
    approval: str = Field(max_length=128)
    decision: Literal["approve", "reject", "expire", "happened", "retry", "take_over"]
    reason: str | None = Field(default=None, max_length=2000)


class PreviewHandBack(Asked):
    """A member hands the conversation back to the agent."""

    kind: Literal["hand_back"]


class PreviewCallAnswer(Asked):
    """A call that waits is answered."""

    kind: Literal["call"]
    run: str = Field(max_length=64)
    seq: int = Field(ge=0, le=2**31)
    response: MockResponse = MockResponse()


PreviewEvent = Annotated[
    PreviewMessage
    | PreviewClick
    | PreviewForm
    | PreviewBrowserResult
    | PreviewComponent
    | PreviewFeedback
    | PreviewBegin
    | PreviewDecision
    | PreviewHandBack
    | PreviewCallAnswer,
    Field(discriminator="kind"),
]


class PreviewCall(Shown):
    """A call, a ticket, a mail, …: what would have been done."""

    run: str
    seq: int
    step: str
    kind: str
    at: Time
    request: dict[str, JsonValue]
    curl: str | None
    status: str = Field(description="`waiting` for an answer, `succeeded`, `failed` or `unknown`.")
    how: Literal["mock", "sent", "pretended"]
    http_status: int | None
    response: JsonValue
    problem: Told | None
    sample: JsonValue = Field(description="The step's sample response, while the call waits.")


class PreviewApproval(Shown):
    """What a member has to decide."""

    id: str
    about: Literal["approval", "outcome"]
    status: str
    card: Body


class Preview(Shown):
    """A preview as it stands."""

    id: str
    procedure: str
    status: str
    mode: Literal["agent", "member"]
    language: str
    agent: str
    calls: Calls
    mocks: dict[str, MockResponse]
    entries: list[Entry]
    question: str | None = Field(description="The question that stands before the customer, as its entry names it.")
    runs: list[OpenRun]
    offers: list[StandingOffer]
    menu: list[MenuItem] = Field(description="What this customer may start at any time: a click on `menu`.")
    not_for: Told | None = Field(
        description="Why its audience keeps the draft from this customer; null if it does not."
    )
    approvals: list[PreviewApproval]
    done: list[PreviewCall]
    variables: dict[str, JsonValue]
    outcome: str | None = Field(description="How the draft's last run ended; null while it goes on, or never began.")
    paint: Paint
    expires_at: Time


@opening.post("/{slug}/preview", status_code=201, summary="Open a preview")
async def open_preview(who: Builder, slug: Slug, wanted: OpenPreview | None = None) -> Preview:
    """Begin to talk to the draft, or to a given document, as a customer would. A draft with errors is refused."""
    asked = wanted or OpenPreview()
    settings = Settings(agent=asked.agent, language=asked.language, calls=asked.calls, mocks=asked.mocks)
    document: dict[str, Any] | None = asked.document if asked.yaml is None else parse_yaml(asked.yaml)
    view = await preview_views.begin(who.services, who.workspace, slug, document, settings, asked.contact)
    return _shown(view)


@router.get("/{id}", summary="Look at a preview")
async def get_preview(who: Builder, id: PreviewId) -> Preview:
    """A preview as it stands."""
    return _shown(preview_views.look(who.services, who.workspace, id))


@router.put("/{id}", summary="Change how calls are answered")
async def change_preview(who: Builder, id: PreviewId, wanted: ChangePreview) -> Preview:
    """Choose other mocks, or another way to answer calls; what was answered stays."""
    return _shown(preview_views.change(who.services, who.workspace, id, wanted.calls, wanted.mocks))


@router.post("/{id}/events", summary="Let something happen in a preview")
async def send_preview_event(who: Builder, id: PreviewId, event: PreviewEvent) -> Preview:
    """The customer writes, clicks, submits or rates; a member decides; a call is answered. Gives what then stands."""
    preview = who.services.previews.get(who.workspace, id)
    if isinstance(event, PreviewCallAnswer):
        await preview.answer(event.run, event.seq, event.response)
    else:
        await preview.handle(_event(who, event, preview.slug))
    return _shown(preview_views.view_of(preview))


@router.delete("/{id}", status_code=204, summary="End a preview")
async def close_preview(who: Builder, id: PreviewId) -> None:
    """End it; nothing of it stays."""
    who.services.previews.close(who.workspace, id)


def _event(
    who: Caller,
    event: PreviewMessage
    | PreviewClick
    | PreviewForm
    | PreviewBrowserResult
    | PreviewComponent
    | PreviewFeedback
    | PreviewBegin
    | PreviewDecision
    | PreviewHandBack,
    slug: str,
) -> e.Event:
    """What happens to the conversation."""
    match event:
        case PreviewMessage():
            return e.Said(text=event.text)
        case PreviewClick():
            return e.Clicked(question=event.question, choice=event.choice)
        case PreviewForm():
            return e.FormSubmitted(question=event.question, values=event.values)
        case PreviewBrowserResult():
            return e.BrowserReturned(question=event.question, ok=event.ok, value=event.value, error=event.error)
        case PreviewComponent():
            return e.ComponentReturned(question=event.question, value=event.value)
        case PreviewFeedback():
            return e.FeedbackGiven(**event.model_dump(exclude={"kind"}))
        case PreviewBegin():
            return e.StartRequested(procedure=slug, arguments=event.arguments)
        case PreviewDecision():
            return e.Decided(approval=event.approval, decision=event.decision, by=who.by, reason=event.reason)
        case PreviewHandBack():
            return e.HandedBack(by=who.by)


def _shown(view: PreviewView) -> Preview:
    return Preview.model_validate(view)
