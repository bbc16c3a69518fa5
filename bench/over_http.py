"""Deskhand's side over its REST service: the same conversations, every message a request to a server process.

    python -m bench.over_http --url DATABASE --api HOST:PORT [--count N]

Prints one line of JSON; the memory is the server's.
"""

import argparse
import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import uvicorn
import uvloop

from bench.measure import Latencies, fresh_database, measure, resident_mb
from bench.ours import deskhand
from deskhand.api.app import create_app


async def serve(url: str, api: str) -> None:
    """Be the server: print its address and a key, then serve until the input ends."""
    async with deskhand(url, api) as (running, workspace):
        _, key = await running.services.configuration.create_key(workspace, "bench", "owner", "bench")
        config = uvicorn.Config(create_app(running.services), port=0, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        print(json.dumps({"address": f"http://127.0.0.1:{port}", "key": key}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.should_exit = True
        await serving


@contextlib.asynccontextmanager
async def server(url: str, api: str) -> AsyncIterator[tuple[aiohttp.ClientSession, int]]:
    """A session with a server process, and the process's number."""
    command = [sys.executable, "-m", "bench.over_http", "--serve", "--url", url, "--api", api]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(await asyncio.to_thread(process.stdout.readline))
        headers = {"Authorization": f"Bearer {told['key']}"}
        async with aiohttp.ClientSession(told["address"], headers=headers) as session:
            yield session, process.pid
        process.communicate()


async def refunds(url: str, api: str, count: int) -> dict[str, Any]:
    """Refund conversations, a request for each message and for the decision."""
    async with fresh_database(url), server(url, api) as (session, pid):

        async def post(path: str, body: dict[str, Any]) -> Any:
            async with session.post(path, json=body) as response:
                assert response.status < 300, await response.text()
                return await response.json()

        async def conversation(number: int, latencies: Latencies) -> None:
            opened = await latencies.time(post("/v1/conversations", {"text": "I want a refund"}))
            messages = f"/v1/conversations/{opened['id']}/messages"
            await latencies.time(post(messages, {"text": f"A{100 + number}", "event_id": "2"}))
            told = await latencies.time(post(messages, {"text": "It arrived broken", "event_id": "3"}))
            asked = next(entry for entry in told["entries"] if entry["kind"] == "approval_requested")
            done = await latencies.time(post(f"/v1/approvals/{asked['body']['approval']}/approve", {"event_id": "4"}))
            assert any(entry["kind"] == "run_ended" for entry in done["entries"]), done

        return await measure(conversation, count, 1) | {"rss_mb": resident_mb(pid)}


def main() -> None:
    """Measure and print, or be the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        uvloop.run(serve(given.url, given.api))
    else:
        print(json.dumps(uvloop.run(refunds(given.url, given.api, given.count))), flush=True)


if __name__ == "__main__":
    main()
