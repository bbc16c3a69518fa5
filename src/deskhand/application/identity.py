"""Who the host page proves a visitor to be: tokens signed with the workspace's identity secret, checked every time."""

import hmac
import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from deskhand.application.audit import audit_row
from deskhand.domain.contact import Contact, UnfitContact, fit_contact
from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import Unreadable, fit_json
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.vault import Vault

NAME = "widget:identity"
"""No name that a member could give: it is used here alone, and no template reaches it."""
PREFIX = "dhid_"
OVERLAP = 24 * 3_600_000
"""Milliseconds for which the secret before the newest one is good."""
LEEWAY = 60
"""Seconds that the host page's clock may be wrong."""
LONGEST = 6000
"""Characters of a user token."""
_FIELD = f"secret:{NAME}"
_UNCHECKED = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
_NAMES = ("first_name", "last_name", "email", "phone_number")


class IdentityRefused(DeskhandError):
    """The user token is not valid here, or not any more: get a fresh one from the page's own server."""


@dataclass(frozen=True, slots=True)
class User:
    """A customer whom the host page vouches for."""

    id: str
    contact: Contact
    """What the token says of them, and no more."""


@dataclass(frozen=True, slots=True)
class IdentityState:
    """What can be told of the identity secret."""

    set_at: int | None
    """None where there is none."""
    previous_until: int | None
    """Until when the one before it is good; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Kept:
    secret: str
    at: int
    previous: str | None = None
    until: int = 0


class Identity:
    """Use cases about proving who a visitor is."""

    def __init__(self, stores: Stores, vault: Vault, clock: Clock) -> None:
        self._stores = stores
        self._vault = vault
        self._clock = clock

    async def state(self, workspace: str) -> IdentityState:
        """Whether there is a secret, and since when."""
        kept = await self._kept(workspace)
        if kept is None:
            return IdentityState(None, None)
        good = kept.previous is not None and kept.until > self._clock.now()
        return IdentityState(kept.at, kept.until if good else None)

    async def secret(self, workspace: str) -> str | None:
        """The newest secret, for a page's server in this very process; no other one can read it."""
        kept = await self._kept(workspace)
        return None if kept is None else kept.secret

    async def replace(self, workspace: str, by: str) -> str:
        """A new secret, given this once; the one before it stays good for a day."""
        before, now = await self._kept(workspace), self._clock.now()
        secret = PREFIX + b"".join(self._clock.entropy()[2:] for _ in range(4)).hex()
        wanted = {"secret": secret, "at": now}
        if before is not None:
            wanted |= {"previous": before.secret, "until": now + OVERLAP}
        sealed = self._vault.seal(workspace, _FIELD, json.dumps(wanted))
        audit = audit_row(self._clock, by, "widget.identity_secret", "workspace", {"replaced": before is not None})
        await self._stores.settings.put_secret(workspace, NAME, sealed, now, audit)
        return secret

    async def verify(self, workspace: str, token: str) -> User:
        """Whom a user token proves. Raises IdentityRefused."""
        kept, now = await self._kept(workspace), self._clock.now()
        if kept is None:
            raise IdentityRefused("There is no identity secret yet that a user token could be signed with.")
        secrets = [kept.secret, *([kept.previous] if kept.previous and kept.until > now else [])]
        if len(token) > LONGEST or not token.isascii() or not token.isprintable():
            raise IdentityRefused
        found = next((one for secret in secrets if (one := _claims(token, secret)) is not None), None)
        if found is None:
            raise IdentityRefused
        _check_times(found, now / 1000)
        return _user(found)

    async def _kept(self, workspace: str) -> _Kept | None:
        try:
            sealed = await self._stores.settings.secret(workspace, NAME)
        except NotFound:
            return None
        return _Kept(**json.loads(self._vault.unseal(workspace, _FIELD, sealed)))


def _claims(token: str, secret: str) -> dict[str, Any] | None:
    """What is in a token that this secret signed; None for any other one."""
    if ":" in token:
        return _signed_id(token, secret)
    import jwt  # with all of cryptography, which a workspace without signed-in customers never needs

    try:
        # one algorithm, whatever the token says of itself; times are checked with the server's own clock
        claims: dict[str, Any] = jwt.decode(token, secret, algorithms=["HS256"], options=_UNCHECKED)  # type: ignore[arg-type]
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return claims


def _signed_id(token: str, secret: str) -> dict[str, Any] | None:
    user, _, signature = token.rpartition(":")
    made = hmac.digest(secret.encode(), user.encode(), "sha256").hex()
    return {"sub": user} if hmac.compare_digest(made, signature.lower()) else None


def _check_times(claims: dict[str, Any], now: float) -> None:
    for name in ("exp", "nbf"):
        if name in claims and not (isinstance(claims[name], int | float) and abs(claims[name]) < 1e15):
            raise IdentityRefused(phrase("The user token's `{name}` is no time: give seconds since 1970.", name=name))
    if "exp" in claims and now >= claims["exp"] + LEEWAY:
        raise IdentityRefused("The user token has expired: get a fresh one from the page's own server.")
    if "nbf" in claims and now < claims["nbf"] - LEEWAY:
        raise IdentityRefused("The user token is not valid yet: compare the clocks of both servers.")


def _user(claims: dict[str, Any]) -> User:
    """The customer, as the token says. Raises IdentityRefused, which tells the page's developer what is wrong."""
    try:
        said = fit_json(claims)
    except Unreadable as error:
        raise IdentityRefused(phrase("The user token cannot be read: {why}.", why=error.sentence)) from None
    sub = said.get("sub")
    user = str(sub) if isinstance(sub, int) and not isinstance(sub, bool) else sub
    if not isinstance(user, str) or not user.strip() or user != user.strip() or len(user) > 200:
        raise IdentityRefused("The user token's `sub` has to be the customer's own id: a text of 1 to 200 characters.")
    fields = {name: said[name] for name in _NAMES if said.get(name) is not None}
    name = said.get("name")
    if isinstance(name, str) and not fields.keys() & {"first_name", "last_name"}:
        first, _, last = re.sub(r"\s+", " ", name.strip()).rpartition(" ")
        fields |= {"first_name": first, "last_name": last} if first else {"first_name": last}
    attributes = said.get("attributes")
    try:
        contact = Contact.model_validate({"id": user, **fields, **({"attributes": attributes} if attributes else {})})
        return User(user, fit_contact(contact))
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False)[0]["loc"][0]
        raise IdentityRefused(phrase("The user token's `{where}` is not as it should be.", where=where)) from None
    except UnfitContact as error:
        raise IdentityRefused(
            phrase("The user token says something that cannot be kept. {why}", why=error.sentence)
        ) from None
