"""An AI agent: who talks to the customer, and which actions it may use by itself."""

from typing import Literal

from pydantic import Field

from deskhand.domain.live_chat import LiveChat
from deskhand.domain.model import Record, sparse
from deskhand.domain.preconditions import SLUG
from deskhand.domain.widget import LeadForm, WidgetLook

DEFAULT_AGENT = "default"


class Agent(Record):
    """An agent of the workspace."""

    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    number: str = Field(default="", max_length=50)
    """The phone number that it answers, or calls from."""
    kind: Literal["customer", "team"] = "customer"
    instructions: str = Field(default="", max_length=20_000)
    actions: list[str] = []
    """The actions that are switched on for it, by slug; off by default."""
    procedures: list[str] | None = sparse(None)
    """The procedures that it may run, by slug; all active ones where none are named."""
    model: str | None = sparse(None)
    """The language model that understands for it, by slug: the workspace's `default` where it names none, and no model
    at all with `offline`."""
    live_chat: LiveChat | None = sparse(None)
    """Where and when its customers reach a person; None where it is switched off."""
    lead_form: LeadForm | None = sparse(None)
    """What visitors of the widget may leave of themselves; None where it shows no such form."""
    widget: WidgetLook = sparse(WidgetLook())
    """How its widget looks, and on whose pages it works."""
