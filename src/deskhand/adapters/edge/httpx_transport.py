"""The guarded way out for libraries that bring their own protocol over httpx2: MCP servers, and models later.

The same policy as for actions, asked for every request before the pool; connections go only to addresses that were
checked for that request, and no two workspaces share a pool.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore2
import httpx2
from httpcore2 import AnyIOBackend

from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.adapters.edge.names import Names
from deskhand.adapters.edge.pinning import Exchange, current_exchange
from deskhand.adapters.edge.policy import Policy, read_origin
from deskhand.ports.http import OutwardError, Refused

CONNECT_LIMIT = 10.0
LARGEST_ANSWER = 4 << 20
"""Bytes of one answer's body, after which it is broken off."""


class PinnedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to the addresses that were checked for the running request, and to nothing else."""

    def __init__(self) -> None:
        self._backend = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        exchange = current_exchange.get(None)
        failed: Exception = httpcore2.ConnectError("no address was checked for this request")
        for address in exchange.addresses if exchange else ():
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    async def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore2.AsyncNetworkStream:
        raise httpcore2.ConnectError("sockets of this machine are not reached from here")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Sends one workspace's requests; `refusal` is why the guard stopped the last one that it stopped."""

    def __init__(self, names: Names, allowed: frozenset[str]) -> None:
        self._names = names
        self._policy = Policy(parse_allow_list(allowed))
        self._pool = httpcore2.AsyncConnectionPool(
            network_backend=PinnedBackend(), max_connections=32, keepalive_expiry=30.0, retries=0
        )
        self.refusal: OutwardError | None = None
        self.status: int | None = None
        """Of the last answer: the protocol's library does not tell it."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, pin and send. Raises httpx2.ConnectError for what the guard refuses."""
        try:
            exchange = await self._checked(str(request.url))
        except OutwardError as error:
            self.refusal = error
            raise httpx2.ConnectError(error.sentence, request=request) from None
        token = current_exchange.set(exchange)
        try:
            response = await self._send(request)
        finally:
            current_exchange.reset(token)
        self.status = response.status
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_Capped(response),
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def _checked(self, url: str) -> Exchange:
        origin = read_origin(url)
        self._policy.check_origin(origin)
        if origin.address is not None:
            return Exchange(origin, (origin.host,))
        try:
            async with asyncio.timeout(CONNECT_LIMIT):
                addresses = self._names.known(origin.host) or await self._names.ask(origin.host)
        except (OSError, TimeoutError):
            raise Refused(f"{origin.where} was not reached: its name cannot be resolved.", "name") from None
        self._policy.check_addresses(origin, addresses)
        return Exchange(origin, addresses)

    async def _send(self, request: httpx2.Request) -> httpcore2.Response:
        limits = dict(request.extensions.get("timeout") or {})
        limits["connect"] = min(limits.get("connect") or CONNECT_LIMIT, CONNECT_LIMIT)
        url = request.url
        outgoing = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": limits},
        )
        try:
            return await self._pool.handle_async_request(outgoing)
        except httpcore2.ConnectTimeout as error:
            raise httpx2.ConnectTimeout("there was no connection in time", request=request) from error
        except httpcore2.ConnectError as error:
            raise httpx2.ConnectError("the connection was refused or failed", request=request) from error
        except httpcore2.TimeoutException as error:
            raise httpx2.ReadTimeout("it did not answer in time", request=request) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise httpx2.ReadError("it broke the connection", request=request) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Capped(httpx2.AsyncByteStream):
    """An answer's body that ends with an error where it grows too large."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        stream = self._response.stream
        assert not isinstance(stream, bytes)
        try:
            async for part in stream:  # type: ignore[union-attr]
                seen += len(part)
                if seen > LARGEST_ANSWER:
                    raise httpx2.ReadError(f"the answer is larger than {LARGEST_ANSWER} bytes")
                yield part
        except httpcore2.TimeoutException as error:
            raise httpx2.ReadTimeout("the answer did not end in time") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise httpx2.ReadError("the answer was cut off") from error

    async def aclose(self) -> None:
        await self._response.aclose()


def guarded_client(transport: GuardedTransport, headers: dict[str, str], timeout: float) -> httpx2.AsyncClient:
    """A client whose every request goes through the guard; it follows no redirect by itself."""
    return httpx2.AsyncClient(
        transport=transport,
        headers=headers,
        timeout=httpx2.Timeout(timeout, connect=CONNECT_LIMIT),
        follow_redirects=False,
        trust_env=False,
    )
