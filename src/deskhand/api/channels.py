"""Channels: platforms that customers write over, and what they bring."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field, JsonValue, ValidationError
from starlette.types import Message, Receive

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute, OpenRoute
from deskhand.api.languages import Told
from deskhand.api.models import LARGEST_SEQ, Asked, Items, Shown, Text
from deskhand.application.channels import Channels, MadeChannel, Signed
from deskhand.domain import events as e
from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.channel import CHANNEL_SLUG, LONGEST_EXTERNAL, LONGEST_SLUG, Channel, Incoming
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DocumentError
from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG

ChannelSlug = Annotated[str, Path(pattern=CHANNEL_SLUG, max_length=LONGEST_SLUG, examples=["whatsapp"])]
WorkspaceId = Annotated[str, Path(pattern=r"^ws_[0-9a-f]{32}$", description="The workspace's identifier.")]


class SignedRoute(OpenRoute):
    """A route that takes what a channel's platform signed; nothing else is even read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind the signature."""
        handle = super().get_route_handler()

        async def behind(request: Request) -> Response:
            body = await request.body()
            request.state.channel = await _verified(request, body)
            return await handle(Request(request.scope, _once_more(body)))

        return behind


async def _verified(request: Request, body: bytes) -> Channel:
    channels: Channels = request.app.state.services.channels
    named = request.path_params
    headers = (request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    return await channels.verified(named["workspace"], named["slug"], Signed(*headers), body)


def _once_more(body: bytes) -> Receive:
    """What gives a body that was read already."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


router = APIRouter(prefix="/v1/channels", tags=["Channels"], route_class=KeyedRoute)
platforms = APIRouter(prefix="/v1/channels", tags=["Channels"], route_class=SignedRoute)


class NewChannel(Asked):
    """A platform that customers write over."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["WhatsApp"])]
    url: Annotated[
        str, Field(max_length=2000, description="Where messages for customers are posted.",
                   examples=["https://bridge.example.com/deskhand"])
    ]  # fmt: skip
    agent: Annotated[str, Field(pattern=SLUG, max_length=64)] = Field(default=DEFAULT_AGENT, description="Who talks.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", examples=["de"])] = "en"
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["DE"])] | None = None
    medium: Literal["web", "phone"] = "web"
    direction: Literal["inbound", "outbound"] = "inbound"
    enabled: bool = True


class ShownChannel(Shown):
    """A channel."""

    slug: str = Field(description="Also the `channel` of its conversations.")
    name: str
    url: str
    agent: str
    language: str
    region: str | None
    medium: Literal["web", "phone"]
    direction: Literal["inbound", "outbound"]
    enabled: bool
    disabled_reason: Told
    secret: str = Field(description="The name of the secret that signs in both directions.")
    events: str = Field(description="Where the platform posts what customers bring.")


class MadeAnswer(Shown):
    """A channel, with what signs its messages."""

    channel: ShownChannel
    signing_secret: str | None = Field(description="`whsec_…`, shown once: when it is made.")


class ChannelList(Items[ShownChannel]):
    """All channels."""


class WrittenText(Asked):
    """What the customer wrote."""

    text: Text


class ClickedChoice(Asked):
    """What the customer clicked."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the message's body.")]
    choice: Annotated[str, Field(max_length=1000, description="One of its choices, or what stands on the button.")]


class FilledIn(Asked):
    """The form that the customer filled in."""

    question: Annotated[str, Field(max_length=100, description="The `question` of the form.")]
    values: dict[str, JsonValue]


class Rated(Asked):
    """The customer's thumb, up or down."""

    reaction: Literal["positive", "negative"]
    about: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = Field(
        default=None, description="The `seq` of the message that it is about; what was said last, if left out."
    )
    reason: Annotated[str, Field(max_length=2_000)] = Field(default="", description="The customer's own words.")


class PlatformEvent(Asked):
    """Something that a customer of a platform brought."""

    event_id: Annotated[
        str, Field(min_length=1, max_length=100, description="Made by the platform: the same id is one event.")
    ]
    conversation: Annotated[
        str, Field(min_length=1, max_length=LONGEST_EXTERNAL, description="What the platform calls the conversation.")
    ]
    contact: Contact | None = Field(default=None, description="Who the customer is, as far as the platform knows.")
    message: WrittenText | None = None
    click: ClickedChoice | None = None
    form: FilledIn | None = None
    feedback: Rated | None = None


class TakenInAnswer(Shown):
    """The event is committed; what comes of it is posted to the channel's address."""

    conversation: str
    duplicate: bool = Field(description="Whether the `event_id` was known already; nothing was done again.")


@router.get("", summary="List channels")
async def list_channels(who: Member) -> ChannelList:
    """All channels of the workspace that are attached from outside."""
    found = await who.services.channels.all(who.workspace)
    return ChannelList(items=[_shown(who.workspace, one) for one in found])


@router.get("/{slug}", summary="Look at a channel")
async def get_channel(who: Member, slug: ChannelSlug) -> ShownChannel:
    """One channel; its secret by name only."""
    return _shown(who.workspace, await who.services.channels.get(who.workspace, slug))


@router.put("/{slug}", summary="Store a channel")
async def put_channel(who: Builder, slug: ChannelSlug, wanted: NewChannel) -> MadeAnswer:
    """Make a channel, or change one, which keeps its secret. The secret of a new one is shown in this answer only."""
    try:
        made = await who.services.channels.put(who.workspace, slug, wanted.model_dump(), who.by)
    except ValidationError as error:
        first = error.errors()[0]
        raise DocumentError(phrase("`{field}` {fault:small}", field=first["loc"][0], fault=fault_of(first))) from None
    return _made(who.workspace, made)


@router.post("/{slug}/new-secret", summary="Replace a channel's secret")
async def replace_channel_secret(who: Builder, slug: ChannelSlug) -> MadeAnswer:
    """Sign with a new secret from now on, in both directions; it is shown in this answer only."""
    return _made(who.workspace, await who.services.channels.new_secret(who.workspace, slug, who.by))


@router.delete("/{slug}", status_code=204, summary="Remove a channel")
async def remove_channel(who: Builder, slug: ChannelSlug) -> None:
    """Remove a channel; its conversations stay, and what still waits for it is given up."""
    await who.services.channels.remove(who.workspace, slug, who.by)


@platforms.post("/{workspace}/{slug}/events", status_code=202, summary="Bring what a customer wrote")
async def take_channel_event(
    request: Request, workspace: WorkspaceId, slug: ChannelSlug, event: PlatformEvent
) -> TakenInAnswer:
    """Take in what came over a channel's platform. It takes no API key: the channel's secret signs it."""
    channel: Channel = request.state.channel
    channels: Channels = request.app.state.services.channels
    taken = await channels.take(workspace, channel, event.conversation, event.event_id, event.contact, _said(event))
    return TakenInAnswer(conversation=taken.conversation, duplicate=taken.duplicate)


def _said(event: PlatformEvent) -> str | Incoming | None:
    """What the customer brought. Raises DocumentError for several things at once."""
    found: list[str | Incoming] = []
    if event.message is not None:
        found.append(event.message.text)
    if event.click is not None:
        found.append(e.Clicked(question=event.click.question, choice=event.click.choice))
    if event.form is not None:
        found.append(e.FormSubmitted(question=event.form.question, values=event.form.values))
    if event.feedback is not None:
        found.append(e.FeedbackGiven(**event.feedback.model_dump()))
    if len(found) > 1:
        raise DocumentError(
            "An event holds one of `message`, `click`, `form` and `feedback`: send the others as events of their own."
        )
    return found[0] if found else None


def _shown(workspace: str, channel: Channel) -> ShownChannel:
    events = f"/v1/channels/{workspace}/{channel.slug}/events"
    return ShownChannel.model_validate({**channel.model_dump(), "events": events})


def _made(workspace: str, made: MadeChannel) -> MadeAnswer:
    return MadeAnswer(channel=_shown(workspace, made.channel), signing_secret=made.secret)
