"""Channels: the ways in which customers and agents reach each other.

A channel takes in what customers write, click and fill in, and brings out what they are told, asked and shown: the same
things everywhere, as they stand in the conversation's log. The page and programs do so over the REST service. Any other
platform is attached as a webhook channel: it posts what came in, and is posted what goes out, both signed.
"""

from typing import Any, Literal

from pydantic import Field, field_validator

from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.authentication import SecretName
from deskhand.domain.events import Clicked, FeedbackGiven, FormSubmitted, Said
from deskhand.domain.model import Json, Record
from deskhand.domain.phrases import phrase
from deskhand.domain.plain_text import plain_text
from deskhand.domain.preconditions import SLUG
from deskhand.domain.webhook import Address

OWN = frozenset({"api", "widget", "page", "openai"})
"""Channels of Deskhand itself, whose names no other one can have."""
CHANNEL_SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
LONGEST_SLUG = 40
LONGEST_EXTERNAL = 200
"""Characters of what a platform calls a conversation."""

TARGET = "channel:"
"""In front of a channel's slug where webhooks stand beside channels."""

Incoming = Said | Clicked | FormSubmitted | FeedbackGiven
"""What a customer can bring in, whatever the channel."""


class Channel(Record):
    """A platform that customers write and talk over, attached by signed messages in both directions."""

    slug: str = Field(pattern=CHANNEL_SLUG, max_length=LONGEST_SLUG)
    """Also the `channel` of its conversations."""
    name: str = Field(min_length=1, max_length=100)
    url: Address
    """Where messages for customers are posted."""
    agent: str = Field(default=DEFAULT_AGENT, pattern=SLUG, max_length=64)
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")
    region: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    medium: Literal["web", "phone"] = "web"
    direction: Literal["inbound", "outbound"] = "inbound"
    enabled: bool = True
    disabled_reason: str = ""
    secret: SecretName
    """Signs in both directions."""

    @field_validator("slug")
    @classmethod
    def _not_ours(cls, slug: str) -> str:
        if slug in OWN:
            raise ValueError(phrase("`{slug}` is a channel of Deskhand's own: choose another name.", slug=slug))
        return slug


class Outgoing(Record):
    """Something for the customer, as a channel brings it out."""

    kind: str
    """`say`, `ask`, `show_form`, …: the log entry's kind. Platforms pass over kinds that they do not know."""
    sender: Literal["agent", "member"]
    text: str
    """All of it as plain text, for platforms that can show nothing else."""
    body: dict[str, Json]
    """The log entry's body: the question with its choices, the form with its fields, the button."""


_BY_THE_CUSTOMER = frozenset({"said", "clicked", "form_submitted", "feedback"})
_PAGES_ONLY = frozenset({"run_in_browser", "component_done", "handed_over"})
"""What only a page of Deskhand's own can do, or has a use for."""


def outgoing(kind: str, body: dict[str, Any], language: str) -> Outgoing | None:
    """What a log entry that the customer may see brings out; None for what came from the customer."""
    if kind in _BY_THE_CUSTOMER or kind in _PAGES_ONLY:
        return None
    sender: Literal["agent", "member"] = "member" if kind == "replied" else "agent"
    return Outgoing(kind=kind, sender=sender, text=plain_text(kind, body, language), body=body)
