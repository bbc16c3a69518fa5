"""The API that both sides call: orders to read and tickets to open, in a process of its own on loopback."""

import asyncio
import json
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


async def _connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request after the other, with as little work as possible."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            method, path, _ = head.split(b" ", 2)
            if method == b"GET":
                order = path.decode().rsplit("/", 1)[1]
                answer = {"order_id": order, "total": 42.5, "refundable": True}
            else:
                answer = {"ticket": "T-" + json.loads(body)["order_id"]}
            content = json.dumps(answer).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(content), content)
            )
    writer.close()


async def _serve(port: "multiprocessing.Queue[int]") -> None:
    server = await asyncio.start_server(_connection, "127.0.0.1", 0)
    port.put(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _main(port: "multiprocessing.Queue[int]") -> None:
    asyncio.run(_serve(port))


@contextmanager
def order_api() -> Iterator[str]:
    """`host:port` of the API, until the block ends."""
    context = multiprocessing.get_context("spawn")
    port: multiprocessing.Queue[int] = context.Queue()
    process = context.Process(target=_main, args=(port,), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{port.get(timeout=30)}"
    finally:
        process.terminate()
        process.join(10)


def as_json(body: bytes) -> dict[str, object]:
    """An answer of the API."""
    value: dict[str, object] = json.loads(body)
    return value
