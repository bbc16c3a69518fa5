"""A contact: the customer, as far as a conversation knows."""

from pydantic import Field

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import shortened
from deskhand.domain.values import InvalidValue, parse, text_of

MOST_ATTRIBUTES = 200
LONGEST_NAME = 100
"""Characters of an attribute's name."""
LARGEST = 32_768
"""Characters of all attributes together, as JSON."""


class UnfitContact(DeskhandError):
    """The contact cannot be kept as it is."""


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
        known: dict[str, Json] = {name: value for name, value in attributes.items() if value is not None}
        return Contact(**fields, attributes=known)


NAMED = ("id", "first_name", "last_name", "email", "phone_number")
"""A contact's fields beside its attributes."""


def fit_contact(contact: Contact, strictly: bool = True) -> Contact:
    """The contact as it can be kept. strictly: also whether its e-mail is one. Raises UnfitContact."""
    attributes = contact.attributes
    if len(attributes) > MOST_ATTRIBUTES:
        raise UnfitContact(
            phrase(
                "A contact has at most {most} attributes, and this one {count}.",
                most=MOST_ATTRIBUTES,
                count=len(attributes),
            )
        )
    long = next((name for name in attributes if not name or len(name) > LONGEST_NAME), None)
    if long is not None:
        raise UnfitContact(
            phrase(
                "An attribute's name has 1 to {most} characters, not `{long}`.", most=LONGEST_NAME, long=shortened(long)
            )
        )
    if len(text_of(attributes)) > LARGEST:
        raise UnfitContact(
            phrase("A contact's attributes may have {most:,} characters together, as JSON: keep less.", most=LARGEST)
        )
    if not strictly or contact.email is None:
        return contact
    try:
        return contact.model_copy(update={"email": parse("email", contact.email)})
    except InvalidValue:
        sentence = phrase(
            "`{email}` is no e-mail address: write it like ada@example.com.", email=shortened(contact.email)
        )
        raise UnfitContact(sentence) from None


class LeadDetails(Record):
    """What the customer left as a lead in this conversation."""

    email: str | None = None
    name: str | None = None
    phone: str | None = sparse(None)
    company: str | None = sparse(None)
