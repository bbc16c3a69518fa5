"""A workspace with a template, and what a customer and a member do in it."""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from deskhand.bootstrap import Running
from deskhand.domain import events as e
from deskhand.domain.state import Conversation, ForConfirmation
from deskhand.domain.stored import load

BACKENDS = Path(__file__).parents[3] / "examples" / "backends.py"
SECRETS = {
    "ACCOUNTS_TOKEN": "backend-token",
    "CALENDAR_TOKEN": "backend-token",
    "INVENTORY_KEY": "backend-key",
    "SALESFORCE_SECRET": "backend-token",
    "SHOP_TOKEN": "backend-token",
    "ZENDESK_TOKEN": "backend-token",
}


def example_backends() -> ModuleType:
    """The example as a module; it stands outside of every package."""
    spec = importlib.util.spec_from_file_location("backends", BACKENDS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def using(name: str) -> pytest.MarkDecorator:
    """The template that the desk of a test uses."""
    return pytest.mark.parametrize("desk", [name], indirect=True)


@dataclass
class Desk:
    """A workspace that uses one template, and the systems behind it."""

    running: Running
    workspace: str
    memory: Any
    """What the systems remember, see `examples/backends.py`."""

    async def open(self, **about: Any) -> str:
        return (await self.running.services.engine.open(self.workspace, about=about)).conversation

    async def happens(self, conversation: str, event: e.Event) -> list[str]:
        """What the customer was told after an event."""
        services = self.running.services
        before = await services.stores.conversations.get(self.workspace, conversation)
        await services.engine.handle(self.workspace, conversation, event)
        assert await services.engine.settle(self.workspace, conversation, 30)
        rows = await services.stores.conversations.entries(self.workspace, conversation, before.seq)
        return [json.loads(row.body)["text"] for row in rows if row.kind in ("say", "ask")]

    async def use(self, conversation: str, action: str, **arguments: Any) -> list[str]:
        return await self.happens(conversation, e.ActionRequested(action=action, arguments=arguments))

    async def says(self, conversation: str, *texts: str) -> list[str]:
        """What the customer was told after the last of several messages."""
        told: list[str] = []
        for text in texts:
            told = await self.happens(conversation, e.Said(text=text))
        return told

    async def answer(self, conversation: str, choice: str) -> list[str]:
        """Click yes or no where something is to be confirmed."""
        top = (await self.state(conversation)).top
        assert top is not None
        assert isinstance(top.waiting, ForConfirmation)
        return await self.happens(conversation, e.Clicked(question=top.question or "", choice=choice))

    async def decide(self, conversation: str, decision: Any = "approve") -> list[str]:
        page = await self.running.services.stores.conversations.approvals(self.workspace, conversation=conversation)
        decided = e.Decided(approval=page.items[0].id, decision=decision, by="Eve", reason="It is too late")
        return await self.happens(conversation, decided)

    async def publish(self, procedure: str) -> None:
        await self.running.services.authoring.publish(self.workspace, procedure, "test")

    async def state(self, conversation: str) -> Conversation:
        row = await self.running.services.stores.conversations.get(self.workspace, conversation)
        return load(Conversation, row.state)
