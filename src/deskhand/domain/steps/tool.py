"""Step `tool`: calls a tool of an MCP server."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, McpAction
from deskhand.domain.actions.mcp import ToolCall
from deskhand.domain.comparisons import Comparison
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.problems import Problem
from deskhand.domain.requests import LONGEST_TIMEOUT
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.inline import InlineStep


class ToolStep(InlineStep):
    """Calls a tool and stores its answer."""

    kind: Literal["tool"]
    connection: str = Field(pattern=SLUG, description="The MCP server, by the slug of its connection.")
    tool: str = Field(min_length=1, max_length=256, description="The tool's name.")
    arguments: str = Field(default="{}", description="A JSON object with `{{placeholders}}`.")
    read_only: bool = Field(default=False, description="Changes nothing, so it may be repeated.")
    idempotent: bool = Field(default=False, description="Calling it twice is harmless.")
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT, description="Seconds.")
    success: list[Comparison] = Field(
        default=[], description="What counts as success, over `response`; by default any answer that is no error."
    )
    transform: str | None = Field(
        default=None, max_length=65_536, description="JavaScript that turns the answer into the value to use."
    )
    sample_response: Any = Field(default=None, description="What simulation answers where no mock is given.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "find",
        "kind": "tool",
        "connection": "crm",
        "tool": "find_customer",
        "arguments": '{"email": "{{email}}"}',
        "response_variable": "customer",
    }

    def build(self) -> AnyAction:
        call = ToolCall.model_construct(
            connection=self.connection,
            tool=self.tool,
            arguments=self.arguments,
            read_only=self.read_only,
            idempotent=self.idempotent,
            timeout=self.timeout,
        )
        return McpAction.model_construct(
            kind="mcp",
            slug=self.slug,
            name=self.label(),
            call=call,
            success=self.success,
            messages=self.messages,
            transform=self.transform,
        )

    def check(self, around: Surroundings) -> Iterator[Problem]:
        yield from super().check(around)
        if around.workspace_known and self.connection not in around.connections:
            yield self.problem(
                "unknown-connection",
                phrase("there is no connection `{connection}`.", connection=self.connection),
                "connection",
            )

    def label(self) -> str:
        return f"Tool {self.tool}"
