"""The machine's own clock and entropy."""

import asyncio
import itertools
import secrets
import time


class SystemClock:
    """Time as the operating system tells it."""

    def __init__(self) -> None:
        self._drawn = itertools.count()

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def entropy(self) -> bytes:
        """Ten bytes: a count in the first two, so that identifiers of one millisecond sort as they were made."""
        return (next(self._drawn) % 4096).to_bytes(2, "big") + secrets.token_bytes(8)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
