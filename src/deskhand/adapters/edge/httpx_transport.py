"""The guarded way out for libraries that bring their own protocol over httpx2: MCP servers, and models later.

The same policy as for actions, asked for every request before the pool; connections go only to addresses that were
checked for that request, and no two workspaces share a pool.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore2
import httpx2
from httpcore2 import AnyIOBackend

from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.adapters.edge.attempts import Attempt, current_attempt
from deskhand.adapters.edge.names import Names
from deskhand.adapters.edge.pinning import Exchange, current_exchange
from deskhand.adapters.edge.policy import Policy, read_origin
from deskhand.domain.phrases import phrase
from deskhand.ports.http import Cause, NotSent, OutwardError

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
    """Sends one workspace's requests, and notes on the current attempt what became of them.

    It never raises: a library that keeps many requests under way may end all of them where one of them raises. What
    came to no answer is answered here, with 503.
    """

    def __init__(self, names: Names, allowed: frozenset[str]) -> None:
        self._names = names
        self._policy = Policy(parse_allow_list(allowed))
        self._pool = httpcore2.AsyncConnectionPool(
            network_backend=PinnedBackend(), max_connections=32, keepalive_expiry=30.0, retries=0
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, pin and send."""
        waited_for = current_attempt()
        if request.method == "GET" and (waited_for.over or "last-event-id" not in request.headers):
            # an answer that broke off is taken up again while somebody waits; no stream is kept open for nothing
            return httpx2.Response(405)
        attempt = waited_for.sending() if request.method == "POST" else Attempt()
        try:
            exchange = await self._checked(str(request.url))
            response = await self._send(request, exchange, attempt)
        except OutwardError as error:
            attempt.stopped = error
            return httpx2.Response(503)
        if response is None:
            return httpx2.Response(503)
        attempt.status = response.status
        if _is_compressed(response):
            await response.aclose()
            attempt.broke = phrase("compressed its answer, which was not asked for")
            return httpx2.Response(503)
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_Capped(response, attempt, waited_for),
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
            why = phrase("its name cannot be resolved")
            raise NotSent(
                phrase("{where} was not reached: {why}. Nothing was sent.", where=origin.where, why=why), "name"
            ) from None
        self._policy.check_addresses(origin, addresses)
        return Exchange(origin, addresses)

    async def _send(self, request: httpx2.Request, exchange: Exchange, attempt: Attempt) -> httpcore2.Response | None:
        """The answer, or None where the exchange broke. Raises NotSent."""
        token = current_exchange.set(exchange)
        before, attempt.reached = attempt.reached, True
        try:
            return await self._pool.handle_async_request(_outgoing(request))
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout, httpcore2.PoolTimeout) as error:
            attempt.reached = before
            why, cause = _why_not_reached(error)
            raise NotSent(
                phrase("{where} was not reached: {why}. Nothing was sent.", where=exchange.origin.where, why=why), cause
            ) from None
        except httpcore2.TimeoutException:
            attempt.broke = phrase("did not answer in time")
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            attempt.broke = phrase("broke the connection before it answered")
        finally:
            current_exchange.reset(token)
        return None

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _outgoing(request: httpx2.Request) -> httpcore2.Request:
    limits = dict(request.extensions.get("timeout") or {})
    limits["connect"] = min(limits.get("connect") or CONNECT_LIMIT, CONNECT_LIMIT)
    # an answer that is not compressed cannot grow behind the cap
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"accept-encoding"]
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[*headers, (b"Accept-Encoding", b"identity")],
        content=request.stream,
        extensions={"timeout": limits},
    )


def _is_compressed(response: httpcore2.Response) -> bool:
    encodings = [value for name, value in response.headers if name.lower() == b"content-encoding"]
    return any(value.strip().lower() not in (b"", b"identity") for value in encodings)


def _why_not_reached(error: Exception) -> tuple[str, Cause]:
    chain, causes = error.__cause__ or error.__context__, []
    while chain is not None and chain not in causes:
        causes.append(chain)
        chain = chain.__cause__ or chain.__context__
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return phrase("its TLS certificate is not valid, or it speaks no TLS there"), "tls"
    if isinstance(error, httpcore2.TimeoutException):
        return phrase("there was no connection in time"), "timeout"
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return phrase("the connection was refused"), "refused"
    return phrase("the connection failed"), "broken"


class _Capped(httpx2.AsyncByteStream):
    """An answer's body, which ends early where it breaks, grows too large, or nobody waits for it any more."""

    def __init__(self, response: httpcore2.Response, attempt: Attempt, waited_for: Attempt) -> None:
        self._response = response
        self._attempt = attempt
        self._waited_for = waited_for

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        stream = self._response.stream
        assert not isinstance(stream, bytes)
        try:
            async for part in stream:  # type: ignore[union-attr]
                seen += len(part)
                if seen > LARGEST_ANSWER:
                    self._attempt.broke = phrase("answered with more than {most:,} bytes", most=LARGEST_ANSWER)
                if self._attempt.broke or self._waited_for.over:
                    return
                yield part
        except httpcore2.TimeoutException:
            self._attempt.broke = phrase("did not end its answer in time")
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            self._attempt.broke = phrase("cut its answer off")

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
