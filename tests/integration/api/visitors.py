"""Visitors of the widget, for tests: a browser with its token, on some page, and the page's own server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import jwt

from deskhand.bootstrap import build
from deskhand.domain.ids import derived_id
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk

PAGE = "https://www.shop.example"
_numbers = count(1)


def fresh_conversation() -> str:
    """An identifier as the widget makes one."""
    return derived_id("conv", 1_790_000_000_000 + next(_numbers), "widget")


@dataclass
class Browser:
    """A visitor's browser."""

    client: httpx2.AsyncClient
    token: str
    session: dict[str, Any]
    user: str | None = None
    """The user token that its page sends along."""
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def headers(self) -> dict[str, str]:
        signed_in = {"x-deskhand-user": self.user} if self.user else {}
        return {"authorization": f"Bearer {self.token}", **signed_in}

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(f"/v1/widget/conversations{path}", headers=self.headers)

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        """Send an event with an `event_id` of its own."""
        wanted = {"event_id": f"event-{next(self.numbers)}", **body}
        return await self.client.post(f"/v1/widget/conversations{path}", json=wanted, headers=self.headers)

    async def talk(self, **more: Any) -> str:
        """Open a conversation."""
        made = await self.post("", id=fresh_conversation(), **more)
        assert made.status_code == 200, made.text
        conversation: str = made.json()["conversation"]
        return conversation

    async def say(self, conversation: str, text: str) -> dict[str, Any]:
        sent = await self.post(f"/{conversation}/messages", text=text)
        assert sent.status_code == 200, sent.text
        taken: dict[str, Any] = sent.json()
        return taken


@asynccontextmanager
async def page(desk: Desk, origin: str = PAGE) -> AsyncIterator[httpx2.AsyncClient]:
    """What a page of this origin can send."""
    async with desk.client(None, origin=origin) as client:
        yield client


async def visit(
    client: httpx2.AsyncClient, agent: str, user: str | None = None, visitor: str | None = None, **more: Any
) -> Browser:
    """Open the widget. agent: its public name."""
    headers = {"x-deskhand-user": user} if user else {}
    begun = await client.post(
        "/v1/widget/sessions", json={"agent": agent, "visitor": visitor, **more}, headers=headers
    )  # fmt: skip
    assert begun.status_code == 200, begun.text
    return Browser(client, begun.json()["token"], begun.json(), user)


@dataclass(frozen=True)
class Company:
    """A desk whose time stands still, and the identity secret that the company's own server has."""

    desk: Desk
    clock: ScriptedClock
    secret: str

    @property
    def agent(self) -> str:
        """The usual agent's public name."""
        return f"{self.desk.workspace}.default"

    def token(self, user: str, secret: str | None = None, **claims: Any) -> str:
        """A user token, as the company's server makes one."""
        said = {"sub": user, "exp": self.clock.now() // 1000 + 3600, **claims}
        return jwt.encode(said, secret or self.secret, algorithm="HS256")


@asynccontextmanager
async def open_company(database_url: str, folder: Path) -> AsyncIterator[Company]:
    """A running Deskhand with an identity secret."""
    clock = ScriptedClock()
    running = await build(Settings(data=folder, database_url=database_url), clock=clock)
    desk = await open_desk(running)
    async with desk.client("owner") as owner:
        made = await owner.post("/v1/settings/widget/identity-secret")
    yield Company(desk, clock, made.json()["identity_secret"])
    await running.close()
