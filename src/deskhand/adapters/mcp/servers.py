"""The port `Mcp`: sessions with servers, kept for a while and opened anew when a server forgot them."""

import asyncio
import time

from deskhand.adapters.edge.names import Lookup, Names, system_lookup
from deskhand.adapters.mcp.session import Session
from deskhand.domain.model import Json
from deskhand.ports.http import NotSent, OutcomeUnknown, OutwardError, Refused
from deskhand.ports.mcp import McpTarget, Tool, ToolAnswer, ToolChanged, ToolGone

OPENING_LIMIT = 15.0
"""Seconds for connecting to a server and agreeing on a protocol."""
TOTAL_LIMIT = 120.0
FRESH = 60.0
"""Seconds for which a list of tools is believed."""
MOST_IDLE = 300.0
"""Seconds after which an unused session is closed."""


class McpServers:
    """Reaches MCP servers over streamable HTTP, and over standard input and output where the operator allows it."""

    def __init__(
        self, *, lookup: Lookup = system_lookup, allow_stdio: bool = False, opening_limit: float = OPENING_LIMIT
    ) -> None:
        self._names = Names(lookup)
        self._allow_stdio = allow_stdio
        self._opening_limit = opening_limit
        self._sessions: dict[tuple[str, str, str, str], Session] = {}

    async def tools(self, workspace: str, target: McpTarget) -> list[Tool]:
        """All tools of a server; see the port."""
        session = await self._session(workspace, target)
        try:
            return list((await session.list_tools()).values())
        except OutwardError:
            await self._drop(session)
        session = await self._session(workspace, target)  # it may have forgotten the session: once more
        return list((await session.list_tools()).values())

    async def call(
        self,
        workspace: str,
        target: McpTarget,
        tool: str,
        expected: str | None,
        arguments: dict[str, Json],
        timeout: float,
        idempotent: bool,
    ) -> ToolAnswer:
        """Call a tool once; see the port."""
        limit = min(timeout, TOTAL_LIMIT)
        try:
            session = await self._checked(workspace, target, tool, expected)
            return await session.call(tool, dict(arguments), limit)
        except (NotSent, OutcomeUnknown) as error:
            if (isinstance(error, OutcomeUnknown) and not idempotent) or error.cause in ("timeout", "refused"):
                raise
        session = await self._checked(workspace, target, tool, expected, fresh=True)
        return await session.call(tool, dict(arguments), limit)

    async def _checked(
        self, workspace: str, target: McpTarget, tool: str, expected: str | None, fresh: bool = False
    ) -> Session:
        """A session in which the tool is the one that a member looked at."""
        session = await self._session(workspace, target, fresh)
        if session.tools is None or time.monotonic() - session.listed_at > FRESH:
            try:
                await session.list_tools()
            except OutwardError:
                await self._drop(session)
                raise
        known = (session.tools or {}).get(tool)
        if known is None:
            raise ToolGone(f"The MCP server `{target.slug}` has no tool `{tool}` any more.")
        if expected is not None and known.fingerprint != expected:
            raise ToolChanged(f"The tool `{tool}` of the MCP server `{target.slug}` has changed.")
        return session

    async def _session(self, workspace: str, target: McpTarget, fresh: bool = False) -> Session:
        if target.command and not self._allow_stdio:
            raise Refused(
                "MCP servers that are started on this machine are switched off: the operator can allow them with "
                "DESKHAND_MCP_STDIO=on."
            )
        key = workspace, target.slug, target.fingerprint, _digest(target)
        session = self._sessions.get(key)
        if session is not None and (fresh or not session.usable):
            await self._drop(session)
            session = None
        if session is None:
            session = self._sessions[key] = Session(target, self._names, self._opening_limit)
        session.used_at = time.monotonic()
        await self._close_idle(session)
        return session

    async def _close_idle(self, but: Session) -> None:
        late = time.monotonic() - MOST_IDLE
        for session in [one for one in self._sessions.values() if one.used_at < late and one is not but]:
            await self._drop(session)

    async def _drop(self, session: Session) -> None:
        self._sessions = {key: one for key, one in self._sessions.items() if one is not session}
        await session.close()

    async def close(self) -> None:
        """End all sessions."""
        sessions, self._sessions = list(self._sessions.values()), {}
        await asyncio.gather(*(session.close() for session in sessions))
        await self._names.close()


def _digest(target: McpTarget) -> str:
    """Tells targets apart whose credentials or allow-lists differ; never leaves this process."""
    return str(hash((tuple(sorted(target.headers.items())), target.allowed)))
