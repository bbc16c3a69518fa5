"""HTTP requests as a procedure describes them, and as they are approved and sent."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, get_args
from urllib.parse import quote

from pydantic import Field

from deskhand.domain.addresses import with_scheme
from deskhand.domain.authentication import Auth
from deskhand.domain.errors import DocumentError, TemplateError
from deskhand.domain.model import Record, sparse
from deskhand.domain.phrases import phrase
from deskhand.domain.templates import (
    Escaping,
    Placeholder,
    Scope,
    body_placeholders,
    is_omitted,
    json_tree,
    mask_secrets,
    placeholders,
    render_form,
    render_header,
    render_json,
    render_query,
    render_raw,
    render_url,
    secret_names,
)

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

METHODS: tuple[Method, ...] = get_args(Method)


def as_method(text: str) -> Method:
    """The method of that name, in whatever case. Raises DocumentError."""
    for method in METHODS:
        if method == text.upper():
            return method
    raise DocumentError(
        phrase("`{text}` requests cannot be sent: use one of {methods}.", text=text[:40], methods=", ".join(METHODS))
    )


READS = frozenset({"GET"})
REPEATABLE = frozenset({"GET", "PUT", "DELETE"})
LONGEST_TIMEOUT = 120.0


class Connection(Record):
    """How to reach an outside system: a base URL with its authentication, shared by calls."""

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)
    name: str = ""
    kind: Literal["http", "mcp", "mcp_stdio"] = sparse("http")
    base_url: str = ""
    command: tuple[str, ...] = sparse(())
    """What to start, for an MCP server that speaks over its standard input and output."""
    auth: Auth | None = None
    test_auth: Auth | None = sparse(None)
    """Credentials for the test panel and the preview, where the system has a test account."""

    @property
    def fingerprint(self) -> str:
        """Changes when what an approval was given for changes."""
        return _fingerprint(self)


@lru_cache(maxsize=1024)  # a cached property would go along into a changed copy
def _fingerprint(connection: Connection) -> str:
    return hashlib.sha256(connection.model_dump_json(exclude={"name", "test_auth"}).encode()).hexdigest()[:16]


class RenderedRequest(Record):
    """The exact request that is approved, confirmed and sent; secrets stand as marks in it."""

    method: Method
    url: str
    headers: dict[str, str] = {}
    body: str | None = None
    escaping: Escaping = sparse("json")
    """How secrets are written into the body."""
    connection: str | None = None
    fingerprint: str | None = None
    read_only: bool = False
    idempotent: bool = False
    key_header: str = "Idempotency-Key"
    timeout: float = LONGEST_TIMEOUT
    auth: Auth | None = sparse(None)
    """Its own authentication, in place of the connection's."""
    definite: tuple[int, ...] = sparse(())
    """Statuses beside most 4xx that say that nothing was done."""

    def shown(self) -> dict[str, object]:
        """The request as people may see it, secrets by name only."""
        shown: dict[str, object] = {"method": self.method, "url": mask_secrets(self.url)}
        if self.headers:
            shown["headers"] = {name: mask_secrets(value) for name, value in self.headers.items()}
        if self.body is not None:
            shown["body"] = mask_secrets(self.body)
        if self.connection:
            shown["connection"] = self.connection
        if self.auth:
            shown["auth"] = self.auth.model_dump(exclude_none=True)
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
    auth: Auth | None = None
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    body: str | None = None
    form: dict[str, str] = {}
    text: str | None = None
    read_only: bool | None = None
    idempotent: bool | None = None
    idempotency_header: str = "Idempotency-Key"
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT)
    definite_statuses: list[int] = []

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
        for template in (*self.headers.values(), *self.query.values(), *self.form.values(), self.text or ""):
            yield from placeholders(template)
        if self.body is not None:
            yield from body_placeholders(json_tree(self.body))

    def render(self, scope: Scope, connections: Mapping[str, Connection]) -> RenderedRequest:
        """Fill everything in. Raises TemplateError with a sentence that names the part."""
        connection = self._connection(connections)
        url = with_query(absolute(render_url(self.url, scope), connection), render_query(self.query, scope))
        headers = {
            name: render_header(value, scope) for name, value in self.headers.items() if not is_omitted(value, scope)
        }
        body, media_type, escaping = self._rendered_body(scope)
        if body is not None and not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = media_type
        return RenderedRequest(
            method=self.method,
            url=url,
            headers=headers,
            body=body,
            escaping=escaping,
            connection=self.connection,
            fingerprint=connection.fingerprint if connection else None,
            read_only=self.reads,
            idempotent=self.repeatable,
            key_header=self.idempotency_header,
            timeout=self.timeout,
            auth=self.auth,
            definite=tuple(self.definite_statuses),
        )

    def _rendered_body(self, scope: Scope) -> tuple[str | None, str, Escaping]:
        """The body, its media type, and how secrets are written into it."""
        if self.form:
            return render_form(self.form, scope), "application/x-www-form-urlencoded", "form"
        if self.text is not None:
            return render_raw(self.text, scope), "text/plain; charset=utf-8", "none"
        return None if self.body is None else render_json(self.body, scope), "application/json", "json"

    def _connection(self, connections: Mapping[str, Connection]) -> Connection | None:
        if self.connection is None:
            return None
        if self.connection not in connections:
            raise TemplateError(phrase("the connection `{connection}` does not exist.", connection=self.connection))
        return connections[self.connection]


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
