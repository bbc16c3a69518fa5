"""Sending one request: checked, pinned, once."""

import asyncio

from aiohttp import ClientError, ClientResponse, ClientTimeout
from yarl import URL

from deskhand.adapters.edge.failures import failure
from deskhand.adapters.edge.headers import wire_headers
from deskhand.adapters.edge.names import Names
from deskhand.adapters.edge.pinning import Exchange, current_exchange
from deskhand.adapters.edge.policy import Policy, read_origin
from deskhand.adapters.edge.pools import Pool
from deskhand.adapters.edge.redirects import READS
from deskhand.domain.phrases import phrase
from deskhand.ports.http import OutwardError, OutwardRequest, Refused

_METHODS = READS | {"POST", "PUT", "PATCH", "DELETE"}
_NOT_GUESSED = ("Content-Type",)


class Sender:
    """Sends requests under one policy from one pool."""

    def __init__(self, policy: Policy, names: Names, pool: Pool, connect_limit: ClientTimeout) -> None:
        self._policy = policy
        self._names = names
        self._pool = pool
        self._connect_limit = connect_limit
        self._exchange: Exchange | None = None

    async def send(self, request: OutwardRequest) -> ClientResponse:
        """Send a request, follow nothing, and return the answer with its body unread; raises OutwardError."""
        if request.method not in _METHODS:
            raise Refused(
                phrase(
                    "The method {method!a} is not one of {methods}.",
                    method=request.method,
                    methods=", ".join(sorted(_METHODS)),
                )
            )
        exchange = self._exchange = Exchange(read_origin(request.url))
        headers = wire_headers(request.headers, exchange.origin)
        self._policy.check_origin(exchange.origin)
        reads = request.method in READS
        token = current_exchange.set(exchange)
        try:
            connect_limit = await self._pin(exchange)
            return await self._pool.session(fresh=not (reads or request.idempotent)).request(
                request.method,
                URL(request.url, encoded=True),
                headers=headers,
                data=request.body or None,
                skip_auto_headers=None if reads else _NOT_GUESSED,
                allow_redirects=False,
                timeout=connect_limit,
            )
        except (ClientError, OSError) as error:
            failed = failure(error, exchange)
        finally:
            current_exchange.reset(token)
        # Outside the handler: aiohttp's errors hold the request's headers and must not come along as context.
        raise failed

    def late(self) -> OutwardError:
        """What it means that the total limit struck while a request was being sent."""
        assert self._exchange is not None
        return failure(TimeoutError(), self._exchange)

    async def _pin(self, exchange: Exchange) -> ClientTimeout:
        """Check all addresses of the host and pin the exchange to them; returns what is left for connecting."""
        origin = exchange.origin
        if origin.address is not None:
            exchange.addresses = (origin.host,)
            return self._connect_limit
        left = self._connect_limit
        addresses = self._names.known(origin.host)
        if addresses is None:
            loop = asyncio.get_running_loop()
            started = loop.time()
            async with asyncio.timeout(left.connect):
                addresses = await self._names.ask(origin.host)
            left = connect_within((left.connect or 0) - (loop.time() - started))
        self._policy.check_addresses(origin, addresses)
        exchange.addresses = addresses
        return left


def connect_within(seconds: float) -> ClientTimeout:
    """The limit for getting a connection, exact and not rounded up to whole seconds."""
    seconds = max(seconds, 0.001)
    return ClientTimeout(connect=seconds, ceil_threshold=seconds)
