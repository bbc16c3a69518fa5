"""The running server that a command talks to, and the key that opens it."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from deskhand.adapters.edge.rest import KeyRefused, RestClient
from deskhand.domain.errors import DeskhandError
from deskhand.settings import SettingError, from_environment, is_loopback

KEY_FILE = "key"
"""In the data folder: the key that the first start made, for commands on the same machine."""
DEMO = "demo"
"""The demo's own folder inside the data folder."""


class NoKey(DeskhandError):
    """The server takes an API key: give one with --key or DESKHAND_KEY."""


def connect(url: str | None, key: str | None) -> RestClient:
    """The server that a command is for. Raises what a RestClient raises, and NoKey."""
    settings = from_environment()
    address = url or settings.address
    server = RestClient(address, key)
    if key:
        return server
    # the key of this machine's server is for no other
    found = local_keys(settings.data) if url is None or is_loopback(server.host) else []
    if len(found) == 1:
        return RestClient(address, found[0])
    for one in found:
        if _opens(RestClient(address, one)):
            return RestClient(address, one)
    server.request("GET", "/v1/health")
    raise NoKey


def local_keys(data: Path) -> list[str]:
    """The keys that the demo and the server left in the data folder."""
    found = [read_key(folder) for folder in (data / DEMO, data)]
    return [key for key in found if key]


def read_key(folder: Path) -> str | None:
    """The key in a folder, None where there is none. Raises SettingError."""
    file = folder / KEY_FILE
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SettingError(f"{file} holds no API key: remove it.") from None
    except OSError as error:
        raise SettingError(f"The API key in {file} cannot be read: {error.strerror}.") from None


def _opens(server: RestClient) -> bool:
    try:
        server.request("GET", "/v1/me")
    except KeyRefused:
        return False
    return True


def listing(server: RestClient, path: str, query: dict[str, Any], limit: int) -> list[dict[str, Any]]:
    """The first items of a list; what is None in the query is not asked for."""
    given = {name: value for name, value in query.items() if value is not None}
    items: list[dict[str, Any]] = server.request("GET", f"{path}?{urlencode({**given, 'limit': limit})}")["items"]
    return items
