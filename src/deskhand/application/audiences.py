"""Audiences: storing them, trying them, and keeping those that procedures use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.audit import audit_row
from deskhand.domain.audience import Audience, matches, scope_from
from deskhand.domain.audience_reading import InvalidAudience, read_audience, unknown_variable
from deskhand.domain.audience_why import explain
from deskhand.domain.contact import Contact
from deskhand.domain.errors import RuleError
from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.suggestions import listed
from deskhand.ports.clock import Clock
from deskhand.ports.contacts import ContactRow
from deskhand.ports.stores import DocumentRow, NotFound, Stores

KIND = "audience"
MOST = 200
"""Audiences of one workspace: every turn has them at hand."""
MOST_LOOKED_AT = 5_000
"""Contacts that are looked at for a sample."""
SHOWN = 10
"""Contacts of a sample that are shown."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Who is tried: a stored contact or a made-up one, and values by the variables that rules look at."""

    contact_id: str | None = None
    contact: Contact | None = None
    context: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sample:
    """Who is in an audience, among the contacts that were looked at."""

    matching: int
    looked_at: int
    more: bool
    """Whether there are contacts that were not looked at."""
    contacts: list[ContactRow]


class Audiences:
    """Use cases about audiences."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    async def all(self, workspace: str) -> list[Audience]:
        """All audiences of a workspace, in the order of their slugs."""
        rows = await self._stores.settings.documents(workspace, KIND)
        return [Audience.model_validate_json(row.document) for row in rows]

    async def get(self, workspace: str, slug: str) -> Audience:
        """One audience. Raises NotFound."""
        try:
            row = await self._stores.settings.document(workspace, KIND, slug)
        except NotFound:
            raise NotFound(phrase("There is no audience `{slug}`.", slug=slug)) from None
        return Audience.model_validate_json(row.document)

    async def put(self, workspace: str, document: Any, by: str) -> Audience:
        """Make or replace an audience. Raises InvalidAudience with all that is wrong, or RuleError."""
        audience = read_audience(document)
        known = {row.slug for row in await self._stores.settings.documents(workspace, KIND)}
        if audience.slug not in known and len(known) >= MOST:
            raise RuleError(phrase("A workspace has at most {most} audiences: remove one first.", most=MOST))
        row = DocumentRow(audience.slug, audience.model_dump_json(), self._clock.now())
        audit = audit_row(self._clock, by, "audience.stored", audience.slug)
        await self._stores.settings.put(workspace, KIND, row, audit)
        return audience

    async def remove(self, workspace: str, slug: str, by: str) -> None:
        """Remove an audience. Raises NotFound, and RuleError where a procedure is for it."""
        await self.get(workspace, slug)
        users = (await self.users(workspace)).get(slug)
        if users:
            raise RuleError(
                phrase(
                    "The audience `{slug}` is used by {users}: take it out there first.", slug=slug, users=listed(users)
                )
            )
        audit = audit_row(self._clock, by, "audience.removed", slug)
        await self._stores.settings.remove(workspace, KIND, slug, audit)

    async def users(self, workspace: str) -> dict[str, list[str]]:
        """The names of procedures by the audience that their draft or active version is for; archived ones aside."""
        _, active = await self._stores.procedures.active(workspace)
        published = {row.slug: _audience_in(row.document) for row in active}
        found: dict[str, list[str]] = {}
        for row in await self._stores.procedures.all(workspace):
            if row.status != "archived":
                for audience in {_audience_in(row.draft), published.get(row.slug)} - {None}:
                    found.setdefault(str(audience), []).append(row.name)
        return found

    async def test(self, workspace: str, slug: str, trial: Trial) -> tuple[bool, str]:
        """Whether a customer is in an audience, and a sentence that says why. Raises NotFound and InvalidAudience."""
        rule = (await self.get(workspace, slug)).rule
        wrong = [sentence for path in trial.context if (sentence := unknown_variable(path))]
        if wrong:
            problems = [Problem(code="audience", field="context", sentence=sentence) for sentence in wrong]
            raise InvalidAudience(problems)
        contact = trial.contact
        if trial.contact_id is not None:
            contact = (await self._stores.contacts.get(workspace, trial.contact_id)).contact
        scope = scope_from(contact, trial.context, self._clock.now())
        return matches(rule, scope), explain(rule, scope)

    async def contacts(self, workspace: str, slug: str) -> Sample:
        """Who of the newest contacts is in an audience, by what is known of them alone. Raises NotFound."""
        rule = (await self.get(workspace, slug)).rule
        now = self._clock.now()
        found: list[ContactRow] = []
        looked_at, cursor = 0, None
        while looked_at < MOST_LOOKED_AT:
            page = await self._stores.contacts.page(workspace, "", cursor, 200)
            looked_at += len(page.items)
            found += [row for row in page.items if matches(rule, scope_from(row.contact, {}, now))]
            cursor = page.cursor
            if cursor is None:
                break
        return Sample(len(found), looked_at, cursor is not None, found[:SHOWN])


def _audience_in(document: str) -> Any:
    """The audience that a procedure's document names; a draft may be incomplete."""
    data = json.loads(document)
    trigger = data.get("trigger") if isinstance(data, dict) else None
    return trigger.get("audience") if isinstance(trigger, dict) else None
