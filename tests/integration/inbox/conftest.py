from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.fake_model import FakeModel
from tests.integration.actions.conftest import open_desk
from tests.integration.actions.shop import Shop, opened
from tests.integration.inbox.team import BASE, Team


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as one:
        yield one


@pytest.fixture
async def fake() -> AsyncIterator[FakeModel]:
    async with FakeModel.running() as one:
        yield one


@pytest.fixture
async def team(shop: Shop, database_url: str, tmp_path: Path) -> AsyncIterator[Team]:
    """Ana and Ben at a desk, once on SQLite and once on PostgreSQL."""
    desk = await open_desk(shop, database_url, tmp_path)
    app = create_app(desk.running.services)
    setup = desk.running.services.configuration
    other = await setup.create_workspace("Other")
    async with AsyncExitStack() as stack:
        clients = {}
        for name, role, workspace in (
            ("Ana", "agent", desk.workspace), ("Ben", "agent", desk.workspace), ("Eve", "owner", other.id),
        ):  # fmt: skip
            _, key = await setup.create_key(workspace, name, role, "test")
            client = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app=app), base_url=BASE, headers={"authorization": f"Bearer {key}"}
            )
            clients[name] = await stack.enter_async_context(client)
        made = Team(desk, app, clients)
        await made.publish()
        yield made
    await desk.running.close()
