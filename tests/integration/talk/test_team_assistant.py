"""The team's assistant: it works for a member in the customer's conversation, under the conversation's own guards."""

from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.agent import Agent
from deskhand.domain.errors import RuleError
from tests.integration.actions.desk import PATIENCE, Desk

ASK_FIRST = (
    {"id": "order", "kind": "collect", "variable": "order_id", "prompt": "Which order?", "example": "A1001"},
    {"id": "done", "kind": "message", "text": "Order {{order_id}}, {{contact.first_name | default(\"nobody\")}}."},
)  # fmt: skip


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await desk.publish("look-up", *ASK_FIRST, trigger={"description": "When somebody wants to look an order up"})
    agent = Agent(slug="helper", name="Helper", kind="team", actions=["cancel-order"])
    await desk.cancel_order(irreversible=True, preconditions=[{"kind": "at_most", "times": 1, "per": "{{order_id}}"}])
    await desk.running.services.configuration.put_agent(desk.workspace, agent, "test")
    return desk


async def asks(desk: Desk, conversation: str, text: str = "", **fields: Any) -> list[str]:
    """A member asks the assistant; gives what it says to them."""
    before = (await desk.state_row(conversation)).seq
    event = e.Assisted(by="Ben", agent="helper", text=text, **fields)
    await desk.running.services.engine.handle(desk.workspace, conversation, event)
    assert await desk.running.services.engine.settle(desk.workspace, conversation, PATIENCE)
    entries = await desk.entries(conversation, before)
    return [body["text"] for kind, body in entries if kind in ("say", "ask")]


async def test_a_procedure_runs_for_the_member_and_the_customer_sees_nothing(desk: Desk) -> None:
    conversation = await desk.open(contact={"first_name": "Ada"})
    assert await asks(desk, conversation, "look an order up") == ["Which order?"]
    assert await asks(desk, conversation, "A1001") == ["Order A1001, Ada."]
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation, 0, 100)
    assert {row.visible_to for row in rows} == {"members"}
    assert (await desk.state(conversation)).assistant is None


async def test_the_customer_and_the_member_talk_beside_each_other(desk: Desk) -> None:
    conversation = await desk.open()
    assert await desk.says(conversation, "look an order up") == ["Which order?"]
    assert await asks(desk, conversation, "look an order up") == ["Which order?"]
    assert await desk.says(conversation, "A1001") == ["Order A1001, nobody."]
    assert await asks(desk, conversation, "A2002") == ["Order A2002, nobody."]


async def test_it_works_while_a_member_has_the_conversation(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.event(conversation, e.TakenOver(by="Ben"))
    assert await asks(desk, conversation, "look order A1001 up") == ["Order A1001, nobody."]
    assert (await desk.state(conversation)).mode == "member"


async def test_what_is_irreversible_waits_for_an_approval_all_the_same(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.event(conversation, e.TakenOver(by="Ben"))
    await asks(desk, conversation, "cancel order", commands=())
    state = await desk.state(conversation)
    assert state.assistant is not None
    assert [run.procedure for run in state.assistant.runs] == ["action:cancel-order"]
    await asks(desk, conversation, "1")
    assert desk.shop.seen == []
    assert await desk.decides(conversation, "approve") == ["Cancelled 1."]
    assert [one.path for one in desk.shop.seen] == ["/orders/1/cancel"]


async def test_a_limit_counts_for_both_sides_together(desk: Desk) -> None:
    await desk.enable("cancel-order")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.decides(conversation, "approve")
    await asks(desk, conversation, "cancel order 1")
    await asks(desk, conversation, "1")
    await desk.decides(conversation, "approve")
    assert len(desk.shop.seen) == 1
    assert await desk.guarded(conversation) == [("cancel-order", "at_most")]


async def test_only_an_agent_of_the_team_assists(desk: Desk) -> None:
    conversation = await desk.open()
    with pytest.raises(RuleError, match="no agent of the team"):
        await desk.event(conversation, e.Assisted(by="Ben", agent="default", text="hello"))


async def test_another_agent_has_to_wait_until_the_first_is_done(desk: Desk) -> None:
    other = Agent(slug="other", name="Other", kind="team")
    await desk.running.services.configuration.put_agent(desk.workspace, other, "test")
    conversation = await desk.open()
    await asks(desk, conversation, "look an order up")
    with pytest.raises(RuleError, match="`helper` has not finished yet"):
        await desk.event(conversation, e.Assisted(by="Ben", agent="other", text="hello"))
    assert await asks(desk, conversation, "cancel") == ["All right, I've stopped that."]
    await desk.event(conversation, e.Assisted(by="Ben", agent="other", text="hello"))


async def test_a_click_answers_the_assistants_question(desk: Desk) -> None:
    await desk.publish(
        "rate",
        {"id": "how", "kind": "collect", "variable": "how", "prompt": "How?", "choices": ["Good", "Bad"]},
        {"id": "done", "kind": "message", "text": "{{how}}!"},
        trigger={"description": "When somebody wants to rate the service"},
    )
    conversation = await desk.open()
    await asks(desk, conversation, "rate the service")
    question = (await desk.last(conversation, "ask"))["question"]
    assert await asks(desk, conversation, question=question, choice="Good") == ["Good!"]


async def test_a_component_is_for_the_member_who_fills_it_in_like_a_form(desk: Desk) -> None:
    flow = {"kind": "flow", "pages": [{"fields": [{"name": "email", "type": "email"}]}]}
    await desk.publish(
        "sign-up",
        {"id": "show", "kind": "component", "component": flow},
        {"id": "topic", "kind": "switch_topic", "topic": None, "text": "{{email}} is in."},
        {"id": "more", "kind": "suggest", "suggestions": ["Sign another one up"]},
        trigger={"description": "When somebody wants to sign a customer up"},
    )
    conversation = await desk.open()
    await desk.event(conversation, e.TopicSwitched(topic="returns", by="Ben"))
    await asks(desk, conversation, "sign the customer up")
    question = (await desk.last(conversation, "show_component"))["question"]
    said = await asks(desk, conversation, question=question, values={"email": "ann@example.com"})
    assert said == ["ann@example.com is in."]
    assert (await desk.state(conversation)).topic is None
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation, 0, 100)
    assert {row.visible_to for row in rows} == {"members"}
