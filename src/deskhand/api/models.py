"""What requests and answers of all resources have in common."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Path, Query
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    model_validator,
)

from deskhand.api.languages import Told
from deskhand.domain import problems
from deskhand.domain.attachments import MOST
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG

LONGEST_TEXT = 10_000
"""Characters of one message."""
LARGEST_SEQ = 2**53 - 1

T = TypeVar("T")


def rfc3339(at: int | str | None) -> str | None:
    """A time in milliseconds since 1970 as text in UTC."""
    if not isinstance(at, int):
        return at
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(at: datetime | None) -> int | None:
    """A time as it is stored."""
    return None if at is None else int(at.timestamp() * 1000)


def load_json(value: Any) -> Any:
    """The value behind a text that is stored as JSON."""
    return json.loads(value) if isinstance(value, str) else value


def not_blank(text: str) -> str:
    """The text. Raises ValueError where nothing is in it."""
    if not text.strip():
        raise ValueError("must not be empty.")
    return text


_TIME = {"type": "string", "format": "date-time", "examples": ["2026-03-02T09:00:00.000Z"]}
Time = Annotated[str, BeforeValidator(rfc3339), WithJsonSchema(_TIME)]
"""RFC 3339, UTC."""
Body = Annotated[dict[str, JsonValue], BeforeValidator(load_json)]
"""An object that is stored as JSON text."""

Text = Annotated[
    str,
    Field(max_length=LONGEST_TEXT, examples=["I want a refund for order ORD-1001"]),
    AfterValidator(not_blank),
]
"""Words that are not empty."""
EventId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        description="Made by the sender: the same id twice in a conversation is one event, however often it is sent.",
        examples=["5f2c1b1e-7d0a-4b9e-9a55-3f6f0f1f7d11"],
    ),
]
Slug = Annotated[str, Path(pattern=SLUG, max_length=64, examples=["refund-request"])]


def matching_slug(address: str, body: str | None) -> None:
    """Raises DocumentError where the body names another thing than the address."""
    if body is not None and body != address:
        raise DocumentError(
            phrase(
                "The address names `{address}`, but the body `{body}`: use the same slug in both.",
                address=address,
                body=body,
            )
        )


def _id(prefix: str, what: str) -> Any:
    example = f"{prefix}_0195563fc2807000a1b2c3d4e5f60718"
    return Path(pattern=f"^{prefix}_[0-9a-f]{{32}}$", description=f"The {what}'s identifier.", examples=[example])


ConversationId = Annotated[str, _id("conv", "conversation")]
RunId = Annotated[str, _id("run", "run")]
ApprovalId = Annotated[str, _id("appr", "approval")]
KeyId = Annotated[str, _id("key", "API key")]
ContactId = Annotated[str, _id("contact", "contact")]
LeadId = Annotated[str, _id("lead", "lead")]
CONTACT_ID = "^contact_[0-9a-f]{32}$"

Cursor = Annotated[
    str | None, Query(max_length=200, description="The `cursor` of the page before; without it the first page.")
]
Words = Annotated[str, Query(max_length=200, description="Words that are all found somewhere in it, in any order.")]
ConversationFilter = Annotated[str | None, Query(pattern="^conv_[0-9a-f]{32}$", description="Only of this one.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items a page has at most.")]
After = Annotated[int, Query(ge=0, le=LARGEST_SEQ, description="Only entries with a higher `seq`.")]
Wait = Annotated[
    float,
    Query(
        ge=0,
        le=120,
        allow_inf_nan=False,
        description="Seconds to wait at most until nothing is under way any more (calls to other systems).",
    ),
]


class Shown(BaseModel):
    """The base of everything that is answered."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Asked(BaseModel):
    """The base of everything that is asked for: fields that nobody knows are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(problems.Problem):
    """One thing that is wrong (an error refuses publishing) or doubtful (a warning does not)."""

    sentence: Told


class Items(Shown, Generic[T]):
    """A whole list."""

    items: list[T]


class Listing(Items[T], Generic[T]):
    """One page of a list, newest first."""

    cursor: str | None = Field(description="Leads to the next page; null at the end.")


class EventOptions(Asked):
    """What every event may carry."""

    event_id: EventId | None = None


AttachmentId = Annotated[str, Field(pattern=r"^att_[0-9a-f]{32}$")]


class FileShown(Shown):
    """A file that was brought, or that a message carries."""

    id: str
    name: str
    type: str
    size: int


class WithFiles(Asked):
    """A message, which may be files alone."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT, examples=["I want a refund for order ORD-1001"])] = ""
    attachments: Annotated[list[AttachmentId], Field(max_length=MOST)] = []

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.text.strip() and not self.attachments:
            raise ValueError("The message is empty: give `text`, or `attachments`.")
        return self


class SeenOptions(EventOptions):
    """What an event may carry that must not cross with what others write."""

    based_on: Annotated[int, Field(ge=0, le=LARGEST_SEQ)] | None = Field(
        default=None,
        description="The `seq` of the last entry that the member saw: where somebody else wrote to or as the customer "
        "after it, nothing is done, and the problem `crossed` tells in `entries` what that was.",
    )
