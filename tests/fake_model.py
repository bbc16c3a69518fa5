"""A server on loopback that speaks OpenAI's chat completions and embeddings, and Anthropic's messages, as scripted.

    async with FakeModel.running() as fake:
        fake.say(calls({"kind": "start_procedure", "procedure": "refund", "values": {}}))
        ...  # a model with base_url=fake.url, and `fake.host` on the allow-list

What was said is used up one after the other; then `fake.otherwise` answers, which may look at the request.
"""

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = "sk-test-0123456789abcdef"
MODEL = "fake-1"
PIECE = 7
"""Characters of one piece of a stream."""


@dataclass(frozen=True)
class Reply:
    """What the server does with one request."""

    call: str | None = None
    """The arguments of the tool's call, as they are sent."""
    words: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "no"
    finish: str | None = None
    refusal: str | None = None
    usage: bool = True
    hangs: bool = False
    """Whether it never answers."""
    stalls: bool = False
    """Whether it sends half of the answer and then nothing more."""
    pauses: bool = False
    """Whether it sends half of the answer, and the rest once `fake.goes_on` is set."""
    resets: bool = False
    """Whether it breaks the connection off before it answers."""
    cuts: bool = False
    """Whether it breaks the connection off in the middle of the answer."""


def calls(*commands: dict[str, Any], answer: dict[str, Any] | None = None, **fields: Any) -> Reply:
    """A call of the tool with these commands."""
    given: dict[str, Any] = {"commands": list(commands)}
    return Reply(call=json.dumps(given if answer is None else {**given, "answer": answer}), **fields)


def words(text: str, **fields: Any) -> Reply:
    """Plain words."""
    return Reply(words=text, **fields)


def trouble(status: int, error: str = "no", **headers: str) -> Reply:
    """An error's status."""
    return Reply(status=status, error=error, headers={name.replace("_", "-"): value for name, value in headers.items()})


Answering = Callable[[dict[str, Any]], Reply]


class FakeModel:
    """The server; it remembers every request with its headers."""

    def __init__(self) -> None:
        self.port = 0
        self.key: str | None = KEY
        self.replies: deque[Reply] = deque()
        self.otherwise: Answering = lambda _: calls()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.embedded: list[list[str]] = []
        self.meaning: Callable[[str], list[float]] = vector
        self.closing = asyncio.Event()
        self.goes_on = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def host(self) -> str:
        """Its entry of an allow-list."""
        return f"127.0.0.1:{self.port}"

    def say(self, *replies: Reply) -> None:
        """Answer the next requests like this."""
        self.replies.extend(replies)

    def prompt(self, at: int = -1) -> str:
        """The whole prompt of a request."""
        return "\n".join(str(one["content"]) for one in self.requests[at]["messages"])

    def told(self, at: int = -1) -> dict[str, Any]:
        """The JSON of a request's user message."""
        [told] = [one["content"] for one in self.requests[at]["messages"] if one["role"] == "user"]
        found: dict[str, Any] = json.loads(told if isinstance(told, str) else told[0]["text"])
        return found

    @classmethod
    @asynccontextmanager
    async def running(cls) -> "AsyncIterator[FakeModel]":
        """A server for as long as the block."""
        fake = cls()
        app = web.Application(client_max_size=1 << 26)
        app.router.add_post("/v1/chat/completions", fake._chat)
        app.router.add_post("/v1/embeddings", fake._embeddings)
        app.router.add_post("/v1/messages", fake._messages)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        fake.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        try:
            yield fake
        finally:
            fake.closing.set()
            await runner.cleanup()

    def _opened(self, request: web.Request) -> web.Response | None:
        """The refusal of a wrong key."""
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        given = request.headers.get("x-api-key") or request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.key is None or given == self.key:
            return None
        return web.json_response({"error": {"message": f"Incorrect API key provided: {given}"}}, status=401)

    async def _reply(self, request: web.Request) -> Reply:
        asked = await request.json()
        self.requests.append(asked)
        reply = self.replies.popleft() if self.replies else self.otherwise(asked)
        if reply.hangs:
            await self.closing.wait()
        if reply.hangs or reply.resets:
            _break(request)
        return reply

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        refused = self._opened(request)
        if refused is not None:
            return refused
        reply = await self._reply(request)
        if reply.status != 200:
            error = {"error": {"message": reply.error, "type": "error"}}
            return web.json_response(error, status=reply.status, headers=reply.headers)
        asked = self.requests[-1]
        if asked.get("stream"):
            return await _streamed(request, reply, self)
        return web.json_response(_whole(reply))

    async def _embeddings(self, request: web.Request) -> web.Response:
        refused = self._opened(request)
        if refused is not None:
            return refused
        asked = await request.json()
        self.embedded.append(asked["input"])
        if self.replies:
            reply = self.replies.popleft()
            if reply.status != 200:
                return web.json_response({"error": {"message": reply.error}}, status=reply.status)
            return web.Response(text=reply.words, content_type="application/json")
        data = [{"index": at, "embedding": self.meaning(text)} for at, text in enumerate(asked["input"])]
        data.reverse()  # the order is said by the index alone
        return web.json_response({"data": data, "model": asked["model"], "usage": {"prompt_tokens": 11}})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        """Anthropic's form."""
        refused = self._opened(request)
        if refused is not None:
            return refused
        reply = await self._reply(request)
        block: dict[str, Any] = {"type": "text", "text": ""}
        delta, pieces = "text_delta", reply.words or ""
        if reply.call is not None:
            block = {"type": "tool_use", "id": "toolu_1", "name": _tool(self.requests[-1]), "input": {}}
            delta, pieces = "input_json_delta", reply.call
        key = "text" if delta == "text_delta" else "partial_json"
        usage = {"input_tokens": 100, "output_tokens": 1}
        message = {
            "id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": [], "usage": usage,
            "stop_reason": None, "stop_sequence": None,
        }  # fmt: skip
        events = [
            {"type": "message_start", "message": message},
            {"type": "content_block_start", "index": 0, "content_block": block},
            *(
                {"type": "content_block_delta", "index": 0, "delta": {"type": delta, key: pieces[at : at + PIECE]}}
                for at in range(0, len(pieces), PIECE)
            ),
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 20}},
            {"type": "message_stop"},
        ]
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        for event in events:
            await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        return response


def vector(text: str) -> list[float]:
    """What the server makes of a text: always the same."""
    return [byte / 255 for byte in hashlib.sha256(text.encode()).digest()[:8]]


def _tool(asked: dict[str, Any]) -> str:
    tool = asked["tools"][0]
    return str(tool.get("function", tool)["name"])


def _break(request: web.Request) -> None:
    """Break the connection off, unless who asked has done so already."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError  # there is nobody to answer


def _delta(reply: Reply, piece: str, first: bool) -> dict[str, Any]:
    if reply.call is None:
        return {"role": "assistant", "content": piece}
    call: dict[str, Any] = {"index": 0, "function": {"arguments": piece}}
    if first:
        call |= {"id": "call_1", "type": "function", "function": {"name": "respond", "arguments": piece}}
    return {"role": "assistant", "tool_calls": [call]}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
    return f"data: {json.dumps(whole)}\n\n".encode()


async def _streamed(request: web.Request, reply: Reply, fake: FakeModel) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    text = reply.call if reply.call is not None else reply.words or ""
    size = PIECE if len(text) < 10_000 else 10_000
    pieces = [text[at : at + size] for at in range(0, len(text), size)] or [""]
    if reply.refusal is not None:
        await response.write(_chunk({"role": "assistant", "refusal": reply.refusal}))
        pieces = []
    for at, piece in enumerate(pieces):
        if at > len(pieces) // 2 and (reply.stalls or reply.cuts):
            if reply.stalls:
                await fake.closing.wait()
            _break(request)
            return response
        if at > len(pieces) // 2 and reply.pauses:
            await fake.goes_on.wait()
        try:
            await response.write(_chunk(_delta(reply, piece, at == 0)))
        except ConnectionError:  # who asked has had enough
            return response
    finish = reply.finish or ("stop" if reply.call is None else "tool_calls")
    await response.write(_chunk({}, finish))
    if reply.usage:
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        whole = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": MODEL,
            "choices": [],
            "usage": usage,
        }
        await response.write(f"data: {json.dumps(whole)}\n\n".encode())
    await response.write(b"data: [DONE]\n\n")
    return response


def _whole(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.words}
    if reply.call is not None:
        function = {"name": "respond", "arguments": reply.call}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish or "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }  # fmt: skip
