from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Shop, opened


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as one:
        yield one


async def open_desk(shop: Shop, database_url: str, folder: Path) -> Desk:
    clock = ScriptedClock()
    running = await build(Settings(data=folder, database_url=database_url), clock=clock)
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Shop")).id
    await configuration.set_internal_hosts(workspace, [shop.host], "test")
    return Desk(running, shop, clock, workspace)


@pytest.fixture
async def desk(shop: Shop, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    made = await open_desk(shop, sqlite_url, tmp_path)
    yield made
    await made.running.close()


@pytest.fixture
async def any_desk(shop: Shop, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk once on SQLite and once on PostgreSQL."""
    made = await open_desk(shop, database_url, tmp_path)
    yield made
    await made.running.close()
