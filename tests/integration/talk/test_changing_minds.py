"""Customers take things back, stop, and want something else instead; what has happened is never done twice."""

from typing import Any

import pytest

from tests.integration.talk.shop_desk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

FOR_A1001 = '/refunds {"order":"A1001"}'


@pytest.mark.parametrize(
    ("before", "text", "knows", "asked"),
    [
        (["refund A1001"], "sorry, my order is actually A1002", {"order_id": "A1002"}, "reason"),
        (["refund A1001"], "no, B2001", {"order_id": "B2001"}, "reason"),
        (["refund A1001"], "oops wrong one. its A1002", {"order_id": "A1002"}, "reason"),
        (["refund A1001", "it broke"], "not A1001 but A1002", {"order_id": "A1002", "reason": "it broke"}, "email"),
        (["refund A1001", "it broke"], "no, the other order", {"reason": "it broke"}, "order_id"),
        (["book a call", "friday"], "I meant monday", {"day": "2026-03-09"}, "number"),
        (["book a call", "friday"], "no wait make that the 12th of march", {"day": "2026-03-12"}, "number"),
        (["book a call", "friday", "+49 30 1234567"], "actually +49 30 7654321",
         {"day": "2026-03-06", "number": "+49307654321"}, "topic"),
        (["I want to order more mugs", "two"], "make it 3", {"product": "mug", "quantity": 3}, "gift"),
        (["I want to order more mugs", "two"], "better shirts actually", {"product": "shirt", "quantity": 2}, "gift"),
        (["I want to order more mugs", "two", "no"], "yes, but make it 4",
         {"product": "mug", "quantity": 4, "gift": False}, "confirmation"),
        (["cancel my subscription", "jo@example.com"], "wrong email, its ann@example.com",
         {"email": "ann@example.com"}, "confirmation"),
        (["change my address", "A1001", "10 Downing Street"], "wait its 11 Downing Street",
         {"order_id": "A1001", "address": "11 Downing Street"}, "confirmation"),
    ],
)  # fmt: skip
async def test_what_is_taken_back_is_changed_and_the_rest_is_kept(
    talk: Talk, before: list[str], text: str, knows: dict[str, Any], asked: str
) -> None:
    await talk.says(*before)
    assert (await talk.says(text))[0] == "All right, I've changed that."
    assert await talk.knows() == knows
    assert [waits for _, waits in await talk.open()] == [asked]
    assert talk.sent == []


async def test_a_corrected_order_is_looked_up_anew_and_only_that_one_is_paid_back(talk: Talk) -> None:
    await talk.says("I want a refund", "A1001", "it broke", "no, the other order", "A1002")
    told = await talk.says("jo@example.com")
    assert [one.path for one in talk.desk.shop.seen] == ["/orders/A1001", "/orders/A1002", "/refunds"]
    assert talk.sent == ['/refunds {"order":"A1002"}']
    assert told[0] == "Refunded A1002 (open) to jo@example.com: it broke."


async def test_a_correction_after_the_act_repeats_nothing_and_calls_a_person(talk: Talk) -> None:
    await talk.says("I want a refund", "A1001", "it broke", "jo@example.com")
    assert talk.sent == [FOR_A1001]
    [told] = await talk.says("oh no, the order was A1002!")
    assert told.startswith("That has been done already with what you told me before.")
    assert (await talk.state()).mode == "member"
    assert talk.sent == [FOR_A1001]


async def test_a_correction_of_what_the_act_did_not_use_repeats_no_act_either(talk: Talk) -> None:
    await talk.says("I want a refund", "A1001", "it broke", "jo@example.com", "my email is actually ann@example.com")
    assert talk.sent == [FOR_A1001]
    assert (await talk.state()).mode == "agent"
    assert (await talk.knows())["email"] == "ann@example.com"


@pytest.mark.parametrize("text", ["I meant monday!", "no wait, the 12th", "make it another day", "thats wrong"])
async def test_a_correction_when_everything_is_over_does_nothing_by_itself(talk: Talk, text: str) -> None:
    await talk.says("book a call", "friday", "+49 30 1234567", "order")
    await talk.says(text)
    assert len(talk.sent) == 1
    assert await talk.open() == []


@pytest.mark.parametrize("text", ["nvm", "never mind", "actually nvm", "CANCEL", "stop please", "forget it"])
@pytest.mark.parametrize("before", [["I want a refund"], ["I want to order more mugs", "two"]])
async def test_stopping_in_the_middle_ends_it(talk: Talk, before: list[str], text: str) -> None:
    await talk.says(*before)
    assert await talk.says(text) == ["All right, I've stopped that."]
    assert await talk.open() == []
    assert talk.sent == []


@pytest.mark.parametrize("text", ["never mind", "nvm", "I changed my mind", "stop", "don't order it"])
async def test_stopping_before_a_yes_sends_nothing(talk: Talk, text: str) -> None:
    await talk.says("I want to order more mugs", "two", "no", text)
    assert await talk.open() == []
    await talk.says("yes")
    assert talk.sent == []


async def test_cancel_is_no_clear_no_where_cancelling_is_to_be_confirmed(talk: Talk) -> None:
    await talk.says("cancel my subscription", "jo@example.com", "cancel")
    assert await talk.open() == [("cancel-subscription", "confirmation")]
    await talk.says("don't cancel my subscription")
    assert await talk.open() == []
    assert talk.sent == []


@pytest.mark.parametrize(
    "text",
    [
        "forget that, I want a refund",
        "nvm. refund please",
        "stop, I want my money back instead",
        "I don't need to book a call, I want a refund",
        "never mind the call and give me my money back",
    ],
)
async def test_something_else_instead_ends_the_one_and_begins_the_other(talk: Talk, text: str) -> None:
    await talk.says("book a call", text)
    assert await talk.open() == [("refund", "order_id")]
    assert await talk.ended() == [("book-a-call", "cancelled")]


@pytest.mark.parametrize("text", ["no I dont want a refund", "actually, I don't want a refund."])
async def test_what_is_not_wanted_stops_and_does_not_start(talk: Talk, text: str) -> None:
    await talk.says("I want a refund", text)
    assert await talk.open() == []
    await talk.says(text)
    assert await talk.open() == []


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("don't cancel my subscription", None),
        ("I don't want to cancel my order, just change the address", "change-of-address"),
        ("I dont need a refund, where is my order?", "order-status"),
        ("I don't want my monthly plan any more, cancel my subscription", "cancel-subscription"),
    ],
)
async def test_only_what_is_wanted_starts(talk: Talk, text: str, procedure: str | None) -> None:
    await talk.says(text)
    assert [slug for slug, _ in await talk.open()] == ([procedure] if procedure else [])
