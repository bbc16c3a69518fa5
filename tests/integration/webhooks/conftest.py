from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.webhooks.receiving import Receivers, Told, receiving


@pytest.fixture
async def receivers() -> AsyncIterator[Receivers]:
    async with receiving() as found:
        yield found


@pytest.fixture
async def told(receivers: Receivers, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Told]:
    """A Deskhand that may reach the receivers."""
    clock = ScriptedClock()
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    workspace = (await running.services.configuration.create_workspace("Shop")).id
    await running.services.configuration.set_internal_hosts(workspace, [receivers.host], "test")
    yield Told(running, clock, workspace, receivers)
    await running.close()
