"""What holds for every answer: whom a server on loopback answers, and the headers that protect its page."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.api.errors import ForeignOrigin

PROTECTION = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


ANYWHERE = ("/v1/widget/", "/widget.", "/scripts/")
"""How addresses begin that pages of every origin may use: they take no cookie, and no page gets what is not its own."""
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After, Content-Disposition",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID, X-Deskhand-Name, X-Deskhand-User",
    "Access-Control-Max-Age": "7200",
}
_FOREVER = "public, max-age=31536000, immutable"


def dashboard_policy(nonce: str) -> str:
    """The dashboard's Content-Security-Policy: its styles that are made as it runs carry this number."""
    own = f"style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; object-src 'none'"
    return f"{PROTECTION['Content-Security-Policy']}; {own}"


class Protection:
    """Adds the security headers; answers of the API are kept by nobody, files are asked for again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        kept = _FOREVER if path.startswith("/assets/") else "no-store"

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # the dashboard's page has a policy of its own, and a browser script says how long it may be kept
                for name, value in PROTECTION.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", kept if message["status"] < 400 else "no-store")
            await send(message)

        await self._app(scope, receive, protected)


class CrossOrigin:
    """Lets pages of every origin read what is for them, problems too; credentials are never asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_for_anywhere(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in CORS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, opened)


class Preflight:
    """Answers browsers that ask whether a page of another origin may send a request at all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] == "OPTIONS" and is_for_anywhere(scope["path"])
        if asks and "access-control-request-method" in Headers(scope=scope):
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_for_anywhere(path: str) -> bool:
    """Whether pages of every origin may use this address."""
    return path.startswith(ANYWHERE)


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
            if not is_for_anywhere(scope["path"]) and any(origin.lower() != own for origin in origins):
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
