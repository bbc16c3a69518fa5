"""An action that calls a tool of an MCP server."""

import json
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from deskhand.domain.actions.base import ActionBase, ReadBack
from deskhand.domain.effects import Act, CallTool
from deskhand.domain.errors import TemplateError
from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.requests import LONGEST_TIMEOUT, Connection
from deskhand.domain.templates import Placeholder, Scope, body_placeholders, json_tree, render_json


class ToolCall(Record):
    """One tool of an MCP server, and what it is given."""

    connection: str = Field(pattern=SLUG)
    """The MCP server, by the slug of its connection."""
    tool: str = Field(min_length=1, max_length=256)
    fingerprint: str | None = None
    """Of the tool as a member last looked at it; a tool that has changed since is not called."""
    arguments: str | None = None
    """A JSON object with `{{placeholders}}`; by default every variable under its own name."""
    read_only: bool = False
    idempotent: bool = False
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT)


class McpAction(ActionBase):
    """Calls one tool of an MCP server and uses its answer."""

    kind: Literal["mcp"]
    call: ToolCall
    read_back: ReadBack | None = None

    @property
    def reads(self) -> bool:
        return self.call.read_only

    @property
    def reaches(self) -> str:
        return self.call.connection

    @property
    def finds_out(self) -> ReadBack | None:
        return self.read_back

    @property
    def template(self) -> str:
        """The arguments as a JSON template."""
        if self.call.arguments is not None:
            return self.call.arguments
        return "{" + ",".join(f'"{one.name}": {{{{{one.name}}}}}' for one in self.variables) + "}"

    def placeholders(self) -> Iterator[Placeholder]:
        return body_placeholders(json_tree(self.template))

    def act(self, scope: Scope, connections: Mapping[str, Connection]) -> Act:
        connection = connections.get(self.call.connection)
        if connection is None:
            raise TemplateError(
                phrase("the connection `{connection}` does not exist.", connection=self.call.connection)
            )
        if any(one.is_secret for one in self.placeholders()):
            raise TemplateError("a secret may not go into a tool's arguments: put it into the server's connection.")
        arguments = json.loads(render_json(self.template, scope))
        if not isinstance(arguments, dict):
            raise TemplateError('a tool\'s arguments are a JSON object, such as `{"id": {{id}}}`.')
        return CallTool(
            connection=self.call.connection,
            fingerprint=connection.fingerprint,
            tool=self.call.tool,
            tool_fingerprint=self.call.fingerprint,
            arguments=arguments,
            read_only=self.call.read_only,
            idempotent=self.call.idempotent or self.call.read_only,
            timeout=self.call.timeout,
        )
