"""The widget as an agent has it: how it looks, whom it lets in, what it asks visitors to leave of themselves."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator

from deskhand.domain.ids import is_id
from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.sentences import Text, versions

MOST_ORIGINS = 50
MOST_SUGGESTIONS = 5
COLOR = r"^#[0-9a-fA-F]{6}$"
LeadName = Literal["email", "name", "phone", "company", "message"]


def origin(text: str) -> str:
    """An origin as browsers send it: scheme and host in lower case, no usual port. Raises ValueError."""
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    rest = text.strip().rstrip("/").partition("://")[2]
    if host is None or parts.scheme not in ("http", "https") or re.search(r"[/?#@\\\s*]", rest):
        raise ValueError("is no origin: write it like https://www.example.com, without a path.")
    shown = f"[{host}]" if ":" in host else host.encode("idna").decode() if not host.isascii() else host
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + ("" if usual else f":{port}")


def _short(most: int) -> AfterValidator:
    def check(text: Text) -> Text:
        if any(len(one) > most for one in versions(text)):
            raise ValueError(phrase("may have at most {most} characters.", most=most))
        return text

    return AfterValidator(check)


class LeadField(Record):
    """Something that visitors are asked for."""

    name: LeadName
    required: bool = False


class LeadForm(Record):
    """A form in which visitors leave how they can be reached."""

    text: Annotated[Text, _short(1000)] | None = None
    """What stands above it."""
    fields: list[LeadField] = Field(min_length=1, max_length=5)

    @field_validator("fields")
    @classmethod
    def _reachable(cls, fields: list[LeadField]) -> list[LeadField]:
        names = [field.name for field in fields]
        if len(set(names)) < len(names):
            raise ValueError("names a field twice.")
        if "email" not in names:
            raise ValueError("needs the field `email`: without an address nobody can be reached.")
        return [LeadField(name="email", required=True) if one.name == "email" else one for one in fields]


class WidgetLook(Record):
    """How the widget of an agent looks, and on whose pages it works."""

    origins: list[Annotated[str, AfterValidator(origin)]] = Field(default=[], max_length=MOST_ORIGINS)
    """Pages that may use it; all where none are named."""
    title: Annotated[Text, _short(100)] = ""
    """What stands at its top; the agent's name where it is empty."""
    greeting: Annotated[Text, _short(1000)] = ""
    """What visitors read before they write."""
    color: str = Field(default="#2563eb", pattern=COLOR)
    position: Literal["right", "left"] = "right"
    suggestions: list[Annotated[Text, _short(200)]] = Field(default=[], max_length=MOST_SUGGESTIONS)
    """What visitors may click in place of writing first."""
    require_identity: bool = False
    """Whether only customers may talk whom the host page proves to be its own."""


class PublicName(Record):
    """What an agent is called everywhere: its workspace and its slug."""

    workspace: str
    agent: str


def public_name(text: str) -> PublicName | None:
    """The agent behind `ws_….slug`, or None."""
    workspace, _, agent = text.partition(".")
    fits = len(workspace) == 35 and is_id("ws", workspace) and len(agent) <= 64 and re.fullmatch(SLUG, agent)
    return PublicName(workspace=workspace, agent=agent) if fits else None


class Visitor(Record):
    """Whose conversation it is, where it came over the widget."""

    id: str
    """The browser's, as its token names it."""
    user: str | None = None
    """Who the host page proved the customer to be: from then on it is theirs alone, in whatever browser."""
