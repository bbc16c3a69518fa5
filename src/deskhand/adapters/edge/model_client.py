"""A client for models' own libraries: it goes to the model's address alone, with no headers but those that are meant.

Those libraries read variables of the environment, among them headers and organisations: none of that gets out.
"""

import httpx2

from deskhand.adapters.edge.httpx_transport import CONNECT_LIMIT, GuardedTransport
from deskhand.ports.http import Refused

_PLAIN = frozenset({"accept", "content-type", "content-length", "transfer-encoding", "host"})
_NAMED = "anthropic-"
"""How headers begin that say which form of an interface is spoken."""


class _Meant(httpx2.AsyncBaseTransport):
    """Lets requests through that go where the model is, with its own credential in place of any other."""

    def __init__(self, transport: GuardedTransport, base_url: str, credential: dict[str, str]) -> None:
        self._transport = transport
        self._base = httpx2.URL(base_url)
        self._credential = credential

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send what goes to the model. Raises Refused for anything else."""
        there, base = request.url, self._base
        same = (there.scheme, there.host, there.port) == (base.scheme, base.host, base.port)
        if not same or not there.path.startswith(base.path.rstrip("/") + "/"):
            raise Refused("The request does not go to the model's address. Nothing was sent.")
        kept = [
            (name, value)
            for name, value in request.headers.multi_items()
            if name.lower() in _PLAIN or name.lower().startswith(_NAMED)
        ]
        request.headers = httpx2.Headers([*kept, ("user-agent", "deskhand"), *self._credential.items()])
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        """The connections are the workspace's and stay open."""


def model_client(
    transport: GuardedTransport, base_url: str, credential: dict[str, str], timeout: float
) -> httpx2.AsyncClient:
    """A client for one model. credential: headers with the key; timeout: seconds without a byte."""
    return httpx2.AsyncClient(
        transport=_Meant(transport, base_url, credential),
        timeout=httpx2.Timeout(timeout, connect=min(timeout, CONNECT_LIMIT)),
        follow_redirects=False,
        trust_env=False,
    )
