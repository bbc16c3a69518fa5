"""The guarded way out for actions: the port `Http` over aiohttp."""

import ssl

from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.adapters.edge.call import Call
from deskhand.adapters.edge.names import Lookup, Names, system_lookup
from deskhand.adapters.edge.policy import Policy
from deskhand.adapters.edge.pools import Pools
from deskhand.adapters.edge.sending import Sender, connect_within
from deskhand.ports.http import Answer, OutwardRequest

TOTAL_LIMIT = 120.0
CONNECT_LIMIT = 10.0
BODY_CAP = 1024 * 1024


class EdgeHttp:
    """Sends requests, each checked against its workspace's policy, from pools that no two workspaces share.

    lookup: how names are resolved. tls: certificates to trust instead of the machine's. connect_limit: seconds
    for resolving and connecting together. body_cap: bytes of a decompressed body. most_pools: pools kept open.
    """

    def __init__(
        self,
        *,
        lookup: Lookup = system_lookup,
        tls: ssl.SSLContext | None = None,
        connect_limit: float = CONNECT_LIMIT,
        body_cap: int = BODY_CAP,
        most_pools: int = 256,
    ) -> None:
        self._names = Names(lookup)
        self._pools = Pools(tls, most=most_pools)
        self._connect_limit = connect_within(connect_limit)
        self._body_cap = body_cap

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        """Send one request, once; see the port `Http`."""
        policy = Policy(parse_allow_list(allowed))
        # Not a context manager: a generator held across the call costs a tenth of a busy reading call.
        pool = self._pools.take(workspace, allowed)
        try:
            if self._pools.crowded:
                await self._pools.trim()
            sender = Sender(policy, self._names, pool, self._connect_limit)
            return await Call(sender, request, request.largest or self._body_cap).run(min(request.timeout, TOTAL_LIMIT))
        finally:
            self._pools.give_back(pool)

    async def close(self) -> None:
        """Close all pooled connections, for good; calls under way end as not sent or unknown."""
        await self._names.close()
        await self._pools.close()
