"""A shop on loopback whose answers a test decides, and that remembers every request."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from deskhand.domain.model import Json


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: an object becomes JSON, bytes go as they are; `hang` never answers."""

    body: Any = None
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = Reply | Callable[[Seen], Reply]


@dataclass
class Shop:
    """The shop. Customer C1 is ada@example.com with the PIN 4711; orders 1 and 2 are hers, order 3 is C2's."""

    host: str = ""
    seen: list[Seen] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    """By `METHOD /path`: what takes the place of the usual answer."""
    owners: dict[str, Json] = field(default_factory=lambda: {"1": "C1", "2": "C1", "3": "C2"})
    states: dict[str, str] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    """By `METHOD /path`: the answer waits for this."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request has come that is held."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def at(self, place: str) -> list[Seen]:
        """The requests to `METHOD /path`."""
        return [one for one in self.seen if f"{one.method} {one.path}" == place]

    @property
    def places(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.seen]

    def hold(self, place: str) -> asyncio.Event:
        """Let the answer wait until the event is set."""
        self.held[place] = asyncio.Event()
        return self.held[place]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        seen = Seen(request.method, request.path, dict(request.query), dict(request.headers), await request.text())
        self.seen.append(seen)
        place = f"{seen.method} {seen.path}"
        if place in self.held:
            self.arrived.set()
            await self.held[place].wait()
        answer = self.answers.get(place, self._usual)
        reply = answer(seen) if callable(answer) else answer
        if reply.hang:
            await self.closing.wait()
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        headers = {"Content-Type": reply.kind, **reply.headers}
        return web.Response(body=body, status=reply.status, headers=headers)

    def _usual(self, seen: Seen) -> Reply:
        match seen.path.split("/")[1:]:
            case ["verify"]:
                return Reply(self._verify(seen.json))
            case ["orders", number] if number in self.owners:
                return Reply({"id": number, "user_id": self.owners[number], "state": self.states.get(number, "open")})
            case ["orders", number, "cancel"] if number in self.owners:
                self.states[number] = "cancelled"
                return Reply({"cancelled": number})
        return Reply({"error": "no such thing"}, 404)

    def _verify(self, asked: dict[str, str]) -> dict[str, Any]:
        known = {"ada@example.com": "C1", "bob@example.com": "C2"}
        customer = known.get(asked["email"]) if asked.get("pin", "4711") == "4711" else None
        return {"verified": customer is not None, "customer": {"id": customer}}


@asynccontextmanager
async def opened() -> AsyncIterator[Shop]:
    """The shop on a free port of loopback until the block ends."""
    shop = Shop()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", shop.handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop.host = f"127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield shop
    finally:
        for event in (shop.closing, *shop.held.values()):
            event.set()
        await runner.cleanup()
