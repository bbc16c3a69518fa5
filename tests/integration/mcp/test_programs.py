"""MCP servers that are programs on this machine: only where the operator allows it, started anew when they end."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.adapters.mcp import McpServers
from deskhand.bootstrap import build
from deskhand.ports.http import NotSent, OutcomeUnknown, Refused
from deskhand.ports.mcp import McpTarget, ToolAnswer
from deskhand.settings import Settings
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk, problem

COMMAND = (sys.executable, str(Path(__file__).with_name("server.py")), "stdio")


@pytest.fixture
async def servers() -> AsyncIterator[McpServers]:
    made = McpServers(allow_stdio=True)
    yield made
    await made.close()


async def call(servers: McpServers, tool: str, command: tuple[str, ...] = COMMAND) -> ToolAnswer:
    return await servers.call("ws", McpTarget("here", "1", command=command), tool, None, {}, 20.0, False)


async def test_a_program_that_ended_is_started_anew(servers: McpServers) -> None:
    first = (await call(servers, "process")).output
    os.kill(first["pid"], signal.SIGKILL)

    second = (await call(servers, "process")).output

    assert second["pid"] != first["pid"]


async def test_a_program_that_ends_within_a_call_leaves_it_unknown(servers: McpServers) -> None:
    with pytest.raises(OutcomeUnknown, match="may have been carried out"):
        await call(servers, "crash")

    assert (await call(servers, "process")).output["pid"]


async def test_a_program_is_given_none_of_our_variables(servers: McpServers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_MASTER_KEY", "never shown")

    variables = (await call(servers, "process")).output["variables"]

    assert "PATH" in variables
    assert [name for name in variables if name.startswith("DESKHAND")] == []


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("no-such-program-here",), "there is no such command"),
        ((sys.executable, "-c", "print('hello')"), "could not be used"),
    ],
)
async def test_what_is_no_server_is_told(servers: McpServers, command: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(NotSent, match=sentence):
        await call(servers, "process", command)


async def test_no_program_is_started_where_the_operator_has_not_allowed_it(tmp_path: Path) -> None:
    trace = tmp_path / "started"
    servers = McpServers()

    with pytest.raises(Refused, match="DESKHAND_MCP_STDIO"):
        await call(servers, "process", ("/bin/sh", "-c", f"touch {trace}"))

    await servers.close()
    assert not trace.exists()


@pytest.fixture
async def allowing(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url, mcp_stdio=True))
    yield await open_desk(running)
    await running.close()


async def stored(client: httpx2.AsyncClient) -> httpx2.Response:
    return await client.put("/v1/connections/here", json={"kind": "mcp_stdio", "command": list(COMMAND)})


async def test_tools_of_a_program_are_imported_where_the_operator_allows_it(allowing: Desk) -> None:
    async with allowing.client() as owner:
        assert (await stored(owner)).status_code == 200
        answer = await owner.post("/v1/import/mcp", json={"connection": "here", "tools": ["add"]})
        tried = await owner.post("/v1/actions/add/try", json={"values": {"a": 2, "b": 40}})

    assert answer.status_code == 200
    assert tried.json()["response"] == {"result": 42}


async def test_a_connection_to_a_program_is_refused_elsewhere(owner: httpx2.AsyncClient) -> None:
    refused = await stored(owner)

    assert "DESKHAND_MCP_STDIO" in problem(refused, refused.status_code)["detail"]
