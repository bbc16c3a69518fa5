"""Sends what webhooks and channels have to be told: signed, again and again for a day, then given up until resent."""

import asyncio
from collections import Counter

import structlog

from deskhand.application.services import Services
from deskhand.domain.channel import TARGET, Channel
from deskhand.domain.errors import DeskhandError
from deskhand.domain.webhook import Webhook, signature
from deskhand.ports.http import Http, OutwardError, OutwardRequest
from deskhand.ports.stores import DeliveryRow, NotFound, StorageFailed

WAITS = (5, 30, 120, 300, 900, 1800, 3600, 7200, 10800, 14400, 18000, 21600)
"""Seconds between one try and the next; together just under a day."""
GIVES_UP = 24 * 3600 * 1000
"""Milliseconds after which a delivery is dead."""
SECONDS = 20.0
"""For one try."""
AT_ONCE = 100
"""Deliveries under way."""
AT_ONCE_EACH = 4
"""Deliveries under way to one webhook or channel: one that answers slowly, or never, must not hold the others up."""
LONGEST_NAP = 0.5
AFTER_FAILURE = 2.0
SHORTEST_NAP = 0.05
AGENT = "Deskhand-Webhooks/1"

log = structlog.get_logger()


Target = tuple[str, str]
"""A workspace, and the slug of one of its webhooks, or a channel's with `channel:` in front."""


class Deliveries:
    """Looks for what is due, again and again, until stopped."""

    def __init__(self, services: Services, http: Http) -> None:
        self._services = services
        self._http = http
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._busy: Counter[Target] = Counter()

    async def run(self) -> None:
        """Send whatever is due, for ever."""
        try:
            while True:
                try:
                    await self._begin()
                    nap = await self._nap()
                except DeskhandError as error:
                    log.error("webhooks", problem=error.sentence)
                    nap = AFTER_FAILURE
                await self._rest(nap)
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def send_due(self) -> int:
        """Send everything that is due now, each once; gives how many deliveries that were."""
        count = 0
        while (begun := await self._begin()) or self._under_way:
            count += begun
            await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
        return count

    async def _begin(self) -> int:
        """Begin to send what is due, as far as there are places; gives how many deliveries that are."""
        count = 0
        while len(self._under_way) < AT_ONCE:
            full = [target for target, busy in self._busy.items() if busy >= AT_ONCE_EACH]
            # those under way are due still: with as many rows as there are places, one that waits is among them
            rows = await self._services.stores.deliveries.due(self._services.clock.now(), AT_ONCE, full)
            begun = sum(self._take(workspace, row) for workspace, row in rows)
            count += begun
            if not begun:
                break
        return count

    def _take(self, workspace: str, row: DeliveryRow) -> bool:
        target = workspace, row.webhook
        if row.id in self._under_way or len(self._under_way) >= AT_ONCE or self._busy[target] >= AT_ONCE_EACH:
            return False
        self._busy[target] += 1
        task = self._under_way[row.id] = asyncio.create_task(self._one(workspace, row), name="webhook")
        task.add_done_callback(lambda _: self._done(row.id, target))
        return True

    def _done(self, delivery: str, target: Target) -> None:
        del self._under_way[delivery]
        self._busy[target] -= 1
        if not self._busy[target]:
            del self._busy[target]

    async def _rest(self, nap: float) -> None:
        """Until it is time to look again, a place is free, or a turn brought something to send."""
        news = asyncio.create_task(self._services.streams.to_deliver.wait())
        try:
            await asyncio.wait([news, *self._under_way.values()], timeout=nap, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
        self._services.streams.to_deliver.clear()  # before the next look: what comes after it is not missed

    async def _one(self, workspace: str, row: DeliveryRow) -> None:
        try:
            await self._send(workspace, row)
        except Exception as error:
            # it concerns this delivery alone; the others must not wait for it
            log.error("webhook failed", delivery=row.id, exc_info=error)
            await self._failed(workspace, row, None, "A fault of Deskhand's own: the server's log says more.")

    async def _send(self, workspace: str, row: DeliveryRow) -> None:
        what = "channel" if row.webhook.startswith(TARGET) else "webhook"
        try:
            receiver = await self._receiver(workspace, row)
        except NotFound:
            await self._settle(workspace, row, "dead", None, f"The {what} was removed.")
            return
        if not receiver.enabled:
            await self._settle(workspace, row, "dead", None, f"The {what} is switched off.")
            return
        try:
            request = await self._signed(workspace, receiver, row)
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
                await self._disable(workspace, receiver, reason)
                await self._settle(workspace, row, "dead", 410, reason)
            else:
                problem = f"The receiver answered {answer.status}."
                if 300 <= answer.status < 400:
                    problem += " Redirects are not followed: give the address that takes events."
                await self._failed(workspace, row, answer.status, problem)

    async def _receiver(self, workspace: str, row: DeliveryRow) -> Webhook | Channel:
        """Who is told: the webhook or the channel as it is set up now. Raises NotFound."""
        if row.webhook.startswith(TARGET):
            return await self._services.channels.get(workspace, row.webhook.removeprefix(TARGET))
        return await self._services.webhooks.get(workspace, row.webhook)

    async def _disable(self, workspace: str, receiver: Webhook | Channel, reason: str) -> None:
        if isinstance(receiver, Channel):
            await self._services.channels.disable(workspace, receiver.slug, reason)
        else:
            await self._services.webhooks.disable(workspace, receiver.slug, reason)

    async def _signed(self, workspace: str, receiver: Webhook | Channel, row: DeliveryRow) -> OutwardRequest:
        seconds = self._services.clock.now() // 1000
        secret = await self._services.catalogues.stored_secret(workspace, receiver.secret)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "webhook-id": row.id,
            "webhook-timestamp": str(seconds),
            "webhook-signature": signature(secret, row.id, seconds, row.body),
        }
        return OutwardRequest("POST", receiver.url, headers, row.body.encode(), timeout=SECONDS, follows=False)

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
        """Record a try. Nobody else knows of it: while the database fails, this does not give up."""
        now = self._services.clock.now()
        while True:
            try:
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
            except StorageFailed as error:
                log.error("webhook not recorded", delivery=row.id, problem=error.sentence)
                await self._services.clock.sleep(AFTER_FAILURE)
            except NotFound:
                return  # it was cleared away meanwhile
            else:
                return

    async def _nap(self) -> float:
        next_at = await self._services.stores.deliveries.next_due()
        left = None if next_at is None else (next_at - self._services.clock.now()) / 1000
        if left is None or (left <= 0 and self._under_way):  # overdue is what is under way
            return LONGEST_NAP
        return min(LONGEST_NAP, max(SHORTEST_NAP, left))
