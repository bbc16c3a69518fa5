"""Who is calling: a member who is signed in, or an API key; each names its workspace and has a role."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from deskhand.api.cookies import check_own_page, token_in
from deskhand.api.errors import Forbidden, SessionEnded, Unauthenticated
from deskhand.application.configuration import KEY_PREFIX, Role, digest
from deskhand.application.members import Acting
from deskhand.application.services import Services
from deskhand.application.sessions import Signed
from deskhand.domain.deciding import RANKS
from deskhand.domain.phrases import phrase
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

    def forget_all(self) -> None:
        """Look every key up again before it is used the next time."""
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Caller:
    """The member or the API key that a request came from, and what it works on."""

    services: Services
    keys: Keys
    workspace: str
    by: str
    """The member's or the key's name: who did what is recorded under it."""
    role: Role
    still_there: Callable[[], Awaitable[bool]]
    """Whether the key or the session is valid still, for answers that take long."""
    key: KeyRow | None = None
    """None for a member."""
    signed: Signed | None = None
    """The session and its member; None for a key."""

    @property
    def member(self) -> str | None:
        """The member's id; None for a key."""
        return self.signed.member.id if self.signed else None

    @property
    def behind(self) -> str | None:
        """The member who answers for it: who is signed in, or who made the key."""
        return self.key.made_by if self.key else self.member

    @property
    def acting(self) -> Acting:
        """Who acts, for what depends on the role."""
        return Acting(self.by, self.role, self.behind)


@dataclass(frozen=True, slots=True)
class Person:
    """A member who is signed in."""

    caller: Caller
    signed: Signed


async def identify(request: Request) -> Caller:
    """The caller of a request: its API key's, or else its cookie's. Raises Unauthenticated and ForeignOrigin."""
    authorization = request.headers.get("authorization")
    token = None if authorization else token_in(request)
    return await by_key(request, authorization) if token is None else await by_session(request, token)


async def by_key(request: Request, authorization: str | None) -> Caller:
    """The API key of an `Authorization` header. Raises Unauthenticated."""
    keys: Keys = request.app.state.keys
    row = await keys.authenticate(authorization)

    async def still_there() -> bool:
        try:
            await keys.authenticate(authorization)
        except Unauthenticated:
            return False
        return True

    services: Services = request.app.state.services
    return Caller(services, keys, row.workspace, row.name, _role_of(row), still_there, key=row)


def _role_of(key: KeyRow) -> Role:
    """What a key may: what it was made for, and never more than who made it may now."""
    roles: set[str] = {key.role, key.maker_role or key.role}
    return next(role for role in RANKS if role in roles)


async def by_session(request: Request, token: str) -> Caller:
    """The member of a session. Raises SessionEnded, and ForeignOrigin where another page sent the cookie."""
    check_own_page(request)
    services: Services = request.app.state.services
    signed = await services.sessions.find(token)
    if signed is None:
        raise SessionEnded
    member = signed.member

    async def still_there() -> bool:
        found = await services.sessions.find(token)
        return found is not None and found.member.id == member.id

    role: Role = member.role  # type: ignore[assignment]
    keys: Keys = request.app.state.keys
    return Caller(services, keys, member.workspace, member.name, role, still_there, signed=signed)


async def _any_member(request: Request) -> Caller:
    caller: Caller = request.state.caller  # the route identified it before it read the body
    return caller


async def _builder(request: Request) -> Caller:
    caller: Caller = request.state.caller
    if caller.role == "agent":
        who = phrase("The API key “{by}” has", by=caller.by) if caller.key else phrase("You have")
        raise Forbidden(
            phrase(
                "{who} the role `agent`: it may read, talk and decide approvals. "
                "Creating, editing, publishing, archiving and configuring take an `admin` or `owner`.",
                who=who,
            )
        )
    return caller


async def _person(request: Request) -> Person:
    caller: Caller = request.state.caller
    if caller.signed is None:
        raise Forbidden("An API key has no profile and no sessions: this is for members who are signed in.")
    return Person(caller, caller.signed)


Member = Annotated[Caller, Depends(_any_member)]
"""Any member or key of the workspace."""
Builder = Annotated[Caller, Depends(_builder)]
"""A member or a key of the role `owner` or `admin`."""
SignedIn = Annotated[Person, Depends(_person)]
"""A member who is signed in, not a key."""
