"""Understanding a customer: a port with adapters that pass the same contract tests."""

from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.commands import Command
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
    """The question that stands before the customer."""
    later: tuple[Wanted, ...] = ()
    """What the running procedure asks for elsewhere: may be volunteered."""
    choice: tuple[str, ...] = ()
    """Procedures between which the customer was asked to choose."""
    confirming: bool = False
    """Whether an explicit yes or no is awaited; the engine itself reads that answer."""
    running: str | None = None
    """The procedure on top."""


class Understanding(Protocol):
    """Turns a customer's words into commands, and nothing else."""

    @property
    def immediate(self) -> bool:
        """Whether it answers in milliseconds, so that a message needs no commit of its own before."""
        ...

    async def understand(self, context: Context) -> tuple[Command, ...]:
        """The commands that the words hold, in their order; none where nothing was understood."""
        ...
