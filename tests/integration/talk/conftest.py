from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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


@pytest.fixture
async def furnished(desk: Desk) -> Desk:
    """A shop's desk with procedures, actions and questions."""
    await furnish(desk)
    return desk


@pytest.fixture
async def talk(furnished: Desk) -> Talk:
    """A customer of the shop begins to write."""
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
