"""Keeps digests up with the log, in the time that turns leave."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.domain.errors import DeskhandError

GATHER = 0.3
"""Seconds from a commit until its conversation is folded: several turns of one are folded together."""
MANY = 20
"""Turns between two portions from which on they go first."""
REST, REST_BESIDE_MANY = 1.0, 30.0
"""How long it rests after each portion, in times of what that took: little while all is quiet."""
AFTER_FAILURE = 5.0
LONGEST_NAP = 60.0

log = structlog.get_logger()


class DigestKeeper:
    """Folds whatever was committed, again and again, until stopped."""

    def __init__(self, services: Services) -> None:
        self._digesting = services.digesting
        self._commits = 0
        """How many there were at the last portion."""

    async def run(self) -> None:
        """Fold, for ever; at first what an earlier process left, and what an older version never folded."""
        while True:
            try:
                await self._round()
            except DeskhandError as error:
                log.error("digesting", problem=error.sentence)
                await asyncio.sleep(AFTER_FAILURE)
            except Exception as error:
                # whatever it is, the log has everything, and the next round tries again
                log.error("digesting failed", exc_info=error)
                await asyncio.sleep(AFTER_FAILURE)

    async def _round(self) -> None:
        self._digesting.grown.clear()
        if not self._digesting.behind:
            try:
                async with asyncio.timeout(LONGEST_NAP):
                    await self._digesting.grown.wait()
            except TimeoutError:
                return
            await asyncio.sleep(GATHER)
        await self._portion()

    async def _portion(self) -> None:
        loop = asyncio.get_running_loop()
        began, commits = loop.time(), self._digesting.commits
        await self._digesting.fold_noted()
        await self._digesting.walk()
        took, busy = loop.time() - began, commits - self._commits > MANY
        self._commits = commits
        await asyncio.sleep(took * (REST_BESIDE_MANY if busy else REST))
