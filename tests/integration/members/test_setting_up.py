"""Who comes in first, and who may make a workspace."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deskhand.adapters.passwords import ArgonPasswords
from deskhand.api.app import create_app
from deskhand.bootstrap import Running, build
from deskhand.settings import Settings
from tests.integration.api.desk import problem
from tests.integration.members.people import BASE, OWN_PAGE, PASSWORD, Town, email_of, serving_demo

NEW = {"email": "ben@example.com", "name": "Ben", "password": PASSWORD}


@pytest.fixture
async def empty(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """A Deskhand in which nobody is."""
    settings = Settings(data=tmp_path, database_url=sqlite_url)
    running = await build(settings, passwords=ArgonPasswords(rounds=1, kibibytes=64))
    yield running
    await running.close()


def browser(running: Running) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=create_app(running.services))
    return httpx2.AsyncClient(transport=transport, base_url=BASE, headers=OWN_PAGE)


async def test_the_link_makes_the_first_owner_and_names_the_workspace(empty: Running) -> None:
    home = await empty.services.configuration.create_workspace("Default")
    token = await empty.services.accounts.set_up_token()
    async with browser(empty) as ben:
        assert (await ben.get("/v1/sign-in")).json() == {
            "set_up": True,
            "sign_up": "invited",
            "demo": False,
            "reset": False,
        }
        made = await ben.post("/v1/sign-up", json={**NEW, "workspace": "Acme", "token": token})
        assert made.status_code == 201
        me = (await ben.get("/v1/me")).json()
        assert (me["role"], me["workspace"]) == ("owner", {"id": home.id, "name": "Acme"})
        assert (await ben.get("/v1/sign-in")).json()["set_up"] is False


async def test_the_link_works_once(empty: Running) -> None:
    token = await empty.services.accounts.set_up_token()
    async with browser(empty) as ben, browser(empty) as eve:
        assert (await ben.post("/v1/sign-up", json={**NEW, "token": token})).status_code == 201
        again = {**NEW, "email": "eve@example.com", "token": token}
        assert problem(await eve.post("/v1/sign-up", json=again), 403)["type"].endswith("not-invited")
        assert await empty.services.accounts.set_up_token() is None
    assert len(await empty.services.stores.settings.workspaces()) == 1


async def test_a_link_that_somebody_made_up_sets_nothing_up(empty: Running) -> None:
    await empty.services.accounts.set_up_token()
    async with browser(empty) as eve:
        problem(await eve.post("/v1/sign-up", json={**NEW, "token": "0" * 60}), 403)
        problem(await eve.post("/v1/sign-up", json=NEW), 403)
    assert not await empty.services.stores.members.anywhere()


async def test_a_password_that_cannot_be_used_leaves_the_link_as_it_is(empty: Running) -> None:
    token = await empty.services.accounts.set_up_token()
    async with browser(empty) as ben:
        for password in ("short", "BEN@example.com ", "123456789"):
            refused = await ben.post("/v1/sign-up", json={**NEW, "password": password, "token": token})
            assert problem(refused, 422)["type"].endswith("unfit-password")
        wrong = await ben.post("/v1/sign-up", json={**NEW, "email": "ben", "token": token})
        assert "no e-mail address" in problem(wrong, 422)["detail"]
        assert (await ben.post("/v1/sign-up", json={**NEW, "token": token})).status_code == 201


async def test_nobody_signs_up_where_people_are_invited(stranger: httpx2.AsyncClient) -> None:
    refused = problem(await stranger.post("/v1/sign-up", json=NEW), 403)
    assert "invitation" in refused["detail"]


@pytest.fixture
def opened(town: Town) -> Town:
    """A Deskhand that anybody may make a workspace in."""
    town.running.services.accounts.open_to_all = True
    return town


async def test_where_it_is_open_everybody_gets_a_workspace_of_their_own(opened: Town) -> None:
    async with opened.browser() as ben:
        assert (await ben.get("/v1/sign-in")).json()["sign_up"] == "open"
        made = await ben.post("/v1/sign-up", json={**NEW, "workspace": "Ben's"})
        assert made.status_code == 201
        assert made.json()["workspace"]["name"] == "Ben's"
        assert made.json()["workspace"]["id"] != opened.workspace
        assert [one["name"] for one in (await ben.get("/v1/members")).json()["items"]] == ["Ben"]


async def test_a_second_workspace_takes_the_accounts_own_password(opened: Town) -> None:
    ana: dict[str, Any] = {**NEW, "email": email_of("Ana"), "workspace": "Second"}
    async with opened.browser() as browser:
        problem(await browser.post("/v1/sign-up", json={**ana, "password": "another password"}), 401)
        made = (await browser.post("/v1/sign-up", json=ana)).json()
        assert {one["workspace"]["name"] for one in made["memberships"]} == {"Acme", "Second"}
    workspaces = await opened.running.services.stores.settings.workspaces()
    assert {row.name for row in workspaces} == {"Acme", "Second"}


async def test_the_demo_signs_its_owner_in(town: Town) -> None:
    demo = await serving_demo(town)
    async with town.browser(demo) as browser:
        assert (await browser.get("/v1/sign-in")).json()["demo"] is True
        me = (await browser.post("/v1/sign-in/demo")).json()
        assert (me["name"], me["role"], me["demo"], me["shop"]) == (
            "Demo owner",
            "owner",
            True,
            "http://127.0.0.1:8001",
        )
        assert me["member"]["has_password"] is False
        mine = {"password": {"current": "", "new": "a new password"}}
        problem(await browser.patch("/v1/me", json=mine), 409)
    await town.running.services.accounts.demo_owner(town.workspace)  # the second start
    assert len(await town.running.services.stores.members.all(town.workspace)) == 2


async def test_nobody_else_gets_the_demos_session(town: Town) -> None:
    demo = await serving_demo(town)
    foreign = ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"x-deskhand": ""})
    for headers in foreign:
        async with town.browser(demo, **headers) as browser:
            problem(await browser.post("/v1/sign-in/demo"), 403)
    async with town.browser() as browser:
        problem(await browser.post("/v1/sign-in/demo"), 403)
    page = demo.state.page
    async with town.browser(town.app_with(page=page, loopback_only=False)) as browser:
        problem(await browser.post("/v1/sign-in/demo"), 403)


async def test_no_password_opens_the_demos_account(town: Town, stranger: httpx2.AsyncClient) -> None:
    await town.running.services.accounts.demo_owner(town.workspace)
    for password in ("", "nobody's", PASSWORD):
        given = {"email": "owner@demo.example", "password": password}
        problem(await stranger.post("/v1/sign-in", json=given), 401)
