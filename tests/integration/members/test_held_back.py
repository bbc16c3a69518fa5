"""What somebody held back until they were thrown out comes to nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deskhand.adapters.passwords import ArgonPasswords
from deskhand.settings import Settings
from tests.integration.api.desk import problem
from tests.integration.members.people import (
    CHEAP,
    PASSWORD,
    Town,
    accept,
    email_of,
    invite,
    token_of,
    town_with,
    try_to_sign_in,
)

NEW = "a new sentence to remember"


class HeldBack:
    """A request whose body comes only when it is let go, long after its head."""

    def __init__(self, browser: httpx2.AsyncClient, path: str, body: Any) -> None:
        self._go, self._begun = asyncio.Event(), asyncio.Event()
        self._body = body
        headers = {"content-type": "application/json"}
        self._answer = asyncio.create_task(browser.post(path, content=self._parts(), headers=headers))

    async def begun(self) -> "HeldBack":
        """Wait until the server knows who is calling, and reads on."""
        async with asyncio.timeout(10):
            await self._begun.wait()
        return self

    async def let_go(self) -> httpx2.Response:
        """Send the body; gives the answer."""
        self._go.set()
        return await self._answer

    async def _parts(self) -> AsyncIterator[bytes]:
        yield b" "
        self._begun.set()
        await self._go.wait()
        yield json.dumps(self._body).encode()


class HeldPasswords(ArgonPasswords):
    """Passwords whose comparison can take as long as a test wants."""

    def __init__(self) -> None:
        super().__init__(**CHEAP)
        self.go = asyncio.Event()
        self.go.set()
        self.compared = asyncio.Event()

    async def verify(self, password: str, known: str) -> tuple[bool, str | None]:
        found = await super().verify(password, known)
        self.compared.set()
        await self.go.wait()
        return found

    async def until_compared(self) -> None:
        async with asyncio.timeout(10):
            await self.compared.wait()


@pytest.fixture
def passwords() -> HeldPasswords:
    return HeldPasswords()


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path, passwords: HeldPasswords) -> AsyncIterator[Town]:
    async with town_with(Settings(data=tmp_path, database_url=sqlite_url), passwords) as town:
        yield town


@pytest.mark.parametrize(
    ("path", "body"),
    [("/v1/keys", {"name": "mine", "role": "admin"}), ("/v1/invitations", {"email": "eve@example.com"})],
)
async def test_who_was_removed_in_the_meantime_leaves_nothing_behind(
    town: Town, ana: httpx2.AsyncClient, path: str, body: dict[str, str]
) -> None:
    bob_id = await town.join(ana, "Bob", "admin")
    async with town.signed_in("Bob") as bob:
        slow = await HeldBack(bob, path, body).begun()
        assert (await ana.delete(f"/v1/members/{bob_id}")).status_code == 204
        problem(await slow.let_go(), 401)
    assert [one for one in (await ana.get(path)).json()["items"] if one.get("revoked_at", None) is None] == []


async def test_a_key_that_was_made_all_the_same_opens_nothing(town: Town, ana: httpx2.AsyncClient) -> None:
    bob_id = await town.join(ana, "Bob", "admin")
    await ana.delete(f"/v1/members/{bob_id}")
    made = await town.running.services.configuration.create_key(town.workspace, "late", "admin", "Bob", bob_id)
    async with town.browser() as program:
        problem(await program.get("/v1/me", headers={"authorization": f"Bearer {made[1]}"}), 401)


async def test_the_old_password_opens_nothing_once_it_is_replaced(
    town: Town, ana: httpx2.AsyncClient, passwords: HeldPasswords
) -> None:
    passwords.go.clear()
    passwords.compared.clear()
    async with town.browser() as eve:
        coming = asyncio.create_task(try_to_sign_in(eve, email_of("Ana"), PASSWORD))
        await passwords.until_compared()
        await town.running.services.profiles.reset_password(email_of("Ana"), NEW, "deskhand set-password")
        passwords.go.set()
        assert "changed a moment ago" in problem(await coming, 409)["detail"]
        problem(await eve.get("/v1/me"), 401)


async def test_a_new_password_is_not_replaced_with_the_old_ones_help(
    town: Town, ana: httpx2.AsyncClient, passwords: HeldPasswords
) -> None:
    passwords.go.clear()
    passwords.compared.clear()
    change = {"password": {"current": PASSWORD, "new": "what eve would like"}}
    coming = asyncio.create_task(ana.patch("/v1/me", json=change))
    await passwords.until_compared()
    await town.running.services.profiles.reset_password(email_of("Ana"), NEW, "deskhand set-password")
    passwords.go.set()
    assert "not right" in problem(await coming, 401)["detail"]
    async with town.browser() as later:
        assert (await try_to_sign_in(later, email_of("Ana"), NEW)).status_code == 200


async def test_an_invitation_lasts_only_as_long_as_who_gave_it_may_give_it(
    town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    bob_id = await town.join(ana, "Bob", "owner")
    async with town.signed_in("Bob") as bob:
        owner, colleague = await invite(bob, "Eve", "owner"), await invite(bob, "Max", "agent")
        await ana.patch(f"/v1/members/{bob_id}", json={"role": "admin"})
        assert [one["email"] for one in (await ana.get("/v1/invitations")).json()["items"]] == ["max@example.com"]
        problem(await accept(stranger, owner, "Eve"), 403)
        assert (await stranger.get(f"/v1/join/{colleague}")).status_code == 200
        await ana.patch(f"/v1/members/{bob_id}", json={"role": "agent"})
        problem(await accept(stranger, colleague, "Max"), 403)


async def test_who_sends_an_invitation_again_answers_for_it(
    town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    bob_id = await town.join(ana, "Bob", "admin")
    await invite(ana, "Carol", "admin")
    (own,) = (await ana.get("/v1/invitations")).json()["items"]
    async with town.signed_in("Bob") as bob:
        again = await bob.post(f"/v1/invitations/{own['id']}/resend")
        assert (again.json()["invited_by"], again.status_code) == ("Bob", 200)
    await ana.delete(f"/v1/members/{bob_id}")
    problem(await accept(stranger, token_of(again.json()["link"]), "Carol"), 403)
