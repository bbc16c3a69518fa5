"""Fetches pages whose time has come."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.domain.errors import DeskhandError
from deskhand.ports.stores import NotFound

LONGEST_NAP = 60.0
SHORTEST_NAP = 0.05
AFTER_FAILURE = 5.0
AT_ONCE = 8
"""Pages that are fetched together."""

log = structlog.get_logger()


class Crawling:
    """Looks for pages that are to be fetched, again and again, until stopped."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def run(self) -> None:
        """Fetch whatever is due, for ever."""
        wanted = self._services.crawler.wanted
        while True:
            wanted.clear()
            try:
                count = await self.crawl_due()
                nap = SHORTEST_NAP if count else await self._nap()
            except DeskhandError as error:
                log.error("crawling", problem=error.sentence)
                nap = AFTER_FAILURE
            try:
                async with asyncio.timeout(nap):
                    await wanted.wait()
            except TimeoutError:
                continue

    async def crawl_due(self) -> int:
        """Fetch what is due now, as far as there are places; gives how many pages could be dealt with."""
        services = self._services
        due = await services.stores.knowledge.due(services.clock.now(), AT_ONCE)
        done = await asyncio.gather(*(self._one(workspace, slug) for workspace, slug in due))
        return sum(done)

    async def _one(self, workspace: str, slug: str) -> bool:
        try:
            await self._services.crawler.crawl(workspace, slug)
        except NotFound:
            return True  # it was removed meanwhile
        except Exception as error:
            # whatever it is, it concerns one page, and the others have their own time
            log.error("crawl failed", source=slug, exc_info=error)
            return False
        return True

    async def _nap(self) -> float:
        next_at = await self._services.stores.knowledge.next_due()
        left = None if next_at is None else (next_at - self._services.clock.now()) / 1000
        if left is None or left <= 0:  # overdue is only what could not be dealt with just now
            return LONGEST_NAP
        return min(LONGEST_NAP, max(SHORTEST_NAP, left))
