"""What became of what somebody waits for: a protocol's library tells of its requests only roughly."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from deskhand.ports.http import OutwardError


@dataclass(slots=True)
class Attempt:
    """What a piece of work sends."""

    single: bool = False
    """Whether it is one message: what else is sent on its behalf then does not count. Of several, the last counts."""
    reached: bool = False
    """Whether anything may have gone out."""
    status: int | None = None
    stopped: OutwardError | None = None
    """Why nothing went out: the guard, or no connection."""
    broke: str | None = None
    """How the exchange went wrong, such as “broke the connection”."""
    over: bool = False
    """Nobody waits any more: nothing is read on and nothing is taken up again."""

    def sending(self) -> "Attempt":
        """Another message goes out: where to note what becomes of it."""
        if self.single and self.status is not None and self.status // 100 != 3:
            return Attempt()
        self.status = self.stopped = self.broke = None
        return self


_current: ContextVar[Attempt | None] = ContextVar("current_attempt", default=None)


@contextmanager
def attempted(*, single: bool = False) -> Iterator[Attempt]:
    """Note on a fresh attempt what is sent within the block, in the tasks too that it leads to."""
    attempt = Attempt(single=single)
    token = _current.set(attempt)
    try:
        yield attempt
    finally:
        attempt.over = True
        _current.reset(token)


def current_attempt() -> Attempt:
    """The attempt that the running task works for, or one that nobody looks at."""
    return _current.get() or Attempt()
