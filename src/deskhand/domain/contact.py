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

    def is_same(self, other: "Contact") -> bool:
        """Whether both are certainly the same person: nothing that names them differs."""
        mine, theirs = (self.id, self.email, self.phone_number), (other.id, other.email, other.phone_number)
        return mine == theirs and (any(mine) or self == other)

    def completed(self, newer: "Contact", trusted: bool = True) -> "Contact":
        """What both tell. What is newer goes first if it is trusted, else it only fills in what was not known.

        An attribute that is newly null is taken away.
        """
        first, second = (newer, self) if trusted else (self, newer)
        fields = {name: getattr(first, name) or getattr(second, name) for name in NAMED}
        attributes = {**second.attributes, **first.attributes}
        known = {name: value for name, value in attributes.items() if value is not None}
        return Contact(**fields, attributes=known)


NAMED = ("id", "first_name", "last_name", "email", "phone_number")
"""A contact's fields beside its attributes."""


class LeadDetails(Record):
    """What the customer left as a lead in this conversation."""

    email: str | None = None
    name: str | None = None
