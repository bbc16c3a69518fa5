"""`/v1/chat/completions`: any front end that can talk to a language model can talk to an agent."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from starlette.responses import JSONResponse

from deskhand.api.auth import Member
from deskhand.api.chat_errors import ChatRoute, problem_of
from deskhand.api.chat_models import ChatAnswerMessage, ChatChoice, ChatCompletion, ChatRequest, ChatUsage
from deskhand.api.chat_reading import HEADER, UnknownConversation, read
from deskhand.api.streams import Heartbeat, Stream
from deskhand.application.completions import Answering
from deskhand.domain.errors import DeskhandError
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/chat", tags=["Chat completions"], route_class=ChatRoute)

ConversationHeader = Annotated[
    str | None, Header(alias=HEADER, max_length=100, description="Like `metadata.conversation_id`.")
]
KeyHeader = Annotated[
    str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, description="The same key: one request.")
]
Wait = Annotated[
    float,
    Query(ge=0, le=120, allow_inf_nan=False, description="Seconds to wait at most for calls that are under way."),
]
_ALIVE = b": alive\n\n"


@router.post("/completions", response_model=ChatCompletion, summary="Talk to an agent as to a language model")
async def create_chat_completion(
    who: Member,
    wanted: ChatRequest,
    heartbeat: Heartbeat,
    conversation: ConversationHeader = None,
    key: KeyHeader = None,
    wait: Wait = 60,
) -> Response:
    """Take the newest user message in, and answer with what the agent says until it waits for the customer again.

    With `stream: true` the answer comes as server-sent events: `chat.completion.chunk`, then `[DONE]`.
    """
    completions = who.services.completions
    asked = await read(who, wanted, conversation, key)
    try:
        one = await completions.take(who.workspace, asked)
    except NotFound:
        raise UnknownConversation(f"There is no conversation `{asked.conversation}` in this workspace.") from None
    created = who.services.clock.now() // 1000
    pieces = completions.pieces(one, wait, heartbeat)
    if wanted.stream:
        usage = wanted.stream_options is not None and wanted.stream_options.include_usage
        stream = Stream(_chunks(one, pieces, created, usage))
        stream.headers[HEADER] = one.conversation
        return stream
    async with aclosing(pieces):
        async for _ in pieces:
            pass  # all of them are in the answer
    return JSONResponse(_whole(one, created), headers={HEADER: one.conversation})


def _about(one: Answering, created: int) -> dict[str, Any]:
    """What an answer and all its chunks have in common; the same request has the same id."""
    return {
        "id": f"chatcmpl-{one.conversation.removeprefix('conv_')}-{one.exchange.since}",
        "created": created,
        "model": one.asked.agent,
        "metadata": {"conversation_id": one.conversation},
    }


def _usage(one: Answering) -> ChatUsage:
    read, wrote = one.usage.prompt, one.usage.completion
    return ChatUsage(prompt_tokens=read, completion_tokens=wrote, total_tokens=read + wrote)


def _whole(one: Answering, created: int) -> dict[str, Any]:
    choice = ChatChoice(message=ChatAnswerMessage(content=one.text))
    return ChatCompletion(**_about(one, created), choices=[choice], usage=_usage(one)).model_dump(mode="json")


async def _chunks(
    one: Answering, pieces: AsyncGenerator[str, None], created: int, with_usage: bool
) -> AsyncGenerator[bytes, None]:
    about = {**_about(one, created), "object": "chat.completion.chunk"}

    def chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**about, "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                yield chunk({"content": piece}) if piece else _ALIVE
    except DeskhandError as error:
        found = problem_of(error)
        if found is None:
            raise
        yield _event({"error": found[1].model_dump()})
        return
    yield chunk({}, "stop")
    if with_usage:
        yield _event({**about, "choices": [], "usage": _usage(one).model_dump()})
    yield b"data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"
