"""One visitor, and one address, may do only so much in a time."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.api.desk import problem
from tests.integration.api.live import following_with, serving, take, until_nobody_listens
from tests.integration.api.visitors import Browser, Company, open_company, page, visit


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(company: Company) -> AsyncIterator[httpx2.AsyncClient]:
    async with page(company.desk) as opened:
        yield opened


async def until_refused(browser: Browser, path: str, most: int = 1000, **body: object) -> tuple[int, httpx2.Response]:
    """How many were taken, and the refusal."""
    for count in range(most):
        answer = await browser.post(path, **body)
        if answer.status_code != 200:
            return count, answer
    raise AssertionError("nobody refused anything")


async def test_a_visitor_who_writes_without_end_is_slowed_down_and_others_are_not(
    company: Company, client: httpx2.AsyncClient
) -> None:
    ada, bob = await visit(client, company.agent), await visit(client, company.agent)
    conversation = await ada.talk()
    count, refused = await until_refused(ada, f"/{conversation}/messages", text="Hello")
    assert count == 30
    body = problem(refused, 429)
    assert body["type"] == "urn:deskhand:problem:too-many"
    assert refused.headers["retry-after"] == "2"
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "2 seconds" in body["detail"]
    await bob.say(await bob.talk(), "Hello")
    company.clock.advance(1)
    problem(await ada.post(f"/{conversation}/messages", text="Hello"), 429)
    company.clock.advance(1)
    await ada.say(conversation, "Hello")


async def test_whoever_takes_many_names_is_counted_by_their_address(
    company: Company, client: httpx2.AsyncClient
) -> None:
    begun = 0
    while (await client.post("/v1/widget/sessions", json={"agent": company.agent})).status_code == 200:
        begun += 1
        assert begun < 1000
    assert begun == 300
    refused = await client.post("/v1/widget/sessions", json={"agent": "anything"})
    assert int(refused.headers["retry-after"]) == 2
    elsewhere = httpx2.ASGITransport(app=company.desk.app, client=("192.0.2.7", 1))
    async with httpx2.AsyncClient(transport=elsewhere, base_url=str(client.base_url)) as other:
        await visit(other, company.agent)


async def test_conversations_are_opened_only_so_often(company: Company, client: httpx2.AsyncClient) -> None:
    ada = await visit(client, company.agent)
    for _ in range(20):
        await ada.talk()
    problem(await ada.post("", id="conv_" + "0" * 12 + "7" + "0" * 3 + "8" + "0" * 15), 429)


async def test_clicks_and_the_like_are_counted_too(company: Company, client: httpx2.AsyncClient) -> None:
    ada = await visit(client, company.agent)
    conversation = await ada.talk()
    count, refused = await until_refused(ada, f"/{conversation}/feedback", reaction="positive")
    assert count == 120
    problem(refused, 429)


async def test_guessing_is_counted_too(company: Company, client: httpx2.AsyncClient) -> None:
    ada = await visit(client, company.agent)
    statuses = [(await ada.get("/conv_" + "0" * 32)).status_code for _ in range(301)]
    assert statuses == [404] * 300 + [429]


async def test_a_visitor_follows_only_so_many_streams_at_once(company: Company) -> None:
    async with (
        serving(create_app(company.desk.running.services)) as live,
        httpx2.AsyncClient(base_url=live.address, trust_env=False) as client,
    ):
        ada = await visit(client, company.agent)
        conversation = await ada.talk(text="Hello")
        path = f"/v1/widget/conversations/{conversation}/events"
        paces = company.desk.running.services.visitors.paces
        held = [(f"{company.desk.workspace}/{ada.session['visitor']}", "127.0.0.1")] * 9
        for one in held:
            paces.take_stream(*one)
        async with following_with(live, path, ada.headers) as events:
            await take(events, 1)
            problem(await client.get(path, headers=ada.headers), 429)
        await until_nobody_listens(company.desk.running.services.streams)
        async with following_with(live, path, ada.headers) as events:
            await take(events, 1)
