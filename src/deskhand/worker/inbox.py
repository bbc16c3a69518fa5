"""Keeps the inbox's rows up while nobody looks at it."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.domain.errors import DeskhandError

NAP = 1.0
"""Seconds between two looks; whoever asks for the inbox does not wait for one."""
MOST = 500
"""Conversations of one workspace that are looked at in one go, so that turns go before."""

log = structlog.get_logger()


class InboxKeeping:
    """Looks at what has changed, again and again, until stopped."""

    def __init__(self, services: Services) -> None:
        self._inbox = services.inbox

    async def run(self) -> None:
        """Catch up with what an earlier process left, then keep up, for ever."""
        caught_up = False
        while True:
            try:
                if not caught_up:
                    await self._inbox.catch_up()
                    caught_up = True
                for workspace in self._inbox.waiting:
                    await self._inbox.refresh(workspace, MOST)
            except DeskhandError as error:
                log.error("inbox", problem=error.sentence)
            await asyncio.sleep(NAP)
