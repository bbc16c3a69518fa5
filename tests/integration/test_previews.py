"""Previews in their surroundings: a model understands as it does live, and what nobody uses goes away."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.application.previews import IDLE, MOST
from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.fake_model import KEY, MODEL, FakeModel, calls
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import GREETING, Desk

START = {"kind": "start_procedure", "procedure": "greeting", "values": {"first_name": "Ada"}}


@pytest.fixture
async def clock() -> ScriptedClock:
    return ScriptedClock()


@pytest.fixture
async def client(sqlite_url: str, tmp_path: Path, clock: ScriptedClock) -> AsyncIterator[httpx2.AsyncClient]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    desk: Desk = await open_desk(running)
    async with desk.client("owner") as owner:
        await owner.post("/v1/procedures", json={"document": GREETING})
        yield owner
    await running.close()


async def opened(client: httpx2.AsyncClient) -> str:
    return str((await client.post("/v1/procedures/greeting/preview")).json()["id"])


async def test_the_agents_model_understands_what_is_written_in_a_preview(client: httpx2.AsyncClient) -> None:
    async with FakeModel.running() as fake:
        await client.put("/v1/settings/internal-hosts", json={"hosts": [fake.host]})
        model = {"provider": "compatible", "model": MODEL, "base_url": fake.url, "key": KEY}
        assert (await client.put("/v1/models/default", json=model)).status_code == 200
        preview = await opened(client)
        fake.say(calls(START))
        wrote = {"kind": "message", "text": "Please greet me, I am Ada"}
        found = (await client.post(f"/v1/previews/{preview}/events", json=wrote)).json()
    kinds = [one["kind"] for one in found["entries"]]
    assert "model" in kinds
    assert found["outcome"] == "completed"
    assert [one["body"]["text"] for one in found["entries"] if one["kind"] == "say"] == ["Hello Ada!"]
    assert (await client.get("/v1/conversations")).json()["items"] == []


async def test_a_preview_that_nobody_uses_is_gone_after_an_hour(
    client: httpx2.AsyncClient, clock: ScriptedClock
) -> None:
    preview = await opened(client)
    clock.advance(IDLE / 1000)
    assert (await client.get(f"/v1/previews/{preview}")).status_code == 200
    clock.advance(IDLE / 1000 + 1)
    gone = await client.get(f"/v1/previews/{preview}")
    assert (gone.status_code, "begin a new one" in gone.json()["detail"]) == (404, True)


async def test_of_too_many_previews_the_one_used_longest_ago_makes_room(
    client: httpx2.AsyncClient, clock: ScriptedClock
) -> None:
    made = []
    for _ in range(MOST + 1):
        clock.advance(1)
        made.append(await opened(client))
    there = [(await client.get(f"/v1/previews/{one}")).status_code for one in made]
    assert there == [404] + [200] * MOST
