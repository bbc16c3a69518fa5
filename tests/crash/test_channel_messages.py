"""What customers are told over a channel arrives in its order, wherever the server dies while it is being sent."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, TCPConnector, web

from deskhand.bootstrap import build
from deskhand.domain.webhook import signature
from deskhand.settings import Settings
from tests.crash.client import PAUSE
from tests.crash.kills import Kill
from tests.crash.process import DEADLINE, Forked

PARROT: dict[str, Any] = {
    "name": "Parrot",
    "trigger": {"description": "The customer wants to hear a parrot say things"},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "words", "prompt": "What shall it say?"},
        {"id": "one", "kind": "message", "text": "One: {{words}}"},
        {"id": "two", "kind": "message", "text": "Two: {{words}}"},
        {"id": "three", "kind": "message", "text": "Three: {{words}}"},
    ],
}
TOLD = ["What shall it say?", "One: hello", "Two: hello", "Three: hello"]
KILLS = [
    Kill("after", "ask"),  # the question is committed, and nobody has sent it
    Kill("after", "POST"),  # it was sent, and nobody has recorded that
    Kill("before", "POST", 2),
    Kill("after", "POST", 2),
]


@dataclass
class Platform:
    """Takes messages, and may be told to wait until all have come."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    """Identifier and text of everything that came, in its order."""
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def take(self, request: web.Request) -> web.Response:
        self.seen.append((request.headers["webhook-id"], (await request.json())["data"]["text"]))
        if self.texts == TOLD:
            self.complete.set()
        return web.Response()

    @property
    def texts(self) -> list[str]:
        """What a platform shows that drops what it has seen."""
        return list(dict(self.seen).values())


@asynccontextmanager
async def listening() -> AsyncIterator[Platform]:
    platform, app = Platform(), web.Application()
    app.router.add_post("/", platform.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    platform.port = runner.addresses[0][1]
    try:
        yield platform
    finally:
        await runner.cleanup()


async def attached(settings: Settings, platform: Platform) -> tuple[str, str]:
    """A workspace with the channel; gives where events go, and the secret."""
    running = await build(settings)
    services = running.services
    workspace = (await services.configuration.create_workspace("Zoo")).id
    await services.configuration.set_internal_hosts(workspace, [f"127.0.0.1:{platform.port}"], "test")
    url = f"http://127.0.0.1:{platform.port}/"
    made = await services.channels.put(workspace, "line", {"name": "Line", "url": url}, "test")
    row = await services.authoring.create(workspace, PARROT, "test")
    await services.authoring.publish(workspace, row.slug, "test")
    await running.close()
    return f"/v1/channels/{workspace}/line/events", made.secret or ""


async def bring(session: ClientSession, url: str, secret: str, event_id: str, text: str) -> None:
    """Post what the customer wrote until it is acknowledged."""
    body = json.dumps({"event_id": event_id, "conversation": "ann", "message": {"text": text}})
    while True:
        seconds = int(time.time())
        headers = {
            "content-type": "application/json", "webhook-id": event_id, "webhook-timestamp": str(seconds),
            "webhook-signature": signature(secret, event_id, seconds, body),
        }  # fmt: skip
        try:
            async with session.post(url, data=body, headers=headers) as answer:
                assert answer.status == 202, await answer.text()
                return
        except ClientError:
            await asyncio.sleep(PAUSE)


async def test_messages_survive_the_server_in_their_order(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=sqlite_url)
    async with listening() as platform, ClientSession(connector=TCPConnector(force_close=True)) as session:
        path, secret = await attached(settings, platform)
        server = Forked(settings)

        async def customer() -> None:
            await bring(session, server.address + path, secret, "1", "I want to hear a parrot say things")
            await bring(session, server.address + path, secret, "2", "hello")

        try:
            async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
                group.create_task(customer())
                for kill in KILLS:
                    await server.start(kill)
                    assert await server.end() < 0, server.said()
                await server.start()
                await platform.complete.wait()
        finally:
            await server.close()

    assert platform.texts == TOLD
    assert len(platform.seen) > len(TOLD), "what was sent and not recorded comes again"
