"""MCP servers; the protocol's library is imported only where one is used."""

from deskhand.adapters.mcp.servers import McpServers

__all__ = ["McpServers"]
