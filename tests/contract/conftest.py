"""The stores of a fresh database, on each backend."""

from collections.abc import AsyncIterator

import pytest

from deskhand.adapters.sql import open_stores
from deskhand.ports.stores import Stores
from tests.contract.samples import OTHER, WORKSPACE, workspace_row


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[Stores]:
    """Stores with two workspaces."""
    opened = await open_stores(database_url)
    for shown in (WORKSPACE, OTHER):
        await opened.settings.create_workspace(workspace_row(shown))
    yield opened
    await opened.close()
