"""Connections: how outside systems are reached."""

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.authentication import AuthBody
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Items, Shown, Slug, matching_slug
from deskhand.domain.addresses import with_scheme
from deskhand.domain.authentication import with_masks
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import Connection
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/connections", tags=["Configuration"], route_class=KeyedRoute)


Kind = Literal["http", "mcp", "mcp_stdio"]


def _base_url(url: str) -> str:
    try:
        parts = urlsplit(with_scheme(url.strip()))
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable or "{{" in url or any(sign.isspace() for sign in url.strip()):
        raise ValueError("must be an address such as https://api.example.com/v2.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("may hold no password, query or fragment: keep credentials in a secret.")
    return url.strip()


BaseUrl = Annotated[str, Field(max_length=2000, examples=["https://api.example.com/v2"]), AfterValidator(_base_url)]


class NewConnection(Asked):
    """How an outside system is reached."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(max_length=100)] = ""
    kind: Kind = Field(default="http", description="A web service, or an MCP server over HTTP or as a program.")
    base_url: BaseUrl | None = None
    command: Annotated[list[Annotated[str, Field(max_length=4000)]], Field(max_length=100)] = Field(
        default=[], description="The program and its arguments, for `mcp_stdio`."
    )
    auth: AuthBody | None = Field(default=None, description="The credential: by its secret's name, or in clear.")
    test_auth: AuthBody | None = Field(default=None, description="In its place for tests and previews.")


class ShownConnection(Shown):
    """How an outside system is reached."""

    slug: str
    name: str
    kind: Kind
    base_url: str
    command: list[str]
    auth: AuthBody | None
    test_auth: AuthBody | None


class ConnectionList(Items[ShownConnection]):
    """All connections."""


@router.get("", summary="List connections")
async def list_connections(who: Member) -> ConnectionList:
    """All connections of the workspace."""
    return ConnectionList(items=[shown_connection(connection) for connection in await _all(who)])


@router.get("/{slug}", summary="Look at a connection")
async def get_connection(who: Member, slug: Slug) -> ShownConnection:
    """One connection; its credential is shown by its secret's name, and as dots."""
    for connection in await _all(who):
        if connection.slug == slug:
            return shown_connection(connection)
    raise NotFound(phrase("There is no connection `{slug}`.", slug=slug))


@router.put("/{slug}", summary="Store a connection")
async def put_connection(who: Builder, slug: Slug, wanted: NewConnection) -> ShownConnection:
    """Make or replace a connection. Approvals that were asked for with the old one lapse.

    A credential in clear is stored as a secret. One that is left out, or sent as dots, stays as it was.
    """
    matching_slug(slug, wanted.slug)
    if wanted.kind != "mcp_stdio" and wanted.base_url is None:
        raise DocumentError("`base_url` is missing: give an address such as https://api.example.com/v2.")
    # what was not given must not look like something that was taken out
    document: dict[str, Any] = wanted.model_dump(exclude_unset=True, exclude={"slug"})
    if document.get("base_url") is None:
        document.pop("base_url", None)
    return shown_connection(await who.services.configuration.save_connection(who.workspace, slug, document, who.by))


@router.delete("/{slug}", status_code=204, summary="Remove a connection")
async def remove_connection(who: Builder, slug: Slug) -> None:
    """Remove a connection; calls that use it fail from here on. Its secrets stay."""
    await who.services.configuration.remove(who.workspace, "connection", slug, who.by)


async def _all(who: Caller) -> list[Connection]:
    rows = await who.services.stores.settings.documents(who.workspace, "connection")
    return [Connection.model_validate_json(row.document) for row in rows]


def shown_connection(connection: Connection) -> ShownConnection:
    """A connection as people see it: dots in place of credentials."""
    written = {"kind": connection.kind, "command": connection.command, "test_auth": None}
    return ShownConnection.model_validate(written | with_masks(connection.model_dump()))
