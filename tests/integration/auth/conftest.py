from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A Deskhand over its API."""
    running = await build(Settings(data=tmp_path, database_url=sqlite_url))
    yield await open_desk(running)
    await running.close()


@pytest.fixture
async def admin(office: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with office.client("admin") as client:
        yield client
