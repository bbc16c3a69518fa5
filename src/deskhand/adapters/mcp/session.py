"""One session with one MCP server. A task of its own opens and closes it, as the protocol's library asks for."""

import asyncio
import json
import os
import time
from typing import TYPE_CHECKING, Any

from deskhand.adapters.edge.names import Names
from deskhand.adapters.mcp.tools import BadTool, read_tool
from deskhand.domain.untrusted import Unreadable, fit_text, read_json
from deskhand.ports.http import NotSent, OutcomeUnknown, OutwardError
from deskhand.ports.mcp import McpTarget, Tool, ToolAnswer

if TYPE_CHECKING:
    from mcp.client import Client

    from deskhand.adapters.edge.httpx_transport import GuardedTransport

MOST_TOOLS = 500
MOST_PAGES = 100
LARGEST_ANSWER = 1 << 20
"""Characters of an answer that come into the conversation."""


class Session:
    """A connection to a server, from its opening to its end."""

    def __init__(self, target: McpTarget, names: Names, opening_limit: float) -> None:
        self._target = target
        self._names = names
        self._opening_limit = opening_limit
        self._ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
        self._over = asyncio.Event()
        self._task = asyncio.create_task(self._live())
        self._transport: GuardedTransport | None = None
        self.used_at = time.monotonic()
        self.usable = True
        self.tools: dict[str, Tool] | None = None
        self.listed_at = 0.0

    async def client(self) -> "Client":
        """The open client. Raises Refused or NotSent."""
        try:
            async with asyncio.timeout(self._opening_limit):
                return await asyncio.shield(self._ready)
        except TimeoutError:
            self.usable = False
            self._over.set()
            raise NotSent(f"The MCP server `{self._target.slug}` did not answer in time.", "timeout") from None
        except OutwardError:
            self.usable = False
            raise

    async def close(self) -> None:
        """End the session."""
        self.usable = False
        self._over.set()
        done, _ = await asyncio.wait({self._task}, timeout=5.0)
        if not done:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _live(self) -> None:
        """Open, wait until it is over, close; whatever goes wrong is told to who waits for the opening."""
        try:
            async with self._opened() as client:
                self._ready.set_result(client)
                await self._over.wait()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # groups of the library's task groups come here too
            self.usable = False
            if not self._ready.done():
                self._ready.set_exception(self.told(error, sent=False))
                self._ready.exception()
        finally:
            self.usable = False
            if self._transport is not None:
                await self._transport.aclose()

    def _opened(self) -> "Client":
        from mcp.client import Client
        from mcp.client.stdio import StdioServerParameters
        from mcp.client.streamable_http import streamable_http_client

        if self._target.command:
            command, *arguments = self._target.command
            path = {"PATH": os.environ.get("PATH", "")}
            return Client(StdioServerParameters(command=command, args=arguments, env=path), cache=None)
        from deskhand.adapters.edge.httpx_transport import GuardedTransport, guarded_client

        self._transport = GuardedTransport(self._names, self._target.allowed)
        client = guarded_client(self._transport, dict(self._target.headers), 120.0)
        return Client(streamable_http_client(self._target.url or "", http_client=client), cache=None)

    async def list_tools(self) -> dict[str, Tool]:
        """All tools that can be used. Raises OutwardError."""
        client = await self.client()
        found: dict[str, Tool] = {}
        cursor: str | None = None
        try:
            for _ in range(MOST_PAGES):
                page = await client.list_tools(cursor=cursor)
                for given in page.tools:
                    try:
                        tool = read_tool(given)
                    except BadTool:
                        continue  # the others can be used all the same
                    found.setdefault(tool.name, tool)
                cursor = page.next_cursor
                if not cursor or len(found) >= MOST_TOOLS:
                    break
        except Exception as error:
            raise self.told(error, sent=False) from None
        self.tools, self.listed_at = dict(list(found.items())[:MOST_TOOLS]), time.monotonic()
        return self.tools

    async def call(self, tool: str, arguments: dict[str, Any], timeout: float) -> ToolAnswer:
        """Call a tool once. Raises OutwardError."""
        client = await self.client()
        begin = time.monotonic()
        try:
            async with asyncio.timeout(timeout):
                result = await client.call_tool(tool, arguments)
        except TimeoutError:
            where = self._target.slug
            raise OutcomeUnknown(
                f"The MCP server `{where}` did not answer in time. The call may have been carried out all the same.",
                "timeout",
            ) from None
        except Exception as error:
            if self._is_forgotten():
                raise NotSent(f"The MCP server `{self._target.slug}` has forgotten the session.", "broken") from None
            answered = _protocol_error(error)
            if answered is not None:
                return ToolAnswer(answered, True, _since(begin))
            raise self.told(error, sent=True) from None
        return ToolAnswer(_output(result), bool(result.is_error), _since(begin))

    def _is_forgotten(self) -> bool:
        """Whether the server answered that it knows no such session: it then did nothing else."""
        return self._transport is not None and self._transport.status == 404

    def told(self, error: BaseException, sent: bool) -> OutwardError:
        """What an error of the library means, in a sentence."""
        if isinstance(error, OutwardError):
            return error
        refusal = self._transport.refusal if self._transport else None
        if refusal is not None:
            return refusal
        where = f"The MCP server `{self._target.slug}`"
        status = self._transport.status if self._transport else None
        if status in (401, 403):
            return NotSent(f"{where} refused the credentials ({status}).", "refused")
        why = _reason(error)
        if sent:
            return OutcomeUnknown(f"{where} {why}. The call may have been carried out all the same.", "broken")
        return NotSent(f"{where} could not be used: it {why}. Nothing was sent.", "broken")


def _since(begin: float) -> int:
    return round((time.monotonic() - begin) * 1000)


def _leaves(error: BaseException) -> list[BaseException]:
    """The errors in a group, or the one."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error, *([error.__cause__] if error.__cause__ else [])]


def _protocol_error(error: BaseException) -> str | None:
    """What the server itself answered in place of a result, or None."""
    from mcp.shared.exceptions import MCPError

    lost = ("Session terminated", "Connection closed", "timed out", "Server returned an error response")
    for leaf in _leaves(error):
        if isinstance(leaf, MCPError) and not any(sign in str(leaf) for sign in lost):
            return fit_text(str(leaf))[:1000]
    return None


def _reason(error: BaseException) -> str:
    for leaf in _leaves(error):
        text = fit_text(str(leaf)).strip().splitlines()
        if isinstance(leaf, FileNotFoundError):
            return "could not be started: there is no such command"
        if type(leaf).__name__ == "ValidationError":
            return "answered with something that is not what the protocol asks for"
        if text:
            return f"failed: {text[0][:200].rstrip('.')}"
    return "broke the connection"


def _output(result: Any) -> Any:
    """What a tool answered, as one value: its structured content, else the text that it gave."""
    if result.structured_content is not None:
        text = json.dumps(result.structured_content)
    else:
        parts = [_part(block) for block in result.content or []]
        text = "\n".join(parts)
        if len(parts) != 1 or parts[0].lstrip()[:1] not in ("{", "["):
            return fit_text(text[:LARGEST_ANSWER])
    if len(text) > LARGEST_ANSWER:
        return f"(the answer has more than {LARGEST_ANSWER} characters)"
    try:
        return read_json(text)
    except Unreadable:
        return fit_text(text)


def _part(block: Any) -> str:
    kind = getattr(block, "type", "")
    if kind == "text":
        return str(block.text)
    if kind == "resource_link":
        return f"({kind}: {block.uri})"
    return f"({kind or 'something'} that is no text)"
