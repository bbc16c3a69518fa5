"""Secrets, which are never shown again, and the internal hosts that calls may reach."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Time
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/secrets", tags=["Configuration"], route_class=KeyedRoute)
hosts = APIRouter(prefix="/v1/settings", tags=["Configuration"], route_class=KeyedRoute)

SecretName = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9_]{0,63}$", examples=["SHOP_TOKEN"])]


Force = Annotated[bool, Query(description="Also where a connection, an action or a procedure uses it.")]


def _clean(value: str) -> str:
    # NUL and half characters were replaced on the way in: such a secret would never work
    if "\ufffd" in value:
        raise ValueError("holds a character that no header could carry: paste the secret anew.")
    return value


class Secret(Shown):
    """A secret's name; its value is never shown."""

    name: str
    updated_at: Time
    used_by: list[Told] = Field(description="What uses it, such as `the connection `shop``.")


class SecretList(Items[Secret]):
    """The names of all secrets."""


class NewSecret(Asked):
    """A secret's value."""

    value: Annotated[
        str, Field(min_length=1, max_length=10_000, json_schema_extra={"writeOnly": True}), AfterValidator(_clean)
    ]


class InternalHosts(Asked):
    """Hosts of the own network that calls may reach: `host`, `host:port`, or a network such as `10.0.0.0/8`."""

    hosts: Annotated[list[str], Field(max_length=200, examples=[["127.0.0.1:9000"]])]


@router.get("", summary="List secrets")
async def list_secrets(who: Builder) -> SecretList:
    """Which secrets there are, and when they were last replaced; never their values."""
    every = await who.services.stores.settings.secrets(who.workspace)
    rows = [
        (name, at) for name, at in every if ":" not in name
    ]  # the others are Deskhand's own, with a place elsewhere
    users = await who.services.configuration.secret_users(who.workspace, [name for name, _ in rows])
    items = [{"name": name, "updated_at": at, "used_by": users[name]} for name, at in rows]
    return SecretList.model_validate({"items": items})


@router.put("/{name}", summary="Store a secret")
async def put_secret(who: Builder, name: SecretName, secret: NewSecret) -> Secret:
    """Make or replace a secret. It is encrypted, and can be used by name but never read again."""
    await who.services.configuration.put_secret(who.workspace, name, secret.value, who.by)
    rows = dict(await who.services.stores.settings.secrets(who.workspace))
    if name not in rows:
        raise NotFound(phrase("Somebody removed the secret `{name}` in the same moment.", name=name))
    users = await who.services.configuration.secret_users(who.workspace, [name])
    return Secret.model_validate({"name": name, "updated_at": rows[name], "used_by": users[name]})


@router.delete("/{name}", status_code=204, summary="Remove a secret")
async def remove_secret(who: Builder, name: SecretName, force: Force = False) -> None:
    """Remove a secret that nothing uses any more; by force, calls that use it fail from here on."""
    await who.services.configuration.remove_secret(who.workspace, name, who.by, force)


@hosts.get("/internal-hosts", summary="List internal hosts")
async def get_internal_hosts(who: Member) -> InternalHosts:
    """The hosts of the own network that calls may reach; all others are out of reach."""
    row = await who.services.stores.settings.workspace(who.workspace)
    return InternalHosts(hosts=list(row.internal_hosts))


@hosts.put("/internal-hosts", summary="Replace internal hosts")
async def put_internal_hosts(who: Builder, wanted: InternalHosts) -> InternalHosts:
    """Replace the list of internal hosts."""
    await who.services.configuration.set_internal_hosts(who.workspace, wanted.hosts, who.by)
    return wanted
