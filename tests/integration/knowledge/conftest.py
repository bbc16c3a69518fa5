from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk
from tests.integration.knowledge.site import Site, serving


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url))
    yield await open_desk(running)
    await running.close()


@pytest.fixture
async def any_desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk once on SQLite and once on PostgreSQL."""
    running = await build(Settings(data=tmp_path, database_url=database_url))
    yield await open_desk(running)
    await running.close()


@pytest.fixture
async def admin(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with desk.client("admin") as client:
        yield client


@pytest.fixture
async def site(admin: httpx2.AsyncClient) -> AsyncIterator[Site]:
    """A site that the workspace may fetch pages of."""
    async with serving() as site:
        hosts = {"hosts": [f"127.0.0.1:{site.port}"]}
        assert (await admin.put("/v1/settings/internal-hosts", json=hosts)).status_code == 200
        yield site
