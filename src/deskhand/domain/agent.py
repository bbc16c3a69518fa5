"""An AI agent: who talks to the customer, and which actions it may use by itself."""

from typing import Literal

from pydantic import Field

from deskhand.domain.model import Record
from deskhand.domain.preconditions import SLUG

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
