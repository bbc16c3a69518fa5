"""Streams (SSE): a conversation's entries as they are committed, and hints for the whole workspace."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Send

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Entry
from deskhand.api.errors import Unauthenticated
from deskhand.api.models import LARGEST_SEQ, After, ConversationId, Shown

router = APIRouter(prefix="/v1", tags=["Streams"], route_class=KeyedRoute)

HEARTBEAT = 15.0
"""Seconds after which a stream that has nothing to tell says that it is alive, and looks its key up again."""
AT_ONCE = 200
_ALIVE = format_sse_event(data_str=None, comment="alive")

LastEventId = Annotated[
    int | None,
    Header(ge=0, le=LARGEST_SEQ, description="The `seq` of the last entry that came; it goes before `after`."),
]
Chunks = AsyncGenerator[bytes, None]


class Hint(Shown):
    """Something was committed in a conversation: fetch it."""

    conversation: str
    seq: int


class Writing(Shown):
    """What the agent is writing: its words so far, whole; the entry that follows takes their place."""

    text: str


class Stream(StreamingResponse):
    """An answer that goes on until the client leaves, the key is revoked or the server stops.

    Not FastAPI's own: that one leaves its generator open, and complains, where a client leaves in the middle.
    """

    media_type = "text/event-stream"

    def __init__(self, chunks: Chunks) -> None:
        super().__init__(chunks, headers={"X-Accel-Buffering": "no"})
        self._chunks = chunks

    async def stream_response(self, send: Send) -> None:
        """Send what comes; a client that leaves in the middle ends the generator here and now."""
        async with aclosing(self._chunks):
            await super().stream_response(send)


async def _existing(who: Member, id: ConversationId) -> str:
    """The conversation, looked up before the answer begins."""
    return (await who.services.stores.conversations.get(who.workspace, id)).id


async def _heartbeat(request: Request) -> float:
    seconds: float = request.app.state.heartbeat
    return seconds


Existing = Annotated[str, Depends(_existing)]
Heartbeat = Annotated[float, Depends(_heartbeat)]


@router.get("/conversations/{id}/events", response_class=Stream, status_code=200, summary="Follow a conversation")
async def follow_conversation(
    who: Member,
    conversation: Existing,
    heartbeat: Heartbeat,
    after: After = 0,
    last_event_id: LastEventId = None,
) -> Stream:
    """Every entry once and in order, the past ones first: `event: entry`, with its `seq` as `id`.

    While the agent writes, `event: writing` tells its words so far; it has no `id`.
    """
    return Stream(_entries(who, conversation, heartbeat, after if last_event_id is None else last_event_id))


@router.get("/events", response_class=Stream, status_code=200, summary="Follow the workspace")
async def follow_workspace(who: Member, heartbeat: Heartbeat) -> Stream:
    """Hints, `event: changed`: which conversation has something new. After a break, fetch what is shown anew."""
    return Stream(_hints(who, heartbeat))


async def _entries(who: Caller, conversation: str, heartbeat: float, seq: int) -> Chunks:
    store, shown = who.services.stores.conversations, None
    # listen first, then read: what is committed in between is found by the next look
    async with who.services.streams.listen(who.workspace, conversation) as listener:
        while await _goes_on(who):
            listener.clear()
            while entries := await store.entries(who.workspace, conversation, seq, AT_ONCE):
                for row in entries:
                    yield _event("entry", Entry.model_validate(row), str(row.seq))
                seq = entries[-1].seq
            written = who.services.streams.written(who.workspace, conversation)
            if written is not None and written != shown:
                yield _event("writing", Writing(text=written))
            shown = written
            if not await _woken(listener, heartbeat):
                yield _ALIVE


async def _hints(who: Caller, heartbeat: float) -> Chunks:
    store = who.services.stores.conversations
    async with who.services.streams.listen(who.workspace) as listener:
        yield _ALIVE  # from here on nothing is missed
        while await _goes_on(who):
            for conversation in listener.take():
                row = await store.get(who.workspace, conversation)
                yield _event("changed", Hint(conversation=conversation, seq=row.seq))
            if not await _woken(listener, heartbeat):
                yield _ALIVE


def _event(kind: str, data: Shown, id: str | None = None) -> bytes:
    return format_sse_event(data_str=data.model_dump_json(), event=kind, id=id)


async def _goes_on(who: Caller) -> bool:
    """Whether the stream may go on: the server does not stop, and the key is still valid."""
    if who.services.streams.closed:
        return False
    try:
        await who.keys.authenticate(who.authorization)
    except Unauthenticated:
        return False
    return True


async def _woken(listener: asyncio.Event, heartbeat: float) -> bool:
    """Wait for news; False where there was none for a heartbeat."""
    try:
        async with asyncio.timeout(heartbeat):
            await listener.wait()
    except TimeoutError:
        return False
    return True
