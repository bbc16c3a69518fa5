"""Where the server dies: at an operation that it is about to do or has just done, told before it starts."""

import json
import os
import signal
from collections.abc import Awaitable, Collection
from dataclasses import dataclass
from typing import Literal, TypeVar

from deskhand.ports.turns import TurnCommit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kill:
    """The process dies around the n-th operation of this name.

    `before` and `after`: the server kills itself. `during`: it is killed from outside while the other side, having
    done what was asked, has not answered yet. `reaching`: likewise, but the other side never does it.
    """

    when: Literal["before", "after", "during", "reaching"]
    act: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.when} {self.act}" + (f" #{self.nth}" if self.nth > 1 else "")


class Reaper:
    """Counts the operations of a process, and kills it at the one that was named."""

    def __init__(self, kill: Kill | None) -> None:
        self._kill = kill
        self._count = 0

    async def around(self, names: Collection[str], work: Awaitable[T]) -> T:
        """Do this work, unless the process is to die before it; it may be the last thing that it does."""
        when = self._strikes(names)
        if when == "before":
            die()
        try:
            return await work
        finally:
            if when == "after":
                die()

    def _strikes(self, names: Collection[str]) -> str | None:
        if self._kill is None or self._kill.act not in names:
            return None
        self._count += 1
        return self._kill.when if self._count == self._kill.nth else None


def die() -> None:
    """End as a machine does that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)


def names_of(turn: TurnCommit) -> set[str]:
    """What a commit does, in words that a Kill can name."""
    names = {"any", "commit"}
    for entry in turn.entries:
        body = json.loads(entry.body)
        names.add(entry.kind)
        if entry.event_id is not None:
            names.add(f"event:{entry.event_id}")
        if "outcome" in body and "step" in body:
            names |= {f"result:{body['step']}", f"result:{body['step']}:{body['outcome']}"}
        if entry.kind == "approval_requested":
            names.add(f"asked:{body['about']}")
        if entry.kind == "approval_closed":
            names.add(f"closed:{body['status']}")
    return names | {f"{effect.status}:{effect.step}" for effect in turn.effects if effect.step}
