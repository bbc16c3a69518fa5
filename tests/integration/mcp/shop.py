"""A shop's MCP server, made with the official library, whose tools a test can change and which it can restart."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Shop:
    """Its tools: `find_order` reads, `cancel_order` changes."""

    def __init__(self) -> None:
        self.cancelled: list[str] = []
        self.token: str | None = None
        self.seen: list[str] = []
        """What came as `Authorization`."""
        self.mcp = MCPServer("Shop")
        self.mcp.add_tool(self.find_order, "find_order", description="Finds an order by its number, with its status.")
        self.mcp.add_tool(self.cancel_order, "cancel_order", description="Cancels an order that was not sent yet.")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def find_order(self, order_id: str, with_items: bool = False) -> dict[str, Any]:
        if order_id == "A9":
            raise ToolError("no order A9")
        return {"order_id": order_id, "status": "shipped", "items": ["lamp"] if with_items else []}

    def cancel_order(self, order_id: str, reason: str | None = None) -> str:
        self.cancelled.append(order_id)
        return f"cancelled {order_id}"

    def change(self, name: str, function: Callable[..., Any], description: str) -> None:
        """Put another tool in the place of one."""
        self.mcp.remove_tool(name)
        self.mcp.add_tool(function, name, description=description)

    async def start(self) -> None:
        app = _Guard(self.mcp.streamable_http_app(), self)
        config = uvicorn.Config(app, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        listener = socket.fromfd(self._listener.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        self._task = asyncio.create_task(self._server.serve([listener]))

    async def stop(self) -> None:
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task

    async def restart(self) -> None:
        """Come back on the same port, with no session known."""
        await self.stop()
        await self.start()

    def close(self) -> None:
        self._listener.close()


class _Guard:
    """Lets in who brings the token, where one is asked for."""

    def __init__(self, app: ASGIApp, shop: Shop) -> None:
        self._app = app
        self._shop = shop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = Request(scope).headers.get("authorization", "")
            self._shop.seen.append(given)
            if self._shop.token is not None and given != f"Bearer {self._shop.token}":
                await JSONResponse({"error": "invalid_token"}, 401)(scope, receive, send)
                return
        await self._app(scope, receive, send)


@asynccontextmanager
async def open_shop() -> AsyncIterator[Shop]:
    """A shop that closes with the block."""
    shop = Shop()
    await shop.start()
    try:
        yield shop
    finally:
        await shop.stop()
        shop.close()
