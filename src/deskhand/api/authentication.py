"""Authentication as requests and answers write it: by a secret's name, or with the credential in clear.

What comes in clear becomes a secret. In answers dots stand in its place; sent back, they keep what is stored.
"""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.api.models import Asked
from deskhand.application.secrets import LONGEST
from deskhand.domain.authentication import (
    MASKED,
    ClientId,
    HeaderName,
    OneLine,
    ParameterName,
    SecretName,
    Style,
    TokenUrl,
    UserName,
)

Named = Annotated[SecretName | None, Field(description="The secret that holds it.", examples=["SHOP_TOKEN"])]
Clear = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=LONGEST,
        description=f"In clear, in place of a secret's name: it is stored as one. Answers show {MASKED}.",
    ),
]


class BearerBody(Asked):
    """`Authorization: Bearer …`."""

    kind: Literal["bearer"]
    secret: Named = None
    token: Clear = None


class BasicBody(Asked):
    """A user name and a password."""

    kind: Literal["basic"]
    username: UserName
    secret: Named = None
    password: Clear = None


class HeaderBody(Asked):
    """A header of any name."""

    kind: Literal["header"]
    name: HeaderName
    secret: Named = None
    value: Clear = None


class FieldBody(Asked):
    """A field of the body."""

    kind: Literal["body"]
    name: ParameterName
    secret: Named = None
    value: Clear = None


class QueryBody(Asked):
    """A parameter of the query."""

    kind: Literal["query"]
    name: ParameterName
    secret: Named = None
    value: Clear = None


class ClientCredentialsBody(Asked):
    """OAuth 2.0, client credentials."""

    kind: Literal["oauth2_client_credentials"]
    token_url: TokenUrl
    client_id: ClientId
    secret: Named = None
    client_secret: Clear = None
    scope: OneLine | None = None
    audience: OneLine | None = None
    style: Style = "header"


class RefreshTokenBody(Asked):
    """OAuth 2.0, refresh token."""

    kind: Literal["oauth2_refresh_token"]
    token_url: TokenUrl
    client_id: ClientId
    secret: Named = None
    client_secret: Clear = None
    refresh_secret: Named = None
    refresh_token: Clear = None
    scope: OneLine | None = None
    style: Style = "header"


AuthBody = Annotated[
    BearerBody | BasicBody | HeaderBody | FieldBody | QueryBody | ClientCredentialsBody | RefreshTokenBody,
    Field(discriminator="kind"),
]
"""How calls prove who sends them."""
