"""How each provider is spoken to: the library's model for it, with our client and without retries of its own."""

from typing import TYPE_CHECKING, Any

from deskhand.ports.language_model import Access

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from deskhand.adapters.edge.httpx_transport import GuardedTransport

_NO_KEY = "none"
"""Libraries insist on a key; it is taken off again where the model needs none."""


def provider_model(access: Access, transport: "GuardedTransport") -> "Model[Any]":
    """The model, ready to be asked."""
    if access.model.provider == "anthropic":
        return _anthropic(access, transport)
    return _openai(access, transport)


def credential(access: Access) -> dict[str, str]:
    """The headers that carry the key."""
    if access.key is None:
        return {}
    if access.model.provider == "anthropic":
        return {"x-api-key": access.key}
    return {"authorization": f"Bearer {access.key}"}


def _openai(access: Access, transport: "GuardedTransport") -> "Model[Any]":
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    from deskhand.adapters.edge.model_client import model_client

    model = access.model
    client = AsyncOpenAI(
        api_key=access.key or _NO_KEY,
        base_url=model.address,
        max_retries=0,
        timeout=model.timeout_seconds,
        http_client=model_client(transport, model.address, credential(access), model.timeout_seconds),
    )
    if model.provider == "openai":
        return OpenAIChatModel(model.model, provider=OpenAIProvider(openai_client=client))
    return OpenAIChatModel(model.model, provider=OpenAICompatibleProvider(model.provider, openai_client=client))


def _anthropic(access: Access, transport: "GuardedTransport") -> "Model[Any]":
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    from deskhand.adapters.edge.model_client import model_client

    model = access.model
    client = AsyncAnthropic(
        api_key=access.key or _NO_KEY,
        base_url=model.address,
        max_retries=0,
        timeout=model.timeout_seconds,
        open_telemetry=False,
        http_client=model_client(transport, model.address, credential(access), model.timeout_seconds),
    )
    return AnthropicModel(model.model, provider=AnthropicProvider(anthropic_client=client))
