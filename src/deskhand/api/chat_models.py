"""Requests and answers of chat completions, as the OpenAI API has them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from deskhand.api.models import Shown


class ChatMessage(BaseModel):
    """One message of those that the front end repeats; fields that nobody knows are passed over."""

    model_config = ConfigDict(frozen=True)

    role: str
    content: str | list[dict[str, JsonValue]] | None = None


class StreamOptions(BaseModel):
    """How the answer is streamed."""

    model_config = ConfigDict(frozen=True)

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A request as the OpenAI API has it. What only a language model could follow is passed over."""

    model_config = ConfigDict(frozen=True)

    model: Annotated[str, Field(min_length=1, max_length=64, description="The agent's slug.", examples=["default"])]
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=2000)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    metadata: dict[str, JsonValue] | None = Field(
        default=None, description="`conversation_id`: which one goes on; `language` and `region` of a new one."
    )
    user: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="Keeps the conversations of several customers apart."
    )
    n: int | None = None
    tool_choice: JsonValue = None
    response_format: dict[str, JsonValue] | None = None


class ChatAnswerMessage(Shown):
    """What the agent says."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class ChatChoice(Shown):
    """The only answer."""

    index: Literal[0] = 0
    message: ChatAnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatUsage(Shown):
    """Tokens, as far as a language model read and wrote any: 0 without one."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(Shown):
    """What the agent said until it waits for the customer again."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChatChoice]
    usage: ChatUsage
    metadata: dict[str, str] = Field(description="`conversation_id`: give it back with the next request.")
