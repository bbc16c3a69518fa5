"""Guarded ways to models, one for each workspace and state of its allow-list, closed once others are used instead."""

from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from deskhand.adapters.edge.names import Lookup, Names, system_lookup

if TYPE_CHECKING:
    from deskhand.adapters.edge.httpx_transport import GuardedTransport

MOST = 64
"""Ways that are kept open while nobody uses them."""


class Transports:
    """The ways in use, and idle ones up to a bound."""

    def __init__(self, lookup: Lookup = system_lookup) -> None:
        self._names = Names(lookup)
        self._open: OrderedDict[tuple[str, frozenset[str]], GuardedTransport] = OrderedDict()
        self._users: dict[GuardedTransport, int] = {}

    @asynccontextmanager
    async def used(self, workspace: str, allowed: frozenset[str]) -> "AsyncIterator[GuardedTransport]":
        """The workspace's way, which stays open at least as long as the block."""
        from deskhand.adapters.edge.httpx_transport import GuardedTransport

        key = workspace, allowed
        transport = self._open.get(key)
        if transport is None:
            transport = self._open[key] = GuardedTransport(self._names, allowed)
        self._open.move_to_end(key)
        self._users[transport] = self._users.get(transport, 0) + 1
        try:
            yield transport
        finally:
            self._users[transport] -= 1
            await self._trim()

    async def _trim(self) -> None:
        idle = [key for key, transport in self._open.items() if not self._users.get(transport)]
        for key in idle[: max(len(self._open) - MOST, 0)]:
            await self._closed(self._open.pop(key))

    async def _closed(self, transport: "GuardedTransport") -> None:
        self._users.pop(transport, None)
        await transport.aclose()

    async def close(self) -> None:
        """Close all connections."""
        while self._open:
            await self._closed(self._open.popitem()[1])
        await self._names.close()
