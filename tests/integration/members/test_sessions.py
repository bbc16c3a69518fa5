"""Sessions that end: at once, everywhere, streams too."""

import asyncio

import httpx2
import pytest

from deskhand.application.sessions import LASTS
from tests.integration.api.desk import problem
from tests.integration.api.live import following_with, rest, serving
from tests.integration.members.people import PASSWORD, Town, accept, invite, sign_in

DAY = 24 * 3600


async def test_one_sees_where_one_is_signed_in(town: Town, ana: httpx2.AsyncClient) -> None:
    async with town.browser(**{"user-agent": "Firefox on a phone"}) as phone:
        await sign_in(phone, "Ana")
        items = (await phone.get("/v1/me/sessions")).json()["items"]
        assert (items[0]["user_agent"], items[0]["current"]) == ("Firefox on a phone", True)
        assert [one["current"] for one in items].count(True) == 1
        assert not [one for one in items if "token" in one or "digest" in one]


async def test_a_session_that_is_ended_is_of_no_use_at_once(town: Town, ana: httpx2.AsyncClient) -> None:
    async with town.signed_in("Ana") as phone:
        assert (await phone.get("/v1/me")).status_code == 200
        own = next(one["id"] for one in (await phone.get("/v1/me/sessions")).json()["items"] if one["current"])
        assert (await ana.delete(f"/v1/me/sessions/{own}")).status_code == 204
        refused = problem(await phone.get("/v1/me"), 401)
        assert "sign in again" in refused["detail"]
        problem(await ana.delete(f"/v1/me/sessions/{own}"), 404)


async def test_all_others_are_ended(town: Town, ana: httpx2.AsyncClient) -> None:
    async with town.signed_in("Ana") as phone, town.signed_in("Ana") as laptop:
        assert (await ana.delete("/v1/me/sessions")).status_code == 204
        for browser in (phone, laptop):
            problem(await browser.get("/v1/me"), 401)
        assert len((await ana.get("/v1/me/sessions")).json()["items"]) == 1


async def test_nobody_ends_or_sees_another_persons_sessions(town: Town, ana: httpx2.AsyncClient) -> None:
    await town.join(ana, "Bob", "admin")
    own = (await ana.get("/v1/me/sessions")).json()["items"][0]["id"]
    async with town.signed_in("Bob") as bob:
        problem(await bob.delete(f"/v1/me/sessions/{own}"), 404)
        assert own not in str((await bob.get("/v1/me/sessions")).json())
        await bob.delete("/v1/me/sessions")
    assert (await ana.get("/v1/me")).status_code == 200


async def test_a_session_ends_a_month_after_it_was_last_used(town: Town, ana: httpx2.AsyncClient) -> None:
    for _ in range(3):
        town.clock.advance(LASTS / 1000 - DAY)
        assert (await ana.get("/v1/me")).status_code == 200
    town.clock.advance(LASTS / 1000)
    problem(await ana.get("/v1/me"), 401)


async def test_a_new_password_ends_all_other_sessions(town: Town, ana: httpx2.AsyncClient) -> None:
    async with town.signed_in("Ana") as phone:
        wrong = {"password": {"current": "not this one", "new": "a much better one"}}
        assert "current password" in problem(await ana.patch("/v1/me", json=wrong), 401)["detail"]
        short = {"password": {"current": PASSWORD, "new": "short"}}
        problem(await ana.patch("/v1/me", json=short), 422)
        assert (await phone.get("/v1/me")).status_code == 200
        right = {"password": {"current": PASSWORD, "new": "a much better one"}}
        assert (await ana.patch("/v1/me", json=right)).status_code == 200
        problem(await phone.get("/v1/me"), 401)
        assert (await ana.get("/v1/me")).status_code == 200
    async with town.browser() as browser:
        await sign_in(browser, "Ana", "a much better one")
    assert "member.password_changed" in [action for _, action in await town.audit()]


async def test_whoever_has_a_browser_cannot_guess_the_password(town: Town, ana: httpx2.AsyncClient) -> None:
    guess = {"password": {"current": "a guess", "new": "a much better one"}}
    for _ in range(10):
        problem(await ana.patch("/v1/me", json=guess), 401)
    problem(await ana.patch("/v1/me", json=guess), 429)


async def test_name_and_language_are_changed(town: Town, ana: httpx2.AsyncClient) -> None:
    me = (await ana.patch("/v1/me", json={"name": " Ana Lima ", "language": "de"})).json()
    assert (me["name"], me["member"]["language"]) == ("Ana Lima", "de")
    me = (await ana.patch("/v1/me", json={"language": None})).json()
    assert (me["name"], me["member"]["language"]) == ("Ana Lima", None)
    assert (await town.audit())[0] == ("Ana Lima", "member.renamed")
    problem(await ana.patch("/v1/me", json={"name": "  "}), 422)
    problem(await ana.patch("/v1/me", json={"language": "xx"}), 422)


async def test_a_key_has_no_profile(town: Town, stranger: httpx2.AsyncClient) -> None:
    headers = await town.key("owner")
    for method, path in (("PATCH", "/v1/me"), ("GET", "/v1/me/sessions"), ("DELETE", "/v1/me/sessions")):
        problem(await stranger.request(method, path, json={"name": "x"}, headers=headers), 403)


async def test_a_stream_ends_with_its_session(town: Town) -> None:
    async with (
        serving(town.app_with(heartbeat=0.05)) as live,
        town.signed_in("Ana") as ana,
        following_with(live, "/v1/events", cookie_of(ana)) as events,
    ):
        ending = asyncio.create_task(rest(events))
        await ana.post("/v1/sign-out")
        assert await ending == []


async def test_a_stream_ends_when_its_member_is_removed(town: Town, ana: httpx2.AsyncClient) -> None:
    member = await town.join(ana, "Bob", "agent")
    async with (
        serving(town.app_with(heartbeat=0.05)) as live,
        town.signed_in("Bob") as bob,
        following_with(live, "/v1/events", cookie_of(bob)) as events,
    ):
        ending = asyncio.create_task(rest(events))
        assert (await ana.delete(f"/v1/members/{member}")).status_code == 204
        assert await ending == []


async def test_whoever_follows_the_workspace_in_a_dashboard_is_there_for_live_chat(town: Town) -> None:
    attendance = town.running.services.attendance
    async with serving(town.app_with(heartbeat=0.05)) as live:
        async with following_with(live, "/v1/events", await town.key("owner")) as events:
            await anext(events)
            assert not await attendance.anybody(town.workspace)  # a program answers nobody
        async with town.signed_in("Ana") as ana, following_with(live, "/v1/events", cookie_of(ana)) as events:
            await anext(events)
            assert await attendance.anybody(town.workspace)


def cookie_of(browser: httpx2.AsyncClient) -> dict[str, str]:
    """The session of a browser, for a client of its own."""
    return {"cookie": f"deskhand_session={browser.cookies['deskhand_session']}"}


@pytest.mark.parametrize("name", ["Ana\r\n\nPay to evil.example", "A\x1bna", "\u202eanA", "Ana\u2028Bob"])
async def test_a_name_is_one_line_that_reads_as_it_stands(town: Town, ana: httpx2.AsyncClient, name: str) -> None:
    refused = problem(await ana.patch("/v1/me", json={"name": name}), 422)
    assert "control characters" in str(refused)
    token = await invite(ana, "Bob")
    async with town.browser() as stranger:
        problem(await accept(stranger, token, name), 422)
    assert (await ana.get("/v1/me")).json()["name"] == "Ana"
