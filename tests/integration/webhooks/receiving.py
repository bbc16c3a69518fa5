"""Systems that are told of events, on one port of loopback, and a Deskhand that tells them."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from deskhand.bootstrap import Running
from deskhand.domain import events as e
from deskhand.domain.webhook import EVENTS, WebhookEvent
from deskhand.ports.stores import DeliveryRow
from deskhand.worker.deliveries import Deliveries
from tests.clock import ScriptedClock


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receivers:
    """Each path is a system of its own."""

    seen: list[Seen] = field(default_factory=list)
    answers: dict[str, web.Response] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    """By path: the answer waits for this."""
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/hook") -> str:
        return f"http://{self.host}{path}"

    def at(self, path: str) -> list[Seen]:
        return [one for one in self.seen if one.path == path]

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append(Seen(request.path, headers, await request.text()))
        if request.path in self.held:
            await self.held[request.path].wait()
        answer = self.answers.get(request.path)
        return web.Response() if answer is None else web.Response(status=answer.status, headers=answer.headers)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receivers]:
    found = Receivers()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", found.handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.port = runner.addresses[0][1]
    try:
        yield found
    finally:
        for event in found.held.values():
            event.set()
        await runner.cleanup()


@dataclass
class Told:
    """A running Deskhand with its receivers; nothing is sent by itself."""

    running: Running
    clock: ScriptedClock
    workspace: str
    receivers: Receivers

    def worker(self) -> Deliveries:
        return Deliveries(self.running.services, self.running.http)

    async def hook(self, slug: str = "crm", path: str = "/hook", events: Sequence[WebhookEvent] = EVENTS) -> str:
        """Make or change a webhook; gives its secret where it is new."""
        webhooks = self.running.services.webhooks
        made = await webhooks.put(self.workspace, slug, self.receivers.url(path), list(events), "test")
        return made.secret or ""

    async def ring(self, slug: str = "crm") -> str:
        """Ask for a test event; gives the delivery."""
        return await self.running.services.webhooks.test(self.workspace, slug)

    async def delivery(self, id: str) -> DeliveryRow:
        return await self.running.services.stores.deliveries.get(self.workspace, id)

    async def deliveries(self) -> list[DeliveryRow]:
        """All of them, the oldest first."""
        page = await self.running.services.stores.deliveries.page(self.workspace, limit=200)
        return list(reversed(page.items))

    async def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Type and data of everything that is to be told."""
        bodies = [json.loads(one.body) for one in await self.deliveries()]
        return [(one["type"], one["data"]) for one in bodies]

    async def publish(self, slug: str, *steps: dict[str, Any], **more: Any) -> str:
        authoring = self.running.services.authoring
        document = {"name": slug, "trigger": {"description": "When a test wants it to run"}, "steps": list(steps)}
        await authoring.create(self.workspace, {**document, **more}, "test")
        await authoring.publish(self.workspace, slug, "test")
        return slug

    async def start(self, slug: str) -> str:
        """Start a procedure in a conversation of its own."""
        engine = self.running.services.engine
        made = await engine.open(self.workspace, first=e.StartRequested(procedure=slug))
        await engine.settle(self.workspace, made.conversation)
        return made.conversation

    async def event(self, conversation: str, event: e.Event) -> None:
        await self.running.services.engine.handle(self.workspace, conversation, event)
        await self.running.services.engine.settle(self.workspace, conversation)

    async def approval(self) -> str:
        """What waits for a decision."""
        page = await self.running.services.stores.conversations.approvals(self.workspace)
        (row,) = page.items
        found: str = row.id
        return found
