"""A person in several workspaces: one at a time, and nothing crosses."""

import asyncio
from dataclasses import dataclass

import httpx2
import pytest

from tests.integration.api.desk import GREETING, problem
from tests.integration.api.live import following_with, rest, serving
from tests.integration.members.people import Town, accept, invite, sign_in


@dataclass(frozen=True)
class Other:
    """Another workspace, and the headers of its owner's key."""

    id: str
    headers: dict[str, str]


@pytest.fixture
async def other(town: Town) -> Other:
    setup = town.running.services.configuration
    made = await setup.create_workspace("Other")
    _, key = await setup.create_key(made.id, "their owner", "owner", "test")
    return Other(made.id, {"authorization": f"Bearer {key}"})


async def test_a_cookie_opens_nothing_of_another_workspace(town: Town, ana: httpx2.AsyncClient, other: Other) -> None:
    conversation = (await ana.post("/v1/conversations", headers=other.headers)).json()["id"]
    await ana.post("/v1/procedures", json={"document": GREETING}, headers=other.headers)
    for path in (f"conversations/{conversation}", f"conversations/{conversation}/events", "procedures/greeting"):
        problem(await ana.get(f"/v1/{path}"), 404)
    assert (await ana.get("/v1/conversations")).json()["items"] == []
    problem(await ana.post("/v1/me/workspace", json={"workspace": other.id}), 404)
    problem(await ana.post("/v1/me/workspace", json={"workspace": "ws_" + "0" * 32}), 404)
    assert (await ana.get("/v1/me")).json()["workspace"]["id"] == town.workspace


async def test_a_member_of_two_switches_between_them(town: Town, other: Other) -> None:
    async with town.browser() as browser, town.browser(**other.headers) as program:
        await accept(browser, await invite(program, "Ana", "agent"), "Ana")
        me = (await browser.get("/v1/me")).json()
        assert (me["workspace"]["name"], me["role"]) == ("Other", "agent")
        problem(await browser.get("/v1/keys"), 403)
        me = (await browser.post("/v1/me/workspace", json={"workspace": town.workspace})).json()
        assert (me["workspace"]["name"], me["role"]) == ("Acme", "owner")
        assert (await browser.get("/v1/keys")).status_code == 200
        await browser.post("/v1/sign-out")
        # the next session begins where the last one was
        assert (await sign_in(browser, "Ana"))["workspace"]["name"] == "Acme"


async def test_a_stream_ends_when_its_session_moves_on(town: Town, other: Other) -> None:
    async with (
        serving(town.app_with(heartbeat=0.05)) as live,
        town.browser() as browser,
        town.browser(**other.headers) as program,
    ):
        await accept(browser, await invite(program, "Ana"), "Ana")
        cookie = {"cookie": f"deskhand_session={browser.cookies['deskhand_session']}"}
        async with following_with(live, "/v1/events", cookie) as events:
            ending = asyncio.create_task(rest(events))
            await browser.post("/v1/me/workspace", json={"workspace": town.workspace})
            await program.post("/v1/conversations")
            assert [one for one in await ending if one.kind == "changed"] == []


async def test_a_stranger_manages_nobody(town: Town, ana: httpx2.AsyncClient, other: Other) -> None:
    await invite(ana, "Bob")
    member = (await ana.get("/v1/members")).json()["items"][0]["id"]
    invitation = (await ana.get("/v1/invitations")).json()["items"][0]["id"]
    async with town.browser(**other.headers) as program:
        problem(await program.patch(f"/v1/members/{member}", json={"role": "agent"}), 404)
        problem(await program.delete(f"/v1/members/{member}"), 404)
        problem(await program.post(f"/v1/invitations/{invitation}/resend"), 404)
        problem(await program.delete(f"/v1/invitations/{invitation}"), 404)
        assert (await program.get("/v1/members")).json()["items"] == []


async def test_settings_are_changed_one_by_one(town: Town, ana: httpx2.AsyncClient) -> None:
    assert (await ana.get("/v1/settings")).json() == {"name": "Acme", "language": "en", "time_zone": "UTC"}
    await ana.patch("/v1/settings", json={"time_zone": "Europe/Vienna"})
    changed = (await ana.patch("/v1/settings", json={"name": "Acme Support", "language": "de"})).json()
    assert changed == {"name": "Acme Support", "language": "de", "time_zone": "Europe/Vienna"}
    assert (await town.audit())[0] == ("Ana", "settings.changed")
    for wrong in ({"time_zone": "Vienna"}, {"language": "German"}, {"name": " "}, {"other": 1}):
        problem(await ana.patch("/v1/settings", json=wrong), 422)


async def test_a_conversation_begins_in_the_workspaces_language(ana: httpx2.AsyncClient) -> None:
    await ana.patch("/v1/settings", json={"language": "de"})
    assert (await ana.post("/v1/conversations")).json()["language"] == "de"
    assert (await ana.post("/v1/conversations", json={"language": "en"})).json()["language"] == "en"


BOOKING = {
    "name": "Call",
    "trigger": {"description": "The customer wants to be called."},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "day", "validation": "date", "prompt": "Which day?"},
        {"id": "tell", "kind": "message", "text": "On {{day}}."},
    ],
}


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-03-03"), ("Pacific/Kiritimati", "2026-03-04")])
async def test_tomorrow_is_read_in_the_workspaces_zone(
    town: Town, ana: httpx2.AsyncClient, zone: str, day: str
) -> None:
    await ana.patch("/v1/settings", json={"time_zone": zone})
    town.clock.advance(hours=3)  # noon in UTC is two in the morning of the next day in Kiritimati
    await ana.post("/v1/procedures", json={"document": BOOKING})
    published = await ana.post("/v1/procedures/call/publish")
    assert published.status_code == 200, published.text
    conversation = (await ana.post("/v1/conversations")).json()["id"]
    await ana.post(f"/v1/conversations/{conversation}/start", json={"procedure": "call"})
    told = await ana.post(f"/v1/conversations/{conversation}/messages", json={"text": "tomorrow"})
    assert f"On {day}." in told.text
