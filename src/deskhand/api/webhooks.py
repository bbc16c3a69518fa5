"""Webhooks: who is told of what, and what became of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field, ValidationError

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Body, Cursor, Items, Limit, Listing, Shown, Slug, Time
from deskhand.application.webhooks import Made
from deskhand.domain.channel import TARGET
from deskhand.domain.errors import DocumentError
from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.webhook import WebhookEvent

router = APIRouter(prefix="/v1/webhooks", tags=["Webhooks"], route_class=KeyedRoute)
deliveries = APIRouter(prefix="/v1/deliveries", tags=["Webhooks"], route_class=KeyedRoute)

Receiver = Annotated[
    str | None,
    Query(
        pattern=rf"^({TARGET})?{SLUG.strip('^$')}$", max_length=72, description="A slug; a channel's after `channel:`."
    ),
]
DeliveryId = Annotated[str, Path(pattern=r"^msg_[0-9a-f]{32}$")]


class NewWebhook(Asked):
    """An address that wants to be told of events."""

    url: Annotated[str, Field(max_length=2000, examples=["https://example.com/hooks/deskhand"])]
    events: Annotated[list[WebhookEvent], Field(min_length=1)]
    description: Annotated[str, Field(max_length=200)] = ""
    enabled: bool = True


class ShownWebhook(Shown):
    """A webhook."""

    slug: str
    url: str
    events: list[WebhookEvent]
    description: str
    enabled: bool
    disabled_reason: Told
    secret: str = Field(description="The name of the secret that signs.")


class MadeWebhook(Shown):
    """A webhook, with what signs its deliveries."""

    webhook: ShownWebhook
    signing_secret: str | None = Field(description="`whsec_…`, shown once: when it is made.")


class WebhookList(Items[ShownWebhook]):
    """All webhooks."""


class DeliveryRow(Shown):
    """An event on its way to a webhook, or a message on its way to a channel."""

    id: str = Field(description="Also the header `webhook-id`: the same for every try.")
    webhook: str = Field(description="The webhook's slug, or a channel's after `channel:`.")
    event: str
    status: Literal["pending", "delivered", "dead"]
    attempts: int
    due_at: Time
    created_at: Time
    updated_at: Time
    last_status: int | None
    last_problem: str | None
    body: Body


class DeliveryPage(Listing[DeliveryRow]):
    """A page of deliveries."""


class Queued(Shown):
    """A delivery that will be sent at once."""

    delivery: str


@router.get("", summary="List webhooks")
async def list_webhooks(who: Member) -> WebhookList:
    """All webhooks of the workspace."""
    found = await who.services.webhooks.all(who.workspace)
    return WebhookList(items=[ShownWebhook.model_validate(one) for one in found])


@router.get("/{slug}", summary="Look at a webhook")
async def get_webhook(who: Member, slug: Slug) -> ShownWebhook:
    """One webhook; its secret by name only."""
    return ShownWebhook.model_validate(await who.services.webhooks.get(who.workspace, slug))


@router.put("/{slug}", summary="Store a webhook")
async def put_webhook(who: Builder, slug: Slug, wanted: NewWebhook) -> MadeWebhook:
    """Make a webhook, or change one, which keeps its secret. The secret of a new one is shown in this answer only."""
    try:
        made = await who.services.webhooks.put(
            who.workspace, slug, wanted.url, list(wanted.events), who.by, description=wanted.description,
            enabled=wanted.enabled,
        )  # fmt: skip
    except ValidationError as error:
        raise DocumentError(phrase("`url` {fault}", fault=fault_of(error.errors()[0]))) from None
    return _made(made)


@router.post("/{slug}/new-secret", summary="Replace a webhook's secret")
async def replace_secret(who: Builder, slug: Slug) -> MadeWebhook:
    """Sign with a new secret from now on; it is shown in this answer only."""
    return _made(await who.services.webhooks.new_secret(who.workspace, slug, who.by))


@router.post("/{slug}/test", summary="Send a test event")
async def test_webhook(who: Builder, slug: Slug) -> Queued:
    """Send the event `webhook.test`, whatever the webhook listens to."""
    return Queued(delivery=await who.services.webhooks.test(who.workspace, slug))


@router.delete("/{slug}", status_code=204, summary="Remove a webhook")
async def remove_webhook(who: Builder, slug: Slug) -> None:
    """Remove a webhook; what still waits for it is given up."""
    await who.services.webhooks.remove(who.workspace, slug, who.by)


@deliveries.get("", summary="List deliveries")
async def list_deliveries(
    who: Member,
    webhook: Receiver = None,
    status: Literal["pending", "delivered", "dead"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> DeliveryPage:
    """What was sent to webhooks, newest first; `?status=dead` is what nobody took for a day."""
    page = await who.services.stores.deliveries.page(
        who.workspace, webhook=webhook, status=status, cursor=cursor, limit=limit
    )
    return DeliveryPage.model_validate(page)


@deliveries.get("/{id}", summary="Look at a delivery")
async def get_delivery(who: Member, id: DeliveryId) -> DeliveryRow:
    """One delivery, with its body."""
    return DeliveryRow.model_validate(await who.services.stores.deliveries.get(who.workspace, id))


@deliveries.post("/{id}/resend", summary="Send a delivery again")
async def resend_delivery(who: Builder, id: DeliveryId) -> Queued:
    """Send it again from the beginning, a dead one too, with the same id: a receiver can tell that it knows it."""
    await who.services.webhooks.resend(who.workspace, id)
    return Queued(delivery=id)


def _made(made: Made) -> MadeWebhook:
    return MadeWebhook(webhook=ShownWebhook.model_validate(made.webhook), signing_secret=made.secret)
