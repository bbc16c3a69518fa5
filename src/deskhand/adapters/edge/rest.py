"""A client of Deskhand's own REST service, for the command line: the operator names the server."""

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import SplitResult, urlsplit

from deskhand.domain.errors import DeskhandError

CONNECTING = 10.0
ANSWERING = 150.0
"""Seconds; a request may ask the server to wait for two minutes."""
SILENCE = 60.0
"""Seconds after which a stream counts as broken: a server that works says something every quarter of a minute."""


class BadAddress(DeskhandError):
    """The server's address or the API key cannot be used."""


class Unreachable(DeskhandError):
    """No Deskhand answers there."""


class Declined(DeskhandError):
    """The server did not do what was asked; `problem` is its RFC 9457 answer."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or f"The server answered {status}."))
        self.status = status
        self.problem = problem


class KeyRefused(Declined):
    """The server knows no such API key."""

    def __init__(self) -> None:
        super().__init__(401, {"detail": "The server does not take this API key: give another with --key."})


class RestClient:
    """Sends one request after another to one server. Raises BadAddress."""

    def __init__(self, url: str, key: str | None) -> None:
        self._parts = _parts(url)
        self.address = f"{self._parts.scheme}://{self._parts.netloc}{self._parts.path.rstrip('/')}"
        if key is not None and not (key.isascii() and key.isprintable()):
            raise BadAddress("The API key holds characters that no key has: copy it anew.")
        self._key = key

    @property
    def host(self) -> str:
        """The server's name or IP address."""
        return self._parts.hostname or ""

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, None where it is empty. Raises Unreachable or Declined."""
        content = None if body is None else json.dumps(body).encode()
        with self._talking():
            connection = self._connect(ANSWERING)
            try:
                response = self._send(connection, method, path, content)
                return self._read(response, response.read())
            finally:
                connection.close()

    def follow(self, path: str) -> "Stream":
        """Open a stream of events (SSE). Raises Unreachable or Declined."""
        with self._talking():
            connection = self._connect(SILENCE)
            try:
                wire = connection.sock
                response = self._send(connection, "GET", path, None)
                if response.headers.get_content_type() != "text/event-stream":
                    self._read(response, response.read())
                    raise Unreachable(self._no_deskhand())
            except BaseException:
                connection.close()
                raise
            return Stream(connection, wire, response)

    def _connect(self, patience: float) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.host, self._parts.port, timeout=CONNECTING)
        connection.connect()
        connection.sock.settimeout(patience)
        return connection

    def _send(
        self, connection: http.client.HTTPConnection, method: str, path: str, content: bytes | None
    ) -> http.client.HTTPResponse:
        headers = {"Accept": "application/json, text/event-stream"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        connection.request(method, self._parts.path.rstrip("/") + path, content, headers)
        return connection.getresponse()

    def _read(self, response: http.client.HTTPResponse, answer: bytes) -> Any:
        try:
            content = json.loads(answer) if answer.strip() else None
        except ValueError:
            content = ...
        if response.status == 401:
            raise KeyRefused
        if response.status >= 400:
            raise Declined(response.status, content if isinstance(content, dict) else {})
        if response.status >= 300:
            raise Unreachable(f"{self.address} leads on to {response.headers['Location']}: use that server's address.")
        if content is ...:
            raise Unreachable(self._no_deskhand())
        return content

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """The network's errors in plain words."""
        try:
            yield
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise Unreachable(
                f"No Deskhand answers at {self.address} ({reason}): start one with `deskhand serve`, "
                "or say where it is with --url."
            ) from None

    def _no_deskhand(self) -> str:
        return f"What answers at {self.address} is no Deskhand: say where it is with --url."


class Stream:
    """The events that a server sends, until it or the reader ends them."""

    def __init__(
        self, connection: http.client.HTTPConnection, wire: socket.socket, response: http.client.HTTPResponse
    ) -> None:
        self._connection = connection
        self._wire = wire
        self._response = response

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The name and the data of each event; ends where the connection does."""
        event = ""
        try:
            with suppress(OSError, http.client.HTTPException, ValueError):
                for line in self._response:
                    if line.startswith(b"event:"):
                        event = line[6:].strip().decode()
                    elif line.startswith(b"data:"):
                        yield event, json.loads(line[5:])
                    elif not line.strip():
                        event = ""
        finally:
            self._connection.close()

    def close(self) -> None:
        """End it, also while another thread waits for the next event."""
        with suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port_is_one = parts.port is None or parts.port > 0
        more = "@" in parts.netloc or parts.query or parts.fragment
        usable = parts.scheme in ("http", "https") and parts.hostname and port_is_one and not more
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise BadAddress(f"`{url}` is no server's address: it should look like http://127.0.0.1:8000.")
    return parts
