"""An MCP server of the older protocol versions whose answers to calls go wrong in a way that a test chooses."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

CHANGE: dict[str, Any] = {
    "name": "change",
    "description": "Changes something.",
    "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}},
}
Answering = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


class Broken:
    """Counts the calls that it has carried out, and answers them as `answering` does."""

    def __init__(self) -> None:
        self.tools: list[dict[str, Any]] = [CHANGE]
        self.done = 0
        self.lists = 0
        self.accepts: list[str | None] = []
        self.answering: Answering = as_it_should
        self.listing: Answering | None = None
        self.forgotten: set[str] = set()
        self.forgetting = 404
        self.waiting = asyncio.Event()
        self.replied = asyncio.Event()
        """Whether the client has answered a question of ours, which is refused with `replies`."""
        self.replies = 202
        self.sessions = 0
        self.gets = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"

    def forget(self, status: int) -> None:
        """Know no session from now on, and say so with this status."""
        self.forgotten = {f"s{number}" for number in range(1, self.sessions + 1)}
        self.forgetting = status

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.accepts.append(request.headers.get("Accept-Encoding"))
        if request.method == "GET":
            self.gets += 1
        if request.method != "POST":
            return web.Response(status=405)
        asked = await request.json()
        if asked.get("method") == "initialize":
            self.sessions += 1
            result = {
                "protocolVersion": asked["params"]["protocolVersion"],
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "broken", "version": "1"},
            }
            return answer(asked, result, headers={"Mcp-Session-Id": f"s{self.sessions}"})
        if asked.get("method") == "server/discover":
            return web.Response(status=400)
        if request.headers.get("Mcp-Session-Id") in self.forgotten:
            return wrong(asked, -32000, "Bad Request: No valid session ID provided", self.forgetting)
        if "method" not in asked:
            self.replied.set()
            return web.Response(status=self.replies)
        if "id" not in asked:
            return web.Response(status=202)
        if asked["method"] == "tools/list":
            self.lists += 1
            if self.listing is not None:
                return await self.listing(request, asked)
            return answer(asked, {"tools": self.tools})
        self.done += 1
        return await self.answering(request, asked)


def answer(asked: dict[str, Any], result: Any, **more: Any) -> web.Response:
    return web.json_response({"jsonrpc": "2.0", "id": asked["id"], "result": result}, **more)


def wrong(asked: dict[str, Any], code: int, message: str, status: int = 200) -> web.Response:
    error = {"code": code, "message": message}
    return web.json_response({"jsonrpc": "2.0", "id": asked["id"], "error": error}, status=status)


def text(asked: dict[str, Any], said: str) -> web.Response:
    return answer(asked, {"content": [{"type": "text", "text": said}]})


async def as_it_should(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return text(asked, "done")


async def cut_off(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def half_json(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "500"})
    await response.prepare(request)
    await response.write(b'{"jsonrpc": "2.0", "id": 3, "res')
    assert request.transport is not None
    request.transport.close()
    return response


async def no_json(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(text="all went well!", content_type="application/json")


async def html(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(text="<h1>Welcome</h1>", content_type="text/html")


async def accepted(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(status=202)


async def failed(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(status=502)


async def stream_without_answer(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b": nothing\n\n", content_type="text/event-stream")


async def stream_of_nonsense(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b"event: message\ndata: hm\n\n", content_type="text/event-stream")


async def no_result(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return answer(asked, {"content": "everything"})


async def elsewhere(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.Response(status=303, headers={"Location": "http://169.254.169.254/latest"})


async def compressed(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    said = {"content": [{"type": "text", "text": "0" * 1_000_000}]}
    body = gzip.compress(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": said}).encode())
    return web.Response(body=body, headers={"Content-Encoding": "gzip"}, content_type="application/json")


async def endless(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"jsonrpc": "2.0", "id": 3, "result": "')
    try:
        while True:
            await response.write(b"0" * 65536)
    except (ConnectionError, asyncio.CancelledError):
        return response


@asynccontextmanager
async def broken() -> AsyncIterator[Broken]:
    """A server that ends with the block."""
    server = Broken()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        server.waiting.set()
        await runner.cleanup()
