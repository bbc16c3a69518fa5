"""Contacts as they are stored, and the conversations that each was in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from deskhand.domain.contact import Contact
from deskhand.ports.turns import AuditRow

if TYPE_CHECKING:
    from deskhand.ports.stores import Page


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact; `contact.id` is what the customer is called elsewhere, `id` what they are called here."""

    id: str
    contact: Contact
    vouched: bool
    """Whether it has an e-mail that comes from a program or a member: only such a one may name a contact."""
    revision: int
    """Counts the changes: a change names the revision that it is based on."""
    created_at: int
    updated_at: int
    last_seen_at: int | None = None


class Contacts(Protocol):
    """Contacts.

    An id of elsewhere is one contact's alone; so is a vouched e-mail among those without such an id.
    """

    async def named(self, workspace: str, external: str) -> ContactRow | None:
        """The contact that is called so elsewhere."""
        ...

    async def mailed(self, workspace: str, email: str) -> list[ContactRow]:
        """Contacts with this vouched e-mail, whatever its case: those without an id of elsewhere first, at most 3."""
        ...

    async def get(self, workspace: str, contact: str) -> ContactRow:
        """One contact. Raises NotFound."""
        ...

    async def add(
        self, workspace: str, row: ContactRow, conversation: str | None = None, audit: AuditRow | None = None
    ) -> None:
        """Store a new contact, and that it was in a conversation. Raises Taken where its names are another's."""
        ...

    async def change(
        self, workspace: str, row: ContactRow, conversation: str | None = None, audit: AuditRow | None = None
    ) -> None:
        """Replace what is known. Raises Stale where the revision is another by now, or Taken."""
        ...

    async def seen(self, workspace: str, contact: str, conversation: str, at: int) -> None:
        """Note that the contact was in a conversation. Raises NotFound."""
        ...

    async def remove(self, workspace: str, contact: str, audit: AuditRow) -> None:
        """Erase a contact and which conversations it was in. Raises NotFound."""
        ...

    async def audit(self, workspace: str, row: AuditRow) -> None:
        """Record what was done with many contacts at once."""
        ...

    async def page(self, workspace: str, search: str = "", cursor: str | None = None, limit: int = 50) -> "Page":
        """Contacts, newest first; with every word of `search` somewhere in their names, e-mail, phone or id."""
        ...

    async def conversations(self, workspace: str, contact: str, cursor: str | None = None, limit: int = 50) -> "Page":
        """The conversations that a contact was in, newest first. Raises NotFound for an unknown contact."""
        ...
