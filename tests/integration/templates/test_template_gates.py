"""What the templates' actions are kept from: other customers' orders, a second refund, a time that is taken."""

import pytest

from deskhand.domain.state import ForAnswer
from tests.integration.templates.template_desk import Desk, using

REFUND = {"order_id": "ORD-789", "reason": "It is broken"}
WANTED = {"day": "2026-12-01", "time": "14:30", "email": "jo@example.com"}


# two actions: verify, then look up


@using("verified-orders")
async def test_orders_are_told_once_the_customer_is_verified(desk: Desk) -> None:
    conversation = await desk.open()
    told = await desk.use(conversation, "look-up-orders", customer_id="12345")
    top = (await desk.state(conversation)).top
    assert top is not None
    assert isinstance(top.waiting, ForAnswer)
    assert told[-1] == "And for verification, what's your phone PIN?"  # the number is known already
    told = await desk.says(conversation, "5678")

    assert told == [
        "Thank you, John Smith. I've verified that it's you.",
        "Your orders: ORD-789 is shipped, ORD-790 is delivered, ORD-791 is pending.",
    ]
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation)
    assert not any("5678" in row.body for row in rows)


@using("verified-orders")
async def test_who_cannot_be_verified_is_told_nothing_and_handed_over(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "look-up-orders", customer_id="12345")
    told = await desk.says(conversation, "0000")

    assert "ORD-" not in str(told)
    state = await desk.state(conversation)
    assert (state.mode, state.identity) == ("member", None)


@using("verified-orders")
async def test_a_verified_customer_is_not_told_about_somebody_else(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "look-up-orders", customer_id="12345")
    assert "ORD-789" in (await desk.says(conversation, "5678"))[-1]
    told = await desk.use(conversation, "look-up-orders", customer_id="67890")

    assert told[0] == "That isn't the customer number that you were verified with."
    assert "ORD-800" not in str(told)
    assert (await desk.state(conversation)).mode == "member"


# refund


async def verified(desk: Desk) -> str:
    conversation = await desk.open()
    await desk.use(conversation, "verify-customer", customer_id="12345", phone_pin="5678")
    return conversation


@using("refund")
async def test_a_refund_verifies_first_and_takes_a_yes_and_a_member(desk: Desk) -> None:
    conversation = await desk.open()
    assert await desk.use(conversation, "submit-refund", **REFUND) == ["What's your customer number?"]
    asked = await desk.says(conversation, "12345", "5678")
    assert "I'm going to ask for a refund of order ORD-789, because “It is broken”." in asked[-1]
    waiting = await desk.answer(conversation, "yes")
    assert "colleague" in waiting[-1]
    assert desk.memory.refunds == {}

    told = await desk.decide(conversation)

    assert told == ["Your refund of order ORD-789 is on its way. Its number: RF-1."]
    assert desk.memory.refunds == {"ORD-789": 1}


@using("refund")
async def test_nobody_is_refunded_who_was_not_verified(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "submit-refund", **REFUND)
    told = await desk.says(conversation, "12345", "0000")

    assert told[-1] == "Before I can do that I have to verify who you are."
    assert desk.memory.refunds == {}


@using("refund")
@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("ORD-800", "I can't find that order among yours."),
        ("ORD-999", "I can't find that order among yours."),
        ("ORD-791", "That order is less than 24 hours old. You can still cancel it instead."),
    ],
)
async def test_an_order_that_may_not_be_refunded_is_refused_before_anybody_is_asked(
    desk: Desk, order: str, why: str
) -> None:
    conversation = await verified(desk)

    assert await desk.use(conversation, "submit-refund", order_id=order, reason="It is broken") == [why]
    assert desk.memory.refunds == {}


@using("refund")
async def test_a_refunded_order_is_not_refunded_again(desk: Desk) -> None:
    conversation = await verified(desk)
    await desk.use(conversation, "submit-refund", **REFUND)
    await desk.answer(conversation, "yes")
    await desk.decide(conversation)

    assert await desk.use(conversation, "submit-refund", **REFUND) == ["That order has been refunded already."]
    assert desk.memory.refunds == {"ORD-789": 1}


@using("refund")
@pytest.mark.parametrize("late", [False, True])
async def test_of_two_approved_refunds_of_one_order_only_one_is_sent(desk: Desk, late: bool) -> None:
    desk.memory.late = late
    both = [await verified(desk), await verified(desk)]
    for conversation in both:
        await desk.use(conversation, "submit-refund", **REFUND)
        await desk.answer(conversation, "yes")

    told = [await desk.decide(conversation) for conversation in both]

    assert told[1] == ["That order has been refunded already."]
    assert desk.memory.refunds == {"ORD-789": 1}


@using("refund")
async def test_a_refund_of_unknown_outcome_is_read_back(desk: Desk) -> None:
    conversation = await verified(desk)
    await desk.use(conversation, "submit-refund", **REFUND)
    await desk.answer(conversation, "yes")
    desk.memory.lose_answers = True

    told = await desk.decide(conversation)

    assert told == ["Your refund of order ORD-789 is on its way. Its number: will follow."]
    assert desk.memory.refunds == {"ORD-789": 1}


@using("refund")
async def test_a_pin_cannot_be_guessed_on_and_on(desk: Desk) -> None:
    conversation = await desk.open()
    for pin in ("0001", "0002", "0003"):
        await desk.use(conversation, "verify-customer", customer_id="12345", phone_pin=pin)
    told = await desk.use(conversation, "verify-customer", customer_id="12345", phone_pin="5678")

    assert told[0] == "I can't verify that. A colleague will help you here."
    state = await desk.state(conversation)
    assert (state.mode, state.identity) == ("member", None)


# appointment


@using("appointment")
async def test_an_appointment_is_booked_after_a_yes(desk: Desk) -> None:
    conversation = await desk.open()
    free = await desk.use(conversation, "find-free-times", day="2026-12-01")
    assert free == ["Free on 2026-12-01: 09:00, 11:30, 14:30."]
    asked = await desk.use(conversation, "book-appointment", **WANTED)
    assert "14:30" in asked[-1]
    assert desk.memory.booked == []
    told = await desk.answer(conversation, "yes")

    assert told == ["It's booked: 2026-12-01 at 14:30. Your confirmation number is AP-1."]
    taken = await desk.use(conversation, "book-appointment", **WANTED)
    assert taken == ["14:30 isn't free on 2026-12-01. Which other time would suit you?"]
    assert await desk.use(conversation, "find-free-times", day="2026-12-24") == ["Free on 2026-12-24: no time at all."]


@using("appointment")
async def test_nothing_is_booked_after_a_no(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "book-appointment", **WANTED)
    await desk.answer(conversation, "no")

    assert desk.memory.booked == []


@using("appointment")
async def test_of_two_customers_who_want_the_same_time_one_gets_it(desk: Desk) -> None:
    both = [await desk.open(), await desk.open()]
    for conversation in both:
        await desk.use(conversation, "book-appointment", **WANTED)

    told = [await desk.answer(conversation, "yes") for conversation in both]

    assert told[0] == ["It's booked: 2026-12-01 at 14:30. Your confirmation number is AP-1."]
    assert told[1] == ["14:30 isn't free on 2026-12-01. Which other time would suit you?"]
    assert len(desk.memory.booked) == 1


@using("appointment")
async def test_a_booking_whose_answer_is_lost_is_sent_again_and_made_once(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "book-appointment", **WANTED)
    desk.memory.lose_answers = True

    told = await desk.answer(conversation, "yes")

    assert told == ["It's booked: 2026-12-01 at 14:30. Your confirmation number is AP-1."]
    assert len(desk.memory.booked) == 1
