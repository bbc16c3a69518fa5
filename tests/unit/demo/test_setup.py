import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskhand.application.knowledge import Given
from deskhand.application.services import Services
from deskhand.bootstrap import build
from deskhand.demo.content import PROCEDURES
from deskhand.demo.setup import prepare
from deskhand.domain.agent import Agent
from deskhand.domain.documents import parse_yaml
from deskhand.domain.events import Said
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
