"""A real MCP server as a program of its own: `python server.py stdio`, or `python server.py http PORT`."""

import os
import sys

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

server = MCPServer("Orders")
ORDERS = {"A1": {"order_id": "A1", "status": "shipped", "total": 42.5}}


@server.tool(description="Finds an order by its number, and says where it is.")
def find_order(order_id: str) -> dict[str, str | float]:
    if order_id not in ORDERS:
        raise ToolError(f"no order {order_id}")
    return ORDERS[order_id]


@server.tool(description="Adds two whole numbers together.")
def add(a: int, b: int = 1) -> int:
    return a + b


@server.tool(description="Tells which process this is, and its variables.")
def process() -> dict[str, int | list[str]]:
    return {"pid": os.getpid(), "variables": sorted(os.environ)}


@server.tool(description="Ends the process before it has answered.")
def crash() -> str:
    os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        server.run("stdio")
    else:
        server.run("streamable-http", port=int(sys.argv[2]))
