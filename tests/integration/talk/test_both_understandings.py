"""The same talk, understood offline and by a model, leads to the same state: the engine decides for both."""

from typing import Any

import pytest

from tests.fake_model import FakeModel, calls
from tests.integration.actions.desk import Desk
from tests.integration.talk.conftest import with_model
from tests.integration.talk.shop_desk import Talk, furnish, talk_at

Said = tuple[str, list[dict[str, Any]]]


def start(procedure: str, **values: Any) -> dict[str, Any]:
    return {"kind": "start_procedure", "procedure": procedure, "values": values}


def sets(**values: Any) -> dict[str, Any]:
    return {"kind": "set_variables", "values": values}


def corrects(variable: str, value: Any) -> dict[str, Any]:
    return {"kind": "correct_variable", "variable": variable, "value": value}


CANCEL = {"kind": "cancel"}
NO_ANSWER = {"kind": "no_answer"}

TALKS: dict[str, list[Said]] = {
    "a refund with a correction": [
        ("I want a refund for A1001", [start("refund", order_id="A1001")]),
        ("sorry, I meant A1002", [corrects("order_id", "A1002")]),
        ("it broke", [sets(reason="it broke")]),
        ("jo@example.com", [sets(email="jo@example.com")]),
    ],
    "a correction that comes too late": [
        ("I want a refund for A1001", [start("refund", order_id="A1001")]),
        ("it broke", [sets(reason="it broke")]),
        ("jo@example.com", [sets(email="jo@example.com")]),
        ("oh no, the order was A1002!", [corrects("order_id", "A1002")]),
    ],
    "a digression": [
        ("I want a refund", [start("refund")]),
        ("where is my order A1002?", [start("order-status", order_id="A1002")]),
        ("A1001", [sets(order_id="A1001")]),
    ],
    "two requests": [
        ("I'd like to change my address and book a call", [start("change-of-address"), start("book-a-call")]),
        ("A1001", [sets(order_id="A1001")]),
        ("5 Elm Street", [sets(address="5 Elm Street")]),
        ("yes", []),
        ("friday", [sets(day="2026-03-06")]),
    ],
    "something else instead": [
        ("book a call", [start("book-a-call")]),
        ("forget that, I want a refund", [CANCEL, start("refund")]),
    ],
    "no plain yes": [
        ("cancel my subscription for jo@example.com", [start("cancel-subscription", email="jo@example.com")]),
        ("sure why not", [{"kind": "affirm"}]),
        ("yes but not that one", [{"kind": "affirm"}]),
        ("never mind", [CANCEL]),
    ],
    "which is meant": [
        ("I want to cancel", [{"kind": "clarify", "between": ["cancel-order", "cancel-subscription"]}]),
        ("the subscription", [start("cancel-subscription")]),
        ("jo@example.com", [sets(email="jo@example.com")]),
    ],
    "no answer": [
        ("book a call", [start("book-a-call")]),
        ("why do you need that?", [NO_ANSWER]),
        ("tomorrow", [sets(day="2026-03-03")]),
        ("thanks", [{"kind": "small_talk", "about": "thanks"}]),
    ],
}


async def outcome(talk: Talk) -> dict[str, Any]:
    """Everything about a conversation that does not depend on who understood."""
    state = await talk.state()
    return {
        "open": await talk.open(),
        "variables": [run.variables for run in state.runs],
        "ended": await talk.ended(),
        "sent": talk.sent,
        "mode": state.mode,
        "queued": [one.procedure for one in state.queued],
    }


@pytest.mark.parametrize("said", TALKS.values(), ids=TALKS.keys())
async def test_both_understandings_lead_to_the_same(desk: Desk, fake: FakeModel, said: list[Said]) -> None:
    await furnish(desk)
    talk = await talk_at(desk)
    await talk.says(*(text for text, _ in said))
    offline = await outcome(talk)
    talk.desk.shop.seen.clear()

    modelled = await talk_at(await with_model(talk.desk, fake))
    for text, commands in said:
        fake.otherwise = lambda _, given=commands: calls(*given)  # type: ignore[misc]
        await modelled.says(text)
    assert fake.requests
    assert await outcome(modelled) == offline
