"""Each event, told when what it stands for happens, and only then."""

from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.actions import read_action
from deskhand.domain.agent import Agent
from deskhand.worker.timers import Timers
from tests.integration.webhooks.receiving import Told

SAY = {"id": "say", "kind": "message", "text": "Hello!"}
ASK = {"id": "ask", "kind": "collect", "variable": "name", "prompt": "Who are you?"}
TICKET: dict[str, Any] = {
    "id": "ticket",
    "kind": "internal",
    "action": "create_ticket",
    "parameters": {"subject": "Help"},
}
GATED = {**TICKET, "approval": "require", "description": "Open a ticket"}
LEAD = {"id": "lead", "kind": "internal", "action": "create_lead", "parameters": {"email": "jo@example.com"}}


async def types(told: Told) -> list[str]:
    return [kind for kind, _ in await told.told()]


async def run(told: Told, *steps: dict[str, Any]) -> str:
    """Have these steps run; gives the conversation."""
    return await told.start(await told.publish("flow", *steps))


@pytest.fixture(autouse=True)
async def hook(told: Told) -> None:
    await told.hook()


async def test_a_run_that_completes(told: Told) -> None:
    conversation = await run(told, SAY)

    ((kind, data),) = await told.told()
    assert kind == "run.completed"
    assert data["run"].startswith("run_")
    assert {name: data[name] for name in ("conversation", "procedure", "outcome", "step")} == {
        "conversation": conversation, "procedure": "flow", "outcome": "completed", "step": "say",
    }  # fmt: skip
    entries = await told.running.services.stores.conversations.entries(told.workspace, conversation, 0, 100)
    assert data["seq"] == next(one.seq for one in entries if one.kind == "run_ended")


async def test_a_run_that_ends_with_a_person(told: Told) -> None:
    await run(told, {"id": "over", "kind": "escalate", "reason": "Too hard for me"})

    by_type = dict(await told.told())
    assert sorted(by_type) == ["conversation.handed_over", "run.escalated"]
    assert by_type["conversation.handed_over"]["reason"] == "Too hard for me"


@pytest.mark.parametrize("by", ["customer", "Ben"])
async def test_a_run_that_is_cancelled(told: Told, by: str) -> None:
    conversation = await run(told, ASK)
    assert await types(told) == []
    await told.event(conversation, e.Cancelled(by=by))

    assert await types(told) == ["run.cancelled"]


async def test_a_run_that_fails(told: Told) -> None:
    broken = {"id": "bad", "kind": "message", "text": "{{x.b}}"}
    await run(told, {"id": "set", "kind": "set", "variable": "x", "value": {"a": 1}}, broken)

    assert "run.failed" in await types(told)
    assert "run.completed" not in await types(told)


async def test_an_approval_that_is_asked_for_and_given(told: Told) -> None:
    conversation = await run(told, GATED, SAY)
    ((kind, asked),) = await told.told()
    assert (kind, asked["description"], asked["about"]) == ("approval.requested", "Open a ticket", "approval")
    assert asked["approval"] == await told.approval()

    await told.event(conversation, e.Decided(approval=asked["approval"], decision="approve", by="Ben"))
    assert await types(told) == ["approval.requested", "approval.closed", "ticket.created", "run.completed"]
    closed = (await told.told())[1][1]
    assert (closed["approval"], closed["status"], closed["by"]) == (asked["approval"], "approved", "Ben")


async def test_an_approval_that_is_rejected(told: Told) -> None:
    conversation = await run(told, GATED)
    rejected = e.Decided(approval=await told.approval(), decision="reject", by="Ben", reason="No.")
    await told.event(conversation, rejected)

    by_type = dict(await told.told())
    assert sorted(by_type) == [
        "approval.closed", "approval.requested", "conversation.handed_over", "run.escalated",
    ]  # fmt: skip
    assert by_type["approval.closed"]["status"] == "rejected"


async def test_an_approval_that_expires(told: Told) -> None:
    await run(told, GATED)
    told.clock.advance(days=30)
    await Timers(told.running.services).wake_due()

    assert dict(await told.told())["approval.closed"]["status"] == "expired"


async def test_an_approval_that_lapses(told: Told) -> None:
    conversation = await run(told, GATED)
    await told.event(conversation, e.Cancelled(by="customer"))

    assert dict(await told.told())["approval.closed"]["status"] == "lapsed"
    assert "ticket.created" not in await types(told)


async def test_a_ticket_and_a_lead(told: Told) -> None:
    await run(told, TICKET, LEAD)

    by_type = dict(await told.told())
    assert list(by_type) == ["ticket.created", "lead.created", "run.completed"]
    assert (by_type["ticket.created"]["number"], by_type["ticket.created"]["subject"]) == (1, "Help")
    assert by_type["lead.created"]["email"] == "jo@example.com"


async def test_a_conversation_that_is_resolved(told: Told) -> None:
    await run(told, {"id": "resolve", "kind": "internal", "action": "resolve_session"})
    assert (await types(told)).count("conversation.resolved") == 1

    made = await told.running.services.engine.open(told.workspace)
    await told.event(made.conversation, e.Resolved(by="Ben"))
    last, data = (await told.told())[-1]
    assert (last, data["conversation"], data["by"]) == ("conversation.resolved", made.conversation, "Ben")


async def test_a_member_who_takes_over(told: Told) -> None:
    made = await told.running.services.engine.open(told.workspace)
    await told.event(made.conversation, e.TakenOver(by="Ben"))

    ((kind, data),) = await told.told()
    assert (kind, data["by"]) == ("conversation.handed_over", "Ben")


async def test_an_action_that_its_precondition_stops(told: Told) -> None:
    services = told.running.services
    action = read_action(
        {
            "slug": "refund",
            "name": "Refund",
            "description": "Gives money back.",
            "request": {"method": "POST", "url": told.receivers.url("/refund")},
            "preconditions": [{"kind": "succeeded", "actions": ["verify"]}],
        }
    )
    await services.configuration.put_action(told.workspace, action, "test")
    agent = Agent(slug="default", name="Sam", actions=["refund"])
    await services.configuration.put_agent(told.workspace, agent, "test")
    made = await services.engine.open(told.workspace)
    await told.event(made.conversation, e.ActionRequested(action="refund", arguments={}))

    refused = dict(await told.told())["action.refused"]
    assert (refused["action"], refused["rule"]) == ("refund", "succeeded")
    assert told.receivers.at("/refund") == []


async def test_an_action_that_is_used_directly_is_a_run(told: Told) -> None:
    services = told.running.services
    about = {"slug": "ping", "name": "Ping", "description": "Calls the other side."}
    action = read_action({**about, "request": {"url": told.receivers.url("/ping")}})
    await services.configuration.put_action(told.workspace, action, "test")
    await services.configuration.put_agent(told.workspace, Agent(slug="default", name="Sam", actions=["ping"]), "test")
    made = await services.engine.open(told.workspace)
    await told.event(made.conversation, e.ActionRequested(action="ping", arguments={}))

    ((kind, data),) = await told.told()
    assert (kind, data["procedure"]) == ("run.completed", "action:ping")


async def test_nobody_is_told_what_they_did_not_ask_for(told: Told) -> None:
    await told.hook(events=["lead.created"])
    await told.hook("both", events=["lead.created", "run.completed"])
    await told.running.services.webhooks.put(
        told.workspace, "off", told.receivers.url("/off"), ["run.completed"], "test", enabled=False
    )
    await run(told, SAY, TICKET, LEAD)

    assert sorted((one.webhook, one.event) for one in await told.deliveries()) == [
        ("both", "lead.created"), ("both", "run.completed"), ("crm", "lead.created"),
    ]  # fmt: skip


async def test_another_workspace_is_told_nothing(told: Told) -> None:
    services = told.running.services
    other = (await services.configuration.create_workspace("Other")).id
    await services.webhooks.put(other, "spy", told.receivers.url("/spy"), ["run.completed"], "test")
    await run(told, SAY)

    assert (await services.stores.deliveries.page(other)).items == []


async def test_what_the_customer_wrote_is_in_no_event(told: Told) -> None:
    conversation = await run(told, ASK, GATED)
    await told.event(conversation, e.Said(text="Rumpelstiltskin"))

    assert "approval.requested" in await types(told)
    assert "Rumpelstiltskin" not in str(await told.told())
