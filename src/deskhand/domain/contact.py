"""A contact: the customer, as far as a conversation knows."""

from pydantic import Field

from deskhand.domain.model import Json, Record


class Contact(Record):
    """A customer."""

    id: str | None = Field(default=None, max_length=200)
    first_name: str | None = Field(default=None, max_length=200)
    last_name: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=320)
    phone_number: str | None = Field(default=None, max_length=50)
    attributes: dict[str, Json] = {}


class LeadDetails(Record):
    """What the customer left as a lead in this conversation."""

    email: str | None = None
    name: str | None = None
