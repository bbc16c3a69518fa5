"""A loopback server that answers with exactly the bytes it is told to, and notes what came in."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto


class Then(Enum):
    """What the server does after its bytes."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()
    HANG = auto()
    REPEAT = auto()
    """Sends the `more` bytes until the client is gone."""


@dataclass(frozen=True, slots=True)
class Reply:
    data: bytes = b""
    then: Then = Then.KEEP
    more: bytes = b""


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Counted from 1 in the order in which connections were opened."""


@dataclass(slots=True)
class Wire:
    port: int
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}"})


def ok(body: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its Content-Length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def moved(location: str, status: str = "302 Found") -> bytes:
    return ok(b"", f"Location: {location}", status=status)


Script = Callable[[Seen], Reply | bytes]


@asynccontextmanager
async def wire(script: Script, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Wire]:
    """Run a server until the block ends; `script` says what each request is answered with."""
    here = Wire(port=0)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        here.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await _converse(reader, writer, here, here.connections, script)
        writer.close()

    server = await asyncio.start_server(serve, host, 0, ssl=tls)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, here: Wire, connection: int, script: Script
) -> None:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        seen = Seen(method, target, headers, body, connection)
        here.seen.append(seen)
        answer = script(seen)
        if not await _answer(answer if isinstance(answer, Reply) else Reply(answer), reader, writer):
            return


async def _answer(reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    writer.write(reply.data)
    await writer.drain()
    match reply.then:
        case Then.KEEP:
            return True
        case Then.HANG:
            await reader.read()
        case Then.REPEAT:
            while not writer.is_closing():
                writer.write(reply.more)
                await writer.drain()
                await asyncio.sleep(0)
        case Then.RESET:
            # Closing with no time to linger is what makes the system send a reset.
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
    return False
