"""Webhooks: setting them up, and what a turn has to tell them."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from deskhand.application.configuration import Configuration
from deskhand.application.ids import fresh_id
from deskhand.application.signing import free_name, fresh_secret
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.domain.webhook import Webhook, WebhookEvent, event_of
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.turns import Delivery, TurnCommit

MOST = 50
"""Webhooks of one workspace."""


@dataclass(frozen=True, slots=True)
class Made:
    """A webhook, and its secret, which is shown once."""

    webhook: Webhook
    secret: str | None


class Webhooks:
    """Use cases about webhooks."""

    def __init__(self, stores: Stores, configuration: Configuration, clock: Clock) -> None:
        self._stores = stores
        self._configuration = configuration
        self._clock = clock

    async def all(self, workspace: str) -> list[Webhook]:
        """All webhooks of a workspace."""
        rows = await self._stores.settings.documents(workspace, "webhook")
        return [Webhook.model_validate_json(row.document) for row in rows]

    async def get(self, workspace: str, slug: str) -> Webhook:
        """One webhook. Raises NotFound."""
        row = await self._stores.settings.document(workspace, "webhook", slug)
        return Webhook.model_validate_json(row.document)

    async def put(
        self, workspace: str, slug: str, url: str, events: list[WebhookEvent], by: str, *, description: str = "",
        enabled: bool = True,
    ) -> Made:  # fmt: skip
        """Make a webhook with a secret of its own, or change one, which keeps its secret. Raises RuleError."""
        try:
            secret_name, secret = (await self.get(workspace, slug)).secret, None
        except NotFound:
            if len(await self.all(workspace)) >= MOST:
                raise RuleError(
                    phrase("A workspace has at most {most} webhooks: remove one first.", most=MOST)
                ) from None
            secret_name, secret = await free_name(self._stores, workspace, "WEBHOOK", slug), fresh_secret(self._clock)
        webhook = Webhook(
            slug=slug, url=url, events=events, description=description, enabled=enabled, secret=secret_name
        )
        if secret is not None:
            await self._configuration.put_own_secret(workspace, secret_name, secret, by)
        await self._configuration.put_webhook(workspace, webhook, by)
        return Made(webhook, secret)

    async def new_secret(self, workspace: str, slug: str, by: str) -> Made:
        """Replace a webhook's secret; what is sent from now on is signed with the new one."""
        webhook = await self.get(workspace, slug)
        secret = fresh_secret(self._clock)
        await self._configuration.put_own_secret(workspace, webhook.secret, secret, by)
        return Made(webhook, secret)

    async def remove(self, workspace: str, slug: str, by: str) -> None:
        """Remove a webhook with its secret, unless something else uses that; what waits for it is given up."""
        webhook = await self.get(workspace, slug)
        await self._configuration.remove(workspace, "webhook", slug, by)
        with suppress(RuleError, NotFound):
            await self._configuration.remove_secret(workspace, webhook.secret, by)

    async def test(self, workspace: str, slug: str) -> str:
        """Send a test event; gives the delivery."""
        webhook = await self.get(workspace, slug)
        at = self._clock.now()
        delivery = Delivery(
            fresh_id("msg", self._clock),
            webhook.slug,
            "webhook.test",
            payload("webhook.test", at, {"webhook": slug}),
            at,
        )
        await self._stores.deliveries.add(workspace, delivery)
        return delivery.id

    async def resend(self, workspace: str, delivery: str) -> None:
        """Send a delivery again from the beginning. Raises NotFound."""
        await self._stores.deliveries.requeue(workspace, delivery, self._clock.now())

    async def disable(self, workspace: str, slug: str, reason: str) -> None:
        """Switch a webhook off because its receiver asked for it."""
        webhook = await self.get(workspace, slug)
        changed = webhook.model_copy(update={"enabled": False, "disabled_reason": reason})
        await self._configuration.put_webhook(workspace, changed, "engine")


def payload(event: str, at: int, data: dict[str, object]) -> str:
    """The body of a delivery, as Standard Webhooks recommends it."""
    when = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": event, "timestamp": when, "data": data}, ensure_ascii=False, separators=(",", ":"))


def with_deliveries(commit: TurnCommit, webhooks: Iterable[Webhook], clock: Clock) -> TurnCommit:
    """The commit with what its entries tell the webhooks: both are stored, or neither is."""
    listening = [one for one in webhooks if one.enabled]
    if not listening:
        return commit
    found: list[Delivery] = []
    for entry in commit.entries:
        if entry.visible_to == "all":
            continue
        body = json.loads(entry.body)
        event = event_of(entry.kind, body)
        to = [one for one in listening if event in one.events]
        if event is None or not to:
            continue
        data = {"conversation": commit.conversation, "run": entry.run, "seq": entry.seq, **body}
        text = payload(event, entry.at, {key: value for key, value in data.items() if value is not None})
        found += [Delivery(fresh_id("msg", clock), one.slug, event, text, entry.at) for one in to]
    return replace(commit, deliveries=(*commit.deliveries, *found)) if found else commit
