"""What both backends can do, and scripts: transactions as generators, so that each is written once for both."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from deskhand.domain.errors import DeskhandError
from deskhand.ports.stores import Unstorable
from deskhand.ports.turns import TurnCommit

Row = tuple[Any, ...]
Params = Sequence[Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Do:
    """A statement of a script; its rows are sent back. SQL with `?`, understood by SQLite and PostgreSQL alike."""

    sql: str
    params: Params = ()


Script = Generator[Do, list[Row], T]
"""Yields statements and is sent their rows. An exception, its own too, rolls all of them back."""


class PlaceTaken(DeskhandError):
    """One of the places that a turn reserves is held already."""


class Database(Protocol):
    """SQLite or PostgreSQL."""

    changes: int
    """Writes beside turns so far, of what turns look up. This process owns the database, so there are no others."""

    @property
    def backend(self) -> str:
        """The product and its version."""
        ...

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """Read what is committed."""
        ...

    async def rows_apart(self, sql: str, params: Params = ()) -> list[Row]:
        """Read what is committed, where that may take longer than a turn should wait for."""
        ...

    async def write(self, script: Script[T], *, looked_up: bool = True) -> T:
        """Run a script in one transaction. Raises Taken where it violates a unique index.

        looked_up: whether it writes what turns look up; else what they keep in memory stays good.
        """
        ...

    async def commit(self, turn: TurnCommit) -> None:
        """Write a turn. Raises Conflict, DuplicateEvent or PlaceTaken."""
        ...

    async def close(self) -> None: ...


def refuse_unstorable(values: Iterable[object]) -> None:
    """Raises Unstorable for a NUL, which PostgreSQL refuses and SQLite's functions stumble over."""
    for value in values:
        if isinstance(value, str) and "\0" in value:
            raise Unstorable
