"""What lies beside a procedure's draft and never changes its meaning: positions, pinned values, tests, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """Where a step stands on the canvas, in whole pixels."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What was written down when a version was published."""

    note: str = ""
    """What changed, in the publisher's words."""
    layout: Mapping[str, Position] = field(default_factory=dict)
    """Where its steps stood."""


@dataclass(frozen=True, slots=True)
class PinRow:
    """Values that a step is tried with, kept from one time to the next."""

    step: str
    document: str
    """JSON."""
    updated_at: int


@dataclass(frozen=True, slots=True)
class ProcedureTestRow:
    """A test of a procedure."""

    id: str
    name: str
    document: str
    """JSON: script and expectations."""
    created_at: int
    updated_at: int


class EditorStore(Protocol):
    """What the editor keeps; a procedure is named by its identifier, which a new slug does not change."""

    async def layout(self, workspace: str, procedure: str) -> dict[str, Position]:
        """The positions of the draft's steps, as far as any were saved."""
        ...

    async def place(self, workspace: str, procedure: str, positions: Mapping[str, Position | None], at: int) -> None:
        """Save positions step by step, the last writer wins; None takes one away."""
        ...

    async def publication(self, workspace: str, procedure: str, version: int) -> Publication:
        """What was written down for a version; nothing where nothing was."""
        ...

    async def notes(self, workspace: str, procedure: str) -> dict[int, str]:
        """The notes of all versions that have one."""
        ...

    async def pins(self, workspace: str, procedure: str) -> list[PinRow]: ...

    async def pin(self, workspace: str, procedure: str, row: PinRow) -> None: ...

    async def unpin(self, workspace: str, procedure: str, step: str) -> None:
        """Raises NotFound where nothing is pinned."""
        ...

    async def tests(self, workspace: str, procedure: str) -> list[ProcedureTestRow]:
        """In the order in which they were made."""
        ...

    async def test(self, workspace: str, procedure: str, test: str) -> ProcedureTestRow: ...

    async def add_test(self, workspace: str, procedure: str, row: ProcedureTestRow) -> None:
        """Raises Taken where the procedure has a test of that name."""
        ...

    async def save_test(self, workspace: str, procedure: str, row: ProcedureTestRow) -> None:
        """Raises NotFound, and Taken where another test has that name."""
        ...

    async def remove_test(self, workspace: str, procedure: str, test: str) -> None: ...
