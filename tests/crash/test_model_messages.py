"""A message that a model understands is answered once, wherever the server dies while it is at it."""

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, TCPConnector

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.crash.client import Client
from tests.crash.kills import Kill
from tests.crash.process import DEADLINE, Forked
from tests.fake_model import KEY, MODEL, FakeModel, calls

HELP: dict[str, Any] = {
    "name": "Help",
    "trigger": {"description": "The customer needs help with an order"},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "order", "prompt": "Which order?"},
        {"id": "ticket", "kind": "internal", "action": "create_ticket", "parameters": {"subject": "Help {{order}}"}},
        {"id": "done", "kind": "message", "text": "Done: {{order}}"},
    ],
}
KILLS = [
    Kill("before", "said"),
    Kill("after", "said"),  # it is committed, and the model has not been asked
    Kill("before", "understood"),  # the model has answered, and nothing of it is committed
    Kill("after", "understood"),
]


async def set_up(settings: Settings, fake: FakeModel) -> str:
    """A workspace whose agent understands through a model; gives a key."""
    running = await build(settings)
    services = running.services
    workspace = (await services.configuration.create_workspace("Shop")).id
    await services.configuration.set_internal_hosts(workspace, [fake.host], "test")
    model = {"provider": "compatible", "model": MODEL, "base_url": fake.url, "timeout_seconds": 5}
    await services.models.put(workspace, "default", model, "test", KEY)
    row = await services.authoring.create(workspace, HELP, "test")
    await services.authoring.publish(workspace, row.slug, "test")
    _, key = await services.configuration.create_key(workspace, "member", "owner", "test")
    await running.close()
    return key


async def test_a_message_that_a_model_understands_is_answered_once(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=sqlite_url)
    async with FakeModel.running() as fake, ClientSession(connector=TCPConnector(force_close=True)) as session:
        understood = calls({"kind": "start_procedure", "procedure": "help", "values": {"order": "A1001"}})
        fake.otherwise = lambda _: understood
        key = await set_up(settings, fake)
        server = Forked(settings)
        client = Client(session, server.address, key)
        told: list[dict[str, Any]] = []

        async def customer() -> None:
            made = await client.post("/v1/conversations", {})
            place = f"/v1/conversations/{made['id']}"
            await client.post(f"{place}/messages", {"text": "my parcel A1001 is broken", "event_id": "one"})
            await client.until(place, lambda one: not one["busy"] and not one["thinking"] and one["seq"] > 1)
            told.extend((await client.get(f"{place}/entries"))["items"])

        try:
            async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
                talking = group.create_task(customer())
                for kill in KILLS:
                    await server.start(kill)
                    assert await server.end() < 0, server.said()
                    assert not talking.done()
                await server.start()
        finally:
            await server.close()

    kinds = [entry["kind"] for entry in told]
    assert [kinds.count(kind) for kind in ("said", "understood", "ticket")] == [1, 1, 1]
    assert [entry["body"]["text"] for entry in told if entry["kind"] == "say"] == ["Done: A1001"]
    assert 2 <= len(fake.requests) <= 3
