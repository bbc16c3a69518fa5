import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fake_model import KEY, MODEL, FakeModel
from tests.integration.actions.conftest import open_desk
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Shop, opened
from tests.integration.talk.shop_desk import Talk, furnish, talk_at


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as one:
        yield one


@pytest.fixture
async def fake() -> AsyncIterator[FakeModel]:
    async with FakeModel.running() as one:
        yield one


@pytest.fixture
async def desk(shop: Shop, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose agent understands offline."""
    made = await open_desk(shop, sqlite_url, tmp_path)
    yield made
    await made.running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def furnished(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """A shop's desk with procedures, actions and questions, for all talks of a file."""
    folder = tmp_path_factory.mktemp("desk")
    path = Path(shutil.copy(migrated_sqlite, folder / "deskhand.db"))
    async with opened() as shop:
        made = await open_desk(shop, f"sqlite:///{path}", folder)
        await furnish(made)
        yield made
        await made.running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def talk(furnished: Desk) -> Talk:
    """A customer of the shop begins to write, where nothing has happened yet."""
    shop = furnished.shop
    for remembered in (shop.seen, shop.states, shop.held):
        remembered.clear()
    shop.arrived.clear()
    return await talk_at(furnished)


@pytest.fixture
async def model_desk(desk: Desk, fake: FakeModel) -> Desk:
    """A desk whose agent understands through a model."""
    return await with_model(desk, fake)


async def with_model(desk: Desk, fake: FakeModel) -> Desk:
    services = desk.running.services
    await services.configuration.set_internal_hosts(desk.workspace, [desk.shop.host, fake.host], "test")
    document = {
        "provider": "compatible", "model": MODEL, "base_url": fake.url, "timeout_seconds": 5, "price_input": 1,
        "price_output": 2,
    }  # fmt: skip
    await services.models.put(desk.workspace, "default", document, "test", KEY)
    return desk
