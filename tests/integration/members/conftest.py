from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.settings import Settings
from tests.integration.members.people import Town, town_with


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with town_with(Settings(data=tmp_path, database_url=sqlite_url)) as town:
        yield town


@pytest.fixture
async def ana(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    """The owner's browser."""
    async with town.signed_in("Ana") as browser:
        yield browser


@pytest.fixture
async def stranger(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in which nobody is signed in."""
    async with town.browser() as browser:
        yield browser
