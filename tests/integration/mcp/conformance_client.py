"""The client that MCP's conformance suite drives: `python -m tests.integration.mcp.conformance_client URL`.

    npx @modelcontextprotocol/conformance client --scenario tools_call \\
        --command "python -m tests.integration.mcp.conformance_client"

It reaches the suite's server as a workspace's connection would be reached: it lists the tools and calls each of them.
"""

import asyncio
import json
import os
import sys
from typing import Any
from urllib.parse import urlsplit

from deskhand.adapters.mcp import McpServers
from deskhand.domain.errors import DeskhandError
from deskhand.ports.mcp import McpTarget, Tool

KNOWN: dict[str, dict[str, Any]] = {"add_numbers": {"a": 5, "b": 3}}


def arguments_for(tool: Tool) -> dict[str, Any]:
    """Values of the types that a tool's schema asks for."""
    if tool.name in KNOWN:
        return KNOWN[tool.name]
    samples: dict[str, Any] = {"string": "text", "number": 1, "integer": 1, "boolean": True, "array": [], "object": {}}
    properties = tool.input_schema.get("properties", {})
    wanted = tool.input_schema.get("required", [])
    return {name: samples.get(properties.get(name, {}).get("type"), "text") for name in wanted}


async def run(url: str) -> None:
    """List the tools and call each of them."""
    servers = McpServers()
    target = McpTarget("suite", "1", url, allowed=frozenset([urlsplit(url).netloc]))
    try:
        for tool in await servers.tools("ws", target):
            answer = await servers.call(
                "ws", target, tool.name, tool.fingerprint, arguments_for(tool), 20.0, idempotent=False
            )
            print(json.dumps({"tool": tool.name, "error": answer.is_error, "output": answer.output}))
    finally:
        await servers.close()


def main() -> None:
    print(os.environ.get("MCP_CONFORMANCE_SCENARIO", ""), file=sys.stderr)
    try:
        asyncio.run(run(sys.argv[-1]))
    except DeskhandError as error:
        raise SystemExit(error.sentence) from None


if __name__ == "__main__":
    main()
