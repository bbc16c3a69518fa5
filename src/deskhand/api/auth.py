"""Who is calling: an API key names its workspace and has a role."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from deskhand.api.errors import Forbidden, Unauthenticated
from deskhand.application.configuration import KEY_PREFIX, Role, digest
from deskhand.application.services import Services
from deskhand.ports.stores import KeyRow

FRESH = 5_000
"""Milliseconds for which a key that was found need not be looked up again."""
MOST_KEPT = 10_000
LONGEST_KEY = 200


class Keys:
    """Looks API keys up and remembers them for a moment."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: dict[bytes, tuple[KeyRow, int]] = {}

    async def authenticate(self, authorization: str | None) -> KeyRow:
        """The key of an `Authorization` header. Raises Unauthenticated."""
        scheme, _, key = (authorization or "").partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer" or not key.startswith(KEY_PREFIX) or len(key) > LONGEST_KEY:
            raise Unauthenticated
        return await self.look_up(digest(key))

    async def look_up(self, wanted: bytes) -> KeyRow:
        """The key with this digest. Raises Unauthenticated for one that is unknown or revoked."""
        now = self._services.clock.now()
        kept = self._kept.get(wanted)
        if kept is not None and now < kept[1]:
            return kept[0]
        row = await self._services.stores.settings.key(wanted)
        if row is None:
            self._kept.pop(wanted, None)
            raise Unauthenticated
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[wanted] = (row, now + FRESH)
        return row

    def forget(self, key: str) -> None:
        """Look this key up again before it is used the next time."""
        self._kept = {wanted: kept for wanted, kept in self._kept.items() if kept[0].id != key}


@dataclass(frozen=True, slots=True)
class Caller:
    """The API key that a request came with, and what it works on."""

    services: Services
    keys: Keys
    workspace: str
    key: str
    """The key's id."""
    by: str
    """The key's name: who did what is recorded under it."""
    role: Role
    authorization: str
    """The header that the key came in, so that a long answer can look it up again."""


async def identify(request: Request) -> Caller:
    """The caller of a request. Raises Unauthenticated."""
    keys: Keys = request.app.state.keys
    authorization = request.headers.get("authorization", "")
    row = await keys.authenticate(authorization)
    services: Services = request.app.state.services
    return Caller(services, keys, row.workspace, row.id, row.name, row.role, authorization)  # type: ignore[arg-type]


async def _any_member(request: Request) -> Caller:
    caller: Caller = request.state.caller  # the route identified it before it read the body
    return caller


async def _builder(request: Request) -> Caller:
    caller: Caller = request.state.caller
    if caller.role == "agent":
        raise Forbidden(
            f"The API key “{caller.by}” has the role `agent`: it may read, talk and decide approvals. "
            "Creating, editing, publishing, archiving and configuring take an `admin` or `owner` key."
        )
    return caller


Member = Annotated[Caller, Depends(_any_member)]
"""Any key of the workspace."""
Builder = Annotated[Caller, Depends(_builder)]
"""A key of the role `owner` or `admin`."""
