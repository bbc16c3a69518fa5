"""The outside world: a shop's API and a mail server that count what reaches them. Idempotency keys are ignored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

KEY = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Request:
    """Something that reached the outside world."""

    kind: str
    """`GET`, `POST`, `PUT` or `MAIL`."""
    order: str
    key: str
    happened: bool


@dataclass
class Hold:
    """The n-th request of a kind from now on stays under way: done but not answered, or never done."""

    kind: str
    happens: bool
    nth: int
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Backend:
    """What the outside world has seen, and where it is found."""

    requests: list[Request] = field(default_factory=list)
    host: str = ""
    """`host:port` of the API."""
    smtp: str = ""
    _hold: Hold | None = None

    def hold(self, kind: str, happens: bool = True, nth: int = 1) -> Hold:
        """Keep the n-th request of this kind, counted from now on, under way until it is released."""
        self._hold = Hold(kind, happens, nth)
        return self._hold

    def seen(self, kind: str, order: str) -> list[Request]:
        """What came for an order."""
        return [one for one in self.requests if (one.kind, one.order) == (kind, order)]

    def effects(self, kind: str, order: str) -> int:
        """How often something was done for an order."""
        return sum(one.happened for one in self.seen(kind, order))

    async def take(self, kind: str, order: str, key: str) -> bool:
        """A request came; gives whether it is carried out."""
        hold = self._hold
        if hold is not None and hold.kind == kind:
            hold.nth -= 1
        if hold is None or hold.kind != kind or hold.nth:
            self.requests.append(Request(kind, order, key, True))
            return True
        self._hold = None
        self.requests.append(Request(kind, order, key, hold.happens))
        hold.reached.set()
        await hold.released.wait()
        return hold.happens

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content)
        done = await self.take("MAIL", str(mail["Subject"]).split()[-1], str(mail["Message-ID"]))
        return "250 OK" if done else "451 Not now"


async def _api(backend: Backend, request: web.Request) -> web.Response:
    order = request.match_info.get("order") or (await request.json())["order_id"]
    if not await backend.take(request.method, order, request.headers.get(KEY, "")):
        return web.json_response({"error": "not done"}, status=500)
    return web.json_response({"order_id": order, "total": 42.5, "refundable": True})


@asynccontextmanager
async def outside() -> AsyncIterator[Backend]:
    """A shop and a mail server on loopback."""
    backend = Backend()
    app = web.Application()

    async def handle(request: web.Request) -> web.Response:
        return await _api(backend, request)

    app.router.add_route("*", "/orders/{order}", handle)
    app.router.add_post("/refunds", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    backend.host = f"127.0.0.1:{runner.addresses[0][1]}"
    loop = asyncio.get_running_loop()
    mail = await loop.create_server(lambda: SMTP(backend, hostname="mail.test", loop=loop), "127.0.0.1", 0)
    backend.smtp = f"smtp://127.0.0.1:{mail.sockets[0].getsockname()[1]}"
    try:
        yield backend
    finally:
        mail.close()
        await runner.cleanup()
