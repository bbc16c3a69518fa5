"""What a visitor is told as it happens: writing, typing, switches, and the end of what they may see."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.api.live import PATIENCE, Live, following_with, rest, serving, take
from tests.integration.api.visitors import Browser, Company, open_company, visit


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def live(company: Company) -> AsyncIterator[Live]:
    async with serving(create_app(company.desk.running.services, heartbeat=0.05)) as served:
        yield served


@pytest.fixture
async def client(live: Live) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=live.address, trust_env=False) as opened:
        yield opened


def events_of(conversation: str) -> str:
    return f"/v1/widget/conversations/{conversation}/events"


async def test_words_as_they_are_written_and_members_who_type(
    company: Company, live: Live, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, company.agent)
    conversation = await ada.talk(text="Hello")
    services = company.desk.running.services
    async with following_with(live, events_of(conversation), ada.headers) as events:
        await take(events, 2)
        services.streams.write(company.desk.workspace, conversation, "Your order")
        (writing,) = await take(events, 1)
        services.presence.seen(company.desk.workspace, conversation, "Ana", "1", "typing")
        (typing,) = await take(events, 1)
        services.presence.seen(company.desk.workspace, conversation, "Ana", "1", "looking")
        (still,) = await take(events, 1)
    assert (writing.kind, writing.data, writing.id) == ("writing", {"text": "Your order"}, None)
    assert (typing.kind, typing.data) == ("typing", {"by": ["Ana"]})
    assert (still.kind, still.data) == ("typing", {"by": []})


async def test_scripts_are_told_to_be_off_and_on_again(
    company: Company, live: Live, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, company.agent)
    assert ada.session["settings"]["scripts"] is True
    conversation = await ada.talk()
    async with (
        company.desk.client("owner") as owner,
        following_with(live, events_of(conversation), ada.headers) as events,
    ):
        for allowed in (False, True):
            await owner.put("/v1/settings/widget", json={"scripts": allowed})
            (changed,) = await take(events, 1)
            assert (changed.kind, changed.data) == ("settings", {"scripts": allowed})
        await owner.put("/v1/settings/widget", json={"scripts": False})
        await take(events, 1)
    async with following_with(live, events_of(conversation), ada.headers) as again:
        (first,) = await take(again, 1)
    assert (first.kind, first.data) == ("settings", {"scripts": False})
    assert (await visit(client, company.agent)).session["settings"]["scripts"] is False


async def test_a_customers_stream_ends_with_their_token(
    company: Company, live: Live, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, company.agent, user=company.token("ada"))
    conversation = await ada.talk()
    async with following_with(live, events_of(conversation), ada.headers) as events:
        await anext(events)
        company.clock.advance(hours=2)
        assert await rest(events) == []
    ada.user = company.token("ada")
    async with following_with(live, events_of(conversation), ada.headers) as events:
        await anext(events)


async def test_a_stream_ends_when_the_conversation_becomes_a_customers(
    company: Company, live: Live, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, company.agent)
    conversation = await ada.talk()
    async with following_with(live, events_of(conversation), ada.headers) as events:
        await anext(events)
        signed_in = Browser(client, ada.token, {}, company.token("ada"))
        assert (await signed_in.post(f"/{conversation}/messages", event_id="m-1", text="My secret")).status_code == 200
        assert "My secret" not in str(await rest(events))


async def test_a_stream_ends_when_its_agent_is_gone(company: Company, live: Live, client: httpx2.AsyncClient) -> None:
    async with company.desk.client("owner") as owner:
        await owner.put("/v1/agents/sales", json={"name": "Sam"})
        ada = await visit(client, f"{company.desk.workspace}.sales")
        conversation = await ada.talk()
        async with following_with(live, events_of(conversation), ada.headers) as events:
            await anext(events)
            await owner.delete("/v1/agents/sales")
            async with asyncio.timeout(PATIENCE):
                assert await rest(events) == []
