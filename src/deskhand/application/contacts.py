"""Contacts: what earlier conversations knew of a customer, and what members and programs add."""

from dataclasses import dataclass, replace
from typing import Any

from deskhand.application.audit import audit_row
from deskhand.application.ids import fresh_id
from deskhand.domain.contact import NAMED, Contact, fit_contact
from deskhand.ports.clock import Clock
from deskhand.ports.contacts import ContactRow
from deskhand.ports.stores import NotFound, Stale, Stores, Taken
from deskhand.ports.turns import Conflict

TRIES = 100
"""How often a contact is merged anew because somebody else changed it in between."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A contact as it is stored now, and what became of it."""

    row: ContactRow
    became: str
    """`created`, `updated` or `unchanged`."""


class Contacts:
    """Use cases about contacts."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    async def known(
        self, workspace: str, contact: Contact, conversation: str | None = None, *, trusted: bool = True
    ) -> Contact:
        """All that is known of a customer, who is kept from now on. Raises UnfitContact where that is too much.

        The stored contact is the one with the same id; without such a one, the only one with the same e-mail, which
        must not have another id. Who has neither is known to their conversation alone.
        conversation: the one that they are in. trusted: whether a program or a member vouches for what is given;
        what a customer only typed finds nobody by e-mail, and replaces nothing.
        """
        wanted = _tidy(contact)
        if wanted.id is None and (wanted.email is None or not trusted):
            return wanted
        return (await self.merge(workspace, wanted, conversation, trusted=trusted)).row.contact

    async def merge(
        self, workspace: str, contact: Contact, conversation: str | None = None, *, trusted: bool = True
    ) -> Merged:
        """Add to what is stored of a contact, or store a new one. Raises UnfitContact."""
        for _ in range(TRIES):
            stored = await self._find(workspace, contact, trusted)
            try:
                if stored is None:
                    return await self._add(workspace, contact, conversation, trusted)
                return await self._complete(workspace, stored, contact, conversation, trusted)
            except (Taken, Stale, NotFound):
                continue  # it was stored, changed or removed in between
        raise Conflict("The contact changes faster than this can be added to it: send it again.")

    async def create(self, workspace: str, contact: Contact, by: str) -> ContactRow:
        """Store a new contact. Raises Taken where it is there already, or UnfitContact."""
        wanted = fit_contact(_tidy(contact))
        row = self._row(wanted, vouched=wanted.email is not None)
        await self._stores.contacts.add(workspace, row, audit=audit_row(self._clock, by, "contact.created", row.id))
        return row

    async def change(self, workspace: str, id: str, changes: dict[str, Any], by: str) -> ContactRow:
        """Replace the fields that are named; attributes one by one, where null takes one away.

        Raises NotFound, Taken or UnfitContact.
        """
        for _ in range(TRIES):
            row = await self._stores.contacts.get(workspace, id)
            attributes = {**row.contact.attributes, **changes.get("attributes", {})}
            kept = {name: value for name, value in attributes.items() if value is not None}
            wanted = fit_contact(_tidy(row.contact.model_copy(update={**changes, "attributes": kept})))
            vouched = (row.vouched or "email" in changes) and wanted.email is not None
            changed = replace(row, contact=wanted, vouched=vouched, updated_at=self._clock.now())
            audit = audit_row(self._clock, by, "contact.changed", id, {"fields": sorted(changes)})
            try:
                await self._stores.contacts.change(workspace, changed, audit=audit)
            except Stale:
                continue
            return changed
        raise Conflict("The contact changes faster than this can be written: send it again.")

    async def remove(self, workspace: str, id: str, by: str) -> None:
        """Erase a contact. What conversations logged stays in their logs. Raises NotFound."""
        await self._stores.contacts.remove(workspace, id, audit_row(self._clock, by, "contact.removed", id))

    async def _find(self, workspace: str, contact: Contact, trusted: bool) -> ContactRow | None:
        if contact.id is not None:
            named = await self._stores.contacts.named(workspace, contact.id)
            if named is not None:
                return named
        if contact.email is None or not trusted:
            return None
        found = await self._stores.contacts.mailed(workspace, contact.email)
        if found and (found[0].contact.id is None or (contact.id is None and len(found) == 1)):
            return found[0]
        return None  # nobody, or several people: an e-mail tells them not apart

    async def _add(self, workspace: str, contact: Contact, conversation: str | None, trusted: bool) -> Merged:
        wanted = fit_contact(Contact().completed(contact), strictly=False)
        row = self._row(wanted, vouched=trusted and wanted.email is not None)
        if conversation is not None:
            row = replace(row, last_seen_at=row.created_at)
        await self._stores.contacts.add(workspace, row, conversation)
        return Merged(row, "created")

    async def _complete(
        self, workspace: str, stored: ContactRow, contact: Contact, conversation: str | None, trusted: bool
    ) -> Merged:
        wanted = fit_contact(stored.contact.completed(contact, trusted), strictly=False)
        vouched = stored.vouched or (trusted and contact.email is not None)
        now = self._clock.now()
        if wanted == stored.contact and vouched == stored.vouched:
            if conversation is not None:
                await self._stores.contacts.seen(workspace, stored.id, conversation, now)
            return Merged(stored, "unchanged")
        seen = now if conversation is not None else stored.last_seen_at
        row = replace(stored, contact=wanted, vouched=vouched, updated_at=now, last_seen_at=seen)
        await self._stores.contacts.change(workspace, row, conversation)
        return Merged(row, "updated")

    def _row(self, contact: Contact, vouched: bool) -> ContactRow:
        now = self._clock.now()
        return ContactRow(fresh_id("contact", self._clock), contact, vouched, 1, now, now)


def _tidy(contact: Contact) -> Contact:
    """The contact without blanks, and without fields that hold nothing else."""
    named = {name: (getattr(contact, name) or "").strip() or None for name in NAMED}
    return contact.model_copy(update=named)
