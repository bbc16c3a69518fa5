"""MCP servers: their tools become actions, are called through the guarded way out, and are not believed."""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.application.trying import Sample, try_action, try_as_agent
from deskhand.bootstrap import Running, build
from deskhand.domain.actions import McpAction
from deskhand.domain.agent import Agent
from deskhand.domain.errors import RuleError
from deskhand.domain.events import StartRequested
from deskhand.domain.requests import Connection
from deskhand.ports.http import NotSent, Refused
from deskhand.settings import Settings
from tests.integration.mcp.scripted import FIND, Scripted, scripted, token_server

PROGRAM = Path(__file__).with_name("server.py")


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    async with scripted() as one:
        yield one


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    made = await build(Settings(data=tmp_path))
    yield made
    await made.close()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def program(free_port: int) -> Iterator[str]:
    """The server as a program; its address."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), "http", str(free_port)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "running on" in line:
            break
    yield f"http://127.0.0.1:{free_port}/mcp"
    process.terminate()
    process.wait(10)
    process.stderr.close()


async def connected(running: Running, url: str = "", allowed: bool = True, **more: Any) -> str:
    """A workspace with a connection `crm` to a server."""
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Shop")).id
    if url and allowed:
        await configuration.set_internal_hosts(workspace, [url.split("/")[2]], "test")
    kind: Any = "mcp_stdio" if "command" in more else "mcp"
    await configuration.put_connection(workspace, Connection(slug="crm", kind=kind, base_url=url, **more), "test")
    return workspace


async def imported(running: Running, workspace: str) -> McpAction:
    """The first tool as an action that the agent may use."""
    importing = running.services.importing
    stored = await importing.store(workspace, await importing.mcp(workspace, "crm"), "test")
    agent = Agent(slug="default", name="Sam", actions=[one.slug for one in stored.actions])
    await running.services.configuration.put_agent(workspace, agent, "test")
    action = stored.actions[0]
    assert isinstance(action, McpAction)
    return action


async def said(running: Running, workspace: str, conversation: str) -> list[str]:
    rows = await running.services.stores.conversations.entries(workspace, conversation)
    return [row.kind for row in rows]


async def test_tools_become_actions_typed_from_their_schema(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)

    action = await imported(running, workspace)

    assert (action.slug, action.call.tool, action.reads) == ("find-order", "find_order", False)
    assert [(one.name, one.type, one.required) for one in action.variables] == [
        ("order_id", "text", True),
        ("limit", "integer", False),
    ]
    assert server.calls == []


async def test_a_tool_is_called_with_the_arguments_that_were_given(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)

    tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert tried.ok
    assert tried.response == {"status": "shipped"}
    assert [(one["name"], one["arguments"]) for one in server.calls] == [("find_order", {"order_id": "A1"})]


async def test_the_agent_uses_a_tool_and_a_procedure_does(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)

    conversation = await try_as_agent(running.services, workspace, action.slug, Sample({"order_id": "A1"}))

    assert "call_tool" in await said(running, workspace, conversation)
    assert len(server.calls) == 1
    step = {
        "id": "find",
        "kind": "tool",
        "connection": "crm",
        "tool": "find_order",
        "arguments": '{"order_id": "A2"}',
        "response_variable": "order",
    }
    document = {
        "name": "Where is it",
        "trigger": {"description": "When a customer asks where an order is"},
        "steps": [step, {"id": "tell", "kind": "message", "text": "It is {{order.status}}."}],
    }
    await running.services.authoring.create(workspace, document, "test")
    await running.services.authoring.publish(workspace, "where-is-it", "test")
    engine = running.services.engine
    made = await engine.open(workspace, first=StartRequested(procedure="where-is-it"))
    await engine.settle(workspace, made.conversation)
    rows = await running.services.stores.conversations.entries(workspace, made.conversation)
    assert any("It is shipped." in row.body for row in rows)
    assert server.calls[-1]["arguments"] == {"order_id": "A2"}


async def test_the_connections_credential_goes_to_the_server_and_into_no_record(
    running: Running, server: Scripted
) -> None:
    server.token = "tool-token-never-shown"
    workspace = await connected(running, server.url, auth={"kind": "bearer", "secret": "CRM_TOKEN"})
    await running.services.configuration.put_secret(workspace, "CRM_TOKEN", server.token, "test")
    action = await imported(running, workspace)
    server.output = {"you_sent": server.token}

    tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert tried.ok
    assert server.token not in str(tried)
    assert "CRM_TOKEN" in str(tried.response)


async def test_refused_credentials_are_told(running: Running, server: Scripted) -> None:
    server.token = "another"
    workspace = await connected(running, server.url)

    with pytest.raises(NotSent, match=r"refused the credentials \(401\)"):
        await running.services.importing.tools(workspace, "crm")


async def test_a_session_that_the_server_forgot_is_opened_anew(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)
    server.forget_sessions()

    tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert tried.ok  # a server that does not know the session has done nothing: the call is made in a new one
    assert len(server.calls) == 1
    assert server.sessions == 2


async def test_a_changed_tool_is_not_called_and_switched_off_until_a_member_looks(
    running: Running, server: Scripted
) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)
    server.tools = [{**FIND, "description": "Deletes everything there is."}]
    server.forget_sessions()  # with its next session, what it offers is looked at again

    await try_as_agent(running.services, workspace, action.slug, Sample({"order_id": "A1"}))

    assert server.calls == []
    off = await running.services.configuration.action(workspace, action.slug)
    assert not off.enabled
    assert "has changed" in off.disabled_reason
    with pytest.raises(RuleError, match="switched off"):
        await try_as_agent(running.services, workspace, action.slug, Sample({"order_id": "A1"}))

    on = await running.services.importing.look_again(workspace, action.slug, "test")

    assert on.enabled
    await try_as_agent(running.services, workspace, action.slug, Sample({"order_id": "A1"}))
    assert len(server.calls) == 1


async def test_a_tool_that_is_gone_is_told(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)
    server.tools = []
    server.forget_sessions()

    tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert not tried.ok
    assert tried.problem is not None
    assert "no tool `find_order` any more" in tried.problem
    assert server.calls == []


async def test_a_server_that_answers_too_late_leaves_a_changing_call_unknown(
    running: Running, server: Scripted
) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)
    hasty = action.model_copy(update={"call": action.call.model_copy(update={"timeout": 0.2})})
    reading = hasty.model_copy(update={"call": hasty.call.model_copy(update={"read_only": True})})
    server.holding.clear()

    late = await try_action(running.services, workspace, hasty, Sample({"order_id": "A1"}))
    read = await try_action(running.services, workspace, reading, Sample({"order_id": "A1"}))

    assert late.outcome == "unknown"
    assert read.outcome == "failed"


async def test_an_error_of_the_tool_is_an_error_of_the_action(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url)
    action = await imported(running, workspace)
    server.is_error, server.output = True, "no such order"

    tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert (tried.ok, tried.outcome) == (False, "failed")
    assert tried.problem == "The tool answered with an error: no such order."


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "object", "properties": {"a": {"$ref": "https://elsewhere.example/schema"}}},
        {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}},
        {"type": "object", "properties": {f"p{number}": {"description": "x" * 200} for number in range(400)}},
        {"type": "object", "properties": {"a": 5, "b": []}, "required": "a"},
        {"type": "object", "properties": {"secrets": {"type": "string"}, "": {}, "9 x{{y}}": {}}},
    ],
    ids=["no object", "elsewhere", "nowhere", "huge", "nonsense", "odd names"],
)
async def test_a_server_that_lies_about_a_schema_harms_nothing(
    running: Running, server: Scripted, schema: dict[str, Any]
) -> None:
    workspace = await connected(running, server.url)
    server.tools = [FIND, {"name": "liar", "description": "Says odd things of itself.", "inputSchema": schema}]

    try:
        found = await running.services.importing.mcp(workspace, "crm")
    except NotSent:
        return  # the whole list is not what the protocol asks for, and that is told
    assert "find-order" in [one.slug for one in found.actions]
    for action in found.actions:
        action.function()
    assert all(one.what == "liar" and one.reason for one in found.refused)


async def test_a_private_address_is_refused_unless_it_is_on_the_list(running: Running, server: Scripted) -> None:
    workspace = await connected(running, server.url, allowed=False)

    with pytest.raises(Refused):
        await running.services.importing.tools(workspace, "crm")
    assert server.headers == []


async def test_a_connection_may_start_programs_only_where_the_operator_allows_it(
    running: Running, tmp_path: Path
) -> None:
    command = (sys.executable, str(PROGRAM), "stdio")
    with pytest.raises(RuleError, match="DESKHAND_MCP_STDIO"):
        await connected(running, command=command)

    allowing = await build(Settings(data=tmp_path / "other", mcp_stdio=True))
    try:
        workspace = await connected(allowing, command=command)
        action = await imported(allowing, workspace)
        tried = await try_action(allowing.services, workspace, action, Sample({"order_id": "A1"}))
    finally:
        await allowing.close()

    assert tried.response == {"order_id": "A1", "status": "shipped", "total": 42.5}


async def test_a_server_of_the_official_library_is_spoken_to(running: Running, program: str) -> None:
    workspace = await connected(running, program)
    found = await running.services.importing.mcp(workspace, "crm")
    by_slug = {one.slug: one for one in found.actions}

    added = await try_action(running.services, workspace, by_slug["add"], Sample({"a": "2", "b": "3"}))
    alone = await try_action(running.services, workspace, by_slug["add"], Sample({"a": "2"}))
    wrong = await try_action(running.services, workspace, by_slug["find-order"], Sample({"order_id": "Z9"}))

    assert (added.response, alone.response) == ({"result": 5}, {"result": 3})
    assert not wrong.ok
    assert wrong.problem is not None
    assert "no order Z9" in wrong.problem


async def test_an_access_token_that_expired_early_is_fetched_anew(running: Running, server: Scripted) -> None:
    async with token_server() as (token_url, tokens):
        auth = {
            "kind": "oauth2_client_credentials",
            "token_url": token_url,
            "client_id": "deskhand",
            "secret": "CRM_SECRET",
        }
        workspace = await connected(running, server.url, auth=auth)
        hosts = [server.url.split("/")[2], token_url.split("/")[2]]
        await running.services.configuration.set_internal_hosts(workspace, hosts, "test")
        await running.services.configuration.put_secret(workspace, "CRM_SECRET", "client-secret", "test")
        server.token = "token-1"
        action = await imported(running, workspace)
        server.token = "token-2"
        server.forget_sessions()

        tried = await try_action(running.services, workspace, action, Sample({"order_id": "A1"}))

    assert tried.ok
    assert tokens == ["token-1", "token-2"]
