"""The service on a real port, a client that reads its streams, and a server that tells what it was sent."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI

from deskhand.application.streams import Streams

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for what must come."""


class Server(uvicorn.Server):
    """Ends the streams when it is told to stop, as `deskhand serve` does."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        streams: Streams = self.config.app.state.services.streams  # type: ignore[union-attr]
        streams.close()
        await super().shutdown(sockets)


@dataclass(frozen=True)
class Live:
    """A running server."""

    address: str
    server: Server
    task: asyncio.Task[None]

    async def stop(self) -> None:
        self.server.should_exit = True
        await self.task


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[Live]:
    """Serve the application on a free port of loopback until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=10)
    server = Server(config)
    live = Live(f"http://127.0.0.1:{listener.getsockname()[1]}", server, asyncio.create_task(server.serve([listener])))
    try:
        yield live
    finally:
        await live.stop()


@dataclass(frozen=True)
class Event:
    """One event of a stream; a comment has neither kind nor data."""

    kind: str | None
    id: str | None
    data: Any


@asynccontextmanager
async def following(
    live: Live, key: str, path: str, headers: dict[str, str] | None = None
) -> AsyncIterator[AsyncIterator[Event]]:
    """Follow a stream until the block ends."""
    async with following_with(live, path, {"authorization": f"Bearer {key}", **(headers or {})}) as events:
        yield events


@asynccontextmanager
async def following_with(live: Live, path: str, headers: dict[str, str]) -> AsyncIterator[AsyncIterator[Event]]:
    """The same as whoever these headers name."""
    async with (
        httpx2.AsyncClient(base_url=live.address, timeout=PATIENCE, trust_env=False) as client,
        client.stream("GET", path, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer)


async def _events(answer: httpx2.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
            continue
        data = fields.get("data")
        yield Event(fields.get("event"), fields.get("id"), None if data is None else json.loads(data))
        fields = {}


async def take(events: AsyncIterator[Event], count: int) -> list[Event]:
    """The next events, comments left out."""
    found: list[Event] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            event = await anext(events)
            if event.kind is not None:
                found.append(event)
    return found


async def rest(events: AsyncIterator[Event]) -> list[Event]:
    """What still comes until the server ends the stream."""
    async with asyncio.timeout(PATIENCE):
        return [event async for event in events if event.kind is not None]


async def until_nobody_listens(streams: Streams) -> None:
    """Wait until the server has noticed that its listeners are gone."""
    async with asyncio.timeout(PATIENCE):
        while streams.listening:  # noqa: ASYNC110 - nobody is told that a listener left
            await asyncio.sleep(0.01)


@asynccontextmanager
async def telling() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server on loopback that answers with the request's own head; gives its address and what it was sent."""
    received: list[bytes] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        received.append(head)
        lines = head.decode().splitlines()
        body = json.dumps({"you_sent": lines, "joined": " ".join(lines)}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        writer.write(b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", received
