"""An MCP server over HTTP that says whatever a test wants it to say."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

FIND: dict[str, Any] = {
    "name": "find_order",
    "description": "Finds an order by its number.",
    "inputSchema": {
        "type": "object",
        "properties": {"order_id": {"type": "string"}, "limit": {"type": "integer"}},
        "required": ["order_id"],
    },
}


class Scripted:
    """Answers initialize, tools/list and tools/call; remembers what was called and with which headers."""

    def __init__(self) -> None:
        self.tools: list[dict[str, Any]] = [FIND]
        self.output: Any = {"status": "shipped"}
        self.is_error = False
        self.calls: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.token: str | None = None
        self.holding = asyncio.Event()
        self.holding.set()
        self.sessions = 0
        self.known: set[str] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"

    def forget_sessions(self) -> None:
        """What a restart does."""
        self.known.clear()

    async def handle(self, request: web.Request) -> web.Response:
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        if self.token is not None and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        if request.method != "POST":
            return web.Response(status=405)
        asked = await request.json()
        method = asked.get("method")
        if method == "initialize":
            self.sessions += 1
            session = f"s{self.sessions}"
            self.known.add(session)
            result: Any = {
                "protocolVersion": asked["params"]["protocolVersion"],
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "scripted", "version": "1"},
            }
            return _answer(asked, result, {"Mcp-Session-Id": session})
        if method == "server/discover":
            return web.json_response({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -32601, "message": "no"}})
        if request.headers.get("Mcp-Session-Id") not in self.known:
            return web.json_response(
                {"jsonrpc": "2.0", "id": None, "error": {"code": -32001, "message": "Session not found"}}, status=404
            )
        if "id" not in asked:
            return web.Response(status=202)
        if method == "tools/list":
            return _answer(asked, {"tools": self.tools})
        if method == "tools/call":
            self.calls.append(asked["params"])
            await self.holding.wait()
            text = self.output if isinstance(self.output, str) else json.dumps(self.output)
            result = {"content": [{"type": "text", "text": text}], "isError": self.is_error}
            if isinstance(self.output, dict) and not self.is_error:
                result["structuredContent"] = self.output
            return _answer(asked, result)
        return _answer(asked, {})


def _answer(asked: dict[str, Any], result: Any, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"jsonrpc": "2.0", "id": asked["id"], "result": result}, headers=headers)


@asynccontextmanager
async def scripted() -> AsyncIterator[Scripted]:
    """A server that ends with the block."""
    server = Scripted()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    yield server
    server.holding.set()
    await runner.cleanup()


@asynccontextmanager
async def token_server() -> AsyncIterator[tuple[str, list[str]]]:
    """An OAuth token endpoint that gives `token-1`, `token-2`, … ; its address, and what it gave."""
    given: list[str] = []

    async def token(request: web.Request) -> web.Response:
        given.append(f"token-{len(given) + 1}")
        return web.json_response({"access_token": given[-1], "token_type": "Bearer", "expires_in": 3600})

    app = web.Application()
    app.router.add_post("/token", token)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/token", given
    await runner.cleanup()
