"""Webhooks: what happens is told, signed, until somebody has taken it."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from deskhand.bootstrap import Running, build
from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.domain.webhook import EVENTS, signature
from deskhand.settings import Settings
from deskhand.worker.deliveries import Deliveries
from tests.clock import ScriptedClock

START = 1_900_000_000_000


@dataclass
class Receiver:
    """A system that is told of events, and answers what it is told to."""

    statuses: list[int] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append({"path": request.path, "body": body, **headers})
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers={"Location": "http://169.254.169.254/"} if status == 307 else {})

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def events(self) -> list[str]:
        return [json.loads(one["body"])["type"] for one in self.seen]


@dataclass
class Desk:
    running: Running
    workspace: str
    clock: ScriptedClock
    receiver: Receiver
    secret: str = ""

    async def send(self) -> int:
        return await Deliveries(self.running.services, self.running.http).send_due()

    async def deliveries(self, **chosen: Any) -> list[Any]:
        return list((await self.running.services.stores.deliveries.page(self.workspace, **chosen)).items)

    async def put(self, slug: str = "crm", path: str = "/hook", **more: Any) -> str:
        events = more.pop("events", list(EVENTS))
        made = await self.running.services.webhooks.put(
            self.workspace, slug, f"http://{self.receiver.host}{path}", events, "test", **more
        )
        return made.secret or ""

    async def run(self, steps: list[dict[str, Any]], slug: str = "flow") -> str:
        """Publish a procedure with these steps and start it in a conversation of its own."""
        services = self.running.services
        document = {"name": slug, "trigger": {"description": "When a test wants it to run"}, "steps": steps}
        await services.authoring.create(self.workspace, document, "test")
        await services.authoring.publish(self.workspace, slug, "test")
        made = await services.engine.open(self.workspace, first=e.StartRequested(procedure=slug))
        await services.engine.settle(self.workspace, made.conversation)
        return made.conversation


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    receiver, clock = Receiver(), ScriptedClock(START)
    app = web.Application()
    app.router.add_post("/{tail:.*}", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.port = runner.addresses[0][1]
    running = await build(Settings(data=tmp_path), clock=clock)
    workspace = (await running.services.configuration.create_workspace("Shop")).id
    await running.services.configuration.set_internal_hosts(workspace, [receiver.host], "test")
    yield Desk(running, workspace, clock, receiver)
    await running.close()
    await runner.cleanup()


SAY = {"id": "say", "kind": "message", "text": "Hello!"}


async def test_a_completed_run_is_told_with_a_signature_that_fits(desk: Desk) -> None:
    secret = await desk.put(events=["run.completed"])
    conversation = await desk.run([SAY])

    assert await desk.send() == 1

    (seen,) = desk.receiver.seen
    told = json.loads(seen["body"])
    assert told["type"] == "run.completed"
    assert told["data"]["conversation"] == conversation
    assert told["data"]["procedure"] == "flow"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{seen['webhook-id']}.{seen['webhook-timestamp']}.{seen['body']}".encode()
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert seen["webhook-signature"] == f"v1,{expected}"
    assert int(seen["webhook-timestamp"]) == desk.clock.now() // 1000
    assert [one.status for one in await desk.deliveries()] == ["delivered"]


def test_a_signature_is_as_the_scheme_says() -> None:
    # the scheme's own example
    assert (
        signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


async def test_only_the_events_that_were_asked_for_are_told(desk: Desk) -> None:
    await desk.put(events=["lead.created"])
    await desk.run([SAY])

    assert await desk.deliveries() == []


async def test_every_event_is_told_when_it_happens(desk: Desk) -> None:
    await desk.put()
    ticket = {"id": "ticket", "kind": "internal", "action": "create_ticket", "parameters": {"subject": "Help"}}
    lead = {"id": "lead", "kind": "internal", "action": "create_lead", "parameters": {"email": "jo@example.com"}}
    resolve = {"id": "resolve", "kind": "internal", "action": "resolve_session"}
    await desk.run([lead, resolve, {**ticket, "approval": "require"}], "waits")
    await desk.run([{"id": "over", "kind": "escalate", "reason": "Too hard"}], "hands")
    await desk.run([
        {"id": "set", "kind": "set", "variable": "x", "value": {"a": 1}},
        {"id": "bad", "kind": "message", "text": "{{x.b}}"},
    ], "breaks")  # fmt: skip
    services = desk.running.services
    (approval,) = (await services.stores.conversations.approvals(desk.workspace)).items
    decided = e.Decided(approval=approval.id, decision="approve", by="Eve")
    await services.engine.handle(desk.workspace, approval.conversation, decided)
    asked = await desk.run([{"id": "ask", "kind": "collect", "variable": "name", "prompt": "Who?"}], "asks")
    await services.engine.handle(desk.workspace, asked, e.Cancelled(by="customer"))
    await services.webhooks.test(desk.workspace, "crm")
    while await desk.send():
        pass

    told = set(desk.receiver.events())
    assert told == set(EVENTS) - {"action.refused"}


async def test_who_answers_with_an_error_is_told_again_and_again_for_a_day(desk: Desk) -> None:
    await desk.put(events=["run.completed"])
    await desk.run([SAY])
    desk.receiver.statuses = [500] * 1000

    tries = 0
    while rows := await desk.deliveries(status="pending"):
        desk.clock.advance(max(0, rows[0].due_at - desk.clock.now()) / 1000)
        tries += await desk.send()

    (dead,) = await desk.deliveries(status="dead")
    assert dead.attempts == tries == len(desk.receiver.seen) > 10
    assert 23 * 3600_000 < desk.clock.now() - START <= 24 * 3600_000
    assert dead.last_problem == "The receiver answered 500."
    assert len({one["webhook-id"] for one in desk.receiver.seen}) == 1

    desk.receiver.statuses = []
    await desk.running.services.webhooks.resend(desk.workspace, dead.id)
    await desk.send()
    assert [one.status for one in await desk.deliveries()] == ["delivered"]


async def test_a_receiver_that_is_gone_is_switched_off(desk: Desk) -> None:
    await desk.put(events=["webhook.test"])
    desk.receiver.statuses = [410]
    await desk.running.services.webhooks.test(desk.workspace, "crm")
    await desk.send()

    webhook = await desk.running.services.webhooks.get(desk.workspace, "crm")
    assert not webhook.enabled
    assert "410" in webhook.disabled_reason
    await desk.run([SAY])
    assert [one.status for one in await desk.deliveries()] == ["dead"]


async def test_a_redirect_to_somewhere_else_is_not_followed(desk: Desk) -> None:
    await desk.put(events=["webhook.test"])
    desk.receiver.statuses = [307]
    await desk.running.services.webhooks.test(desk.workspace, "crm")
    await desk.send()

    (waiting,) = await desk.deliveries()
    assert waiting.status == "pending"
    assert len(desk.receiver.seen) == 1


async def test_a_private_address_is_told_nothing_unless_it_is_allowed(desk: Desk) -> None:
    await desk.put(events=["webhook.test"])
    await desk.running.services.configuration.set_internal_hosts(desk.workspace, [], "test")
    await desk.running.services.webhooks.test(desk.workspace, "crm")
    await desk.send()

    (waiting,) = await desk.deliveries()
    assert waiting.status == "pending"
    assert waiting.last_status is None
    assert desk.receiver.seen == []


async def test_a_new_secret_signs_from_then_on(desk: Desk) -> None:
    old = await desk.put(events=["webhook.test"])
    new = (await desk.running.services.webhooks.new_secret(desk.workspace, "crm", "test")).secret
    assert new not in (None, old)
    await desk.running.services.webhooks.test(desk.workspace, "crm")
    await desk.send()

    (seen,) = desk.receiver.seen
    assert seen["webhook-signature"] == signature(
        new or "", seen["webhook-id"], int(seen["webhook-timestamp"]), seen["body"]
    )


async def test_changing_a_webhook_keeps_its_secret_and_shows_it_no_more(desk: Desk) -> None:
    first = await desk.put()

    assert first.startswith("whsec_")
    assert await desk.put(path="/elsewhere") == ""


async def test_sensitive_values_are_masked_in_what_is_told(desk: Desk) -> None:
    await desk.put()
    services = desk.running.services
    document = {
        "name": "Pin",
        "trigger": {"description": "When a test wants it to run"},
        "variables": [{"name": "pin", "sensitive": True, "prompt": "Your PIN?"}],
        "steps": [
            {
                "id": "ticket",
                "kind": "internal",
                "action": "create_ticket",
                "parameters": {"subject": "PIN {{pin}}"},
                "approval": "require",
                "description": "A ticket about {{pin}}",
            }
        ],
    }
    await services.authoring.create(desk.workspace, document, "test")
    await services.authoring.publish(desk.workspace, "pin", "test")
    made = await services.engine.open(desk.workspace, first=e.StartRequested(procedure="pin"))
    await services.engine.handle(desk.workspace, made.conversation, e.Said(text="pin-4711-x"))
    while await desk.send():
        pass

    assert "approval.requested" in desk.receiver.events()
    assert "pin-4711-x" not in str(desk.receiver.seen)


async def test_what_is_not_committed_is_not_told(desk: Desk) -> None:
    await desk.put()
    conversation = await desk.run([SAY])
    before = len(await desk.deliveries())
    with pytest.raises(RuleError):
        await desk.running.services.engine.handle(
            desk.workspace, conversation, e.Clicked(question="gone", choice="yes")
        )

    assert len(await desk.deliveries()) == before


async def test_a_removed_webhook_gets_nothing_that_waited_for_it(desk: Desk) -> None:
    await desk.put(events=["webhook.test"])
    await desk.running.services.webhooks.test(desk.workspace, "crm")
    await desk.running.services.webhooks.remove(desk.workspace, "crm", "test")
    await desk.send()

    assert desk.receiver.seen == []
    assert [one.status for one in await desk.deliveries()] == ["dead"]


async def test_a_webhooks_secret_replaces_no_other_and_is_not_removed_under_it(desk: Desk) -> None:
    configuration = desk.running.services.configuration
    await configuration.put_secret(desk.workspace, "WEBHOOK_CRM", "somebody else's", "test")
    await desk.put()

    webhook = await desk.running.services.webhooks.get(desk.workspace, "crm")
    assert webhook.secret == "WEBHOOK_CRM_2"
    with pytest.raises(RuleError, match="used by the webhook `crm`"):
        await configuration.remove_secret(desk.workspace, webhook.secret, "test")
