"""Asking a provider: one request through the guarded edge, read as it comes in."""

import asyncio
import json
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from deskhand.adapters.edge.attempts import attempted
from deskhand.adapters.edge.names import Lookup, system_lookup
from deskhand.adapters.llm.failures import failure
from deskhand.adapters.llm.transports import Transports
from deskhand.adapters.llm.wire import TOOL, Answered, Asked, Heard, OnPart, WireFailed
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import fit_text
from deskhand.ports.language_model import Access

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import ModelRequestParameters, StreamedResponse

_READY: set[str] = set()
"""Modules that are imported."""
DESCRIPTION = "Gives the answer. Call it exactly once."


class Online:
    """The wire to real models."""

    def __init__(self, lookup: Lookup = system_lookup) -> None:
        self.transports = Transports(lookup)

    async def ask(self, access: Access, asked: Asked, on_part: OnPart | None = None) -> Answered:
        """The answer. Raises WireFailed."""
        await _imported(access)
        began, heard, limit = time.monotonic(), Heard(on_part=on_part), access.model.timeout_seconds
        with attempted() as attempt:
            try:
                async with asyncio.timeout(limit), self.transports.used(access.workspace, access.allowed) as transport:
                    await _hear(access, asked, transport, heard)
            except TimeoutError:
                sentence = phrase(
                    "The model `{slug}` did not answer within {limit:g} s.", slug=access.model.slug, limit=limit
                )
                raise WireFailed(sentence, "timeout", _answered(heard, began)) from None
            except Exception as error:
                raise failure(access, error, attempt, _answered(heard, began)) from None
            if attempt.broke is not None:
                sentence = phrase("The model `{slug}` {broke}.", slug=access.model.slug, broke=attempt.broke)
                raise WireFailed(sentence, "unreachable", _answered(heard, began))
        return _answered(heard, began)

    async def close(self) -> None:
        """Close all connections."""
        await self.transports.close()


async def _imported(access: Access) -> None:
    """Import the libraries beside the running work, which would stand still for seconds otherwise."""
    provider = "anthropic" if access.model.provider == "anthropic" else "openai"
    for module in ("pydantic_ai.direct", f"pydantic_ai.models.{provider}", "deskhand.adapters.edge.model_client"):
        if module not in _READY:
            await asyncio.to_thread(import_module, module)
            _READY.add(module)


def _answered(heard: Heard, began: float) -> Answered:
    text = fit_text(heard.text or heard.spoken)
    return Answered(text, heard.input_tokens, heard.output_tokens, round((time.monotonic() - began) * 1000))


async def _hear(access: Access, asked: Asked, transport: Any, heard: Heard) -> None:
    from pydantic_ai.direct import model_request_stream

    from deskhand.adapters.llm.providers import provider_model

    model = provider_model(access, transport)
    settings: dict[str, Any] = {"max_retries": 0}
    if access.model.temperature is not None and _takes_temperature(model.profile):
        settings["temperature"] = access.model.temperature
    async with model_request_stream(
        model,
        _messages(asked),
        model_settings=settings,  # type: ignore[arg-type]
        model_request_parameters=_parameters(asked),
        instrument=False,
    ) as stream:
        await _follow(stream, heard, words=asked.schema is None)
    _check_end(access, stream)


async def _follow(stream: "StreamedResponse", heard: Heard, *, words: bool) -> None:
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta, ToolCallPart
    from pydantic_ai.messages import ToolCallPartDelta as CallDelta

    call = ""
    async for event in stream:
        if isinstance(event, PartStartEvent):
            if isinstance(event.part, ToolCallPart):
                call = _written(event.part.args)
            elif isinstance(event.part, TextPart):
                heard.spoken += event.part.content
        elif isinstance(event, PartDeltaEvent):
            if isinstance(event.delta, CallDelta) and isinstance(event.delta.args_delta, str):
                call += event.delta.args_delta
            elif isinstance(event.delta, TextPartDelta):
                heard.spoken += event.delta.content_delta
        usage = stream.usage
        heard.input_tokens, heard.output_tokens = usage.input_tokens or None, usage.output_tokens or None
        heard.grown(heard.spoken if words else call or heard.spoken)
    usage = stream.usage
    heard.input_tokens, heard.output_tokens = usage.input_tokens or None, usage.output_tokens or None


def _takes_temperature(profile: Any) -> bool:
    """Whether a model may be sent one: some that reason take none."""
    reasons = profile.get("openai_supports_reasoning", False)
    return not reasons or bool(profile.get("openai_supports_reasoning_effort_none", False))


def _written(arguments: Any) -> str:
    """The beginning of a call's arguments, as it came."""
    return arguments if isinstance(arguments, str) else json.dumps(arguments) if arguments else ""


def _check_end(access: Access, stream: "StreamedResponse") -> None:
    """Raises WireFailed where the model did not come to the end of its answer, or declined."""
    who = phrase("The model `{slug}`", slug=access.model.slug)
    if stream.finish_reason == "content_filter":
        raise WireFailed(phrase("{who} declined to answer.", who=who), "refused")
    if stream.finish_reason == "length":
        raise WireFailed(phrase("{who} did not come to the end of its answer.", who=who), "malformed")


def _messages(asked: Asked) -> "list[ModelMessage]":
    from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

    parts = [
        SystemPromptPart(content=one.text) if one.role == "system" else UserPromptPart(content=one.text)
        for one in asked.messages
    ]
    return [ModelRequest(parts=parts)]


def _parameters(asked: Asked) -> "ModelRequestParameters":
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.tools import ToolDefinition

    if asked.schema is None:
        return ModelRequestParameters()
    tool = ToolDefinition(name=TOOL, description=DESCRIPTION, parameters_json_schema=asked.schema, kind="output")
    return ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)
