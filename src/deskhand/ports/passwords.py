"""Passwords as the application sees them: made into hashes, and compared with them."""

from typing import Protocol


class Passwords(Protocol):
    """Hashes passwords, which takes time and memory on purpose."""

    async def hashed(self, password: str) -> str:
        """A new hash."""
        ...

    async def verify(self, password: str, known: str) -> tuple[bool, str | None]:
        """Whether the password is the one that was hashed, and a newer hash where that is due.

        An empty hash is no password's, and takes just as long.
        """
        ...
