"""Sends what webhooks have to be told: signed, again and again for a day, then given up until somebody resends it."""

import asyncio

import structlog

from deskhand.application.services import Services
from deskhand.application.webhooks import Webhooks
from deskhand.domain.errors import DeskhandError
from deskhand.domain.webhook import Webhook, signature
from deskhand.ports.http import Http, OutwardError, OutwardRequest
from deskhand.ports.stores import DeliveryRow, NotFound

WAITS = (5, 30, 120, 300, 900, 1800, 3600, 7200, 10800, 14400, 18000, 21600)
"""Seconds between one try and the next; together just under a day."""
GIVES_UP = 24 * 3600 * 1000
"""Milliseconds after which a delivery is dead."""
SECONDS = 20.0
"""For one try."""
AT_ONCE = 8
LONGEST_NAP = 2.0
SHORTEST_NAP = 0.05
AGENT = "Deskhand-Webhooks/1"

log = structlog.get_logger()


class Deliveries:
    """Looks for what is due, again and again, until stopped."""

    def __init__(self, services: Services, http: Http) -> None:
        self._services = services
        self._webhooks: Webhooks = services.webhooks
        self._http = http
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Send whatever is due, for ever."""
        while True:
            try:
                await self.send_due()
                nap = await self._nap()
            except DeskhandError as error:
                log.error("webhooks", problem=error.sentence)
                nap = LONGEST_NAP
            await asyncio.sleep(nap)

    async def send_due(self) -> int:
        """Send everything that is due now, each once; gives how many deliveries that were."""
        rows = await self._services.stores.deliveries.due(self._services.clock.now())
        await asyncio.gather(*(self._one(workspace, row) for workspace, row in rows))
        return len(rows)

    async def _one(self, workspace: str, row: DeliveryRow) -> None:
        async with self._places:
            try:
                await self._send(workspace, row)
            except Exception as error:
                # it concerns this delivery alone; the others must not wait for it
                log.error("webhook failed", delivery=row.id, exc_info=error)
                await self._failed(workspace, row, None, "A fault of Deskhand's own: the server's log says more.")

    async def _send(self, workspace: str, row: DeliveryRow) -> None:
        try:
            webhook = await self._webhooks.get(workspace, row.webhook)
        except NotFound:
            await self._settle(workspace, row, "dead", None, "The webhook was removed.")
            return
        if not webhook.enabled:
            await self._settle(workspace, row, "dead", None, "The webhook is switched off.")
            return
        try:
            request = await self._signed(workspace, webhook, row)
            snapshot = await self._services.catalogues.at(workspace)
            answer = await self._http.send(workspace, request, snapshot.internal_hosts)
        except OutwardError as error:
            await self._failed(workspace, row, None, error.sentence)
        except DeskhandError as error:
            await self._failed(workspace, row, None, error.sentence)
        else:
            if 200 <= answer.status < 300:
                await self._settle(workspace, row, "delivered", answer.status, None)
            elif answer.status == 410:
                reason = "The receiver answered 410 Gone: it wants no more events."
                await self._webhooks.disable(workspace, webhook.slug, reason)
                await self._settle(workspace, row, "dead", 410, reason)
            else:
                await self._failed(workspace, row, answer.status, f"The receiver answered {answer.status}.")

    async def _signed(self, workspace: str, webhook: Webhook, row: DeliveryRow) -> OutwardRequest:
        seconds = self._services.clock.now() // 1000
        secret = await self._services.catalogues.stored_secret(workspace, webhook.secret)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "webhook-id": row.id,
            "webhook-timestamp": str(seconds),
            "webhook-signature": signature(secret, row.id, seconds, row.body),
        }
        return OutwardRequest("POST", webhook.url, headers, row.body.encode(), timeout=SECONDS)

    async def _failed(self, workspace: str, row: DeliveryRow, status: int | None, problem: str) -> None:
        now = self._services.clock.now()
        last = row.created_at + GIVES_UP
        due = min(now + WAITS[min(row.attempts, len(WAITS) - 1)] * 1000, last)
        await self._settle(workspace, row, "dead" if now >= last else "pending", status, problem, due)

    async def _settle(
        self,
        workspace: str,
        row: DeliveryRow,
        status: str,
        last: int | None,
        problem: str | None,
        due: int | None = None,
    ) -> None:
        now = self._services.clock.now()
        await self._services.stores.deliveries.attempted(
            workspace,
            row.id,
            status=status,
            attempts=row.attempts + 1,
            due_at=due or now,
            at=now,
            last_status=last,
            last_problem=problem,
        )

    async def _nap(self) -> float:
        next_at = await self._services.stores.deliveries.next_due()
        left = None if next_at is None else (next_at - self._services.clock.now()) / 1000
        return LONGEST_NAP if left is None else min(LONGEST_NAP, max(SHORTEST_NAP, left))
