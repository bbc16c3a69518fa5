"""What the visitor service takes and tells."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue, model_validator

from deskhand.api.conversations import MenuItem, StandingOffer
from deskhand.api.models import Asked, EventId, EventOptions, Shown, Text, Time, WithFiles
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.values import text_of

MOST_VALUES = 50
LARGEST_VALUES = 16_384
"""Characters of all values of a page together, as JSON."""


def _few(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > MOST_VALUES:
        raise ValueError(phrase("may have at most {most} names.", most=MOST_VALUES))
    if any(not 0 < len(name) <= 100 for name in values):
        raise ValueError("may have names of 1 to 100 characters only.")
    if len(text_of(values)) > LARGEST_VALUES:
        raise ValueError(phrase("may have at most {most:,} characters together, as JSON.", most=LARGEST_VALUES))
    return values


Values = Annotated[dict[str, JsonValue], AfterValidator(_few)]
Locale = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$", examples=["de-AT"])]
NewConversationId = Annotated[str, Field(pattern=r"^conv_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$")]


class NewSession(Asked):
    """A page opens the widget."""

    agent: Annotated[str, Field(max_length=100, examples=["ws_0195563fc2807000a1b2c3d4e5f60718.default"])]
    locale: Locale | None = Field(default=None, description="The page's language.")
    visitor: Annotated[str, Field(max_length=1000)] | None = Field(
        default=None, description="The token of an earlier session; where it is still good the visitor stays the same."
    )


class AgentShown(Shown):
    """Who talks."""

    name: str


class LeadFieldShown(Shown):
    """Something that visitors are asked for."""

    name: Literal["email", "name", "phone", "company", "message"]
    required: bool


class LeadFormShown(Shown):
    """A form in which visitors leave how they can be reached."""

    text: str
    fields: list[LeadFieldShown]


class AttachmentRules(Shown):
    """Whether visitors may send files."""

    allowed: bool
    most_bytes: int


class PeopleRules(Shown):
    """Whether visitors can talk to a person."""

    live_chat: bool = Field(description="Whether live chat is switched on for the agent.")
    available: bool = Field(description="Whether somebody is there now.")


class Settings(Shown):
    """How the widget looks and what it may do, in the visitor's language."""

    agent: AgentShown
    title: str
    greeting: str
    color: str
    position: Literal["right", "left"]
    language: str = Field(description="Of the widget's own words: `en` or `de`.")
    lead_form: LeadFormShown | None
    attachments: AttachmentRules
    suggestions: list[str]
    scripts: bool = Field(description="Whether scripts may run in the page at all.")
    people: PeopleRules
    menu: list[MenuItem]


class Doing(Shown):
    """A member who is there."""

    by: str
    doing: Literal["looking", "typing"]


class People(Shown):
    """The people behind the agent."""

    available: bool
    present: list[Doing]


class Standing(Shown):
    """A conversation as its visitor may know it."""

    id: str
    status: Literal["open", "resolved"]
    mode: Literal["agent", "member"] = Field(description="Who answers.")
    member: str | None = Field(description="Who has taken it over.")
    seq: int
    busy: bool
    thinking: bool
    menu: list[MenuItem]
    offers: list[StandingOffer]
    people: People
    language: str


class Session(Shown):
    """A visitor's way in."""

    token: str = Field(description="For `Authorization: Bearer …`; it is good for 90 days.")
    visitor: str
    settings: Settings
    conversation: Standing | None = Field(description="The visitor's newest conversation that is open still.")


class Page(Asked):
    """The page that the visitor is on, as its browser says."""

    url: Annotated[str, Field(max_length=2000)] = ""
    title: Annotated[str, Field(max_length=500)] = ""


class Begin(Asked):
    """How a conversation begins."""

    id: NewConversationId = Field(description="`conv_` and a UUIDv7 in hex, made by the widget.")
    event_id: EventId
    text: Text | None = Field(default=None, description="The visitor's first message.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")] | None = None
    page: Page | None = None
    variables: Values = Field(default={}, description="Values of the page; they count like what the visitor says.")
    attributes: Values = Field(default={}, description="What the page says of the visitor, for members to read.")


class VisitorMessage(EventOptions, WithFiles):
    """What the visitor wrote, and the files that come with it."""


class Picked(EventOptions):
    """A procedure that the visitor picked in the page."""

    procedure: Annotated[str, Field(pattern=SLUG, max_length=64, examples=["refund-request"])]
    arguments: Values = {}


class PageValues(EventOptions):
    """What the page says while the visitor talks."""

    variables: Values = Field(default={}, description="They count like what the visitor says; null takes one away.")
    attributes: Values = Field(default={}, description="What the page says of the visitor, for members to read.")

    @model_validator(mode="after")
    def _something(self) -> "PageValues":
        if not self.model_fields_set & {"variables", "attributes"}:
            raise ValueError("give `variables`, `attributes`, or both.")
        return self


class Taken(Shown):
    """The event is committed; the stream tells what comes of it."""

    conversation: str
    seq: int
    duplicate: bool = Field(description="Whether the `event_id` was known already; nothing was done again.")


class PublicEntry(Shown):
    """An entry of the log as customers may see it. Clients pass over kinds that they do not know."""

    seq: int
    kind: str
    at: Time
    body: dict[str, JsonValue]
