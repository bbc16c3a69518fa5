"""Understanding a customer: a port with adapters that pass the same contract tests."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from deskhand.domain.commands import Command
from deskhand.domain.model import Json
from deskhand.domain.values import TypeName


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a procedure asks for."""

    name: str
    type: TypeName
    choices: tuple[str, ...] = ()
    example: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that the customer may want."""

    slug: str
    name: str
    description: str
    """When to run it, in the builder's words."""
    phrases: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    when_not_to_use: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that the running procedure has from the customer already."""

    wanted: Wanted
    value: Json


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the conversation so far."""

    who: Literal["customer", "agent", "member"]
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of knowledge that may answer the customer."""

    id: str
    text: str
    title: str = ""
    source: str = ""
    """The source's slug."""
    url: str | None = None
    score: float = 1.0
    """From 0 to 1: how well it fits what was asked."""
    answer: str | None = None
    """What can be said word for word, where the passage is sure enough to answer."""


Embed = Callable[[Sequence[str]], Awaitable[tuple[tuple[float, ...], ...] | None]]
"""Texts as vectors in their order, or None where the model cannot give them now."""


def no_passages(text: str) -> tuple[Passage, ...]:
    """The look-up of a workspace that has no knowledge."""
    return ()


@dataclass(frozen=True, slots=True)
class Context:
    """What an understanding is told."""

    text: str
    candidates: tuple[Candidate, ...]
    """The same object for as long as the catalogue does not change, so that an index over it can be kept."""
    language: str = "en"
    region: str | None = None
    now: int = 0
    """Milliseconds since 1970."""
    pending: Wanted | None = None
    """The value that the question which stands before the customer asks for."""
    question: str = ""
    """The words of that question, or of what is to be confirmed."""
    later: tuple[Wanted, ...] = ()
    """What the running procedure asks for elsewhere: may be volunteered."""
    choice: tuple[str, ...] = ()
    """Procedures between which the customer was asked to choose."""
    confirming: bool = False
    """Whether an explicit yes or no is awaited; the engine itself reads that answer."""
    running: str | None = None
    """The procedure on top."""
    given: tuple[Given, ...] = ()
    """What the customer told the running procedure: it may be corrected."""
    offered: tuple[str, ...] = ()
    """Procedures that stand as offers before the customer, the newest last."""
    interrupted: tuple[str, ...] = ()
    """Procedures below the one on top: the customer may want to go back to one."""
    barred: frozenset[str] = frozenset()
    """Candidates that this customer may not have."""
    zone: str | None = None
    """The customer's time zone, such as `Europe/Berlin`, where it is known."""
    embed: Embed | None = None
    """How texts become vectors, where a model gives them."""
    look_up: Callable[[str], tuple[Passage, ...]] = no_passages
    """The best passages for a question, the best first."""
    history: tuple[Line, ...] = ()
    """The last messages, the newest last, without `text`; only where a model reads them."""
    instructions: str = ""
    """How the agent shall talk, and when it shall use what, in the builder's words."""
    agent: str = ""
    """The agent's name."""


class Understanding(Protocol):
    """Turns a customer's words into commands, and nothing else."""

    @property
    def immediate(self) -> bool:
        """Whether it answers in milliseconds, so that a message needs no commit of its own before."""
        ...

    async def understand(self, context: Context) -> tuple[Command, ...]:
        """The commands that the words hold, in their order; none where nothing was understood."""
        ...
