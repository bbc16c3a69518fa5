"""Wakes conversations when something is due. A wake-up is a hint: the conversation's state decides."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.events import BrowserReturned, Decided, Event, OfferLate, ReadingLate
from deskhand.ports.stores import DueRow, StorageFailed

LONGEST_NAP = 5.0
"""Seconds between two looks at the table when nothing is known to be due earlier."""

SHORTEST_NAP = 0.05

log = structlog.get_logger()


def event_of(row: DueRow) -> Event:
    """What happens when a wake-up's time has come."""
    if row.kind == "browser":
        return BrowserReturned(question=row.ref, ok=False, timed_out=True)
    if row.kind == "reading":
        return ReadingLate(reading=row.ref)
    if row.kind == "offer":
        return OfferLate(offer=row.ref)
    return Decided(approval=row.ref, decision="expire", by="timer")


class Timers:
    """Looks for what is due, again and again, until stopped."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def run(self) -> None:
        """Wake up whatever is due, for ever."""
        while True:
            try:
                await self.wake_due()
                nap = await self._nap()
            except DeskhandError as error:
                log.error("timers", problem=error.sentence)
                nap = LONGEST_NAP
            await asyncio.sleep(nap)

    async def wake_due(self) -> int:
        """Wake everything that is due now; gives how many wake-ups that were."""
        count = 0
        while rows := await self._services.stores.conversations.due(self._services.clock.now()):
            woken = [await self._wake(row) for row in rows]
            count += len(woken)
            if not any(woken):
                return count
        return count

    async def _wake(self, row: DueRow) -> bool:
        """Whether the wake-up was taken; one that was not stays for later and is told in the log."""
        event = event_of(row)
        try:
            await self._services.engine.handle(row.workspace, row.conversation, event)
        except RuleError as error:
            # decided in the same moment: its row goes with that decision
            log.info("timer came too late", conversation=row.conversation, ref=row.ref, why=error.sentence)
            return False
        except StorageFailed:
            raise
        except Exception as error:
            # whatever it is, it concerns one conversation, and the others have their own to be woken for
            log.error("timer failed", conversation=row.conversation, ref=row.ref, exc_info=error)
            return False
        return True

    async def _nap(self) -> float:
        next_at = await self._services.stores.conversations.next_due()
        left = None if next_at is None else (next_at - self._services.clock.now()) / 1000
        if left is None or left <= 0:  # overdue is only what could not be woken just now
            return LONGEST_NAP
        return min(LONGEST_NAP, max(SHORTEST_NAP, left))
