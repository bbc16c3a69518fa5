"""Language models as the application sees them: one question out, one answer back, and a record of both.

Nothing here decides anything: commands are checked against the candidates before they come out, and the engine guards
them again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from deskhand.domain.commands import Command
from deskhand.domain.errors import DeskhandError
from deskhand.domain.language_model import LanguageModel
from deskhand.domain.model import Json
from deskhand.ports.understanding import Context

OnText = Callable[[str], None]
"""Is given the answer's text so far, whole, each time it has grown; a shorter one means that it began anew."""

Purpose = Literal["understand", "phrase", "embed", "test"]

Cause = Literal["timeout", "refused", "malformed", "rate_limited", "unreachable", "unauthorized", "blocked", "rejected"]
"""Why there is nothing to use: too slow, the model declined, what it said cannot be read, too many requests, no
connection or a server's error, a wrong key, the guarded edge, a request that the provider turns down."""


@dataclass(frozen=True, slots=True)
class Access:
    """A model with what it takes to reach it."""

    workspace: str
    model: LanguageModel
    allowed: frozenset[str]
    """The workspace's allow-list of internal hosts."""
    key: str | None = field(default=None, repr=False)
    """In clear, for the wire: it is never logged."""


@dataclass(frozen=True, slots=True)
class Message:
    """A part of a prompt."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a model was asked and what it answered, for the conversation's timeline."""

    purpose: Purpose
    model: str
    """The slug of the workspace's model."""
    name: str
    """The model's own name."""
    prompt: tuple[Message, ...] = ()
    answer: str = ""
    """As it came, also where it broke off."""
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    """Whether the tokens are estimated by the length, because the model did not tell."""
    cost: int = 0
    """In millionths of a USD."""
    milliseconds: int = 0
    problem: str | None = None
    """Why the answer could not be used."""
    dropped: tuple[str, ...] = ()
    """What of the answer was left out, and why, in sentences."""

    @property
    def tokens(self) -> int:
        """Of the prompt and the answer."""
        return self.input_tokens + self.output_tokens

    def body(self) -> dict[str, Any]:
        """As JSON for a log entry."""
        return {
            "purpose": self.purpose,
            "model": self.model,
            "name": self.name,
            "prompt": [{"role": one.role, "text": one.text} for one in self.prompt],
            "answer": self.answer,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "estimated": self.estimated,
            "cost": self.cost,
            "milliseconds": self.milliseconds,
            "problem": self.problem,
            "dropped": list(self.dropped),
        }


@dataclass(frozen=True, slots=True)
class Understood:
    """The commands that a model found in a message; all of them name only what it was offered."""

    commands: tuple[Command, ...]
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence is wanted about: an action's result."""

    action: str
    """The action's name, in the builder's words."""
    answer: Json
    """What the action gave, without what nobody may read."""
    language: str = "en"
    asked: str = ""
    """The customer's own words."""
    instructions: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Phrased:
    """Words for facts, as a model wrote them: nobody has checked them yet."""

    text: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts as vectors, in the order of the texts. The exchange tells tokens and cost, not the texts."""

    vectors: tuple[tuple[float, ...], ...]
    exchange: Exchange


class ModelFailed(DeskhandError):
    """The model gave nothing that can be used."""

    def __init__(
        self, sentence: str, cause: Cause, exchange: Exchange | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(sentence)
        self.cause: Cause = cause
        self.exchange = exchange
        """None where nothing was sent."""
        self.retry_after = retry_after
        """Seconds that the provider asked to wait."""


class LanguageModels(Protocol):
    """Asks models, each once; repeating is the caller's choice."""

    async def understand(
        self, access: Access, context: Context, on_text: OnText | None = None, complaint: str | None = None
    ) -> Understood:
        """The commands in a customer's words. Raises ModelFailed.

        complaint: what was wrong with the answer before, where this is a second try.
        """
        ...

    async def phrase(self, access: Access, facts: Facts, on_text: OnText | None = None) -> Phrased:
        """Words for facts. Raises ModelFailed."""
        ...

    async def embed(self, access: Access, texts: Sequence[str]) -> Embedded:
        """Texts as vectors. Raises ModelFailed."""
        ...

    async def ping(self, access: Access) -> Exchange:
        """A short question, to see whether the model answers. Raises ModelFailed."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
