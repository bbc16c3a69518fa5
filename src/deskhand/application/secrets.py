"""Secrets: stored, replaced, removed and used by name; nobody reads one again."""

import re

from deskhand.application.audit import audit_row
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import joined, phrase
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.vault import Vault

LONGEST = 10_000
"""Characters of a secret's value."""
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


def value_problem(value: str) -> str | None:
    """Why a value can be no secret, without the value; or None."""
    if not value or any(sign in value for sign in "\r\n\0"):
        return phrase("A secret's value may not be empty or hold line breaks.")
    return (
        phrase("A secret's value may have at most {most:,} characters.", most=LONGEST) if len(value) > LONGEST else None
    )


def mentions(document: str, name: str) -> bool:
    """Whether a document, as JSON, uses a secret: in a template, or as a credential."""
    used = rf'(?:\bsecrets\.|"(?:refresh_)?secret":\s*"){re.escape(name)}(?![A-Za-z0-9_])'
    return re.search(used, document) is not None


class Secrets:
    """Use cases about secrets."""

    def __init__(self, stores: Stores, vault: Vault, clock: Clock) -> None:
        self._stores = stores
        self._vault = vault
        self._clock = clock

    async def put(self, workspace: str, name: str, value: str, by: str) -> None:
        """Store or replace one. Raises RuleError."""
        if not _NAME.fullmatch(name):
            raise RuleError(
                phrase(
                    "`{name}` is no name for a secret: use capitals, digits and `_`, like SHOP_TOKEN.", name=name[:64]
                )
            )
        wrong = value_problem(value)
        if wrong:
            raise RuleError(wrong)
        sealed = self._vault.seal(workspace, f"secret:{name}", value)
        audit = audit_row(self._clock, by, "secret.stored", name)
        await self._stores.settings.put_secret(workspace, name, sealed, self._clock.now(), audit)

    async def remove(self, workspace: str, name: str, by: str, force: bool = False) -> None:
        """Remove one. Raises RuleError where something uses it, unless it is forced."""
        users = [] if force else await self.users(workspace, name)
        if users:
            raise RuleError(
                phrase(
                    "The secret `{name}` is used by {users}: calls would fail without it. "
                    "Take it out there first, or remove it by force.",
                    name=name,
                    users=joined(users, ", "),
                )
            )
        await self._stores.settings.remove_secret(workspace, name, audit_row(self._clock, by, "secret.removed", name))

    async def names(self, workspace: str) -> set[str]:
        """The names of all secrets."""
        return {name for name, _ in await self._stores.settings.secrets(workspace)}

    async def users(self, workspace: str, name: str) -> list[str]:
        """What uses a secret: connections, actions, and published procedures with the actions that they pin."""
        return (await self.users_of(workspace, [name]))[name]

    async def users_of(self, workspace: str, names: list[str]) -> dict[str, list[str]]:
        """The same for several secrets, by name."""
        documents = [
            (phrase("the {kind} `{slug}`", kind=phrase(kind), slug=slug), text)
            for kind, slug, text in await self._documents(workspace)
        ]
        _, versions = await self._stores.procedures.active(workspace)
        documents += [
            (phrase("the procedure `{slug}`", slug=row.slug), f"{row.document}\n{row.pins}") for row in versions
        ]
        return {name: [who for who, text in documents if mentions(text, name)] for name in names}

    async def owners(self, workspace: str, name: str) -> list[tuple[str, str]]:
        """Kind and slug of the connections, actions, webhooks, channels and models that use a secret."""
        return [(kind, slug) for kind, slug, text in await self._documents(workspace) if mentions(text, name)]

    async def _documents(self, workspace: str) -> list[tuple[str, str, str]]:
        return [
            (kind, row.slug, row.document)
            for kind in ("connection", "action", "webhook", "channel", "model")
            for row in await self._stores.settings.documents(workspace, kind)
        ]
