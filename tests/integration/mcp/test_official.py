"""Against what the protocol's authors publish: the server that has everything, and the conformance suite's scenarios.

npm install --no-save @modelcontextprotocol/server-everything @modelcontextprotocol/conformance
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk
from tests.integration.mcp.node import ROOT, program

EVERYTHING = ("mcp-server-everything", "@modelcontextprotocol/server-everything")
CONFORMANCE = ("conformance", "@modelcontextprotocol/conformance")
CLIENT = f"{sys.executable} -m tests.integration.mcp.conformance_client"


@pytest.fixture
async def allowing(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url, mcp_stdio=True))
    yield await open_desk(running)
    await running.close()


@asynccontextmanager
async def everything(port: int) -> AsyncIterator[None]:
    """The server over HTTP, from when it listens to the end of the block."""
    environment = {**os.environ, "PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        program(*EVERYTHING), "streamableHttp", env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        while b"listening" not in (line := await process.stderr.readline()):
            assert line, "the server ended"
        yield
    finally:
        process.kill()
        await process.wait()


@pytest.fixture
def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def bring_in(owner: httpx2.AsyncClient, document: dict[str, Any]) -> dict[str, Any]:
    made = await owner.put("/v1/connections/everything", json=document)
    assert made.status_code == 200, made.text
    answer = await owner.post("/v1/import/mcp", json={"connection": "everything"})
    assert answer.status_code == 200, answer.text
    imported: dict[str, Any] = answer.json()
    return imported


async def tried(owner: httpx2.AsyncClient, action: str, **values: Any) -> Any:
    answer = await owner.post(f"/v1/actions/{action}/try", json={"values": values})
    assert answer.json()["ok"], answer.text
    return answer.json()["response"]


async def uses_it(owner: httpx2.AsyncClient, document: dict[str, Any]) -> None:
    """Import all tools, and call some."""
    imported = await bring_in(owner, document)
    assert imported["refused"] == []
    assert {"echo", "get-sum", "get-structured-content"} <= {one["slug"] for one in imported["actions"]}
    assert await tried(owner, "echo", message_argument="hello") == "Echo: hello"
    assert await tried(owner, "get-sum", a=2, b=40) == "The sum of 2 and 40 is 42."
    weather = await tried(owner, "get-structured-content", location="Chicago")
    assert set(weather) == {"temperature", "conditions", "humidity"}


async def test_the_server_that_has_everything_is_used_as_a_program(allowing: Desk) -> None:
    document = {"kind": "mcp_stdio", "command": [program(*EVERYTHING), "stdio"]}
    async with allowing.client() as owner:
        await uses_it(owner, document)


async def test_the_server_that_has_everything_is_used_over_http_and_after_it_was_restarted(
    owner: httpx2.AsyncClient, port: int
) -> None:
    document = {"kind": "mcp", "base_url": f"http://127.0.0.1:{port}/mcp"}
    await owner.put("/v1/settings/internal-hosts", json={"hosts": [f"127.0.0.1:{port}"]})
    async with everything(port):
        await uses_it(owner, document)

    async with everything(port):
        assert await tried(owner, "echo", message_argument="again") == "Echo: again"


@pytest.mark.parametrize(
    "scenario", ["initialize", "tools_call", "sse-retry", "auth/client-credentials-basic", "auth/pre-registration"]
)
def test_the_conformance_suites_scenarios_for_clients_pass(scenario: str, tmp_path: Path) -> None:
    command = [program(*CONFORMANCE), "client", "--scenario", scenario, "--command", CLIENT]

    ran = subprocess.run(
        [*command, "--output-dir", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ", 0 failed" in ran.stdout + ran.stderr
