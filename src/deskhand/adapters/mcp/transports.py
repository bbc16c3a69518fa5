"""How a server is reached: over the guarded way out, or as a program on this machine."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from deskhand.adapters.edge.attempts import current_attempt
from deskhand.ports.mcp import McpTarget

if TYPE_CHECKING:
    from mcp.client import Client
    from mcp.client._transport import TransportStreams, WriteStream
    from mcp.shared.message import SessionMessage

    from deskhand.adapters.edge.httpx_transport import GuardedTransport

logging.getLogger("mcp.client").setLevel(logging.CRITICAL)  # it logs, with traces, what a stranger's server answered

READ_LIMIT = 120.0
"""Seconds without a byte of an answer."""


def over_http(target: McpTarget, transport: "GuardedTransport") -> "Client":
    """A client of a server over streamable HTTP."""
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    from deskhand.adapters.edge.httpx_transport import guarded_client

    client = guarded_client(transport, dict(target.headers), READ_LIMIT)
    return Client(streamable_http_client(target.url or "", http_client=client), cache=None)


def as_program(target: McpTarget) -> "Client":
    """A client of a server that it starts; the program is given no variable of ours but where programs are."""
    from mcp.client import Client
    from mcp.client.stdio import StdioServerParameters

    command, *arguments = target.command
    path = {"PATH": os.environ.get("PATH", "")}
    return Client(_watched(StdioServerParameters(command=command, args=arguments, env=path)), cache=None)


@asynccontextmanager
async def _watched(parameters: Any) -> "AsyncIterator[TransportStreams]":
    from mcp.client.stdio import stdio_client

    async with stdio_client(parameters) as (read, write):
        yield read, _Watched(write)


class _Watched:
    """Notes when a message goes to the program: one that has ended is told nothing any more."""

    def __init__(self, inner: "WriteStream[SessionMessage]") -> None:
        self._inner = inner

    async def send(self, item: "SessionMessage", /) -> None:
        current_attempt().reached = True
        await self._inner.send(item)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def __aenter__(self) -> "_Watched":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
