"""What is kept of recent conversations never hides what was changed in the meantime."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.application.services import Services
from deskhand.bootstrap import build
from deskhand.domain.events import Said
from deskhand.settings import Settings

GREETING = {
    "name": "Greeting",
    "slug": "greeting",
    "trigger": {"description": "When a customer wants to be greeted by the agent", "phrases": ["Greet me"]},
    "steps": [{"id": "hello", "kind": "message", "text": "Hello one"}],
}


class Place:
    """A workspace with one conversation."""

    def __init__(self, services: Services, workspace: str, conversation: str) -> None:
        self.services, self.workspace, self.conversation = services, workspace, conversation

    async def hears(self, text: str = "Greet me") -> list[str]:
        """What the agent says to a message."""
        before = (await self.services.stores.conversations.get(self.workspace, self.conversation)).seq
        await self.services.engine.handle(self.workspace, self.conversation, Said(text=text))
        entries = await self.services.stores.conversations.entries(self.workspace, self.conversation, before)
        return [entry.body for entry in entries if entry.kind in ("say", "ask")]

    async def publishes(self, text: str) -> None:
        """Publish the greeting with another text."""
        row = await self.services.stores.procedures.get(self.workspace, "greeting")
        document: dict[str, Any] = {**GREETING, "steps": [{"id": "hello", "kind": "message", "text": text}]}
        await self.services.authoring.save(self.workspace, "greeting", document, row.revision, "test")
        await self.services.authoring.publish(self.workspace, "greeting", "test")


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    running = await build(Settings(data=tmp_path, database_url=database_url))
    services = running.services
    workspace = (await services.configuration.create_workspace("test")).id
    await services.authoring.create(workspace, GREETING, "test")
    await services.authoring.publish(workspace, "greeting", "test")
    opened = await services.engine.open(workspace)
    yield Place(services, workspace, opened.conversation)
    await running.close()


async def test_the_very_next_message_meets_what_was_just_published(place: Place) -> None:
    assert await place.hears() == ['{"text":"Hello one"}']
    assert await place.hears() == ['{"text":"Hello one"}']
    await place.publishes("Hello two")
    assert await place.hears() == ['{"text":"Hello two"}']


async def test_the_very_next_message_misses_what_was_just_archived(place: Place) -> None:
    assert await place.hears() == ['{"text":"Hello one"}']
    await place.services.authoring.archive(place.workspace, "greeting", "test")
    assert await place.hears() != ['{"text":"Hello one"}']


async def test_a_conversation_that_changed_elsewhere_is_read_again_and_loses_nothing(place: Place) -> None:
    assert await place.hears() == ['{"text":"Hello one"}']
    stores = place.services.stores.conversations
    remembered = dict(place.services.engine._recent)
    assert await place.hears() == ['{"text":"Hello one"}']
    place.services.engine._recent.update(remembered)  # as if another turn had been committed behind our back
    assert await place.hears() == ['{"text":"Hello one"}']
    said = [entry for entry in await stores.entries(place.workspace, place.conversation) if entry.kind == "said"]
    assert len(said) == 3
