"""The demo workspace: the shop's connection, its token, what the agent knows, its chat, and procedures, published."""

from dataclasses import dataclass

from deskhand.application.services import Services
from deskhand.demo.chat import identity_secret, prepare_chat
from deskhand.demo.knowledge import prepare_knowledge
from deskhand.demo.procedures import follow_shop, publish_missing
from deskhand.demo.seeded import BY, Seeded, remember, seeded
from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.requests import Connection

WORKSPACE = "Demo shop"
TOKEN_SECRET = "SHOP_TOKEN"  # noqa: S105 - a secret's name, not its value
_CONNECTION = "shop"


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo workspace that is ready."""

    workspace: str
    published: tuple[str, ...]
    agent: str
    """The public name of the agent on the shop's page."""
    identity_secret: str
    """What the shop signs its customers' tokens with."""


async def prepare(services: Services, shop_address: str, shop_token: str) -> Demo:
    """Make the demo workspace, or bring it up to date: where the shop is, and what is missing of the rest."""
    workspace = await _workspace(services)
    before = await seeded(services, workspace) or Seeded()
    await services.configuration.put_secret(workspace, TOKEN_SECRET, shop_token, BY)
    await _connect(services, workspace, before.shop, shop_address)
    await prepare_knowledge(services, workspace, shop_address, BY)
    if not before.chat:
        await prepare_chat(services, workspace)
    if before.shop not in ("", shop_address):
        await follow_shop(services, workspace, before.shop, shop_address)
    published = await publish_missing(services, workspace, shop_address)
    secret = await identity_secret(services, workspace)
    now = Seeded(shop=shop_address, chat=True)
    if now != before:
        await remember(services, workspace, now)
    return Demo(workspace, published, f"{workspace}.{DEFAULT_AGENT}", secret)


async def _workspace(services: Services) -> str:
    """The demo's own: the one that it knows, whatever somebody calls it now, or that has its name."""
    rows = await services.stores.settings.workspaces()
    for row in rows:
        if await seeded(services, row.id):
            return row.id
    named = [row.id for row in rows if row.name == WORKSPACE]
    return named[0] if named else (await services.configuration.create_workspace(WORKSPACE)).id


async def _connect(services: Services, workspace: str, before: str, shop: str) -> None:
    """Let the connection lead to where the shop is, unless somebody made it lead elsewhere, and let calls go there."""
    setup, settings = services.configuration, services.stores.settings
    known = {row.slug: row.document for row in await settings.documents(workspace, "connection")}
    if _CONNECTION in known:
        connection = Connection.model_validate_json(known[_CONNECTION])
        before = before or connection.base_url or ""
        if before == connection.base_url != shop:
            await setup.put_connection(workspace, connection.model_copy(update={"base_url": shop}), BY)
    else:
        auth = BearerAuth(kind="bearer", secret=TOKEN_SECRET)
        connection = Connection(slug=_CONNECTION, name="The demo shop", base_url=shop, auth=auth)
        await setup.put_connection(workspace, connection, BY)
    hosts = (await settings.workspace(workspace)).internal_hosts
    others = [one for one in hosts if one not in (_host(before), _host(shop))]
    if _host(shop) not in hosts or len(others) + 1 < len(hosts):
        await setup.set_internal_hosts(workspace, [*others, _host(shop)], BY)


def _host(address: str) -> str:
    return address.removeprefix("http://")
