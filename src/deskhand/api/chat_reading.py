"""From a request of a front end that was made for models to what a customer says in a conversation."""

import re

from pydantic import JsonValue

from deskhand.api.auth import Caller
from deskhand.api.chat_models import ChatMessage, ChatRequest
from deskhand.api.models import LONGEST_TEXT
from deskhand.application.completions import Asked, Message
from deskhand.domain.errors import DocumentError
from deskhand.domain.ids import is_id
from deskhand.ports.stores import NotFound

HEADER = "X-Conversation-Id"
SPOKEN = ("user", "assistant")
"""Who says what the customer and the agent said; what other roles say is passed over."""


class UnknownModel(NotFound):
    """There is no such agent."""

    code = "model_not_found"


class UnknownConversation(NotFound):
    """There is no such conversation."""

    code = "conversation_not_found"


async def read(who: Caller, wanted: ChatRequest, conversation: str | None, key: str | None) -> Asked:
    """What a request asks for. Raises UnknownModel, UnknownConversation and DocumentError.

    conversation, key: what its headers name.
    """
    _refuse_what_no_agent_can(wanted)
    await _agent(who, wanted.model)
    spoken = [Message(one.role, _text(place, one)) for place, one in enumerate(wanted.messages) if one.role in SPOKEN]
    if not spoken or spoken[-1].who != "user" or not spoken[-1].text.strip():
        raise DocumentError("The last message must be the customer's: with `role` `user`, and some text in it.")
    if len(spoken[-1].text) > LONGEST_TEXT:
        raise DocumentError(f"The customer's message is longer than {LONGEST_TEXT:,} characters: send less at once.")
    about = wanted.metadata or {}
    return Asked(
        agent=wanted.model,
        history=tuple(spoken[:-1]),
        text=spoken[-1].text,
        conversation=_conversation(about.get("conversation_id"), conversation),
        key=key,
        user=wanted.user or "",
        language=_word(about, "language", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", "de") or "en",
        region=_word(about, "region", r"[A-Z]{2}", "DE"),
    )


def _refuse_what_no_agent_can(wanted: ChatRequest) -> None:
    if wanted.n not in (None, 1):
        raise DocumentError("`n`: an agent gives one answer, so leave it out.")
    if (wanted.response_format or {}).get("type", "text") != "text":
        raise DocumentError("`response_format`: an agent answers in sentences, so leave it out.")
    if wanted.tool_choice not in (None, "auto", "none"):
        raise DocumentError("`tool_choice`: an agent uses its own actions, never a front end's tools: leave it out.")


async def _agent(who: Caller, slug: str) -> None:
    try:
        await who.services.configuration.agent(who.workspace, slug)
    except NotFound:
        raise UnknownModel(
            f"There is no agent `{slug}` in this workspace: the model is an agent's slug, `default` for the usual one."
        ) from None


def _text(place: int, message: ChatMessage) -> str:
    """The words of a message. Raises DocumentError for an image, a sound or a file of the customer's."""
    if not isinstance(message.content, list):
        return message.content or ""
    found: list[str] = []
    for part in message.content:
        text = part.get("text")
        if part.get("type") == "text" and isinstance(text, str):
            found.append(text)
        elif message.role == "user":
            kind = str(part.get("type"))[:40]
            raise DocumentError(f"`messages.{place}.content`: an agent reads text only: leave the `{kind}` part out.")
    return "\n".join(found)


def _conversation(inside: JsonValue, header: str | None) -> str | None:
    """The conversation that goes on. Raises DocumentError and UnknownConversation."""
    named = inside or header or None
    if inside and header and header != inside:
        raise DocumentError(f"`metadata.conversation_id` and the header `{HEADER}` name two conversations: use one.")
    if named is not None and not (isinstance(named, str) and is_id("conv", named)):
        raise UnknownConversation(f"`{str(named)[:60]}` names no conversation: an identifier looks like `conv_…`.")
    return named


def _word(about: dict[str, JsonValue], name: str, pattern: str, example: str) -> str | None:
    value = about.get(name)
    if value is None or (isinstance(value, str) and re.fullmatch(pattern, value)):
        return value
    raise DocumentError(f"`metadata.{name}`: write it like `{example}`.")
