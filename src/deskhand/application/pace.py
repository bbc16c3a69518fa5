"""How often somebody may do something: counted in memory, with no more of it than fits."""

from collections import OrderedDict
from math import ceil

from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock

MOST_KEPT = 20_000
"""Names that are counted at a time; who did nothing for longest is forgotten first."""


class TooFast(DeskhandError):
    """That was too much in a short time: wait a little, then try again."""

    def __init__(self, milliseconds: int) -> None:
        self.seconds = max(1, -(-milliseconds // 1000))
        unit = phrase("a second") if self.seconds == 1 else phrase("{seconds} seconds", seconds=self.seconds)
        super().__init__(phrase("That was too much in a short time. Wait {unit}, then try again.", unit=unit))


class Pace:
    """At most so many at once, which come back evenly over a time; one number is kept for each name."""

    def __init__(self, clock: Clock, most: int, seconds: int) -> None:
        """most: after a pause of so many seconds."""
        self._clock = clock
        self._each = seconds * 1000 / most
        self._most = seconds * 1000
        self._used: OrderedDict[str, float] = OrderedDict()
        """Until when each name's use so far lasts, in milliseconds since 1970."""

    def take(self, name: str) -> None:
        """Count one. Raises TooFast, and then counts nothing."""
        now = self._clock.now()
        used = max(self._used.get(name, 0), now) + self._each
        if used - now > self._most:
            self._used.move_to_end(name)
            raise TooFast(ceil(used - now - self._most))
        self._used[name] = used
        self._used.move_to_end(name)
        while len(self._used) > MOST_KEPT:
            self._used.popitem(last=False)


class Slots:
    """At most so many at the same time, for each name."""

    def __init__(self, most: int, wait: int = 30) -> None:
        """wait: seconds after which whoever finds none free may try again."""
        self._most = most
        self._wait = wait
        self._taken: dict[str, int] = {}

    def take(self, name: str) -> None:
        """Take one. Raises TooFast where none is free."""
        taken = self._taken.get(name, 0)
        if taken >= self._most:
            raise TooFast(self._wait * 1000)
        self._taken[name] = taken + 1

    def give_back(self, name: str) -> None:
        """It is free again."""
        left = self._taken.get(name, 0) - 1
        if left > 0:
            self._taken[name] = left
        else:
            self._taken.pop(name, None)
