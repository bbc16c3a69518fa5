"""HTTP requests as a procedure describes them, and as they are approved and sent."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from pydantic import Field

from deskhand.domain.errors import TemplateError
from deskhand.domain.model import Record
from deskhand.domain.templates import (
    Placeholder,
    Scope,
    body_placeholders,
    json_tree,
    mask_secrets,
    placeholders,
    render_header,
    render_json,
    render_query,
    render_url,
    secret_names,
)

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

READS = frozenset({"GET"})
REPEATABLE = frozenset({"GET", "PUT", "DELETE"})
LONGEST_TIMEOUT = 120.0


class BearerAuth(Record):
    """`Authorization: Bearer …`, the token taken from a secret."""

    kind: Literal["bearer"]
    secret: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")


class Connection(Record):
    """How to reach an outside system: a base URL with its authentication, shared by calls."""

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)
    name: str = ""
    base_url: str
    auth: BearerAuth | None = None

    @property
    def fingerprint(self) -> str:
        """Changes when what an approval was given for changes."""
        return _fingerprint(self)


@lru_cache(maxsize=1024)  # a cached property would go along into a changed copy
def _fingerprint(connection: Connection) -> str:
    return hashlib.sha256(connection.model_dump_json(exclude={"name"}).encode()).hexdigest()[:16]


class RenderedRequest(Record):
    """The exact request that is approved, confirmed and sent; secrets stand as marks in it."""

    method: Method
    url: str
    headers: dict[str, str] = {}
    body: str | None = None
    connection: str | None = None
    fingerprint: str | None = None
    read_only: bool = False
    idempotent: bool = False
    key_header: str = "Idempotency-Key"
    timeout: float = LONGEST_TIMEOUT

    def shown(self) -> dict[str, object]:
        """The request as people may see it, secrets by name only."""
        shown: dict[str, object] = {"method": self.method, "url": mask_secrets(self.url)}
        if self.headers:
            shown["headers"] = {name: mask_secrets(value) for name, value in self.headers.items()}
        if self.body is not None:
            shown["body"] = mask_secrets(self.body)
        if self.connection:
            shown["connection"] = self.connection
        return shown

    def secrets(self) -> set[str]:
        """The names of all secrets that the request refers to."""
        names = secret_names(self.body or "")
        for value in self.headers.values():
            names |= secret_names(value)
        return names


class HttpRequest(Record):
    """A request template: a whole URL, or a path on a connection."""

    url: str = Field(min_length=1)
    method: Method = "GET"
    connection: str | None = None
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    body: str | None = None
    read_only: bool | None = None
    idempotent: bool | None = None
    idempotency_header: str = "Idempotency-Key"
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT)

    @property
    def reads(self) -> bool:
        """Whether it changes nothing: GET, unless declared otherwise."""
        return self.method in READS if self.read_only is None else self.read_only

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice is harmless: reads, PUT and DELETE, unless declared otherwise."""
        if self.idempotent is not None:
            return self.idempotent
        return self.reads or self.method in REPEATABLE

    def placeholders(self) -> Iterator[Placeholder]:
        """Every placeholder in it. Raises TemplateError where a part is no template."""
        yield from placeholders(self.url)
        for template in (*self.headers.values(), *self.query.values()):
            yield from placeholders(template)
        if self.body is not None:
            yield from body_placeholders(json_tree(self.body))

    def render(self, scope: Scope, connections: Mapping[str, Connection]) -> RenderedRequest:
        """Fill everything in. Raises TemplateError with a sentence that names the part."""
        connection = self._connection(connections)
        url = with_query(absolute(render_url(self.url, scope), connection), render_query(self.query, scope))
        headers = {name: render_header(value, scope) for name, value in self.headers.items()}
        body = None if self.body is None else render_json(self.body, scope)
        if body is not None and not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = "application/json"
        return RenderedRequest(
            method=self.method,
            url=url,
            headers=headers,
            body=body,
            connection=self.connection,
            fingerprint=connection.fingerprint if connection else None,
            read_only=self.reads,
            idempotent=self.repeatable,
            key_header=self.idempotency_header,
            timeout=self.timeout,
        )

    def _connection(self, connections: Mapping[str, Connection]) -> Connection | None:
        if self.connection is None:
            return None
        if self.connection not in connections:
            raise TemplateError(f"the connection `{self.connection}` does not exist.")
        return connections[self.connection]


def with_scheme(url: str) -> str:
    """The URL with `https://` in front where no protocol is given."""
    return url if "://" in url.split("{{", 1)[0].split("?", 1)[0] else "https://" + url


def absolute(path: str, connection: Connection | None) -> str:
    """The whole URL: the path on the connection's base URL, or the URL as it stands."""
    if connection is None:
        return with_scheme(path)
    return with_scheme(connection.base_url).rstrip("/") + "/" + path.lstrip("/")


def with_query(url: str, pairs: list[tuple[str, str]]) -> str:
    """The URL with these query parameters behind the ones that it has."""
    if not pairs:
        return url
    query = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in pairs)
    address, hash_sign, fragment = url.partition("#")
    return address + ("&" if "?" in address else "?") + query + hash_sign + fragment


def origin_is_templated(url: str) -> bool:
    """Whether the scheme, host or port of a whole URL would come from a variable."""
    scheme, _, rest = with_scheme(url).partition("://")
    return "{{" in scheme or "{{" in re.split(r"[/\\?#]", rest, maxsplit=1)[0]
