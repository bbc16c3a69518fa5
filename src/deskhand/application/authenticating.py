"""Filling credentials in, right before the wire: nobody sees a request after this but the edge."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.tokens import Lease, Tokens
from deskhand.domain.authentication import (
    AnyAuth,
    BasicAuth,
    BearerAuth,
    BodyAuth,
    ClientCredentials,
    HeaderAuth,
    QueryAuth,
    RefreshToken,
)
from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import with_query
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.ports.clock import Clock
from deskhand.ports.http import Http, OutwardRequest

TOKEN_NAME = "access token"  # noqa: S105 (how a token is called, where it is taken out of answers)
_FORM = "application/x-www-form-urlencoded"


class CannotAuthenticate(DeskhandError):
    """No credentials could be filled in, so nothing was sent."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A request with credentials in it, and the secrets that are in it by name."""

    request: OutwardRequest
    used: dict[str, str]
    lease: Lease | None = None
    """The access token that it carries, where it carries one."""


class Authenticator:
    """Puts credentials into requests; keeps OAuth tokens in memory, one for each workspace and authentication."""

    def __init__(self, http: Http, catalogues: Catalogues, clock: Clock) -> None:
        self._catalogues = catalogues
        self._tokens = Tokens(http, catalogues, clock)

    async def secrets(self, workspace: str, snapshot: Snapshot, names: Iterable[str]) -> dict[str, str]:
        """Secrets in clear, by name. Raises NotFound or CannotUnseal."""
        return {name: await self._catalogues.secret(workspace, snapshot, name) for name in names}

    async def authenticate(
        self, workspace: str, snapshot: Snapshot, auth: AnyAuth | None, request: OutwardRequest, used: dict[str, str]
    ) -> Credentials:
        """The request with its credentials. Raises CannotAuthenticate, NoToken, NotFound or CannotUnseal."""
        match auth:
            case None:
                return Credentials(request, used)
            case ClientCredentials() | RefreshToken():
                lease = await self._tokens.lease(workspace, auth, snapshot.internal_hosts)
                token = lease.token.value
                sent = _with_header(request, "Authorization", f"Bearer {token}")
                return Credentials(sent, {**used, TOKEN_NAME: token}, lease)
            case _:
                value = await self._catalogues.secret(workspace, snapshot, auth.secret)
                used = {**used, auth.secret: value}
                if isinstance(auth, BasicAuth):
                    # what a server echoes is the pair in base64, in which the password's own base64 cannot be found
                    used[phrase("{secret} with its user name", secret=auth.secret)] = f"{auth.username}:{value}"
                return Credentials(with_credential(request, auth, value), used)

    def drop(self, sent: Credentials) -> bool:
        """After a 401: forget the access token that was refused; whether another one could help."""
        return sent.lease is not None and self._tokens.drop(sent.lease)

    async def close(self) -> None:
        """Let renewals of tokens under way come to an end."""
        await self._tokens.close()


def with_credential(
    request: OutwardRequest, auth: BearerAuth | BasicAuth | HeaderAuth | BodyAuth | QueryAuth, value: str
) -> OutwardRequest:
    """The request with one credential where the authentication says. Raises CannotAuthenticate."""
    match auth:
        case BearerAuth():
            return _with_header(request, "Authorization", f"Bearer {value}")
        case BasicAuth():
            pair = base64.b64encode(f"{auth.username}:{value}".encode()).decode()
            return _with_header(request, "Authorization", f"Basic {pair}")
        case HeaderAuth():
            return _with_header(request, auth.name, value)
        case QueryAuth():
            return replace(request, url=with_query(request.url, [(auth.name, value)]))
        case BodyAuth():
            return replace(request, body=_in_body(request, auth.name, value))


def _in_body(request: OutwardRequest, name: str, value: str) -> bytes:
    """The body with one more field; what was approved stays as it is, to the byte."""
    body = request.body or b""
    kind = next((text for key, text in request.headers.items() if key.lower() == "content-type"), "")
    if kind.lower().startswith(_FORM):
        pair = f"{quote(name, safe='')}={quote(value, safe='')}".encode()
        return body + b"&" + pair if body else pair
    fields = _read(body)
    if not isinstance(fields, dict):
        raise CannotAuthenticate(
            phrase(
                "The credential goes into the body as `{name}`, which takes a JSON object or a form as the body.",
                name=name,
            )
        )
    if name in fields:
        raise CannotAuthenticate(
            phrase("The body has a field `{name}` already, which is where the credential goes.", name=name)
        )
    pair = f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}".encode()
    return body.rstrip()[:-1] + (b"," if fields else b"") + pair + b"}"


def _with_header(request: OutwardRequest, name: str, value: str) -> OutwardRequest:
    others = {key: text for key, text in request.headers.items() if key.lower() != name.lower()}
    return replace(request, headers={**others, name: value})


def _read(body: bytes) -> Any:
    try:
        return read_json(body.decode())
    except (UnicodeDecodeError, Unreadable):
        return None
