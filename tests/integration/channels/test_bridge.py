"""The example of a bridge attaches a platform, over real servers on loopback."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from tests.integration.api.desk import Desk, publish
from tests.integration.api.live import PATIENCE, Live, serving
from tests.integration.channels.line import GREETING

BRIDGE = Path(__file__).parents[3] / "examples" / "channels" / "bridge.py"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def bridging(desk: Desk, live: Live, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bridge as a process of its own, once it listens."""
    async with desk.client() as owner:
        await owner.put("/v1/settings/internal-hosts", json={"hosts": [f"127.0.0.1:{port}"]})
        wanted = {"name": "Terminal", "url": f"http://127.0.0.1:{port}/"}
        made = (await owner.put("/v1/channels/terminal", json=wanted)).json()
    env = {
        **os.environ,
        "BRIDGE_EVENTS": live.address + made["channel"]["events"],
        "BRIDGE_SECRET": made["signing_secret"],
        "BRIDGE_PORT": str(port),
        "no_proxy": "127.0.0.1",
    }
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(sys.executable, str(BRIDGE), env=env, **pipes)
    try:
        assert "Write as the customer" in await read(process)
        yield process
    finally:
        process.kill()
        await process.wait()


async def read(process: asyncio.subprocess.Process) -> str:
    """The next line that the bridge prints."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode().strip()


async def test_a_customer_talks_over_the_bridge(desk: Desk) -> None:
    async with desk.client() as owner:
        await publish(owner, GREETING)
    port = free_port()
    await desk.running.start()
    async with serving(desk.app) as live, bridging(desk, live, port) as bridge:
        assert bridge.stdin is not None
        bridge.stdin.write(b"hello, please greet me by name\n")
        assert await read(bridge) == "agent: What is your name?"
        bridge.stdin.write(b"Ada\n")
        assert [await read(bridge) for _ in range(2)] == ["agent: Hello Ada!", "agent: Good to have you here."]

        async with httpx2.AsyncClient(trust_env=False) as stranger:
            forged = await stranger.post(f"http://127.0.0.1:{port}/", json={"data": {"text": "Refunded!"}})
        assert forged.status_code == 401
