"""Streams (SSE): a conversation's entries as they are committed, and hints for the whole workspace."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import format_sse_event
from pydantic import Field
from starlette.responses import StreamingResponse
from starlette.types import Send

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Entry
from deskhand.api.handling import Somebody, people
from deskhand.api.models import LARGEST_SEQ, After, ConversationId, Shown
from deskhand.application.services import Services
from deskhand.ports.turns import Entry as Row

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


class Noticed(Shown):
    """Something that a step with `approval: notify` did, or that members have to know of at once."""

    seq: int = Field(description="The entry that tells it.")
    run: str | None
    description: str


class Hint(Shown):
    """Something was committed in a conversation: fetch it."""

    conversation: str
    seq: int
    approvals: bool = Field(default=False, description="Whether an approval was asked for, edited, or is over.")
    notified: list[Noticed] = Field(default=[], description="What members are told of as it happens.")


class Writing(Shown):
    """What the agent is writing: its words so far, whole; the entry that follows takes their place."""

    text: str


class Typing(Shown):
    """Which members are writing to the customer; nobody where the list is empty."""

    by: list[str]


class PresenceHint(Shown):
    """Who looks at a conversation and who types in it, from now on."""

    conversation: str
    people: list[Somebody]


class Stream(StreamingResponse):
    """An answer that goes on until the client leaves, the key or the session ends, or the server stops.

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

    While the agent writes, `event: writing` tells its words so far, and `event: typing` which members are typing;
    neither has an `id`.
    """
    followed = Followed(who.services, who.workspace, conversation, heartbeat, who.still_there, Entry.model_validate)
    return Stream(follow(followed, after if last_event_id is None else last_event_id))


@router.get("/events", response_class=Stream, status_code=200, summary="Follow the workspace")
async def follow_workspace(who: Member, heartbeat: Heartbeat) -> Stream:
    """Hints, `event: changed`: which conversation has something new. After a break, fetch what is shown anew.

    `event: presence` tells who looks at a conversation and who is typing.
    """
    return Stream(_hints(who, heartbeat))


@dataclass(frozen=True, slots=True)
class Followed:
    """A conversation that somebody follows, and what they may see of it."""

    services: Services
    workspace: str
    conversation: str
    heartbeat: float
    still_there: Callable[[], Awaitable[bool]]
    """Whether whoever follows may still do so; asked again and again."""
    shown: Callable[[Row], Shown | None]
    """An entry as they see it; None for one that is not for them."""
    besides: Callable[[], Awaitable[tuple[str, Shown] | None]] | None = None
    """Gives what else there is to tell, as an event's kind and data; asked whenever something may have changed."""


async def follow(of: Followed, seq: int) -> Chunks:
    """Everything from an entry on, once and in order."""
    streams, place = of.services.streams, (of.workspace, of.conversation)
    shown, typing = None, list[str]()
    # listen first, then read: what is committed in between is found by the next look
    async with streams.listen(*place) as listener:
        while not streams.closed and await of.still_there():
            listener.clear()
            while rows := await of.services.stores.conversations.entries(*place, seq, AT_ONCE):
                if not await of.still_there():  # it may have become somebody else's with what was just read
                    return
                for row in rows:
                    entry = of.shown(row)
                    if entry is not None:
                        yield _event("entry", entry, str(row.seq))
                seq = rows[-1].seq
            written = streams.written(*place)
            if written is not None and written != shown:
                yield _event("writing", Writing(text=written))
            shown = written
            now_typing = of.services.presence.typing(*place)
            if now_typing != typing:
                yield _event("typing", Typing(by=now_typing))
            typing = now_typing
            told = await of.besides() if of.besides else None
            if told is not None:
                yield _event(*told)
            if not await _woken(listener, heartbeat=of.heartbeat):
                yield _ALIVE


async def _hints(who: Caller, heartbeat: float) -> Chunks:
    store = who.services.stores.conversations
    async with who.services.streams.listen(who.workspace) as listener:
        yield _ALIVE  # from here on nothing is missed
        while await _goes_on(who):
            if who.member is not None:
                await who.services.attendance.here(who.workspace)
            for conversation in listener.take():
                row = await store.get(who.workspace, conversation)
                news = listener.take_news(conversation)
                notices = [Noticed.model_validate(one) for one in news.notices]
                told = Hint(conversation=conversation, seq=row.seq, approvals=news.approvals, notified=notices)
                yield _event("changed", told)
            for conversation in listener.take_presence():
                present = people(who.services.presence.present(who.workspace, conversation))
                yield _event("presence", PresenceHint(conversation=conversation, people=present))
            if not await _woken(listener, heartbeat):
                yield _ALIVE


def _event(kind: str, data: Shown, id: str | None = None) -> bytes:
    return format_sse_event(data_str=data.model_dump_json(), event=kind, id=id)


async def _goes_on(who: Caller) -> bool:
    """Whether the stream may go on: the server does not stop, and the key or the session is still valid."""
    return not who.services.streams.closed and await who.still_there()


async def _woken(listener: asyncio.Event, heartbeat: float) -> bool:
    """Wait for news; False where there was none for a heartbeat."""
    try:
        async with asyncio.timeout(heartbeat):
            await listener.wait()
    except TimeoutError:
        return False
    return True
