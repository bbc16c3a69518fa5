"""Connections: how outside systems are reached."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Items, Slug, matching_slug
from deskhand.domain.authentication import Auth
from deskhand.domain.requests import Connection, with_scheme
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/connections", tags=["Configuration"], route_class=KeyedRoute)


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


class NewConnection(Asked):
    """How an outside system is reached."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(max_length=100)] = ""
    base_url: Annotated[str, Field(max_length=2000, examples=["https://api.example.com/v2"]), AfterValidator(_base_url)]
    auth: Auth | None = Field(default=None, description="The credential, by the name of its secret.")


class ConnectionList(Items[Connection]):
    """All connections."""


@router.get("", summary="List connections")
async def list_connections(who: Member) -> ConnectionList:
    """All connections of the workspace."""
    return ConnectionList(items=await _all(who))


@router.get("/{slug}", summary="Look at a connection")
async def get_connection(who: Member, slug: Slug) -> Connection:
    """One connection; its credential is shown by name only."""
    for connection in await _all(who):
        if connection.slug == slug:
            return connection
    raise NotFound(f"There is no connection `{slug}`.")


@router.put("/{slug}", summary="Store a connection")
async def put_connection(who: Builder, slug: Slug, wanted: NewConnection) -> Connection:
    """Make or replace a connection. Approvals that were asked for with the old one lapse."""
    matching_slug(slug, wanted.slug)
    connection = Connection(slug=slug, name=wanted.name, base_url=wanted.base_url, auth=wanted.auth)
    await who.services.configuration.put_connection(who.workspace, connection, who.by)
    return connection


@router.delete("/{slug}", status_code=204, summary="Remove a connection")
async def remove_connection(who: Builder, slug: Slug) -> None:
    """Remove a connection; calls that use it fail from here on."""
    await who.services.configuration.remove(who.workspace, "connection", slug, who.by)


async def _all(who: Caller) -> list[Connection]:
    rows = await who.services.stores.settings.documents(who.workspace, "connection")
    return [Connection.model_validate_json(row.document) for row in rows]
