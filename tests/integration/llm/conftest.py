"""A model on loopback, and what asks it."""

from collections.abc import AsyncIterator

import pytest

from deskhand.adapters.llm import Models
from deskhand.domain.language_model import LanguageModel
from deskhand.ports.language_model import Access
from tests.fake_model import KEY, MODEL, FakeModel


@pytest.fixture
async def fake() -> AsyncIterator[FakeModel]:
    async with FakeModel.running() as running:
        yield running


@pytest.fixture
async def models() -> AsyncIterator[Models]:
    made = Models()
    yield made
    await made.close()


@pytest.fixture
def access(fake: FakeModel) -> Access:
    """How the model is reached."""
    model = LanguageModel(
        slug="default", provider="compatible", model=MODEL, base_url=fake.url, secret="MODEL_KEY",
        timeout_seconds=5, price_input=1, price_output=2, embeddings_model="fake-vectors",
    )  # fmt: skip
    return Access("ws", model, frozenset({fake.host}), KEY)
