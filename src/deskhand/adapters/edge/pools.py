"""Connection pools, one for each workspace and state of its allow-list; nothing is shared between them."""

import ssl
from collections import OrderedDict

from aiohttp import ClientSession, DummyCookieJar

from deskhand.adapters.edge.headers import EVERY_REQUEST
from deskhand.adapters.edge.pinning import PinnedConnector, PinnedResolver, open_checked_socket
from deskhand.ports.http import NotSent

_CONNECTIONS = 256
"""Connections that one pool holds open at once; further calls wait for one within the connect limit."""


class Pool:
    """The connections of one workspace under one allow-list: a changed list never meets an older connection."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self.users = 0
        self._closed = False
        self._tls = tls
        self._sessions: dict[bool, ClientSession] = {}

    def session(self, *, fresh: bool) -> ClientSession:
        """Where to send from: with kept connections, or with one made for the call and closed after it.

        Raises NotSent once the pool is closed.
        """
        if self._closed:
            raise _closing()
        session = self._sessions.get(fresh)
        if session is None:
            session = self._sessions[fresh] = self._open(fresh)
        return session

    def _open(self, fresh: bool) -> ClientSession:
        connector = PinnedConnector(
            resolver=PinnedResolver(),
            use_dns_cache=False,  # the cache would hand one request's checked addresses to another
            socket_factory=open_checked_socket,
            ssl=self._tls or True,
            force_close=fresh,
            limit=_CONNECTIONS,
        )
        session = ClientSession(
            connector=connector,
            headers=EVERY_REQUEST,
            cookie_jar=DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
        )
        # There is no public switch, and left on, it repeats PUT and DELETE when a kept connection drops.
        if session._retry_connection is not True:
            raise RuntimeError("aiohttp's switch for repeating requests is gone; find its successor")
        session._retry_connection = False
        return session

    async def close(self) -> None:
        self._closed = True
        for session in self._sessions.values():
            await session.close()


def _closing() -> NotSent:
    return NotSent("Deskhand is shutting down. Nothing was sent.")


class Pools:
    """The pools in use, and idle ones up to a bound."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, most: int = 256) -> None:
        self._tls = tls
        self._most = most
        self._closed = False
        self._pools: OrderedDict[tuple[str, frozenset[str]], Pool] = OrderedDict()

    @property
    def crowded(self) -> bool:
        """Whether there are more than the bound, and `trim` has something to do."""
        return len(self._pools) > self._most

    def take(self, workspace: str, allowed: frozenset[str]) -> Pool:
        """The workspace's pool, counted as in use until it is given back; raises NotSent after closing."""
        if self._closed:
            raise _closing()
        key = (workspace, allowed)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(self._tls)
        self._pools.move_to_end(key)
        pool.users += 1
        return pool

    @staticmethod
    def give_back(pool: Pool) -> None:
        """One user fewer."""
        pool.users -= 1

    async def trim(self) -> None:
        """Close idle pools beyond the bound, the longest unused first; one in use is never closed for this."""
        idle = [key for key, pool in self._pools.items() if not pool.users]
        surplus = [self._pools.pop(key) for key in idle[: max(len(self._pools) - self._most, 0)]]
        for pool in surplus:
            await pool.close()

    async def close(self) -> None:
        """Close every pool, those in use too, for good."""
        self._closed = True
        pools = list(self._pools.values())
        self._pools.clear()
        for pool in pools:
            await pool.close()
