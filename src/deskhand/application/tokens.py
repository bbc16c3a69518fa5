"""Access tokens in memory: fetched once for all who wait, renewed before they end, forgotten when refused."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.application.catalogue import Catalogues
from deskhand.application.granting import Grant, NoToken, read_grant, token_request
from deskhand.domain.authentication import OAuth, RefreshToken, fingerprint_of, secrets_of
from deskhand.domain.errors import DeskhandError
from deskhand.domain.masking import masked_text
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock
from deskhand.ports.http import Http, OutwardError, Refused

TRIES = 3
"""How often a token is asked for at most, where trying again could help."""
FIRST_WAIT = 0.25
"""Seconds before the second try; doubled before the third."""
CLOSING = 5.0
"""Seconds that a renewal under way has when the server stops: a refresh token may be on its way."""
_TRANSIENT = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Token:
    """An access token."""

    value: str = field(repr=False)
    renew_at: int
    made_from: bytes = field(repr=False)
    """A digest of the credentials that it was given for."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A token for one call."""

    slot: tuple[str, str]
    token: Token
    cached: bool
    """Whether it was there already: one that was just fetched is not fetched again where it is refused."""


@dataclass(slots=True)
class _Slot:
    token: Token | None = None
    fetching: asyncio.Task[Token] | None = None
    unsaved: tuple[str, str] | None = field(default=None, repr=False)
    """A refresh token that could not be stored, and the one that it replaces."""


class Tokens:
    """The access tokens of all workspaces, one for each authentication."""

    def __init__(self, http: Http, catalogues: Catalogues, clock: Clock) -> None:
        self._http = http
        self._catalogues = catalogues
        self._clock = clock
        self._slots: dict[tuple[str, str], _Slot] = {}

    async def lease(self, workspace: str, auth: OAuth, allowed: frozenset[str]) -> Lease:
        """A token that can be used now. Raises NoToken, NotFound, CannotUnseal or StorageFailed."""
        place = workspace, fingerprint_of(auth)
        slot = self._slots.setdefault(place, _Slot())
        known = slot.token
        if known is not None and self._fits(known, await self._secrets(workspace, auth)):
            return Lease(place, known, cached=True)
        task = slot.fetching
        if task is None:
            task = slot.fetching = asyncio.create_task(self._fetch(workspace, auth, allowed, slot), name="token")
            task.add_done_callback(lambda done: self._fetched(slot, done))
        # whoever waits may be broken off, but not the renewal: a new refresh token would be lost with it
        return Lease(place, await asyncio.shield(task), cached=False)

    def drop(self, lease: Lease) -> bool:
        """Forget a token that was refused; whether asking for another one could help."""
        slot = self._slots.get(lease.slot)
        if slot is not None and slot.token is lease.token:
            slot.token = None
        return lease.cached

    async def close(self) -> None:
        """Let renewals under way come to an end."""
        tasks = [slot.fetching for slot in self._slots.values() if slot.fetching]
        if tasks:
            await asyncio.wait(tasks, timeout=CLOSING)
        for task in tasks:
            task.cancel()

    @staticmethod
    def _fetched(slot: _Slot, done: asyncio.Task[Token]) -> None:
        slot.fetching = None
        if not done.cancelled():
            done.exception()  # whoever waited was told; where nobody did, nobody has to be

    def _fits(self, token: Token, secrets: Mapping[str, str]) -> bool:
        return self._clock.now() < token.renew_at and token.made_from == _digest(secrets)

    async def _secrets(self, workspace: str, auth: OAuth) -> dict[str, str]:
        """As they are stored now: a snapshot may hold a refresh token that was replaced since."""
        return {name: await self._catalogues.stored_secret(workspace, name) for name in sorted(secrets_of(auth))}

    async def _fetch(self, workspace: str, auth: OAuth, allowed: frozenset[str], slot: _Slot) -> Token:
        secrets = await self._secrets(workspace, auth)
        if slot.token is not None and self._fits(slot.token, secrets):
            return slot.token  # somebody else was quicker
        if isinstance(auth, RefreshToken) and slot.unsaved is not None:
            secrets = await self._save(workspace, auth, secrets, slot)
        grant = await self._ask(workspace, auth, secrets, allowed)
        asked_at = self._clock.now()
        if isinstance(auth, RefreshToken) and grant.refresh_token not in (None, secrets[auth.refresh_secret]):
            slot.unsaved = secrets[auth.refresh_secret], grant.refresh_token or ""
            secrets = await self._save(workspace, auth, secrets, slot)
        slot.token = Token(grant.access_token, asked_at + grant.usable, _digest(secrets))
        return slot.token

    async def _save(self, workspace: str, auth: RefreshToken, secrets: dict[str, str], slot: _Slot) -> dict[str, str]:
        """Store a refresh token that replaces another, before it is used; gives the secrets as they are then."""
        assert slot.unsaved is not None
        before, after = slot.unsaved
        stored = await self._catalogues.stored_secret(workspace, auth.refresh_secret)
        if stored == before:  # else somebody has stored another one by hand, which goes first
            await self._catalogues.replace_secret(workspace, auth.refresh_secret, after)
            stored = after
        slot.unsaved = None
        return {**secrets, auth.refresh_secret: stored}

    async def _ask(self, workspace: str, auth: OAuth, secrets: dict[str, str], allowed: frozenset[str]) -> Grant:
        request = token_request(auth, secrets)
        for left in reversed(range(TRIES)):
            try:
                answer = await self._http.send(workspace, request, allowed)
            except OutwardError as error:
                if not left or isinstance(error, Refused):
                    raise NoToken(phrase("No access token: {why:first}", why=_masked(error, secrets))) from None
            else:
                if not left or answer.status not in _TRANSIENT:
                    return read_grant(answer, auth, secrets)
            await self._clock.sleep(FIRST_WAIT * 2 ** (TRIES - 1 - left))
        raise AssertionError("the last try returns or raises")


def _masked(error: DeskhandError, secrets: Mapping[str, str]) -> str:
    """What went wrong; what the edge says about the call itself, behind it, is not about a token."""
    return masked_text(error.sentence, [value for value in secrets.values() if value])


def _digest(secrets: Mapping[str, str]) -> bytes:
    whole = hashlib.sha256()
    for name, value in sorted(secrets.items()):
        whole.update(f"{name}\0{len(value)}\0{value}".encode())
    return whole.digest()
