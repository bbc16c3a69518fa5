"""Authentication of calls: which credential goes where. It stands here by its secret's name and never in clear."""

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase

MASKED = "••••••••"
"""What is shown in place of a credential."""

SECRET_NAME = r"^[A-Z][A-Z0-9_]{0,63}$"  # noqa: S105 - the form of a name

_TOKEN_URL = re.compile(r"https?://[^\s/?#@{}\\]+(?:[/?][^\s#{}\\]*)?", re.IGNORECASE)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NO_CREDENTIAL = frozenset(
    {
        "accept-encoding", "connection", "content-length", "content-type", "expect", "host", "keep-alive",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Headers about the connection or the body: the edge sets them itself."""


def _header_name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise ValueError("must be the name of a header, such as X-API-Key: letters, digits and `-`.")
    if name.lower() in _NO_CREDENTIAL:
        raise ValueError(phrase("may not be {name}: that header is set by Deskhand itself.", name=name))
    return name


def _user_name(name: str) -> str:
    if ":" in name or not name.isprintable():
        raise ValueError("may hold no colon and no control character: basic authentication cannot carry it.")
    return name


def _token_url(url: str) -> str:
    whole = url.strip() if "://" in url else f"https://{url.strip()}"
    if not _TOKEN_URL.fullmatch(whole):
        raise ValueError("must be an address such as https://auth.example.com/oauth/token.")
    return whole


SecretName = Annotated[str, Field(pattern=SECRET_NAME)]
HeaderName = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_header_name)]
ParameterName = Annotated[str, Field(pattern=r"^[!-~]{1,128}$")]
UserName = Annotated[str, Field(min_length=1, max_length=256), AfterValidator(_user_name)]
TokenUrl = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_token_url)]
ClientId = Annotated[str, Field(pattern=r"^[ -~]{1,512}$")]
OneLine = Annotated[str, Field(pattern=r"^[!-~]+( [!-~]+)*$", max_length=2000)]
Style = Literal["header", "body"]
"""Where a client's id and secret go: into a basic `Authorization`, or into the form."""


class BearerAuth(Record):
    """`Authorization: Bearer …`."""

    kind: Literal["bearer"]
    secret: SecretName


class BasicAuth(Record):
    """`Authorization: Basic …`: a user name, and a password from a secret."""

    kind: Literal["basic"]
    username: UserName
    secret: SecretName


class HeaderAuth(Record):
    """A header of any name with the secret as its value."""

    kind: Literal["header"]
    name: HeaderName
    secret: SecretName


class BodyAuth(Record):
    """A field of the JSON object, or of the form, that is sent."""

    kind: Literal["body"]
    name: ParameterName
    secret: SecretName


class QueryAuth(Record):
    """A parameter behind the address; it is put there at the wire and stands in no record."""

    kind: Literal["query"]
    name: ParameterName
    secret: SecretName


class ClientCredentials(Record):
    """OAuth 2.0, client credentials (RFC 6749, section 4.4): Deskhand fetches access tokens for itself."""

    kind: Literal["oauth2_client_credentials"]
    token_url: TokenUrl
    client_id: ClientId
    secret: SecretName
    scope: OneLine | None = None
    audience: OneLine | None = None
    style: Style = "header"


class RefreshToken(Record):
    """OAuth 2.0, refresh token (RFC 6749, section 6): access tokens on behalf of somebody who agreed once."""

    kind: Literal["oauth2_refresh_token"]
    token_url: TokenUrl
    client_id: ClientId
    secret: SecretName | None = None
    refresh_secret: SecretName
    scope: OneLine | None = None
    style: Style = "header"


OAuth = ClientCredentials | RefreshToken
AnyAuth = BearerAuth | BasicAuth | HeaderAuth | BodyAuth | QueryAuth | OAuth
Auth = Annotated[AnyAuth, Field(discriminator="kind")]
"""How a call proves who sends it."""

CREDENTIALS: dict[str, dict[str, str]] = {
    "bearer": {"secret": "token"},
    "basic": {"secret": "password"},
    "header": {"secret": "value"},
    "body": {"secret": "value"},
    "query": {"secret": "value"},
    "oauth2_client_credentials": {"secret": "client_secret"},
    "oauth2_refresh_token": {"secret": "client_secret", "refresh_secret": "refresh_token"},
}
"""By kind: the fields that name a secret, each with the field that takes the credential in clear instead."""

OPTIONAL = {("oauth2_refresh_token", "secret")}
"""Fields that need not name a secret."""


def secrets_of(auth: AnyAuth) -> frozenset[str]:
    """The names of the secrets that it uses."""
    return frozenset(name for field in CREDENTIALS[auth.kind] if (name := getattr(auth, field)) is not None)


def fingerprint_of(auth: AnyAuth) -> str:
    """Changes when anything but a secret's value does."""
    return hashlib.sha256(auth.model_dump_json().encode()).hexdigest()[:16]


def authentications(document: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every authentication in the document of a connection or an action, with the path of its field."""
    for key, value in document.items():
        if not isinstance(value, dict):
            continue
        if key in ("auth", "test_auth") and value.get("kind") in CREDENTIALS:
            yield (*path, key), value
        else:
            yield from authentications(value, (*path, key))


def with_masks(document: dict[str, Any]) -> dict[str, Any]:
    """The document as people see it: beside each secret's name, dots in place of the credential."""
    shown = {key: with_masks(value) if isinstance(value, dict) else value for key, value in document.items()}
    for path, auth in authentications(document):
        if len(path) == 1:
            shown[path[0]] = _masked(auth)
    return shown


def _masked(auth: dict[str, Any]) -> dict[str, Any]:
    shown = {}
    for key, value in auth.items():
        shown[key] = value
        clear = CREDENTIALS[auth["kind"]].get(key)
        if clear:
            shown[clear] = None if value is None else MASKED
    return shown
