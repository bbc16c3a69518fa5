"""The demo shop's test rig under `/_test`: faults on purpose, and a list of every call."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.routing import APIRoute
from pydantic import JsonValue
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.demo.shop_faults import Call, Fault, Faults
from deskhand.demo.shop_routes import router

_PREFIX = "/_test"


class Rig:
    """The calls so far and the faults to come."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self._calls: dict[int, Call] = {}
        self._next = 0

    def reset(self) -> None:
        """Forget the calls and the faults."""
        self.faults.reset()
        self._calls.clear()

    def calls(self) -> list[Call]:
        """Every call, in the order of arrival."""
        return list(self._calls.values())

    def arrived(self, call: Call) -> int:
        """The number under which the call is noted."""
        self._next += 1
        self._calls[self._next] = call
        return self._next

    def note(self, number: int, **what: Any) -> None:
        """Add to a call what became of it, unless it was forgotten meanwhile."""
        if number in self._calls:
            self._calls[number] = self._calls[number].model_copy(update=what)


class RigMiddleware:
    """Notes every call to the shop and applies the fault that fits it."""

    def __init__(self, app: ASGIApp, rig: Rig) -> None:
        self._app = app
        self._rig = rig

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one call, well or badly."""
        if scope["type"] != "http" or scope["path"].startswith(_PREFIX):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        fault = self._rig.faults.take(scope)
        number = self._rig.arrived(_call(scope, body, fault))
        answer = await self._answer(number, scope, body, receive, fault)
        if answer is None:
            return
        self._rig.note(number, status=answer.status_code)
        await answer(scope, receive, send)

    async def _answer(
        self, number: int, scope: Scope, body: bytes, receive: Receive, fault: Fault | None
    ) -> Response | None:
        """What to send; None when nobody is there any more to send it to."""
        if fault and fault.kind == "drop_before":
            await _drop(scope, receive)
            return None
        if fault and fault.kind == "status":
            return JSONResponse({"error": "A fault on purpose."}, fault.status or 500, fault.headers)
        answer = await _handled(self._app, scope, body)
        self._rig.note(number, handled=True)
        if fault and fault.kind == "drop_after":
            await _drop(scope, receive)
            return None
        if fault and fault.kind == "delay":
            return answer if await _still_there_after(fault.ms, receive) else None
        return _garbled(answer, fault) if fault else answer


def add_rig(app: FastAPI) -> None:
    """Put the rig around the shop."""
    faults = Faults({route.name: route for route in router.routes if isinstance(route, APIRoute)})
    app.state.test_rig = Rig(faults)
    app.include_router(_rig_router)
    app.add_middleware(RigMiddleware, rig=app.state.test_rig)


_rig_router = APIRouter(prefix=_PREFIX, include_in_schema=False)


@_rig_router.post("/reset")
async def reset(request: Request) -> dict[str, str]:
    """Open the shop afresh: no refunds, keys, calls or faults."""
    state = request.app.state
    state.ledger.reset()
    state.answers.reset()
    state.test_rig.reset()
    return {"status": "reset"}


@_rig_router.get("/calls")
async def calls(request: Request) -> list[Call]:
    """Every call since the start or the last reset."""
    rig: Rig = request.app.state.test_rig
    return rig.calls()


@_rig_router.post("/faults", status_code=201)
async def add_fault(request: Request, fault: Fault) -> Fault:
    """Have a fault happen; 422 for an operation that the shop does not have."""
    faults: Faults = request.app.state.test_rig.faults
    if fault.operation and fault.operation not in faults.operations:
        known = ", ".join(sorted(faults.operations))
        raise HTTPException(422, f"operation: there is no {fault.operation}; there are {known}.")
    faults.add(fault)
    return fault


def _call(scope: Scope, body: bytes, fault: Fault | None) -> Call:
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        body=_read(body),
        idempotency_key=Headers(scope=scope).get("idempotency-key"),
        fault=fault.kind if fault else None,
    )


def _read(body: bytes) -> JsonValue:
    try:
        value: JsonValue = json.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")
    return value


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _handled(app: ASGIApp, scope: Scope, body: bytes) -> Response:
    """What the shop answers, held back."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    answer = Response(b"".join(message.get("body", b"") for message in sent), sent[0]["status"])
    answer.raw_headers = sent[0]["headers"]
    return answer


def _garbled(answer: Response, fault: Fault) -> Response:
    status = fault.status or answer.status_code
    if fault.kind == "html":
        page = "<!doctype html><title>Gateway</title><h1>Something is in the way</h1>"
        return HTMLResponse(page, status, fault.headers)
    half = bytes(answer.body)[: len(answer.body) // 2]
    return Response(half, status, fault.headers, media_type="application/json")


async def _drop(scope: Scope, receive: Receive) -> None:
    scope["state"]["transport"].abort()
    await _gone(receive)


async def _still_there_after(ms: int, receive: Receive) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(ms / 1000):
            await _gone(receive)
            return False
    return True


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
