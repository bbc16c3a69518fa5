"""A client of Deskhand's own REST service, for the command line: the operator names the server."""

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from deskhand.domain.errors import DeskhandError


class Unreachable(DeskhandError):
    """No Deskhand answers there."""


class Declined(DeskhandError):
    """The server did not do what was asked; `problem` is its RFC 9457 answer."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or f"The server answered {status}."))
        self.status = status
        self.problem = problem


class RestClient:
    """Sends one request after another to one server."""

    def __init__(self, url: str, key: str | None, timeout: float = 150.0) -> None:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unreachable(f"`{url}` is no server address: it should look like http://127.0.0.1:8000.")
        self._url = f"{parts.scheme}://{parts.netloc}"
        self._secure = parts.scheme == "https"
        self._host = parts.netloc
        self._key = key
        self._timeout = timeout

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, None where it is empty. Raises Unreachable or Declined."""
        connection = self._connect()
        try:
            content = None if body is None else json.dumps(body).encode()
            response = self._send(connection, method, path, content)
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from None
        finally:
            connection.close()
        return _read(response.status, answer)

    def events(self, path: str) -> Iterator[dict[str, Any]]:
        """The data of a stream's events, until the server ends it."""
        connection = self._connect()
        try:
            response = self._send(connection, "GET", path, None)
            if response.status != 200:
                _read(response.status, response.read())
            for line in response:
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from None
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        return kind(self._host, timeout=self._timeout)

    def _send(
        self, connection: http.client.HTTPConnection, method: str, path: str, content: bytes | None
    ) -> http.client.HTTPResponse:
        headers = {"Accept": "application/json, text/event-stream"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        connection.request(method, path, content, headers)
        return connection.getresponse()

    def _unreachable(self, error: Exception) -> Unreachable:
        reason = str(error) or type(error).__name__
        return Unreachable(f"No Deskhand answers at {self._url} ({reason}). Start one with `deskhand serve`.")


def _read(status: int, answer: bytes) -> Any:
    try:
        content = json.loads(answer) if answer.strip() else None
    except ValueError:
        content = None
    if status < 400:
        return content
    raise Declined(status, content if isinstance(content, dict) else {})
