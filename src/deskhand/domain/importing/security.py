"""Security schemes of an API description as authentications that are still to be filled in."""

import re
from typing import Any

from pydantic import ValidationError

from deskhand.domain.authentication import (
    AnyAuth,
    BasicAuth,
    BearerAuth,
    ClientCredentials,
    HeaderAuth,
    QueryAuth,
    RefreshToken,
)
from deskhand.domain.importing.imported import TO_FILL_IN
from deskhand.domain.importing.references import Document, Unusable
from deskhand.domain.phrases import phrase


class Security:
    """How one description's operations prove who sends them."""

    def __init__(self, document: Document, prefix: str) -> None:
        self._document = document
        self._prefix = re.sub(r"[^A-Z0-9]+", "_", prefix.upper()).strip("_")[:40] or "API"
        if not self._prefix[0].isalpha():
            self._prefix = f"S_{self._prefix}"[:40]

    def of(self, operation: dict[str, Any]) -> tuple[AnyAuth | None, dict[str, str], list[str]]:
        """The authentication, further headers that carry secrets, and notes. Raises Unusable."""
        wanted = operation.get("security", self._document.data.get("security"))
        choices = [one for one in wanted if isinstance(one, dict)] if isinstance(wanted, list) else []
        if not choices or any(not one for one in choices):
            return None, {}, []  # none is needed, or none is one of the ways
        found = [self._read(list(choice)) for choice in choices]
        complete = [one for one in found if one[0] is not None and not one[2]]
        return complete[0] if complete else next((one for one in found if one[0] is not None), found[0])

    def _read(self, names: list[str]) -> tuple[AnyAuth | None, dict[str, str], list[str]]:
        auth: AnyAuth | None = None
        headers: dict[str, str] = {}
        notes: list[str] = []
        for name in names:
            schemes = self._document.resolved(self._document.data.get("components")).get("securitySchemes")
            scheme = self._document.resolved(schemes.get(name)) if isinstance(schemes, dict) else {}
            one = self._one(name, scheme)
            if one is None:
                notes.append(
                    phrase("The security scheme `{name}` cannot be used here: authenticate in another way.", name=name)
                )
            elif auth is None:
                auth = one
            elif isinstance(one, HeaderAuth):
                headers[one.name] = f"{{{{secrets.{one.secret}}}}}"
            else:
                notes.append(
                    phrase(
                        "Beside its first security scheme it wants `{name}` too, which cannot be sent with it.",
                        name=name,
                    )
                )
        return auth, headers, notes

    def _one(self, name: str, scheme: dict[str, Any]) -> AnyAuth | None:
        try:
            return self._typed(name, scheme)
        except ValidationError:
            return None

    def _typed(self, name: str, scheme: dict[str, Any]) -> AnyAuth | None:
        kind, where = scheme.get("type"), scheme.get("in")
        key = str(scheme.get("name") or "")
        match kind:
            case "http" if str(scheme.get("scheme")).lower() == "basic":
                return BasicAuth(kind="basic", username=TO_FILL_IN, secret=self._secret("PASSWORD"))
            case "http" if str(scheme.get("scheme")).lower() == "bearer":
                return BearerAuth(kind="bearer", secret=self._secret("TOKEN"))
            case "apiKey" if where == "header" and key.lower() == "authorization":
                return HeaderAuth(kind="header", name="Authorization", secret=self._secret("AUTHORIZATION"))
            case "apiKey" if where == "header":
                return HeaderAuth(kind="header", name=key, secret=self._secret(key))
            case "apiKey" if where == "query":
                return QueryAuth(kind="query", name=key, secret=self._secret(key))
            case "oauth2":
                return self._oauth(scheme)
            case "openIdConnect":
                return BearerAuth(kind="bearer", secret=self._secret("TOKEN"))
            case _:
                return None

    def _oauth(self, scheme: dict[str, Any]) -> AnyAuth:
        flows = self._document.resolved(scheme.get("flows"))
        client, code = flows.get("clientCredentials"), flows.get("authorizationCode")
        if isinstance(client, dict) and isinstance(client.get("tokenUrl"), str) and "://" in client["tokenUrl"]:
            return ClientCredentials(
                kind="oauth2_client_credentials",
                token_url=client["tokenUrl"],
                client_id=TO_FILL_IN,
                secret=self._secret("CLIENT_SECRET"),
            )
        if isinstance(code, dict) and isinstance(code.get("refreshUrl"), str) and "://" in code["refreshUrl"]:
            return RefreshToken(
                kind="oauth2_refresh_token",
                token_url=code["refreshUrl"],
                client_id=TO_FILL_IN,
                secret=self._secret("CLIENT_SECRET"),
                refresh_secret=self._secret("REFRESH_TOKEN"),
            )
        return BearerAuth(kind="bearer", secret=self._secret("TOKEN"))

    def _secret(self, what: str) -> str:
        ending = re.sub(r"[^A-Z0-9]+", "_", what.upper()).strip("_")[:20] or "KEY"
        return f"{self._prefix}_{ending}"


__all__ = ["Security", "Unusable"]
