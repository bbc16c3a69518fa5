"""The shop of the retail workload, started once for all tests, and a Deskhand that works for it, fresh for each."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.retail.customers import Customer, customers
from tests.integration.retail.desk import Desk, example, open_desk
from tests.integration.retail.shop import WORKLOAD, Data, Shop, open_shop


@pytest.fixture(scope="session")
def running_shop() -> Iterator[Shop]:
    if not WORKLOAD.exists():
        pytest.skip(f"the retail workload is not at {WORKLOAD}")
    with open_shop() as shop:
        yield shop


@pytest.fixture
def shop(running_shop: Shop) -> Shop:
    running_shop.reset()
    return running_shop


@pytest.fixture(scope="session")
def start(running_shop: Shop) -> Data:
    """The shop's data before anything happened."""
    running_shop.reset()
    return running_shop.state()


@pytest.fixture
def customer(start: Data) -> Customer:
    return next(customers(start))


@pytest.fixture
async def desk(shop: Shop, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(shop, sqlite_url, tmp_path) as desk:
        yield desk


@pytest.fixture
async def hasty_desk(shop: Shop, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """One whose calls wait for a quarter of a second only."""
    async with open_desk(shop, sqlite_url, tmp_path, example(timeout=0.25)) as desk:
        yield desk
