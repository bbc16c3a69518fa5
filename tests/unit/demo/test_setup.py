import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskhand.application.knowledge import Given
from deskhand.application.services import Services
from deskhand.application.widget_settings import put_widget_settings, widget_settings
from deskhand.bootstrap import build
from deskhand.demo.content import PROCEDURES
from deskhand.demo.seeded import Seeded, remember
from deskhand.demo.setup import prepare
from deskhand.domain.agent import Agent
from deskhand.domain.documents import parse_yaml
from deskhand.domain.events import Said
from deskhand.domain.requests import Connection
from deskhand.ports.accounts import Preferences
from deskhand.settings import Settings
from deskhand.templates import template_names, template_text

SHOP = "http://127.0.0.1:9001"


@pytest.fixture
async def services(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url))
    yield running.services
    await running.close()


async def history(services: Services, workspace: str) -> list[str]:
    page = await services.stores.conversations.audit(workspace, None, 200)
    return [f"{row.action} {row.subject}" for row in reversed(page.items)]


async def _team(services: Services, workspace: str) -> AsyncIterator[Agent]:
    for row in await services.stores.settings.documents(workspace, "agent"):
        agent = Agent.model_validate_json(row.document)
        if agent.kind == "team":
            yield agent


async def test_the_examples_are_published_for_the_shop(services: Services) -> None:
    ready = await prepare(services, SHOP, "token")

    assert len(ready.published) == len(template_names()) + len(PROCEDURES)
    active = await services.stores.procedures.all(ready.workspace, "active")
    assert {row.slug for row in active} == set(ready.published)
    (shop,) = await services.stores.settings.documents(ready.workspace, "connection")
    assert '"base_url":"http://127.0.0.1:9001"' in shop.document
    about = await services.stores.settings.workspace(ready.workspace)
    assert about.internal_hosts == ("127.0.0.1:9001",)


async def test_a_later_start_changes_the_token_and_nothing_else(services: Services) -> None:
    first = await prepare(services, SHOP, "token")
    before = await history(services, first.workspace)

    second = await prepare(services, SHOP, "another")

    assert (second.workspace, second.published) == (first.workspace, ())
    assert (await history(services, first.workspace))[len(before) :] == ["secret.stored SHOP_TOKEN"]


async def test_a_shop_that_moved_is_followed(services: Services) -> None:
    await prepare(services, SHOP, "token")

    ready = await prepare(services, "http://127.0.0.1:9002", "token")

    (shop,) = await services.stores.settings.documents(ready.workspace, "connection")
    assert "9002" in shop.document
    assert (await services.stores.settings.workspace(ready.workspace)).internal_hosts == ("127.0.0.1:9002",)


async def test_a_shop_that_moved_is_followed_by_a_procedure_that_leads_there(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace

    await prepare(services, "http://127.0.0.1:9002", "token")

    page = await services.authoring.version(workspace, "orders-page", 2)
    assert page.steps[0].url == "http://127.0.0.1:9002/orders"
    row = await services.stores.procedures.get(workspace, "gift-card")
    assert (row.status, row.active_version) == ("active", 1)


async def test_what_somebody_is_changing_is_not_published_for_a_shop_that_moved(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace
    row = await services.stores.procedures.get(workspace, "orders-page")
    await services.authoring.save(workspace, row.slug, {**json.loads(row.draft), "name": "Orders"}, row.revision, "Ada")

    await prepare(services, "http://127.0.0.1:9002", "token")

    row = await services.stores.procedures.get(workspace, "orders-page")
    draft = json.loads(row.draft)
    assert (row.active_version, draft["name"]) == (1, "Orders")
    assert draft["steps"][0]["url"] == "http://127.0.0.1:9002/orders"


async def test_the_chat_is_set_up_once(services: Services) -> None:
    ready = await prepare(services, SHOP, "token")

    agent = await services.configuration.agent(ready.workspace, "default")
    assert ready.agent == f"{ready.workspace}.default"
    assert (agent.live_chat is not None, agent.widget.title) == (True, "Ask the demo shop")
    assert [field.name for field in agent.lead_form.fields] == ["name", "email"]
    settings = await widget_settings(services.stores, ready.workspace)
    assert settings.attachments

    await services.configuration.put_agent(ready.workspace, Agent(slug="default", name="Sam"), "Mia")
    off = settings.model_copy(update={"attachments": False})
    await put_widget_settings(services.stores, services.clock, ready.workspace, off, "Mia")
    await prepare(services, SHOP, "token")

    assert await services.configuration.agent(ready.workspace, "default") == Agent(slug="default", name="Sam")
    assert await widget_settings(services.stores, ready.workspace) == off


async def test_the_shop_signs_with_the_newest_secret_of_the_workspace(services: Services) -> None:
    first = await prepare(services, SHOP, "token")
    assert (await prepare(services, SHOP, "token")).identity_secret == first.identity_secret

    newest = await services.visitors.identity.replace(first.workspace, "Mia")

    assert (await prepare(services, SHOP, "token")).identity_secret == newest


async def test_a_workspace_of_an_earlier_version_gets_what_is_new_and_keeps_the_rest(
    services: Services,
) -> None:
    ready = await prepare(services, SHOP, "token")
    workspace = ready.workspace
    await remember(services, workspace, Seeded())
    sam = Agent(slug="default", name="Sam", instructions="Be brief.")
    await services.configuration.put_agent(workspace, sam, "Mia")
    (row,) = await services.stores.settings.documents(workspace, "connection")
    shop = Connection.model_validate_json(row.document)
    await services.configuration.put_connection(workspace, shop.model_copy(update={"name": "Our shop"}), "Mia")
    await services.configuration.set_internal_hosts(workspace, ["intranet", "127.0.0.1:9001"], "Mia")

    await prepare(services, "http://127.0.0.1:9002", "token")

    agent = await services.configuration.agent(workspace, "default")
    assert (agent.name, agent.instructions, agent.live_chat is None) == ("Sam", "Be brief.", False)
    (row,) = await services.stores.settings.documents(workspace, "connection")
    shop = Connection.model_validate_json(row.document)
    assert (shop.name, shop.base_url) == ("Our shop", "http://127.0.0.1:9002")
    assert (await services.stores.settings.workspace(workspace)).internal_hosts == ("intranet", "127.0.0.1:9002")


async def test_a_connection_that_somebody_led_elsewhere_stays_there(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace
    (row,) = await services.stores.settings.documents(workspace, "connection")
    own = Connection.model_validate_json(row.document).model_copy(update={"base_url": "https://shop.example.com"})
    await services.configuration.put_connection(workspace, own, "Mia")

    await prepare(services, "http://127.0.0.1:9002", "token")

    (row,) = await services.stores.settings.documents(workspace, "connection")
    assert Connection.model_validate_json(row.document) == own


async def test_a_workspace_is_found_again_whatever_it_is_called_now(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace
    await services.configuration.set_preferences(workspace, "Mia's shop", Preferences("en", "UTC"), "Mia")

    assert (await prepare(services, SHOP, "token")).workspace == workspace


async def test_live_chat_that_was_switched_off_before_its_procedure_was_published_leaves_a_draft(
    services: Services,
) -> None:
    workspace = (await services.configuration.create_workspace("Demo shop")).id
    await remember(services, workspace, Seeded(shop=SHOP, chat=True))

    ready = await prepare(services, SHOP, "token")

    assert "talk-to-us" not in ready.published
    assert (await services.stores.procedures.get(workspace, "talk-to-us")).status == "draft"


async def test_the_agent_answers_from_the_shops_pages_and_offers_what_belongs_to_them(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace
    made = await services.engine.open(workspace, "api", "en", None, None)

    await services.engine.handle(workspace, made.conversation, Said(text="How do I clean a wool rug?"))

    rows = await services.stores.conversations.entries(workspace, made.conversation, 0, 100)
    told = {row.kind: json.loads(row.body) for row in rows}
    assert told["say"]["sources"] == [
        {
            "source": "care",
            "title": "Looking after your things",
            "url": f"{SHOP}/care#cleaning-wool-rugs-and-blankets",
        }
    ]
    assert (told["offer"]["procedure"], told["offer"]["why"]) == ("care-guide", "source")
    (agent,) = [one async for one in _team(services, workspace)]
    assert agent.slug == "desk"


async def test_a_page_that_somebody_edited_keeps_its_text_and_follows_the_shop(services: Services) -> None:
    workspace = (await prepare(services, SHOP, "token")).workspace
    page = (await services.sources.get(workspace, "help")).source
    await services.sources.save(workspace, page, Given(text="# Help\n\nDelivery is free now."), None, "Mia")

    await prepare(services, "http://127.0.0.1:9002", "token")

    kept = await services.sources.get(workspace, "help")
    assert kept.source.url == "http://127.0.0.1:9002/help"
    assert kept.row.content == "# Help\n\nDelivery is free now."


async def test_a_start_that_was_broken_off_is_finished_and_an_archived_example_stays_so(services: Services) -> None:
    workspace = (await services.configuration.create_workspace("Demo shop")).id
    refund, status = (parse_yaml(template_text(name)) for name in ("refund-request", "order-status"))
    await services.authoring.create(workspace, refund, "demo")
    await services.authoring.create(workspace, status, "demo")
    await services.authoring.archive(workspace, status["slug"], "Mia")

    ready = await prepare(services, SHOP, "token")

    assert ready.workspace == workspace
    assert refund["slug"] in ready.published
    assert status["slug"] not in ready.published
