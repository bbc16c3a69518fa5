"""The port `Mcp`: sessions with servers, kept for a while and opened anew when a server forgot them."""

import asyncio
import time

from deskhand.adapters.edge.names import Lookup, Names, system_lookup
from deskhand.adapters.mcp.failures import Forgotten
from deskhand.adapters.mcp.session import Session
from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.ports.http import NotSent, OutcomeUnknown, OutwardError, Refused
from deskhand.ports.mcp import McpTarget, Tool, ToolAnswer, ToolChanged, ToolGone

OPENING_LIMIT = 15.0
"""Seconds for connecting to a server and agreeing on a protocol."""
LISTING_LIMIT = 30.0
TOTAL_LIMIT = 120.0
FRESH = 60.0
"""Seconds for which a list of tools is believed, where calling a tool twice is harmless."""
MOST_IDLE = 300.0
"""Seconds after which an unused session is closed."""


class McpServers:
    """Reaches MCP servers over streamable HTTP, and over standard input and output where the operator allows it."""

    def __init__(
        self,
        *,
        lookup: Lookup = system_lookup,
        allow_stdio: bool = False,
        opening_limit: float = OPENING_LIMIT,
        listing_limit: float = LISTING_LIMIT,
    ) -> None:
        self._names = Names(lookup)
        self._allow_stdio = allow_stdio
        self._limits = opening_limit, listing_limit
        self._sessions: dict[tuple[str, str, str, str], Session] = {}
        self._living: set[Session] = set()

    async def tools(self, workspace: str, target: McpTarget) -> list[Tool]:
        """All tools of a server; see the port."""
        try:
            return list((await self._listed(self._session(workspace, target))).values())
        except NotSent as error:
            if not _may_help(error):
                raise
        return list((await self._listed(self._session(workspace, target))).values())

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
        """Call a tool once; see the port. In a fresh session once more, where the call then does no harm."""
        believed = FRESH if idempotent else 0.0

        async def once() -> ToolAnswer:
            session = await self._checked(workspace, target, tool, expected, believed)
            return await self._called(session, tool, dict(arguments), min(timeout, TOTAL_LIMIT))

        unknown: OutcomeUnknown | None = None
        try:
            return await once()
        except (NotSent, OutcomeUnknown) as error:
            unknown = error if isinstance(error, OutcomeUnknown) else None
            if not _may_help(error) or (unknown is not None and not idempotent):
                raise
        try:
            return await once()
        except Forgotten as error:
            answer = ToolAnswer(error.said, True, 0)
        except OutwardError as error:
            raise unknown or error from None
        if unknown is not None:
            raise unknown
        return answer

    async def _checked(
        self, workspace: str, target: McpTarget, tool: str, expected: str | None, believed: float
    ) -> Session:
        """A session in which the tool is the one that a member looked at."""
        session = self._session(workspace, target)
        if session.tools is None or time.monotonic() - session.listed_at >= believed:
            await self._listed(session)
        known = (session.tools or {}).get(tool)
        if known is None:
            raise ToolGone(
                phrase("The MCP server `{slug}` has no tool `{tool}` any more.", slug=target.slug, tool=tool)
            )
        if expected is not None and known.fingerprint != expected:
            raise ToolChanged(
                phrase("The tool `{tool}` of the MCP server `{slug}` has changed.", tool=tool, slug=target.slug)
            )
        return session

    async def _listed(self, session: Session) -> dict[str, Tool]:
        try:
            return await session.list_tools()
        except OutwardError:
            self._retire(session)
            raise

    async def _called(self, session: Session, tool: str, arguments: dict[str, Json], limit: float) -> ToolAnswer:
        try:
            return await session.call(tool, arguments, limit)
        except OutwardError as error:
            if error.cause != "timeout":
                self._retire(session)
            raise

    def _session(self, workspace: str, target: McpTarget) -> Session:
        if target.command and not self._allow_stdio:
            raise Refused(
                "MCP servers that are started on this machine are switched off: the operator can allow them with "
                "DESKHAND_MCP_STDIO=on."
            )
        self._retire_idle()
        key = workspace, target.slug, target.fingerprint, _digest(target)
        session = self._sessions.get(key)
        if session is None or not session.usable:
            session = self._sessions[key] = Session(target, self._names, *self._limits)
            self._living.add(session)
            session.task.add_done_callback(lambda _: self._living.discard(session))
        session.used_at = time.monotonic()
        return session

    def _retire_idle(self) -> None:
        late = time.monotonic() - MOST_IDLE
        for session in list(self._sessions.values()):
            if session.used_at < late or not session.usable:
                self._retire(session)

    def _retire(self, session: Session) -> None:
        """Use a session no more; calls under way in it end first, and nobody waits for that."""
        self._sessions = {key: one for key, one in self._sessions.items() if one is not session}
        session.retire()

    async def close(self) -> None:
        """End all sessions."""
        self._sessions = {}
        await asyncio.gather(*(session.close() for session in list(self._living)))
        await self._names.close()


def _may_help(error: OutwardError) -> bool:
    """Whether a fresh session may: the old one broke, or the server has forgotten it."""
    return error.cause == "broken"


def _digest(target: McpTarget) -> str:
    """Tells targets apart whose credentials or allow-lists differ; never leaves this process."""
    return str(hash((tuple(sorted(target.headers.items())), target.allowed)))
