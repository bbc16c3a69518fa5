"""A Deskhand that works for the shop: the example published, customers who write, members who decide."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from deskhand.application.services import Services
from deskhand.bootstrap import build
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.documents import parse_yaml
from deskhand.domain.events import Clicked, Decided, Event, Said
from deskhand.domain.requests import Connection
from deskhand.domain.state import Conversation
from deskhand.domain.stored import load
from deskhand.ports.stores import ApprovalRow, EffectRow
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.retail.shop import REPOSITORY, TOKEN, Shop

EXAMPLE = REPOSITORY / "examples" / "cancel-order.yaml"
SECRET = "RETAIL_TOKEN"
BY = "Olga"


class Talk:
    """One conversation, heard from both sides of the counter."""

    def __init__(self, services: Services, workspace: str, conversation: str) -> None:
        self._services = services
        self._conversations = services.stores.conversations
        self._workspace = workspace
        self.id = conversation
        self._events = 0
        self._heard = 0
        self._question = ""

    async def says(self, *texts: str) -> str:
        """The customer writes one message after the other; gives what the agent answered to the last."""
        answer = ""
        for text in texts:
            answer = await self._take(Said(text=text))
        return answer

    async def writes(self, text: str) -> None:
        """The customer writes, and nobody waits for the answer."""
        await self._send(Said(text=text))

    async def clicks(self, choice: str) -> str:
        """The customer clicks one of the choices that stand there."""
        return await self._take(Clicked(question=self._question, choice=choice))

    async def decides(self, decision: Any, by: str = "Mia", reason: str | None = None) -> str:
        """A member decides what is open; gives what the customer then hears."""
        (pending,) = await self.approvals("pending")
        return await self._take(Decided(approval=pending.id, decision=decision, by=by, reason=reason))

    async def approves(self, approval: ApprovalRow) -> str:
        """A member approves what was on the screen, whether it is still open or not."""
        return await self._take(Decided(approval=approval.id, decision="approve", by="Mia"))

    async def state(self) -> Conversation:
        return load(Conversation, (await self._conversations.get(self._workspace, self.id)).state)

    async def waits_for(self) -> str | None:
        """What the run on top waits for: `answer`, `confirmation`, `approval`, `outcome`; None where none runs."""
        top = (await self.state()).top
        return top.waiting.kind if top and top.waiting else None

    async def is_with_a_member(self) -> bool:
        return (await self.state()).mode == "member"

    async def approvals(self, status: str | None = None) -> list[ApprovalRow]:
        return (await self._conversations.approvals(self._workspace, status=status, conversation=self.id)).items

    async def outcome(self) -> str:
        """How its only run ended."""
        (run,) = (await self._conversations.runs(self._workspace, conversation=self.id)).items
        return str(run.status)

    async def journal(self, step: str) -> list[EffectRow]:
        """What the effect journal holds of one step of its only run."""
        (run,) = (await self._conversations.runs(self._workspace, conversation=self.id)).items
        return [row for row in await self._conversations.effects(self._workspace, run.id) if row.step == step]

    async def members_see(self, kind: str) -> list[dict[str, Any]]:
        """The entries of one kind in the log."""
        entries = await self._conversations.entries(self._workspace, self.id)
        return [json.loads(entry.body) for entry in entries if entry.kind == kind]

    async def _take(self, event: Event) -> str:
        await self._send(event)
        await self._services.engine.settle(self._workspace, self.id)
        return await self.hears()

    async def _send(self, event: Event) -> None:
        self._events += 1
        await self._services.engine.handle(self._workspace, self.id, event, f"event-{self._events}")

    async def hears(self) -> str:
        """What the agent wrote since the customer last looked."""
        entries = await self._conversations.entries(self._workspace, self.id, after=self._heard, members=False)
        self._heard = entries[-1].seq if entries else self._heard
        written = [json.loads(entry.body) for entry in entries if entry.kind in ("say", "ask")]
        self._question = next((one["question"] for one in reversed(written) if "question" in one), self._question)
        return "\n".join(one["text"] for one in written)


class Desk:
    """A workspace with the shop's connection and one published procedure."""

    def __init__(self, services: Services, workspace: str) -> None:
        self.services = services
        self.workspace = workspace

    @property
    def clock(self) -> ScriptedClock:
        assert isinstance(self.services.clock, ScriptedClock)
        return self.services.clock

    async def set_up(self, shop: Shop, document: dict[str, Any]) -> None:
        """Tell it where the shop is, what opens it, and what to do."""
        setup = self.services.configuration
        await setup.put_secret(self.workspace, SECRET, TOKEN, BY)
        await setup.set_internal_hosts(self.workspace, [shop.address.removeprefix("http://")], BY)
        connection = Connection(slug="retail", base_url=shop.address, auth=BearerAuth(kind="bearer", secret=SECRET))
        await setup.put_connection(self.workspace, connection, BY)
        row = await self.services.authoring.create(self.workspace, document, BY)
        await self.services.authoring.publish(self.workspace, row.slug, BY)

    async def talk(self) -> Talk:
        """A customer who has not said anything yet."""
        opened = await self.services.engine.open(self.workspace)
        return Talk(self.services, self.workspace, opened.conversation)


def example(timeout: float | None = None) -> dict[str, Any]:
    """The procedure as it stands in the file, or one whose calls wait only so many seconds."""
    document = parse_yaml(EXAMPLE.read_text())
    for step in document["steps"]:
        if timeout is not None and step["kind"] == "call":
            step["timeout"] = timeout
    return document


@asynccontextmanager
async def at_work(database_url: str, data: Path) -> AsyncIterator[Services]:
    """A Deskhand on this database until the block ends; its clock never makes anybody wait."""
    running = await build(Settings(data=data, database_url=database_url), clock=ScriptedClock())
    try:
        yield running.services
    finally:
        await running.close()


@asynccontextmanager
async def open_desk(
    shop: Shop, database_url: str, data: Path, document: dict[str, Any] | None = None
) -> AsyncIterator[Desk]:
    """A Deskhand with a workspace that works for the shop by the example, or by another document."""
    async with at_work(database_url, data) as services:
        workspace = (await services.configuration.create_workspace("The shop's desk")).id
        desk = Desk(services, workspace)
        await desk.set_up(shop, document or example())
        yield desk
