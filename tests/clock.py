"""A clock that does as it is told, for tests that must not wait nor depend on the day they run."""

import asyncio

START = 1_772_442_000_000
"""Monday, 2 March 2026, 9:00 UTC, in milliseconds."""


class ScriptedClock:
    """Stands still until told otherwise; a sleep is over at once, is recorded and moves the time by its length."""

    def __init__(self, start: int = START) -> None:
        self._now = start
        self._drawn = 0
        self.sleeps: list[float] = []
        """The seconds of every sleep so far."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return self._now

    def advance(self, seconds: float = 0, *, minutes: float = 0, hours: float = 0, days: float = 0) -> int:
        """Move the time forward; gives the new one."""
        self._now += round((seconds + 60 * (minutes + 60 * (hours + 24 * days))) * 1000)
        return self._now

    def entropy(self) -> bytes:
        """Ten bytes: 1, 2, 3, … as big-endian numbers, so that identifiers differ and come in order."""
        self._drawn += 1
        return self._drawn.to_bytes(10, "big")

    async def sleep(self, seconds: float) -> None:
        """Record the sleep, move the time, and let others run once."""
        self.sleeps.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)
