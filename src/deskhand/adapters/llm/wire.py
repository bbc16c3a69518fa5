"""A question on its way to a model, and what came back: what providers, recordings and replays have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.ports.language_model import Access, Cause, Message, Purpose

TOOL = "respond"
"""The one tool that a model is given: calling it is its answer."""
LONGEST = 64_000
"""Characters of an answer, after which it is broken off."""

OnPart = Callable[[str], None]
"""Is given the answer so far, whole, each time it has grown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    purpose: Purpose
    messages: tuple[Message, ...]
    schema: dict[str, Any] | None = None
    """JSON Schema of the answer; None for words."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: JSON where a schema was given, else words. None for tokens that the model did not tell."""

    text: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    milliseconds: int = 0


class WireFailed(DeskhandError):
    """There was no answer, or not all of one."""

    def __init__(
        self, sentence: str, cause: Cause, answered: Answered = Answered(), retry_after: float | None = None
    ) -> None:
        super().__init__(sentence)
        self.cause: Cause = cause
        self.answered = answered
        self.retry_after = retry_after


@dataclass(slots=True)
class Heard:
    """An answer while it comes in."""

    text: str = ""
    spoken: str = ""
    """Words beside the tool's call."""
    input_tokens: int | None = None
    output_tokens: int | None = None
    on_part: OnPart | None = field(default=None, repr=False)

    def grown(self, text: str) -> None:
        """The answer is this long by now. Raises WireFailed where it has no end."""
        self.text = text
        if len(text) > LONGEST:
            raise WireFailed(phrase("The model's answer has more than {most:,} characters.", most=LONGEST), "malformed")
        if self.on_part is not None:
            self.on_part(text)


class Wire(Protocol):
    """Asks a model one question, once."""

    async def ask(self, access: Access, asked: Asked, on_part: OnPart | None = None) -> Answered:
        """The answer. Raises WireFailed."""
        ...

    async def close(self) -> None: ...
