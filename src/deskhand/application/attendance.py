"""Whether somebody is there to chat: a member who has the dashboard open, or had it open a moment ago."""

from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores

STAYS = 120_000
"""Milliseconds for which a member is taken to be there after their dashboard was last heard of."""
TOLD_EVERY = 30_000
"""Milliseconds after which other servers are told again that a member is there."""
KNOWN_FOR = 5_000
"""Milliseconds for which what other servers told need not be read again."""
LONG_AGO = -STAYS - 1


class Attendance:
    """In which workspaces a member is there; servers with one database know it of each other."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._book = stores.attendance
        self._alone = stores.backend.startswith("sqlite")  # no other server has that file open
        self._clock = clock
        self._here: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._elsewhere: dict[str, tuple[int, int]] = {}
        """When a member was at another server last, and when that was read."""

    async def here(self, workspace: str) -> None:
        """A member follows the workspace in their dashboard at this moment."""
        now = self._clock.now()
        self._here[workspace] = now
        if not self._alone and now - self._told.get(workspace, LONG_AGO) >= TOLD_EVERY:
            self._told[workspace] = now
            await self._book.put(workspace, now)

    async def anybody(self, workspace: str) -> bool:
        """Whether some member is there."""
        now = self._clock.now()
        if now - self._here.get(workspace, LONG_AGO) <= STAYS:
            return True
        return not self._alone and now - await self._last_elsewhere(workspace, now) <= STAYS

    async def _last_elsewhere(self, workspace: str, now: int) -> int:
        last, read = self._elsewhere.get(workspace, (LONG_AGO, LONG_AGO))
        if now - read > KNOWN_FOR:
            found = await self._book.last(workspace)
            last = LONG_AGO if found is None else found
            self._elsewhere[workspace] = last, now
        return last
