"""Connections go only to the addresses that were checked for the very request that opens them."""

import errno
import socket
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from aiohttp import AddrInfoType, ClientRequest, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from deskhand.adapters.edge.addresses import read_address
from deskhand.adapters.edge.policy import Origin


@dataclass(slots=True)
class Exchange:
    """One request on its way out."""

    origin: Origin
    addresses: Sequence[str] = ()
    """Where it may connect to: all checked."""
    connected: bool = False
    """Whether it got a connection: from here on the request may have been written."""


current_exchange: ContextVar[Exchange] = ContextVar("current_exchange")
"""The request that the running task sends. In a context variable because aiohttp's hooks see only addresses."""


class NotChecked(OSError):
    """A connection was asked for to an address that nobody checked."""

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, f"{address} was not checked")


class PinnedResolver(AbstractResolver):
    """Answers with the addresses that were checked, and never resolves anything."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in _checked(host)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def open_checked_socket(info: AddrInfoType) -> socket.socket:
    """A socket for an address that was checked; sees literal addresses too, of which no resolver is asked."""
    family, kind, protocol, _, (address, *_) = info
    if read_address(str(address)) not in map(read_address, _checked(str(address))):
        raise NotChecked(str(address))
    return socket.socket(family, kind, protocol)


def _checked(host: str) -> Sequence[str]:
    exchange = current_exchange.get(None)
    if exchange is None or not exchange.addresses:
        raise NotChecked(host)
    return exchange.addresses


class PinnedConnector(TCPConnector):
    """Notes on the exchange when it has its connection: what fails before was not sent."""

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: ClientTimeout) -> Connection:
        connection = await super().connect(req, traces, timeout)
        current_exchange.get().connected = True
        return connection
