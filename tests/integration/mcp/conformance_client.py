"""The client that MCP's conformance suite drives: `python -m tests.integration.mcp.conformance_client URL`.

    npx @modelcontextprotocol/conformance client --scenario tools_call \\
        --command "python -m tests.integration.mcp.conformance_client"

A whole Deskhand reaches the suite's server through a workspace's connection, as a customer's server would be reached:
it imports the tools and tries each of them. What a member would look up and type into the connection, the client's
credentials and the address that gives tokens, is looked up here.
"""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from deskhand.application.trying import Sample, try_action
from deskhand.bootstrap import Running, build
from deskhand.domain.actions import McpAction
from deskhand.domain.errors import DeskhandError
from deskhand.domain.requests import Connection
from deskhand.settings import Settings

SECRET = "CONFORMANCE_SECRET"
SAMPLES: dict[str, Any] = {"a": 5, "b": 3}
BY_TYPE: dict[str, Any] = {"integer": 1, "float": 1, "number": 1, "boolean": True, "json": {}}


def found_at(*addresses: str) -> dict[str, Any]:
    """The JSON at the first address that has some."""
    for address in addresses:
        try:
            with urlopen(address, timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except OSError:
            continue
    raise SystemExit(f"Nothing is at {addresses[0]}.")


def token_url(server: str) -> str:
    """Where a server's documents say that tokens are given."""
    parts = urlsplit(server)
    base = f"{parts.scheme}://{parts.netloc}/.well-known/oauth-protected-resource"
    issuer = found_at(base + parts.path, base)["authorization_servers"][0].rstrip("/")
    address: str = found_at(f"{issuer}/.well-known/oauth-authorization-server")["token_endpoint"]
    return address


async def connected(running: Running, url: str, context: dict[str, Any]) -> str:
    """A workspace with a connection to the suite's server."""
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Conformance")).id
    hosts, auth = [urlsplit(url).netloc], None
    if "client_secret" in context:
        await configuration.put_secret(workspace, SECRET, context["client_secret"], "suite")
        tokens = token_url(url)
        hosts.append(urlsplit(tokens).netloc)
        auth = {
            "kind": "oauth2_client_credentials",
            "client_id": context["client_id"],
            "secret": SECRET,
            "token_url": tokens,
        }
    await configuration.set_internal_hosts(workspace, hosts, "suite")
    document = {"slug": "suite", "kind": "mcp", "base_url": url, "auth": auth}
    await configuration.put_connection(workspace, Connection.model_validate(document), "suite")
    return workspace


def sample_of(action: McpAction) -> Sample:
    return Sample(
        {one.name: SAMPLES.get(one.name, BY_TYPE.get(one.type, "text")) for one in action.variables if one.required}
    )


async def run(url: str, context: dict[str, Any], data: Path) -> None:
    """Import the tools and try each of them."""
    running = await build(Settings(data=data))
    try:
        workspace = await connected(running, url, context)
        found = await running.services.importing.mcp(workspace, "suite")
        for action in found.actions:
            assert isinstance(action, McpAction)
            tried = await try_action(running.services, workspace, action, sample_of(action))
            told = {"tool": action.call.tool, "ok": tried.ok, "response": tried.response, "problem": tried.problem}
            print(json.dumps(told))
    finally:
        await running.close()


def main() -> None:
    context = json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}")
    with tempfile.TemporaryDirectory() as data:
        try:
            asyncio.run(run(sys.argv[-1], context, Path(data)))
        except DeskhandError as error:
            raise SystemExit(error.sentence) from None


if __name__ == "__main__":
    main()
