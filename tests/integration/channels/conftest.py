from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.api.conftest import desk, open_desk  # noqa: F401 (a fixture)
from tests.integration.channels.line import Line, Platform


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    found = Platform()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", found.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.port = runner.addresses[0][1]
    yield found
    await runner.cleanup()


@pytest.fixture
async def line(platform: Platform, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Line]:
    clock = ScriptedClock()
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    made = Line(await open_desk(running), clock, platform)
    await running.services.configuration.set_internal_hosts(made.desk.workspace, [platform.host], "test")
    await made.attach()
    yield made
    await running.close()
