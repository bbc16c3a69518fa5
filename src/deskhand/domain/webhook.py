"""Webhooks: which events go to which address, and how they are signed (Standard Webhooks 1.0)."""

import base64
import hashlib
import hmac
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from deskhand.domain.addresses import address_of, with_scheme
from deskhand.domain.authentication import SecretName
from deskhand.domain.model import Record
from deskhand.domain.preconditions import SLUG

WebhookEvent = Literal[
    "conversation.handed_over", "conversation.resolved", "run.completed", "run.escalated", "run.cancelled",
    "run.failed", "approval.requested", "approval.closed", "ticket.created", "lead.created", "action.refused",
    "webhook.test",
]  # fmt: skip
EVENTS: tuple[WebhookEvent, ...] = get_args(WebhookEvent)

SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix of every such secret
SECRET_BYTES = 32

ENTRIES: dict[str, WebhookEvent] = {
    "handed_over": "conversation.handed_over",
    "taken_over": "conversation.handed_over",
    "resolved": "conversation.resolved",
    "approval_requested": "approval.requested",
    "approval_closed": "approval.closed",
    "ticket": "ticket.created",
    "lead": "lead.created",
    "guarded": "action.refused",
}
"""Kinds of log entries that are events; a run's end is told by its outcome."""


def _address(url: str) -> str:
    whole = with_scheme(url.strip())
    parts = address_of(whole)
    if parts is None or parts.username or parts.password:
        raise ValueError("must be an address such as https://example.com/hooks/deskhand, without a password.")
    return whole


Address = Annotated[str, Field(max_length=2000), AfterValidator(_address)]
"""Where something is sent, with `https://` in front where no protocol is given."""


class Webhook(Record):
    """An address that is told of events."""

    slug: str = Field(pattern=SLUG, max_length=64)
    url: Address
    events: list[WebhookEvent] = Field(min_length=1)
    description: str = Field(default="", max_length=200)
    enabled: bool = True
    disabled_reason: str = ""
    secret: SecretName


def event_of(kind: str, body: dict[str, Any]) -> WebhookEvent | None:
    """The event that a log entry is, or None."""
    if kind == "run_ended":
        wanted = f"run.{body.get('outcome')}"
        return next((event for event in EVENTS if event == wanted), None)
    return ENTRIES.get(kind)


def signature(secret: str, delivery: str, seconds: int, body: str) -> str:
    """The value of `webhook-signature`: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64.

    secret: `whsec_` and the key in base64. seconds: since 1970.
    """
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{delivery}.{seconds}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


TOLERANCE = 300
"""Seconds that a signature's time may differ from ours."""
MOST_SIGNATURES = 5
"""That one header can hold, while a secret is being replaced."""


def is_signed(secret: str, delivery: str, timestamp: str, signatures: str, body: str, now: int) -> bool:
    """Whether one of the signatures in the header is right, and its time is within five minutes of now.

    timestamp: as it came, in seconds since 1970. now: in milliseconds since 1970.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    right = signature(secret, delivery, int(timestamp), body)
    fits = [hmac.compare_digest(right.encode(), one.encode()) for one in signatures.split(" ")[:MOST_SIGNATURES]]
    return any(fits) and abs(now // 1000 - int(timestamp)) <= TOLERANCE
