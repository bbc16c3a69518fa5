"""A web site on this machine that tells what it was asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Page:
    """What the site answers at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """Its pages, and the requests that came."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it was asked for anything."""
    hold: asyncio.Event | None = None
    """Where there is one, answers wait for it."""

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def write(self, path: str, text: str, **headers: str) -> None:
        """Put a page up that says this."""
        body = f"<html><head><title>Help</title></head><body><main>{text}</main></body></html>".encode()
        self.pages[path] = Page(body, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            path = head[0].split(" ")[1]
            self.asked.append((path, headers))
            self.came.set()
            if self.hold is not None:
                await self.hold.wait()
            page = self.pages.get(path, Page(b"<p>Not here</p>", 404))
            etag = page.headers.get("ETag")
            if etag is not None and headers.get("if-none-match") == etag:
                page = Page(b"", 304, {"ETag": etag})
            lines = [f"HTTP/1.1 {page.status} X", f"Content-Length: {len(page.body)}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in page.headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + page.body)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """A site until the block ends."""
    site = Site()
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        await server.wait_closed()
