"""The smallest HTTP client that keeps connections, so that engines are measured and not HTTP libraries."""

import asyncio
import re
from collections.abc import Callable

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.ports.http import Answer, Http, OutwardRequest

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_URL = re.compile(r"http://([^/:]+):(\d+)(/.*)")


class BareHttp:
    """Sends to servers that answer with a Content-Length, and checks nothing."""

    def __init__(self) -> None:
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        """Send one request; see the port `Http`."""
        found = _URL.fullmatch(request.url)
        assert found, request.url
        reader, writer = self._free.pop() if self._free else await asyncio.open_connection(found[1], int(found[2]))
        headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        body = request.body or b""
        head = (
            f"{request.method} {found[3]} HTTP/1.1\r\nHost: {found[1]}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(answer)
        assert length, answer
        content = await reader.readexactly(int(length[1]))
        self._free.append((reader, writer))
        return Answer(int(answer[9:12]), {"content-type": "application/json"}, content, 0)

    async def close(self) -> None:
        """Close all connections."""
        for _, writer in self._free:
            writer.close()


CLIENTS: dict[str, Callable[[], Http]] = {"bare": BareHttp, "edge": EdgeHttp}
"""The clients that both sides can be measured with."""
