"""What customers write while a call is at work: it is heard afterwards, but agrees to nothing that came after it."""

import pytest

from deskhand.domain import events as e
from tests.fake_model import FakeModel, calls
from tests.integration.actions.desk import PATIENCE, Desk

STEPS = (
    {"id": "order", "kind": "collect", "variable": "order_id", "prompt": "Which order?", "example": "A1001"},
    {"id": "find", "kind": "call", "action": "get-order"},
    {"id": "pay", "kind": "call", "action": "cancel-order", "confirm": "Refund {{order_id}}?"},
)


async def waits_for_the_shop(desk: Desk, *messages: str) -> str:
    """A conversation in which the customer writes these while their order is looked up."""
    await desk.get_order()
    await desk.cancel_order()
    await desk.publish("refund", *STEPS)
    engine = desk.running.services.engine
    conversation = await desk.open()
    wanted = e.StartRequested(procedure="refund", arguments={"order_id": "1"})
    answer = desk.shop.hold("GET /orders/1")
    await engine.handle(desk.workspace, conversation, wanted)
    await desk.shop.arrived.wait()
    for text in messages:
        await engine.handle(desk.workspace, conversation, e.Said(text=text))
    answer.set()
    assert await engine.settle(desk.workspace, conversation, PATIENCE)
    return conversation


@pytest.mark.parametrize("messages", [("ok",), ("yes", "please do it")])
async def test_a_yes_during_a_look_up_does_not_confirm_what_is_asked_after_it(
    desk: Desk, messages: tuple[str, ...]
) -> None:
    conversation = await waits_for_the_shop(desk, *messages)
    assert desk.shop.places == ["GET /orders/1"]
    assert (await desk.last(conversation, "ask"))["choices"] == ["yes", "no"]
    await desk.says(conversation, "yes")
    assert desk.shop.places == ["GET /orders/1", "POST /orders/1/cancel"]


async def test_a_model_that_takes_it_for_a_yes_changes_nothing(model_desk: Desk, fake: FakeModel) -> None:
    fake.otherwise = lambda _: calls({"kind": "affirm"})
    await waits_for_the_shop(model_desk, "yes that would be great", "ok")
    assert model_desk.shop.places == ["GET /orders/1"]
