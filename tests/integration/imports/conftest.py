from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url))
    yield await open_desk(running)
    await running.close()


@pytest.fixture
async def admin(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with desk.client("admin") as client:
        yield client
