"""One session with one MCP server. A task of its own opens and closes it, as the protocol's library asks for."""

import asyncio
import time
from contextlib import AsyncExitStack
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from deskhand.adapters.edge.attempts import Attempt, attempted
from deskhand.adapters.edge.names import Names
from deskhand.adapters.mcp.answers import output
from deskhand.adapters.mcp.failures import Forgotten, failure, is_forgotten, refusal
from deskhand.adapters.mcp.tools import read_tool
from deskhand.adapters.mcp.transports import as_program, over_http
from deskhand.domain.phrases import phrase
from deskhand.ports.http import NotSent, OutcomeUnknown
from deskhand.ports.mcp import McpTarget, Tool, ToolAnswer

if TYPE_CHECKING:
    from mcp.client import Client

    from deskhand.adapters.edge.httpx_transport import GuardedTransport

MOST_TOOLS = 500
MOST_PAGES = 100
CLOSING = 5.0
"""Seconds that a server has for ending a session."""
NEEDS_MORE = phrase("it asks for more than its arguments, which an action cannot give")


class Session:
    """A connection to a server, from its opening to its end."""

    def __init__(self, target: McpTarget, names: Names, opening_limit: float, listing_limit: float) -> None:
        self._target = target
        self._names = names
        self._opening_limit = opening_limit
        self._listing_limit = listing_limit
        self._ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
        self._over = asyncio.Event()
        self._transport: GuardedTransport | None = None
        self._calls = 0
        self.used_at = time.monotonic()
        self.usable = True
        self.tools: dict[str, Tool] | None = None
        self.listed_at = 0.0
        self.task = asyncio.create_task(self._live(), name=f"MCP server {target.slug}")

    async def client(self) -> "Client":
        """The open client. Raises Refused or NotSent."""
        try:
            async with asyncio.timeout(self._opening_limit):
                return await asyncio.shield(self._ready)
        except TimeoutError:
            self.usable = False
            self.task.cancel()
            raise self._late() from None

    def retire(self) -> None:
        """Take no more calls; end once those under way have ended."""
        self.usable = False
        if not self._calls:
            self._over.set()

    async def close(self) -> None:
        """End the session now."""
        self.usable = False
        self._over.set()
        done, _ = await asyncio.wait({self.task}, timeout=CLOSING)
        if not done:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def _live(self) -> None:
        """Open, wait until it is over, close; whatever goes wrong is told to who waits for the opening."""
        opening = Attempt()
        try:
            async with AsyncExitStack() as stack:
                with attempted() as opening:
                    client = await stack.enter_async_context(self._opened())
                self._ready.set_result(client)
                await self._over.wait()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # groups of the library's task groups come here too
            if not self._ready.done():
                self._ready.set_exception(failure(self._target.slug, error, opening, sent=False))
                self._ready.exception()
        finally:
            self.usable = False
            if self._transport is not None:
                await self._transport.aclose()

    def _opened(self) -> "Client":
        if self._target.command:
            return as_program(self._target)
        from deskhand.adapters.edge.httpx_transport import GuardedTransport

        self._transport = GuardedTransport(self._names, self._target.allowed)
        return over_http(self._target, self._transport)

    async def list_tools(self) -> dict[str, Tool]:
        """All tools. Raises Refused or NotSent."""
        client = await self.client()
        with attempted() as attempt:
            try:
                async with asyncio.timeout(self._listing_limit):
                    found = await _all_tools(client)
            except TimeoutError:
                raise self._late() from None
            except Exception as error:
                raise failure(self._target.slug, error, attempt, sent=False) from None
        self.tools, self.listed_at = found, time.monotonic()
        return found

    async def call(self, tool: str, arguments: dict[str, Any], timeout: float) -> ToolAnswer:
        """Call a tool once. Raises Forgotten, NotSent or OutcomeUnknown."""
        client = await self.client()
        self._calls += 1
        try:
            return await self._call(client, tool, arguments, timeout)
        finally:
            self._calls -= 1
            self.used_at = time.monotonic()
            if not self.usable:
                self.retire()

    async def _call(self, client: "Client", tool: str, arguments: dict[str, Any], timeout: float) -> ToolAnswer:
        where, begin = self._target.slug, time.monotonic()
        with attempted(single=True) as attempt:
            try:
                async with asyncio.timeout(timeout):
                    given, is_error = await _result(client, tool, arguments)
            except TimeoutError:
                why = phrase("The MCP server `{slug}` did not answer in time.", slug=where)
                raise OutcomeUnknown(
                    phrase("{why} The call may have been carried out all the same.", why=why), "timeout"
                ) from None
            except Exception as error:
                said = refusal(error, attempt.status)
                if is_forgotten(error, attempt.status):
                    raise Forgotten(where, said or "") from None
                if said is None:
                    raise failure(where, error, attempt, sent=True) from None
                given, is_error = said, True
        return ToolAnswer(given, is_error, round((time.monotonic() - begin) * 1000))

    def _late(self) -> NotSent:
        return NotSent(
            phrase("The MCP server `{slug}` did not answer in time. Nothing was sent.", slug=self._target.slug),
            "timeout",
        )


async def _all_tools(client: "Client") -> dict[str, Tool]:
    found: dict[str, Tool] = {}
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = await client.list_tools(cursor=cursor)
        for given in page.tools:
            tool = read_tool(given)
            found.setdefault(tool.name, tool)
        cursor = page.next_cursor
        if not cursor or len(found) >= MOST_TOOLS:
            break
    return dict(list(found.items())[:MOST_TOOLS])


async def _result(client: "Client", tool: str, arguments: dict[str, Any]) -> tuple[Any, bool]:
    """What a tool answered, and whether that is an error.

    The library's own `call_tool` is not used: it sends a call anew, unasked, after the tool has changed, and it holds
    answers against a stranger's schema, whose patterns can take for ever.
    """
    from mcp import types

    asked = types.CallToolRequest(params=types.CallToolRequestParams(name=tool, arguments=arguments))
    result = await client.session.send_request(asked, _either())
    if isinstance(result, types.InputRequiredResult):
        return NEEDS_MORE, True
    return output(result), bool(result.is_error)


@lru_cache(maxsize=1)
def _either() -> Any:
    from mcp import types
    from pydantic import TypeAdapter

    return TypeAdapter(types.CallToolResult | types.InputRequiredResult)
