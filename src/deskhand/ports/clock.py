"""Time and entropy as the application sees them."""

from typing import Protocol


class Clock(Protocol):
    """Now, and something that nobody can guess."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        ...

    def entropy(self) -> bytes:
        """Ten bytes, of which the last eight cannot be guessed; never the same twice."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
