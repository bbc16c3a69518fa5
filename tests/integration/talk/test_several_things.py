"""Customers ask for something else in the middle, for two things at once, and for what is not clear."""

import pytest

from tests.integration.talk.shop_desk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

DELIVERY = "Delivery takes three to five working days."


# another question, another procedure, and back


async def test_a_question_in_the_middle_is_answered_and_the_open_one_asked_again(talk: Talk) -> None:
    await talk.says("refund A1001")
    assert await talk.says("how long does delivery take?") == [DELIVERY, "What is the reason?"]
    assert (await talk.bodies("say"))[-1]["sources"][0]["source"] == "faq"
    await talk.says("it was too late")
    assert (await talk.knows())["reason"] == "it was too late"


async def test_a_question_before_a_yes_is_answered_and_confirms_nothing(talk: Talk) -> None:
    await talk.says("I want to order more mugs", "two", "no")
    told = await talk.says("wait, how long does delivery take?")
    assert told == [DELIVERY, "Order 2 x mug? Shall I go ahead? Please answer yes or no."]
    assert talk.sent == []
    assert await talk.says("ok") == ["Ordered 2 x mug."]


@pytest.mark.parametrize("text", ["A1001. And do you wrap gifts?", "Do you wrap gifts? The order is A1001"])
async def test_an_answer_with_a_question_beside_gets_both(talk: Talk, text: str) -> None:
    assert await talk.says("I want a refund", text) == ["We wrap gifts for 3 euros.", "What is the reason?"]
    assert await talk.knows() == {"order_id": "A1001"}


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (["I want a refund"], "can i bring my parrot?"),
        (["refund A1001"], "when is the next full moon?"),
        (["I want to order more mugs", "two"], "are they dishwasher safe?"),
    ],
)
async def test_a_question_that_nobody_can_answer_is_counted_and_no_answer(
    talk: Talk, before: list[str], text: str
) -> None:
    await talk.says(*before)
    stood, knew = await talk.open(), await talk.knows()
    told = await talk.says(text)
    assert told[0] == "I'm sorry, I don't know that."
    assert (await talk.open(), await talk.knows()) == (stood, knew)
    assert [body["text"] for body in await talk.bodies("unanswered")] == [text]
    assert [body["procedure"] for body in await talk.bodies("offer")] == ["ask-a-colleague"]


async def test_a_procedure_in_the_middle_comes_first_and_then_the_other_goes_on(talk: Talk) -> None:
    await talk.says("I want a refund")
    told = await talk.says("where is my order A1002?")
    assert told == ["Order A1002 is open.", "Back to: Refund.", "Which order?"]
    await talk.says("A1001")
    assert await talk.knows() == {"order_id": "A1001"}


async def test_a_digression_with_a_question_of_its_own_comes_back_as_well(talk: Talk) -> None:
    await talk.says("where is my order?", "I want to change my address")
    assert [slug for slug, _ in await talk.open()] == ["order-status", "change-of-address"]
    told = await talk.says("A1001", "5 Elm Street", "yes")
    assert told == ["A1001 goes to 5 Elm Street.", "Back to: Order status.", "Which order shall I look up?"]
    assert await talk.says("A1001") == ["Order A1001 is open."]


async def test_a_customer_can_go_back_in_their_own_words(talk: Talk) -> None:
    await talk.says("I want a refund", "I want to change my address")
    assert await talk.says("no, back to the refund please") == ["Back to: Refund.", "Which order?"]
    assert [slug for slug, _ in await talk.open()] == ["change-of-address", "refund"]


async def test_a_confirmation_waits_through_a_digression(talk: Talk) -> None:
    await talk.says("I want to order more mugs", "two", "no")
    told = await talk.says("where is my order A1001?")
    assert told[:2] == ["Order A1001 is open.", "Back to: Reorder."]
    assert talk.sent == []
    assert await talk.says("yes") == ["Ordered 2 x mug."]


# two things at once


async def test_two_requests_are_done_in_their_order(talk: Talk) -> None:
    await talk.says("I'd like to change my address and book a call", "A1001", "5 Elm Street")
    told = await talk.says("yes")
    assert told == ["A1001 goes to 5 Elm Street.", "Now to your other request: Book a call.", "On which day?"]
    await talk.says("friday", "+49 30 1234567", "order")
    assert [one.split()[0] for one in talk.sent] == ["/orders/A1001/address", "/calls"]


async def test_each_of_two_requests_has_its_own_number(talk: Talk) -> None:
    await talk.says("I want a refund and where is order A1002?")
    assert await talk.open() == [("refund", "order_id")]
    told = await talk.says("A1001", "broken", "jo@example.com", "5")
    assert told == ["Thanks for 5 stars.", "Now to your other request: Order status.", "Order A1002 is open."]
    assert talk.sent == ['/refunds {"order":"A1001"}']


async def test_a_long_story_with_two_requests_is_taken_apart(talk: Talk) -> None:
    await talk.says(
        "My order A1001 arrived but the mug is broken and I want my money back and also I would like to book a call "
        "for friday, my number is +49 30 1234567 and my email is jo@example.com"
    )
    assert await talk.open() == [("refund", "reason")]
    assert await talk.knows() == {"order_id": "A1001", "email": "jo@example.com"}
    told = await talk.says("broken mug", "4")
    assert told[-1] == "Is it about an order or an invoice?"
    assert await talk.knows() == {"day": "2026-03-06", "number": "+49301234567"}


async def test_two_questions_are_both_answered(talk: Talk) -> None:
    told = await talk.says("how long does delivery take? also do you wrap gifts?")
    assert told == [DELIVERY, "We wrap gifts for 3 euros."]


# what is not clear


@pytest.mark.parametrize("text", ["I want to cancel", "cancel", "cancel please"])
@pytest.mark.parametrize(
    ("answer", "procedure"),
    [
        ("the second one", "cancel-subscription"),
        ("the subscription", "cancel-subscription"),
        ("1", "action:cancel-order"),
        ("an order", "action:cancel-order"),
    ],
)
async def test_the_customer_is_asked_which_is_meant_and_answers_in_words(
    talk: Talk, text: str, answer: str, procedure: str
) -> None:
    assert await talk.says(text) == ["Do you mean Cancel an order or Cancel subscription?"]
    await talk.says(answer)
    assert [slug for slug, _ in await talk.open()] == [procedure]


@pytest.mark.parametrize(
    ("answer", "procedure"),
    [("the refund", "refund"), ("refund pls", "refund"), ("I want my money back", "refund"),
     ("the third one", "refund"), ("change of adress", "change-of-address")],
)  # fmt: skip
async def test_an_order_number_alone_is_kept_for_what_the_customer_then_wants(
    talk: Talk, answer: str, procedure: str
) -> None:
    [told] = await talk.says("A1001")
    assert told == "Do you mean Change of address, Order status, Refund or Cancel an order?"
    assert talk.desk.shop.seen == []
    await talk.says(answer)
    assert await talk.open() == [(procedure, "reason" if procedure == "refund" else "address")]
    assert await talk.knows() == {"order_id": "A1001"}


async def test_an_order_number_alone_can_be_followed_by_a_question(talk: Talk) -> None:
    assert await talk.says("A1001", "where is it?") == ["Order A1001 is open."]


async def test_a_choice_that_is_passed_over_is_gone(talk: Talk) -> None:
    await talk.says("I want to cancel", "book a call", "nvm")
    assert (await talk.state()).choice == ()
    await talk.says("the second one")
    assert await talk.open() == []


# offers


async def test_an_unknown_question_brings_an_offer_that_a_yes_accepts(talk: Talk) -> None:
    await talk.says("do you sell elephants?")
    assert [body["status"] for body in await talk.bodies("offer_closed")] == []
    assert await talk.says("yes please") == ["What shall I ask my colleagues?"]
    assert await talk.says("do you sell elephants?") == ["I've passed it on."]
    assert [body["status"] for body in await talk.bodies("offer_closed")] == ["accepted"]
    assert len(await talk.bodies("unanswered")) == 1


@pytest.mark.parametrize(("text", "status"), [("no thanks", "declined"), ("nah", "declined"), ("hm wait", "ignored")])
async def test_an_offer_is_declined_or_passed_over_in_words(talk: Talk, text: str, status: str) -> None:
    await talk.says("do you sell elephants?", text)
    assert (await talk.bodies("offer_closed"))[0]["status"] == status
    assert await talk.open() == []


async def test_a_yes_long_after_an_offer_accepts_nothing(talk: Talk) -> None:
    await talk.says("do you sell elephants?", "where is my order A1001?", "yes")
    assert await talk.open() == []
    assert [body["status"] for body in await talk.bodies("offer_closed")] == ["ignored"]
