"""The API that both sides call: orders to read and tickets to open, in a process of its own on loopback."""

import asyncio
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web


async def _order(request: web.Request) -> web.Response:
    return web.json_response({"order_id": request.match_info["id"], "total": 42.5, "refundable": True})


async def _ticket(request: web.Request) -> web.Response:
    body = await request.json()
    return web.json_response({"ticket": f"T-{body['order_id']}"})


async def _serve(port: "multiprocessing.Queue[int]") -> None:
    app = web.Application()
    app.router.add_get("/orders/{id}", _order)
    app.router.add_post("/tickets", _ticket)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port.put(runner.addresses[0][1])
    await asyncio.Event().wait()


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
