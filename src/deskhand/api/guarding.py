"""What holds for every answer: whom a server on loopback answers, and the headers that protect its page."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.api.errors import ForeignOrigin

PROTECTION = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Protection:
    """Adds the security headers; answers of the API are kept by nobody, files are asked for again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_file = scope["path"] == "/" or scope["path"].startswith("/static/")

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(PROTECTION)
                # a browser script says itself how long it may be kept
                headers.setdefault("Cache-Control", "no-cache" if is_file else "no-store")
            await send(message)

        await self._app(scope, receive, protected)


class LoopbackOnly:
    """Answers only requests that are meant for this machine, and pages only if they are its own.

    A foreign page whose name was made to point here (DNS rebinding) gives itself away by its Host or Origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            hosts, origins = headers.getlist("host"), headers.getlist("origin")
            if len(hosts) != 1 or not is_loopback(hosts[0]):
                raise ForeignOrigin
            own = f"{scope['scheme']}://{hosts[0].lower()}"
            # a script's module is for the page that the customer is on, and holds nothing that is anybody's
            if not scope["path"].startswith("/scripts/") and any(origin.lower() != own for origin in origins):
                raise ForeignOrigin("This server takes requests from its own page only, not from other origins.")
        await self._app(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Whether a Host header, with or without port, names this machine."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.netloc != host or parts.username is not None or parts.path:
        return False
    if name.rstrip(".") == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
