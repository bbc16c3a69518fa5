"""A Deskhand with people in it, and browsers for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI

from deskhand.adapters.passwords import ArgonPasswords
from deskhand.api.app import create_app
from deskhand.api.page import PageSettings
from deskhand.application.people import NewPerson
from deskhand.application.sessions import Browser
from deskhand.bootstrap import Running, build
from deskhand.settings import Settings
from tests.clock import ScriptedClock

BASE = "http://127.0.0.1:8000"
OWN_PAGE = {"x-deskhand": "dashboard"}
PASSWORD = "correct horse battery"
CHEAP = {"rounds": 1, "kibibytes": 64}
"""The same hashes as in earnest, made with less work."""


@dataclass(frozen=True)
class Town:
    """A Deskhand whose clock stands still; one workspace, its owner Ana."""

    running: Running
    app: FastAPI
    clock: ScriptedClock
    workspace: str

    def app_with(self, **settings: Any) -> FastAPI:
        """The same service, served in another way."""
        return create_app(self.running.services, **settings)

    def browser(self, app: FastAPI | None = None, base: str = BASE, **headers: str) -> httpx2.AsyncClient:
        """A browser with the dashboard in it, and cookies of its own."""
        transport = httpx2.ASGITransport(app=app or self.app)
        return httpx2.AsyncClient(transport=transport, base_url=base, headers={**OWN_PAGE, **headers})

    @asynccontextmanager
    async def signed_in(self, name: str) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser in which this person is signed in."""
        async with self.browser() as browser:
            await sign_in(browser, name)
            yield browser

    async def join(self, owner: httpx2.AsyncClient, name: str, role: str) -> str:
        """Invite somebody and have them accept; gives the member's id."""
        async with self.browser() as browser:
            made = await accept(browser, await invite(owner, name, role), name)
            assert made.status_code == 201, made.text
            member: str = made.json()["member"]["id"]
            return member

    async def audit(self) -> list[tuple[str, str]]:
        """Who did what, the newest first."""
        await self.settled()
        rows = (await self.running.services.stores.conversations.audit(self.workspace)).items
        return [(row.actor, row.action) for row in rows]

    async def settled(self) -> None:
        """Wait until what is written down after an answer is written."""
        for other in self.running.others:
            if hasattr(other, "proven"):
                await other.close()

    async def key(self, role: str, name: str = "a program") -> dict[str, str]:
        """The headers of a program with a key of this role."""
        made = await self.running.services.configuration.create_key(self.workspace, name, role, "test")  # type: ignore[arg-type]
        return {"authorization": f"Bearer {made[1]}"}


@asynccontextmanager
async def town_with(settings: Settings, passwords: ArgonPasswords | None = None) -> AsyncIterator[Town]:
    """A town with its owner, on a fresh database."""
    clock = ScriptedClock()
    running = await build(settings, clock=clock, passwords=passwords or ArgonPasswords(**CHEAP))
    accounts = running.services.accounts
    home = await running.services.configuration.create_workspace("Acme")
    token = await accounts.set_up_token()
    assert token is not None
    await accounts.set_up(token, NewPerson(email_of("Ana"), "Ana", PASSWORD), None, Browser("127.0.0.1"))
    yield Town(running, create_app(running.services), clock, home.id)
    await running.close()


def email_of(name: str) -> str:
    return f"{name.lower()}@example.com"


def token_of(link: str) -> str:
    """What stands in the link of an invitation."""
    return link.rpartition("token=")[2]


async def sign_in(browser: httpx2.AsyncClient, name: str, password: str = PASSWORD) -> dict[str, Any]:
    answer = await browser.post("/v1/sign-in", json={"email": email_of(name), "password": password})
    assert answer.status_code == 200, answer.text
    me: dict[str, Any] = answer.json()
    return me


async def try_to_sign_in(browser: httpx2.AsyncClient, email: str, password: str = "a wrong one") -> httpx2.Response:
    return await browser.post("/v1/sign-in", json={"email": email, "password": password})


async def invite(browser: httpx2.AsyncClient, name: str, role: str = "agent") -> str:
    """Invite somebody; gives the token."""
    made = await browser.post("/v1/invitations", json={"email": email_of(name), "role": role})
    assert made.status_code == 201, made.text
    return token_of(made.json()["link"])


async def accept(browser: httpx2.AsyncClient, token: str, name: str, password: str = PASSWORD) -> httpx2.Response:
    return await browser.post(f"/v1/join/{token}", json={"name": name, "password": password})


async def serving_demo(town: Town) -> FastAPI:
    """The service as the demo runs it."""
    await town.running.services.accounts.demo_owner(town.workspace)
    return town.app_with(page=PageSettings(demo=True, shop="http://127.0.0.1:8001"))
