"""The templates of actions do what they say, against systems of their kind."""

import importlib.util
import json
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from deskhand.application.action_templates import read_action_template
from deskhand.bootstrap import Running, build
from deskhand.domain import events as e
from deskhand.domain.actions import document_of, read_action
from deskhand.domain.checks import check, errors
from deskhand.domain.contact import Contact
from deskhand.domain.direct import direct
from deskhand.domain.documents import parse_yaml
from deskhand.domain.documents.writing import write_data
from deskhand.domain.state import Conversation, ForAnswer, ForConfirmation
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.stored import load
from deskhand.settings import Settings
from deskhand.templates import action_template_names

BACKENDS = Path(__file__).parents[2] / "examples" / "backends.py"
SECRETS = {
    "ACCOUNTS_TOKEN": "backend-token",
    "CALENDAR_TOKEN": "backend-token",
    "INVENTORY_KEY": "backend-key",
    "SALESFORCE_TOKEN": "backend-token",
    "SHOP_TOKEN": "backend-token",
    "ZENDESK_TOKEN": "backend-token",
}


@dataclass
class Desk:
    """A workspace with a template, and what a customer and a member do in it."""

    running: Running
    workspace: str
    backends: Any

    async def open(self, **about: Any) -> str:
        return (await self.running.services.engine.open(self.workspace, about=about)).conversation

    async def happens(self, conversation: str, event: e.Event) -> list[str]:
        """What the customer was told after an event."""
        services = self.running.services
        before = await services.stores.conversations.get(self.workspace, conversation)
        await services.engine.handle(self.workspace, conversation, event)
        assert await services.engine.settle(self.workspace, conversation, 30)
        rows = await services.stores.conversations.entries(self.workspace, conversation, before.seq)
        return [json.loads(row.body)["text"] for row in rows if row.kind in ("say", "ask")]

    async def use(self, conversation: str, action: str, **arguments: Any) -> list[str]:
        return await self.happens(conversation, e.ActionRequested(action=action, arguments=arguments))

    async def yes(self, conversation: str) -> list[str]:
        top = (await self.state(conversation)).top
        assert top is not None
        assert isinstance(top.waiting, ForConfirmation)
        return await self.happens(conversation, e.Clicked(question=top.question or "", choice="yes"))

    async def approve(self, conversation: str) -> list[str]:
        page = await self.running.services.stores.conversations.approvals(self.workspace, conversation=conversation)
        decided = e.Decided(approval=page.items[0].id, decision="approve", by="Eve")
        return await self.happens(conversation, decided)

    async def state(self, conversation: str) -> Conversation:
        row = await self.running.services.stores.conversations.get(self.workspace, conversation)
        return load(Conversation, row.state)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Any]]:
    """The backends' address, and what they remember."""
    spec = importlib.util.spec_from_file_location("backends", BACKENDS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app = module.backends()
    config = uvicorn.Config(app, port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    listener = config.bind_socket()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", app.state
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
async def desk(request: pytest.FixtureRequest, served: tuple[str, Any], tmp_path: Path) -> AsyncIterator[Desk]:
    """A workspace that uses the template which the test's mark names."""
    url, state = served
    running = await build(Settings(data=tmp_path))
    services = running.services
    workspace = (await services.configuration.create_workspace("Shop")).id
    await services.configuration.set_internal_hosts(workspace, [url.removeprefix("http://")], "test")
    name = request.param
    stored = await services.action_templates.use(workspace, name, "test", base_url=url, agent="default")
    assert stored.refused == []
    for secret in read_action_template(name).secrets:
        await services.configuration.put_secret(workspace, secret, SECRETS[secret], "test")
    yield Desk(running, workspace, state)
    await running.close()


def using(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("desk", [name], indirect=True)


@pytest.mark.parametrize("name", action_template_names())
def test_a_template_has_no_errors(name: str) -> None:
    template = read_action_template(name)
    actions = {one.slug: one for one in template.actions}
    connections = {one.slug: one for one in template.connections}

    for action in template.actions:
        procedure = direct(action, {}).procedure
        around = Surroundings(procedure, actions=actions, connections=connections)
        assert errors(check(procedure, around, simulated=True)) == []
        assert set(template.agent_actions) <= actions.keys()
        assert action.when_not_to_use or action.slug in ("find-free-times", "verify-customer")
        assert action.function()["description"]
        assert read_action(parse_yaml(write_data(document_of(action)))) == action


@using("account-look-up")
async def test_an_account_is_read_by_the_leads_address(desk: Desk) -> None:
    conversation = await desk.open()
    assert await desk.use(conversation, "get-customer-account") == []  # there is no address yet, and it is left alone
    parameters = {"email": "jane@example.com", "name": "Jane"}
    step = {"id": "lead", "kind": "internal", "action": "create_lead", "parameters": parameters}
    document = {"name": "Lead", "trigger": {"description": "When a customer leaves an address"}, "steps": [step]}
    authoring = desk.running.services.authoring
    await authoring.create(desk.workspace, document, "test")
    await authoring.publish(desk.workspace, "lead", "test")
    await desk.happens(conversation, e.StartRequested(procedure="lead"))

    told = await desk.use(conversation, "get-customer-account")

    assert told == ["Your account (Jane Smith) is on the Pro plan, with 3250 of 5000 conversations used this month."]


@using("salesforce-look-up")
async def test_a_customer_is_asked_for_the_number_and_told_the_record(desk: Desk) -> None:
    conversation = await desk.open()
    asked = await desk.use(conversation, "lookup-customer")
    told = await desk.happens(conversation, e.Said(text="003-7781"))
    missing = await desk.use(conversation, "lookup-customer", customer_id="003-0000")

    assert asked == ["What's your customer number?"]
    assert told == ["I've found your account: Acme Ltd, Gold customer since 2019."]
    assert missing == ["I can't find a customer with the number 003-0000."]


@using("zendesk-ticket")
async def test_a_ticket_is_opened_and_its_number_told(desk: Desk) -> None:
    conversation = await desk.open(contact=Contact(first_name="Jo"))
    told = await desk.use(conversation, "create-ticket", issue_description='The "blue" lamp is broken')

    assert told == [f"I've opened ticket {35430 + len(desk.backends.tickets)} for you."]
    ticket = desk.backends.tickets[-1]
    assert (ticket.subject, ticket.priority) == ("Conversation with Jo", "normal")
    assert ticket.description == 'The "blue" lamp is broken'


@using("zendesk-ticket")
async def test_a_ticket_of_nobody_known_has_a_subject_too(desk: Desk) -> None:
    await desk.use(await desk.open(), "create-ticket", issue_description="It hums", priority_level="urgent")

    assert desk.backends.tickets[-1].subject == "Conversation with a customer"
    assert desk.backends.tickets[-1].priority == "urgent"


@using("inventory-check")
async def test_stock_is_told_in_words(desk: Desk) -> None:
    conversation = await desk.open()

    assert await desk.use(conversation, "check-inventory", sku="PROD-12345") == ["PROD-12345 is in stock: 7 left."]
    assert await desk.use(conversation, "check-inventory", sku="PROD-20000") == [
        "PROD-20000 is out of stock and expected on 2026-12-15."
    ]
    assert await desk.use(conversation, "check-inventory", sku="X") == ["I know no product with the number X."]


@using("verified-orders")
async def test_orders_are_told_once_the_customer_is_verified(desk: Desk) -> None:
    conversation = await desk.open()
    told = await desk.use(conversation, "look-up-orders", customer_id="12345")
    top = (await desk.state(conversation)).top
    assert top is not None
    assert isinstance(top.waiting, ForAnswer)
    assert told[-1] == "And for verification, what's your phone PIN?"  # the number is known already
    told = await desk.happens(conversation, e.Said(text="5678"))

    assert told[-1] == "Your orders: ORD-789 is shipped, ORD-790 is delivered."
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation)
    assert not any("5678" in row.body for row in rows)


@using("verified-orders")
async def test_who_cannot_be_verified_is_told_nothing_and_handed_over(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "look-up-orders", customer_id="12345")
    told = await desk.happens(conversation, e.Said(text="0000"))

    assert "ORD-" not in str(told)
    state = await desk.state(conversation)
    assert (state.mode, state.identity) == ("member", None)


@using("refund")
async def test_a_refund_takes_verification_a_yes_and_a_member(desk: Desk) -> None:
    conversation = await desk.open()
    refused = await desk.use(conversation, "submit-refund", order_id="ORD-789", reason="It is broken")
    assert refused == ["Before I can do that I have to verify who you are."]
    services = desk.running.services
    agent = await services.configuration.agent(desk.workspace, "default")
    assert "verify-customer" in agent.actions
    await desk.use(conversation, "verify-customer", customer_id="12345", phone_pin="5678")

    asked = await desk.use(conversation, "submit-refund", order_id="ORD-789", reason="It is broken")
    assert "ORD-789" in asked[-1]
    waiting = await desk.yes(conversation)
    assert "colleague" in waiting[-1]
    assert "ORD-789" not in desk.backends.refunds
    told = await desk.approve(conversation)

    assert told == ["Your refund is on its way: 49.9 EUR, number RF-1."]
    assert desk.backends.refunds == {"ORD-789": 1}
    await desk.use(conversation, "submit-refund", order_id="ORD-789", reason="It is broken")
    await desk.yes(conversation)
    again = await desk.approve(conversation)
    assert again == ["That order has been refunded already."]
    somebody_elses = await desk.use(conversation, "submit-refund", order_id="ORD-800", reason="It is broken")
    assert somebody_elses == ["I can't find that order among yours."]
    assert desk.backends.refunds == {"ORD-789": 1}


@using("appointment")
async def test_an_appointment_is_booked_after_a_yes(desk: Desk) -> None:
    conversation = await desk.open()
    free = await desk.use(conversation, "find-free-times", day="2026-12-01")
    assert free == ["Free on 2026-12-01: 11:30, 14:30."]
    wanted = {"day": "2026-12-01", "time": "14:30", "email": "jo@example.com"}
    asked = await desk.use(conversation, "book-appointment", **wanted)
    assert "14:30" in asked[-1]
    assert not desk.backends.booked
    told = await desk.yes(conversation)

    assert told == ["It's booked: 2026-12-01 at 14:30. Your confirmation number is AP-1."]
    await desk.use(conversation, "book-appointment", **wanted)
    taken = await desk.yes(conversation)
    assert taken == ["Somebody else has just taken that time. Which other one would suit you?"]
