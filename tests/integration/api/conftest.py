from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.bootstrap import Running, build
from deskhand.settings import Settings
from tests.integration.api.desk import Desk


async def open_desk(running: Running) -> Desk:
    """A desk with a workspace, keys of every role, and another workspace."""
    setup = running.services.configuration
    own = await setup.create_workspace("Acme")
    other = await setup.create_workspace("Other")
    keys = {
        role: (await setup.create_key(own.id, f"the {role}", role, "test"))[1] for role in ("owner", "admin", "agent")
    }
    keys["stranger"] = (await setup.create_key(other.id, "stranger", "owner", "test"))[1]
    return Desk(running, create_app(running.services), own.id, keys)


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
async def owner(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with desk.client("owner") as client:
        yield client


@pytest.fixture
async def agent(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with desk.client("agent") as client:
        yield client
