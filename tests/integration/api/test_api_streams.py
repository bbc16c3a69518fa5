import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.api.desk import GREETING, TICKET, Desk, publish, start, talk, waiting_approval
from tests.integration.api.live import PATIENCE, Live, following, rest, serving, take, until_nobody_listens

HEARTBEAT = 0.05


@pytest.fixture
async def live(desk: Desk) -> AsyncIterator[Live]:
    async with serving(create_app(desk.running.services, heartbeat=HEARTBEAT)) as served:
        yield served


async def say(client: httpx2.AsyncClient, conversation: str, text: str) -> None:
    answer = await client.post(f"/v1/conversations/{conversation}/messages", json={"text": text})
    assert answer.status_code == 200


async def test_a_conversation_is_followed_from_its_beginning_and_on(
    desk: Desk, owner: httpx2.AsyncClient, live: Live
) -> None:
    await publish(owner, GREETING)
    conversation = await talk(owner)
    await start(owner, conversation, "greeting")
    async with following(live, desk.keys["agent"], f"/v1/conversations/{conversation}/events") as events:
        past = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
        seen = await take(events, len(past))
        await say(owner, conversation, "Ada")
        whole = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
        seen += await take(events, len(whole) - len(past))
    assert [event.data for event in seen] == whole
    assert [event.id for event in seen] == [str(entry["seq"]) for entry in whole]
    assert {event.kind for event in seen} == {"entry"}


async def test_a_broken_stream_goes_on_after_the_last_entry_that_came(
    desk: Desk, owner: httpx2.AsyncClient, live: Live
) -> None:
    conversation = await talk(owner)
    path = f"/v1/conversations/{conversation}/events"
    await say(owner, conversation, "one")
    async with following(live, desk.keys["owner"], path) as events:
        (first,) = await take(events, 1)
    await say(owner, conversation, "two")
    assert first.id is not None
    async with following(live, desk.keys["owner"], f"{path}?after=0", {"last-event-id": first.id}) as events:
        (second,) = await take(events, 1)
    async with following(live, desk.keys["owner"], f"{path}?after={first.id}") as events:
        assert (await take(events, 1)) == [second]
    assert second.data["seq"] == int(first.id) + 1


async def test_no_entry_is_lost_or_repeated_while_streams_come_and_go(
    desk: Desk, owner: httpx2.AsyncClient, live: Live
) -> None:
    conversation = await talk(owner)
    path = f"/v1/conversations/{conversation}/events"

    async def write() -> None:
        await asyncio.gather(*(say(owner, conversation, f"message {number}") for number in range(30)))
        for _ in range(3):
            await say(owner, conversation, "so that the last stretch is full")

    async def read() -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = []
        while [entry["kind"] for entry in seen].count("said") < 30:
            last = {"last-event-id": str(seen[-1]["seq"])} if seen else {}
            async with following(live, desk.keys["owner"], path, last) as events:
                seen += [event.data for event in await take(events, 3)]
        return seen

    *streams, _ = await asyncio.gather(read(), read(), read(), write())
    log = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    for seen in streams:
        assert seen == log[: len(seen)]


async def test_a_silent_stream_says_that_it_is_alive(desk: Desk, owner: httpx2.AsyncClient, live: Live) -> None:
    conversation = await talk(owner)
    async with following(live, desk.keys["owner"], f"/v1/conversations/{conversation}/events") as events:
        async with asyncio.timeout(PATIENCE):
            silent = [await anext(events) for _ in range(3)]
    assert {event.kind for event in silent} == {None}


async def test_streams_end_when_the_server_stops(desk: Desk, owner: httpx2.AsyncClient) -> None:
    conversation = await talk(owner)
    await say(owner, conversation, "Hi")
    app = create_app(desk.running.services)
    async with (
        serving(app) as live,
        following(live, desk.keys["owner"], f"/v1/conversations/{conversation}/events") as events,
        following(live, desk.keys["owner"], "/v1/events") as hints,
    ):
        await take(events, 1)
        await anext(hints)
        live.server.should_exit = True
        await rest(events)
        assert await rest(hints) == []
        async with asyncio.timeout(PATIENCE):
            await live.task
    assert desk.running.services.streams.listening == 0


async def test_a_client_that_goes_away_is_forgotten(desk: Desk, owner: httpx2.AsyncClient) -> None:
    conversation = await talk(owner)
    await say(owner, conversation, "Hi")
    streams = desk.running.services.streams
    async with serving(create_app(desk.running.services)) as live:
        for path in (f"/v1/conversations/{conversation}/events", "/v1/events"):
            async with following(live, desk.keys["owner"], path) as events:
                await anext(events)
                assert streams.listening == 1
            await until_nobody_listens(streams)


async def test_a_stream_ends_when_its_key_is_revoked(desk: Desk, owner: httpx2.AsyncClient, live: Live) -> None:
    conversation = await talk(owner)
    async with httpx2.AsyncClient(base_url=live.address, headers=owner.headers, trust_env=False) as client:
        made = (await client.post("/v1/keys", json={"name": "Eve", "role": "agent"})).json()
        async with (
            following(live, made["key"], f"/v1/conversations/{conversation}/events") as events,
            following(live, made["key"], "/v1/events") as hints,
        ):
            await anext(events)
            await anext(hints)
            await client.delete(f"/v1/keys/{made['id']}")
            await say(owner, conversation, "Not for Eve")
            assert [event.data["body"].get("text") for event in await rest(events)] in ([], ["Not for Eve"])
            await rest(hints)


async def test_the_workspace_is_told_where_something_happened(
    desk: Desk, owner: httpx2.AsyncClient, live: Live
) -> None:
    async with (
        following(live, desk.keys["owner"], "/v1/events") as hints,
        following(live, desk.keys["stranger"], "/v1/events") as foreign,
    ):
        await anext(hints)
        await anext(foreign)
        first, second = await talk(owner), await talk(owner)
        await say(owner, first, "Hi")
        seen: dict[str, int] = {}
        async with asyncio.timeout(PATIENCE):
            while set(seen) != {first, second} or not seen[first]:
                (hint,) = await take(hints, 1)
                assert (hint.kind, hint.id) == ("changed", None)
                seen[hint.data["conversation"]] = hint.data["seq"]
        async with asyncio.timeout(PATIENCE):
            assert (await anext(foreign)).kind is None


async def test_the_workspace_is_told_of_approvals_and_of_what_was_done(
    desk: Desk, owner: httpx2.AsyncClient, live: Live
) -> None:
    told = {**TICKET, "name": "Told", "steps": [{**one, "approval": "notify"} if one["id"] == "open" else one
                                                for one in TICKET["steps"]]}  # fmt: skip
    slug = await publish(owner, told)
    async with following(live, desk.keys["agent"], "/v1/events") as hints:
        await anext(hints)
        approval = await waiting_approval(owner)
        conversation = await talk(owner)
        await start(owner, conversation, slug)
        await say(owner, conversation, "The box was empty")
        await owner.post(f"/v1/approvals/{approval['id']}/approve")
        of_approvals, notices = 0, []
        async with asyncio.timeout(PATIENCE):
            while of_approvals < 2 or not notices:
                (hint,) = await take(hints, 1)
                of_approvals += hint.data["approvals"] and hint.data["conversation"] == approval["conversation"]
                notices += [one["description"] for one in hint.data["notified"]]
    assert notices == ["Open a ticket for The box was empty"]


async def test_a_message_over_the_wire_tells_what_came_of_it(desk: Desk, owner: httpx2.AsyncClient, live: Live) -> None:
    conversation = await talk(owner)
    async with httpx2.AsyncClient(base_url=live.address, headers=owner.headers, trust_env=False) as client:
        receipt = (await client.post(f"/v1/conversations/{conversation}/messages", json={"text": "Hi"})).json()
    assert receipt["entries"][0]["body"] == {"text": "Hi"}
