"""What may be said of a call whose answer went wrong, and what a server cannot do to us."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from deskhand.adapters.mcp import McpServers
from deskhand.ports.http import NotSent, OutcomeUnknown, Refused
from deskhand.ports.mcp import McpTarget, ToolAnswer, ToolChanged
from tests.integration.mcp import broken as b
from tests.integration.mcp.broken import Broken, broken


@pytest.fixture
async def server() -> AsyncIterator[Broken]:
    async with broken() as one:
        yield one


@pytest.fixture
async def servers() -> AsyncIterator[McpServers]:
    made = McpServers()
    yield made
    await made.close()


def target(server: Broken) -> McpTarget:
    return McpTarget("crm", "1", server.url, allowed=frozenset([f"127.0.0.1:{server.port}"]))


async def change(servers: McpServers, server: Broken, timeout: float = 20.0, **more: Any) -> ToolAnswer:
    expected = more.pop("expected", None)
    return await servers.call("ws", target(server), "change", expected, {"a": "b"}, timeout, more.pop("twice", False))


UNKNOWN = [
    b.cut_off, b.half_json, b.no_json, b.html, b.accepted, b.failed, b.stream_without_answer, b.stream_of_nonsense,
    b.no_result, b.elsewhere, b.compressed, b.endless,
]  # fmt: skip


@pytest.mark.parametrize("answering", UNKNOWN, ids=[one.__name__ for one in UNKNOWN])
async def test_a_change_whose_answer_went_wrong_is_unknown_and_not_repeated(
    servers: McpServers, server: Broken, answering: b.Answering
) -> None:
    server.answering = answering

    with pytest.raises(OutcomeUnknown, match="may have been carried out"):
        await change(servers, server)

    assert server.done == 1
    server.answering = b.as_it_should
    assert (await change(servers, server)).output == "done"


async def test_what_may_be_done_twice_is_tried_in_a_fresh_session(servers: McpServers, server: Broken) -> None:
    async def once_cut_off(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return await (b.cut_off if server.done == 1 else b.as_it_should)(request, asked)

    server.answering = once_cut_off

    assert (await change(servers, server, twice=True)).output == "done"
    assert (server.done, server.sessions) == (2, 2)


async def test_what_is_unknown_stays_unknown_where_the_second_try_cannot_be_sent(
    servers: McpServers, server: Broken
) -> None:
    async def and_changes(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        server.tools = []
        return await b.cut_off(request, asked)

    server.answering = and_changes

    with pytest.raises(OutcomeUnknown):
        await change(servers, server, twice=True)


@pytest.mark.parametrize(("status", "code"), [(200, -32000), (200, -32603), (200, -32602), (400, -32602), (429, -1)])
async def test_an_error_in_the_protocols_form_is_an_answer(
    servers: McpServers, server: Broken, status: int, code: int
) -> None:
    async def refusing(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return b.wrong(asked, code, "there is no such order", status)

    server.answering = refusing

    answer = await change(servers, server)

    assert (answer.is_error, answer.output) == (True, "there is no such order")
    assert server.done == 1


async def test_a_refusal_without_words_is_an_answer_too(servers: McpServers, server: Broken) -> None:
    async def refusing(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=429)

    server.answering = refusing

    answer = await change(servers, server)

    assert (answer.is_error, answer.output) == (True, "the server answered 429")
    assert server.done == 1


@pytest.mark.parametrize("status", [404, 400])
async def test_a_forgotten_session_is_opened_anew_whichever_way_the_server_says_so(
    servers: McpServers, server: Broken, status: int
) -> None:
    await change(servers, server)
    server.forget(status)

    assert (await change(servers, server)).output == "done"
    assert (server.done, server.sessions) == (2, 2)


@pytest.mark.parametrize("status", [404, 400])
async def test_a_server_that_always_forgets_is_asked_twice_and_believed(
    servers: McpServers, server: Broken, status: int
) -> None:
    async def forgetting(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return b.wrong(asked, -32000, "No such session", status)

    server.answering = forgetting

    answer = await change(servers, server)

    assert (answer.is_error, answer.output) == (True, "No such session")
    assert server.done == 2


async def test_another_requests_404_does_not_send_a_call_again(servers: McpServers, server: Broken) -> None:
    async def asking_back(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        """Ask the client something on the call's stream, refuse its answer, and break off."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b'event: message\ndata: {"jsonrpc": "2.0", "id": "q1", "method": "roots/list"}\n\n')
        await server.waiting.wait()
        assert request.transport is not None
        request.transport.close()
        return response

    server.answering = asking_back
    server.replies = 404

    with pytest.raises(OutcomeUnknown):
        await asyncio.wait_for(_released(servers, server), 20)

    assert server.done == 1


async def _released(servers: McpServers, server: Broken) -> ToolAnswer:
    call = asyncio.create_task(change(servers, server))
    await server.replied.wait()
    server.waiting.set()
    return await call


async def test_a_call_that_breaks_does_not_end_another_one_under_way(servers: McpServers, server: Broken) -> None:
    entered = asyncio.Event()

    async def first_waits(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        if server.done > 1:
            return await b.cut_off(request, asked)
        entered.set()
        await server.waiting.wait()
        return b.text(asked, "done in the end")

    server.answering = first_waits
    slow = asyncio.create_task(change(servers, server))
    await entered.wait()

    with pytest.raises(OutcomeUnknown):
        await change(servers, server)
    server.waiting.set()

    assert (await slow).output == "done in the end"


async def test_a_change_is_made_only_with_the_tool_as_it_is_at_that_moment(servers: McpServers, server: Broken) -> None:
    (known,) = await servers.tools("ws", target(server))
    server.tools = [{**b.CHANGE, "description": "Changes everything."}]

    with pytest.raises(ToolChanged):
        await change(servers, server, expected=known.fingerprint)

    assert server.done == 0


@pytest.mark.parametrize("given", ["text", ["list"], None, 5], ids=["text", "list", "nothing", "number"])
async def test_a_list_that_is_none_is_told_with_its_place_and_nothing_is_called(
    servers: McpServers, server: Broken, given: Any
) -> None:
    server.tools = [b.CHANGE, {**b.CHANGE, "name": "liar", "inputSchema": given}]

    with pytest.raises(NotSent, match=r"not what the protocol asks for \(`tools\.1\.inputSchema`\)"):
        await change(servers, server)

    assert server.done == 0


async def test_a_tool_that_cannot_be_used_is_listed_with_the_reason_beside_the_others(
    servers: McpServers, server: Broken
) -> None:
    huge = {"type": "object", "properties": {f"p{number}": {"description": "x" * 99} for number in range(999)}}
    server.tools = [{**b.CHANGE, "name": "huge", "inputSchema": huge}, {**b.CHANGE, "name": "a\nb"}, b.CHANGE]

    listed = await servers.tools("ws", target(server))

    assert [(one.name, one.problem) for one in listed] == [
        ("huge", "its schema has more than 65,536 characters"),
        ("a\nb", "its name cannot be used"),
        ("change", None),
    ]
    assert listed[0].input_schema == {}
    assert (await change(servers, server)).output == "done"


async def test_pages_without_an_end_are_not_followed_for_ever(servers: McpServers, server: Broken) -> None:
    async def endless(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        tool = {**b.CHANGE, "name": f"tool-{server.lists}"}
        return b.answer(asked, {"tools": [tool], "nextCursor": str(server.lists)})

    server.listing = endless

    assert len(await servers.tools("ws", target(server))) == 100


async def test_a_list_that_does_not_come_is_not_waited_for(server: Broken) -> None:
    async def holding(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        await server.waiting.wait()
        return web.Response()

    server.listing = holding
    servers = McpServers(listing_limit=0.1)
    try:
        with pytest.raises(NotSent, match="did not answer in time"):
            await change(servers, server)
        server.listing = None
        assert (await change(servers, server)).output == "done"
    finally:
        server.waiting.set()
        await servers.close()


async def test_a_server_that_does_not_open_a_session_is_not_waited_for() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    host = f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    servers = McpServers(opening_limit=0.1)
    try:
        with pytest.raises(NotSent, match="did not answer in time"):
            await servers.tools("ws", McpTarget("crm", "1", f"http://{host}/mcp", allowed=frozenset([host])))
    finally:
        await servers.close()
        listening.close()


async def test_nothing_is_compressed_and_no_stream_is_kept_open(servers: McpServers, server: Broken) -> None:
    await change(servers, server)

    assert set(server.accepts) == {"identity"}
    assert server.gets == 0


async def test_a_pattern_that_takes_for_ever_is_not_tried(servers: McpServers, server: Broken) -> None:
    slow = {"type": "object", "properties": {"x": {"type": "string", "pattern": "^(a+)+$"}}}

    async def structured(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return b.answer(asked, {"content": [], "structuredContent": {"x": "a" * 60 + "!"}})

    server.tools = [{**b.CHANGE, "outputSchema": slow}]
    server.answering = structured

    assert (await change(servers, server)).output == {"x": "a" * 60 + "!"}


async def test_a_server_that_nobody_runs_was_not_reached(servers: McpServers, server: Broken) -> None:
    host = "127.0.0.1:9"
    with pytest.raises(NotSent, match="the connection was refused") as caught:
        await servers.tools("ws", McpTarget("crm", "1", f"http://{host}/mcp", allowed=frozenset([host])))

    assert caught.value.cause == "refused"


async def test_a_redirect_leads_nowhere_that_is_closed(servers: McpServers, server: Broken) -> None:
    async def inwards(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": "http://127.0.0.1:1/mcp"})

    server.listing = inwards
    with pytest.raises((NotSent, Refused)):
        await servers.tools("ws", target(server))
