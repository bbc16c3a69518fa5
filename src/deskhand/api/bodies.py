"""Request bodies: bounded, JSON only, and free of what nothing further in could hold."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.api.auth import identify
from deskhand.api.errors import NotJson, TooLarge
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import Unreadable, read_json

LARGEST = 1024 * 1024
"""Bytes that a request's body may have."""
LARGER = {"/v1/import/openapi": 24 * LARGEST, "/v1/import/openapi/operations": 24 * LARGEST}
"""The same for addresses that take whole API descriptions."""
LARGEST_SOURCE = 16 * LARGEST
"""The same for a source, which may be a PDF in base64."""
LARGEST_FILE = 10 * LARGEST
"""The same for a file that a visitor or a member sends."""
LET_THROUGH = 32 * 1024 * 1024
"""Bytes up to which a body that is refused is still read, and dropped."""


class BodyLimit:
    """Refuses bodies that are too large: by what they announce, and by what really comes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = _most(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > most:
            if int(announced[:20]) <= LET_THROUGH and "expect" not in Headers(scope=scope):
                await _let_through(receive)
            raise TooLarge(most)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLarge(most)
            return message

        await self._app(scope, counted, send)


def _most(path: str) -> int:
    """The bytes that a body for this address may have."""
    if path.startswith(("/v1/widget/conversations/", "/v1/conversations/")) and path.endswith("/attachments"):
        return LARGEST_FILE
    return LARGEST_SOURCE if path.startswith("/v1/sources/") else LARGER.get(path, LARGEST)


async def _let_through(receive: Receive) -> None:
    """Let the sender finish: many look for an answer only then, and would find a broken connection instead."""
    while (await receive()).get("more_body", False):
        pass


class _JsonRequest(Request):
    """A request whose body was read already."""

    parsed: Any = None

    async def json(self) -> Any:
        return self.parsed


class OpenRoute(APIRoute):
    """A route that reads JSON with care."""

    reads_json = True
    """Whether bodies are JSON; else the route's function reads them."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        # operations are called what their functions are, also where the application does not include their router
        super().__init__(path, endpoint, **{**more, "generate_unique_id_function": lambda route: route.name})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the body read before it."""
        handle = super().get_route_handler()

        async def careful(request: Request) -> Response:
            await self.admit(request)
            if self.reads_json and request.method in ("POST", "PUT", "PATCH"):
                request = await _with_json(request)
                await self.admit_again(request)
            return await handle(request)

        return careful

    async def admit(self, request: Request) -> None:
        """Let the request in, before its body is read."""

    async def admit_again(self, request: Request) -> None:
        """The same after its body was read, which its sender may have held back until nobody would let them in."""


class KeyedRoute(OpenRoute):
    """A route that takes an API key."""

    async def admit(self, request: Request) -> None:
        """Find out who is calling. Raises Unauthenticated."""
        request.state.caller = await identify(request)

    async def admit_again(self, request: Request) -> None:
        """Find out whether the caller is still who it was. Raises Unauthenticated."""
        await self.admit(request)


class KeyedFileRoute(KeyedRoute):
    """The same for files."""

    reads_json = False


async def _with_json(request: Request) -> Request:
    """The request with its body parsed. Raises NotJson, Unreadable or TooLarge."""
    careful = _JsonRequest(request.scope, request.receive)
    body = await careful.body()
    if not body:
        return careful
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise NotJson
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(phrase("The request's body is not UTF-8 (at byte {start}).", start=error.start)) from None
    try:
        careful.parsed = read_json(text)
    except Unreadable as error:
        raise Unreadable(phrase("The request's body cannot be read: {why}.", why=error.sentence)) from None
    return careful
