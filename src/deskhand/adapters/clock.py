"""The machine's own clock and entropy."""

import asyncio
import secrets
import time


class SystemClock:
    """Time as the operating system tells it."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def entropy(self) -> bytes:
        """Ten unguessable bytes."""
        return secrets.token_bytes(10)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
