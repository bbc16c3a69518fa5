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


@pytest.fixture
async def desk(shop: Shop, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = ScriptedClock()
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Shop")).id
    await configuration.set_internal_hosts(workspace, [shop.host], "test")
    yield Desk(running, shop, clock, workspace)
    await running.close()
