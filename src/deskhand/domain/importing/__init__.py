"""What others wrote, read as actions: OpenAPI, cURL, the JSON of other products, the tools of MCP servers."""

from deskhand.domain.importing.imported import Imported, Refused

__all__ = ["Imported", "Refused"]
