"""The demo workspace: the shop's connection, its token, what the agent knows, and procedures, published."""

from dataclasses import dataclass

from deskhand.application.services import Services
from deskhand.demo.content import PROCEDURES, text_of
from deskhand.demo.knowledge import prepare_knowledge
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.documents import parse_yaml
from deskhand.domain.requests import Connection
from deskhand.templates import template_names, template_text

WORKSPACE = "Demo shop"
BY = "demo"
TOKEN_SECRET = "SHOP_TOKEN"  # noqa: S105 - a secret's name, not its value


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo workspace that is ready."""

    workspace: str
    published: tuple[str, ...]


async def prepare(services: Services, shop_address: str, shop_token: str) -> Demo:
    """Make the demo workspace, or bring it up to date: where the shop is, and what is missing of the rest."""
    workspace = await _workspace(services)
    setup = services.configuration
    await setup.put_secret(workspace, TOKEN_SECRET, shop_token, BY)
    host = shop_address.removeprefix("http://")
    about = await services.stores.settings.workspace(workspace)
    if about.internal_hosts != (host,):
        await setup.set_internal_hosts(workspace, [host], BY)
    auth = BearerAuth(kind="bearer", secret=TOKEN_SECRET)
    connection = Connection(slug="shop", name="The demo shop", base_url=shop_address, auth=auth)
    known = await services.stores.settings.documents(workspace, "connection")
    if connection.model_dump_json() not in {row.document for row in known}:
        await setup.put_connection(workspace, connection, BY)
    await prepare_knowledge(services, workspace, shop_address, BY)
    return Demo(workspace, await _publish_missing(services, workspace))


async def _workspace(services: Services) -> str:
    for row in await services.stores.settings.workspaces():
        if row.name == WORKSPACE:
            return row.id
    return (await services.configuration.create_workspace(WORKSPACE)).id


async def _publish_missing(services: Services, workspace: str) -> tuple[str, ...]:
    known = {row.slug: row for row in await services.stores.procedures.all(workspace)}
    published = []
    texts = {name: template_text(name) for name in template_names()}
    texts |= {name: text_of(f"{name}.yaml") for name in PROCEDURES}
    for name, text in texts.items():
        document = parse_yaml(text, name)
        row = known.get(document["slug"]) or await services.authoring.create(workspace, document, BY)
        # a draft that was never published is an earlier start that was broken off
        if row.status == "draft" and row.active_version is None:
            await services.authoring.publish(workspace, row.slug, BY)
            published.append(row.slug)
    return tuple(published)
