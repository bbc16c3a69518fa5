"""Many contacts at once, as other systems keep them."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from deskhand.application.audit import audit_row
from deskhand.application.contacts import Contacts
from deskhand.domain.contact import NAMED, Contact, UnfitContact, fit_contact
from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import did_you_mean, shortened
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores, Unstorable

FIELDS = (*NAMED, "attributes")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A contact that was not taken: its place among those given, and why."""

    index: int
    reason: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the contacts that were given."""

    created: int
    updated: int
    unchanged: int
    refused: tuple[Refusal, ...]


class ContactImport:
    """Takes contacts in; the good ones, whatever is wrong with others."""

    def __init__(self, contacts: Contacts, stores: Stores, clock: Clock) -> None:
        self._contacts = contacts
        self._stores = stores
        self._clock = clock

    async def bring(self, workspace: str, given: list[Any], by: str) -> Brought:
        """Add each to what is known of it, in their order, or store it anew."""
        refused: list[Refusal] = []
        lanes: dict[tuple[str, str], list[tuple[int, Contact]]] = {}
        for index, one in enumerate(given):
            try:
                contact = read_contact(one)
            except UnfitContact as error:
                refused.append(Refusal(index, error.sentence))
                continue
            # the same customer's rows go one after another: the last one counts
            names = [("id", contact.id), ("email", contact.email and contact.email.casefold())]
            keys = [(kind, name) for kind, name in names if name]
            lane = next((lanes[key] for key in keys if key in lanes), [])
            lane.append((index, contact))
            lanes |= {key: lanes.get(key, lane) for key in keys}
        apart = {id(lane): lane for lane in lanes.values()}
        done = await asyncio.gather(*(self._lane(workspace, lane) for lane in apart.values()))
        became = Counter(what for lane in done for what in lane if isinstance(what, str))
        refused += [what for lane in done for what in lane if isinstance(what, Refusal)]
        counts = {name: became[name] for name in ("created", "updated", "unchanged")}
        if counts["created"] or counts["updated"]:
            await self._stores.contacts.audit(
                workspace, audit_row(self._clock, by, "contacts.imported", "contacts", counts)
            )
        return Brought(**counts, refused=tuple(sorted(refused, key=lambda one: one.index)))

    async def _lane(self, workspace: str, lane: list[tuple[int, Contact]]) -> list[str | Refusal]:
        found: list[str | Refusal] = []
        for index, contact in lane:
            try:
                found.append((await self._contacts.merge(workspace, contact)).became)
            except (UnfitContact, Unstorable) as error:
                found.append(Refusal(index, error.sentence))
        return found


def read_contact(data: Any) -> Contact:
    """A contact that somebody wrote. Raises UnfitContact with the first thing that is wrong."""
    if not isinstance(data, dict):
        raise UnfitContact("This is no object with the fields of a contact.")
    for name in data:
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS) or phrase(": your own fields go under `attributes`.")
            raise UnfitContact(phrase("`{name}` is no field of a contact{hint}", name=shortened(name), hint=hint))
    try:
        contact = Contact.model_validate({name: _written(data[name], name) for name in data})
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        place = ".".join(map(str, wrong["loc"]))
        raise UnfitContact(phrase("`{place}`: {fault:small}.", place=shortened(place), fault=fault_of(wrong))) from None
    if contact.id is None and contact.email is None:
        raise UnfitContact("It has neither `id` nor `email`: each import would store it anew.")
    return fit_contact(contact)


def _written(value: Any, name: str) -> Any:
    """A field as text: ids and phone numbers are often written as numbers."""
    if name == "attributes":
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else value
