"""Argon2, in threads: a hash takes tens of milliseconds and 64 MiB."""

import asyncio
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pwdlib import PasswordHash

AT_ONCE = 2
"""Hashes under way at once; more wait, so that signing in cannot fill the memory."""


class ArgonPasswords:
    """Hashes by Argon2id.

    rounds, kibibytes: what one hash costs.
    """

    def __init__(self, rounds: int = 3, kibibytes: int = 65_536) -> None:
        self._costs = rounds, kibibytes
        self._places = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None
        """What an unknown person's password is compared with."""

    async def hashed(self, password: str) -> str:
        """A new hash."""
        async with self._places:
            return await asyncio.to_thread(self._hash, _normal(password))

    async def verify(self, password: str, known: str) -> tuple[bool, str | None]:
        """Whether it is the password, and a newer hash where that is due."""
        if self._nobodys is None:
            self._nobodys = await self.hashed("nobody's")
        async with self._places:
            return await asyncio.to_thread(self._verify, _normal(password), known)

    @cached_property
    def _hasher(self) -> "PasswordHash":
        # loaded when the first password comes: a server with keys alone needs none of it
        from pwdlib import PasswordHash
        from pwdlib.hashers.argon2 import Argon2Hasher

        rounds, kibibytes = self._costs
        return PasswordHash((Argon2Hasher(time_cost=rounds, memory_cost=kibibytes),))

    def _hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def _verify(self, password: str, known: str) -> tuple[bool, str | None]:
        from pwdlib.exceptions import PwdlibError

        try:
            right, newer = self._hasher.verify_and_update(password, known or self._nobodys or "")
        except PwdlibError:  # a hash of another kind opens nothing
            return False, None
        return (right, newer) if known else (False, None)


def _normal(password: str) -> str:
    # the same password typed on another keyboard can come in other code points
    return unicodedata.normalize("NFKC", password)
