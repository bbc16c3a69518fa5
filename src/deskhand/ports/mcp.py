"""MCP servers as the application sees them: their tools, and calling one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from deskhand.domain.model import Json
from deskhand.ports.http import OutwardError


class ToolChanged(OutwardError):
    """The server's tool is another one than a member looked at; nothing was sent."""


class ToolGone(ToolChanged):
    """The server has no such tool any more; nothing was sent."""


@dataclass(frozen=True, slots=True)
class McpTarget:
    """One MCP server, ready to be reached: credentials are in it, so it is never logged."""

    slug: str
    fingerprint: str
    """Of the connection: another one gets sessions of its own."""
    url: str | None = None
    command: tuple[str, ...] = ()
    """What to start, for a server that speaks over its standard input and output."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    allowed: frozenset[str] = frozenset()
    """The workspace's allow-list of internal hosts."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as a server describes it; nothing in it is to be trusted."""

    name: str
    title: str
    description: str
    input_schema: dict[str, Any]
    read_only: bool | None
    destructive: bool | None
    idempotent: bool | None
    fingerprint: str
    """Changes with its name, description, schema and annotations."""
    problem: str | None = None
    """Why it cannot become an action, in words without a full stop."""


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """What a tool answered."""

    output: Json
    is_error: bool
    milliseconds: int


class Mcp(Protocol):
    """The way to MCP servers; all of it goes through the guarded edge."""

    async def tools(self, workspace: str, target: McpTarget) -> list[Tool]:
        """All tools of a server. Raises Refused, NotSent or OutcomeUnknown."""
        ...

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
        """Call a tool once. expected: the fingerprint that it must still have.

        Raises ToolChanged or Refused or NotSent where nothing was sent, OutcomeUnknown where it may have been done.
        """
        ...

    async def close(self) -> None:
        """End all sessions."""
        ...
