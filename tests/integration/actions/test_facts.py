"""What a customer proved: how long it counts, and for whom."""

import pytest

from deskhand.domain import events as e
from deskhand.domain.contact import Contact
from tests.integration.actions.desk import OWN_ORDER, VERIFIED, Desk
from tests.integration.actions.shop import Reply, Shop

VERIFY_FIRST = "I have to verify who you are before I can do that."
CANCEL = "POST /orders/1/cancel"


@pytest.fixture
async def cancelling(desk: Desk) -> Desk:
    """A desk where cancelling needs a verified customer."""
    await desk.verify()
    await desk.get_order()
    await desk.cancel_order(VERIFIED)
    return desk


async def test_an_answer_names_the_customer(cancelling: Desk) -> None:
    conversation = await cancelling.verified()
    state = await cancelling.state(conversation)
    assert (state.identity, set(state.facts)) == ("C1", {"verify"})
    assert state.facts["verify"].arguments == {"email": "ada@example.com"}


async def test_proving_to_be_somebody_else_voids_what_was_established(cancelling: Desk, shop: Shop) -> None:
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "get-order", order_id="1")

    await cancelling.use(conversation, "verify", email="bob@example.com")

    state = await cancelling.state(conversation)
    assert (state.identity, set(state.facts)) == ("C2", {"verify"})


async def test_proving_the_same_again_voids_nothing(cancelling: Desk) -> None:
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "get-order", order_id="1")
    await cancelling.use(conversation, "verify", email="ada@example.com")
    assert set((await cancelling.state(conversation)).facts) == {"verify", "get-order"}


async def test_a_try_that_fails_voids_nothing(cancelling: Desk) -> None:
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "verify", email="mallory@example.com")
    assert (await cancelling.state(conversation)).identity == "C1"


async def test_another_contact_voids_what_the_one_before_proved(cancelling: Desk, shop: Shop) -> None:
    conversation = await cancelling.verified()
    await cancelling.event(conversation, e.Identified(contact=Contact(id="1", email="ada@example.com")))
    assert (await cancelling.state(conversation)).identity == "C1"

    await cancelling.event(conversation, e.Identified(contact=Contact(id="2", email="bob@example.com")))

    state = await cancelling.state(conversation)
    assert (state.identity, state.facts) == (None, {})
    assert await cancelling.use(conversation, "cancel-order", order_id="1") == [VERIFY_FIRST]


async def test_more_about_the_same_contact_voids_nothing(cancelling: Desk) -> None:
    conversation = await cancelling.open(contact=Contact(id="1", email="ada@example.com"))
    await cancelling.use(conversation, "verify", email="ada@example.com")
    again = Contact(id="1", email="ada@example.com", first_name="Ada", attributes={"tier": "gold"})
    await cancelling.event(conversation, e.Identified(contact=again))
    assert (await cancelling.state(conversation)).identity == "C1"


# time


async def test_a_customer_who_was_silent_for_long_has_to_prove_it_again(cancelling: Desk, shop: Shop) -> None:
    conversation = await cancelling.verified()
    cancelling.clock.advance(minutes=31)
    await cancelling.says(conversation, "I am back")

    assert (await cancelling.state(conversation)).identity is None
    assert await cancelling.use(conversation, "cancel-order", order_id="1") == [VERIFY_FIRST]
    assert shop.places == ["POST /verify"]


@pytest.mark.parametrize("how", ["an action", "a procedure"])
async def test_facts_expire_however_the_next_thing_is_asked_for(cancelling: Desk, shop: Shop, how: str) -> None:
    slug = await cancelling.publish(
        "cancelling", {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}}
    )
    conversation = await cancelling.verified()
    cancelling.clock.advance(minutes=31)
    if how == "an action":
        told = await cancelling.use(conversation, "cancel-order", order_id="1")
    else:
        told = await cancelling.event(conversation, e.StartRequested(procedure=slug))

    assert told == [VERIFY_FIRST]
    assert CANCEL not in shop.places


async def test_every_word_keeps_facts_for_another_while(cancelling: Desk, shop: Shop) -> None:
    conversation = await cancelling.verified()
    for _ in range(4):
        cancelling.clock.advance(minutes=29)
        await cancelling.says(conversation, "Hello")

    assert await cancelling.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]


async def test_a_late_yes_is_no_yes(cancelling: Desk, shop: Shop) -> None:
    await cancelling.cancel_order(VERIFIED, confirm="Cancel order {{order_id}}.")
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "cancel-order", order_id="1")
    cancelling.clock.advance(minutes=31)

    assert await cancelling.clicks(conversation, "yes") == [VERIFY_FIRST]
    assert CANCEL not in shop.places


async def test_facts_stay_while_the_customer_waits_for_us(cancelling: Desk, shop: Shop) -> None:
    await cancelling.cancel_order(VERIFIED, OWN_ORDER, approval="require")
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "cancel-order", order_id="1")
    cancelling.clock.advance(hours=5)
    await cancelling.says(conversation, "Any news?")
    cancelling.clock.advance(hours=5)

    assert await cancelling.decides(conversation, "approve") == ["Cancelled 1."]


async def test_the_time_that_we_took_is_not_the_customers(cancelling: Desk, shop: Shop) -> None:
    await cancelling.cancel_order(VERIFIED, approval="require")
    conversation = await cancelling.verified()
    await cancelling.use(conversation, "cancel-order", order_id="1")
    cancelling.clock.advance(hours=5)
    await cancelling.decides(conversation, "approve")
    cancelling.clock.advance(minutes=5)
    await cancelling.says(conversation, "Thank you!")

    assert (await cancelling.state(conversation)).identity == "C1"
    cancelling.clock.advance(minutes=31)
    await cancelling.says(conversation, "Are you there?")
    assert (await cancelling.state(conversation)).identity is None


# what is kept


async def test_sensitive_arguments_are_no_part_of_a_fact(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "check-pin",
        variables=[{"name": "email"}, {"name": "pin", "sensitive": True}],
        request={"method": "POST", "url": f"{shop.url}/verify", "body": '{"email": "{{email}}", "pin": "{{pin}}"}'},
    )
    conversation = await desk.open()
    await desk.use(conversation, "check-pin", email="ada@example.com", pin="4711")

    assert (await desk.state(conversation)).facts["check-pin"].arguments == {"email": "ada@example.com"}
    row = await desk.state_row(conversation)
    assert "4711" not in row.state


async def test_a_large_answer_counts_as_success_and_is_not_kept(desk: Desk, shop: Shop) -> None:
    await desk.put("all-orders", request={"url": f"{shop.url}/all"})
    shop.answers["GET /all"] = Reply({"orders": ["x" * 1000] * 40})
    conversation = await desk.open()
    await desk.use(conversation, "all-orders")

    fact = (await desk.state(conversation)).facts["all-orders"]
    assert fact.response is None


async def test_the_last_answer_of_an_action_counts(desk: Desk, shop: Shop) -> None:
    await desk.get_order()
    conversation = await desk.open()
    await desk.use(conversation, "get-order", order_id="1")
    await desk.use(conversation, "get-order", order_id="2")

    assert (await desk.state(conversation)).facts["get-order"].arguments == {"order_id": "2"}


async def test_an_answer_without_the_identity_proves_none(desk: Desk, shop: Shop) -> None:
    await desk.verify()
    shop.answers["POST /verify"] = Reply({"verified": True, "customer": {}})
    conversation = await desk.open()
    await desk.use(conversation, "verify", email="ada@example.com")

    state = await desk.state(conversation)
    assert (state.identity, set(state.facts)) == (None, {"verify"})
