"""Clears away what is kept for a while only: bodies of the execution log, deliveries that arrived, unsent files."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.domain.errors import DeskhandError

EVERY = 3600.0
"""Seconds between two rounds."""
DELIVERIES = 7 * 86_400_000
"""Milliseconds for which deliveries that arrived are kept."""
PORTION = 500
"""Rows of one write, so that turns need not wait long for it."""
FILES = 20
"""The same for files, which are large."""

log = structlog.get_logger()


class Pruning:
    """Clears away what is old, again and again, until stopped. log_days: 0 keeps the log's bodies for good."""

    def __init__(self, services: Services, log_days: int) -> None:
        self._services = services
        self._log_days = log_days

    async def run(self) -> None:
        """Clear away, for ever."""
        while True:
            try:
                await self.prune()
            except DeskhandError as error:
                log.error("pruning", problem=error.sentence)
            await asyncio.sleep(EVERY)

    async def prune(self) -> int:
        """Clear away everything that is old by now; gives how much that was."""
        stores, now = self._services.stores, self._services.clock.now()
        count = 0
        if self._log_days:
            before = now - self._log_days * 86_400_000
            while done := await stores.conversations.prune_bodies(before, PORTION):
                count += done
                await asyncio.sleep(0)
        while done := await stores.deliveries.prune(now - DELIVERIES, PORTION):
            count += done
            await asyncio.sleep(0)
        while done := await self._services.attachments.prune(FILES):
            count += done
            await asyncio.sleep(0)
        return count
