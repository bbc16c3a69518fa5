"""The cancelling of orders, from the customer's first word to the shop's data, against a shop made by others."""

import asyncio
import json
from itertools import islice
from pathlib import Path

import pytest

from deskhand.domain.errors import RuleError
from deskhand.worker.timers import Timers
from tests.integration.retail.asking import ask, ask_as, confirmed
from tests.integration.retail.customers import MANNERS, Customer, Manner, customers
from tests.integration.retail.desk import Desk, open_desk
from tests.integration.retail.shop import TOKEN, Data, Shop, after_cancelling


async def cancel_for_all(desk: Desk, shop: Shop, start: Data, manners: tuple[Manner, ...]) -> None:
    """Customers with a pending order who all write at the same time, each in a manner of their own."""
    people = list(zip(customers(start), manners, strict=False))
    assert len(people) == len(manners)

    talks = await asyncio.gather(*(ask_as(desk, customer, manner) for customer, manner in people))
    await asyncio.gather(*(talk.says(manner.yes) for talk, (_, manner) in zip(talks, people, strict=True)))
    assert [await talk.waits_for() for talk in talks] == ["approval"] * len(people)
    assert shop.cancellations() == []
    assert shop.state() == start

    told = await asyncio.gather(*(talk.decides("approve") for talk in talks))
    assert [one.split(".")[0] for one in told] == [f"Done: order {one.order} is cancelled" for one, _ in people]
    assert [await talk.outcome() for talk in talks] == ["completed"] * len(people)
    assert shop.state() == after_cancelling(start, {customer.order: manner.reason for customer, manner in people})
    sent = shop.cancellations()
    assert sorted(call["path"] for call in sent) == sorted(f"{customer.path}/cancel" for customer, _ in people)
    assert len({call["idempotency_key"] for call in sent} - {None}) == len(people)


async def test_twenty_customers_cancel_and_nothing_else_in_the_shop_changes(
    desk: Desk, shop: Shop, start: Data
) -> None:
    await cancel_for_all(desk, shop, start, MANNERS)


async def test_orders_are_cancelled_on_each_database(
    database_url: str, shop: Shop, start: Data, tmp_path: Path
) -> None:
    async with open_desk(shop, database_url, tmp_path) as desk:
        await cancel_for_all(desk, shop, start, MANNERS[::6])


async def test_members_see_on_the_card_what_they_approve(desk: Desk, customer: Customer) -> None:
    talk = await confirmed(desk, customer)

    (approval,) = await talk.approvals()
    card = json.loads(approval.card)
    assert card["description"] == f"Cancel order {customer.order} of {customer.email} and refund it (no longer needed)"
    assert card["rule"] == "This step is marked as irreversible."
    assert card["request"]["method"] == "POST"
    assert card["request"]["url"].endswith(f"{customer.path}/cancel")
    assert json.loads(card["request"]["body"]) == {"reason": "no longer needed"}
    assert TOKEN not in approval.card


# who may cancel what


async def test_somebody_elses_order_is_answered_like_one_that_does_not_exist(
    desk: Desk, shop: Shop, start: Data
) -> None:
    owner, other = islice(customers(start), 2)
    talk, prober = await desk.talk(), await desk.talk()

    about_an_order = await talk.says(f"Cancel {owner.order}, I am {other.email}")
    about_none = await prober.says(f"Cancel #W0000000, I am {other.email}")

    assert about_an_order.replace(owner.order, "#W0000000") == about_none
    assert await talk.members_see("tag") == [{"tag": "somebody else's order"}]
    assert await prober.members_see("tag") == []
    assert shop.state() == start
    assert shop.cancellations() == []


async def test_after_somebody_elses_order_the_own_one_can_be_cancelled(desk: Desk, shop: Shop, start: Data) -> None:
    owner, other = islice(customers(start), 2)
    talk = await desk.talk()

    question = await talk.says(f"Cancel {owner.order}, I am {other.email}", other.order, "ordered by mistake")
    assert other.order in question
    await talk.says("yes")
    await talk.decides("approve")

    assert shop.state() == after_cancelling(start, {other.order: "ordered by mistake"})


@pytest.mark.parametrize("status", ["delivered", "processed", "cancelled"])
async def test_an_order_that_is_not_pending_stays_as_it_is(desk: Desk, shop: Shop, start: Data, status: str) -> None:
    customer = next(customers(start, status))
    talk = await desk.talk()

    answer = await talk.says(f"Cancel {customer.order}, {customer.email}, no longer needed")

    assert f"it is {status}, and only pending orders can be cancelled" in answer
    assert await talk.outcome() == "completed"
    assert shop.state() == start
    assert shop.cancellations() == []


async def test_an_unknown_email_is_asked_for_once_more_and_then_a_person_helps(desk: Desk, shop: Shop) -> None:
    talk = await desk.talk()

    assert "no.one@example.com" in await talk.says("Cancel my order", "no.one@example.com")
    answer = await talk.says("no.two@example.com")

    assert "A colleague will help you" in answer
    assert await talk.is_with_a_member()
    assert [call["status"] for call in shop.calls()] == [404, 404]


# those who change their minds


async def test_a_no_sends_nothing(desk: Desk, shop: Shop, start: Data, customer: Customer) -> None:
    talk = await ask(desk, customer)

    assert await talk.says("no") == f"All right, order {customer.order} stays as it is."

    assert await talk.outcome() == "completed"
    assert [row.status for row in await talk.journal("cancel")] == ["lapsed"]
    assert shop.state() == start


async def test_yes_and_no_can_be_clicked(desk: Desk, shop: Shop, customer: Customer) -> None:
    one, other = await ask(desk, customer), await ask(desk, customer)

    assert "stays as it is" in await one.clicks("no")
    assert "A colleague is checking" in await other.clicks("yes")

    assert shop.cancellations() == []


async def test_cancel_it_is_no_yes_and_no_no(desk: Desk, shop: Shop, customer: Customer) -> None:
    talk = await ask(desk, customer)

    assert "I need a clear yes or no" in await talk.says("please cancel it")

    assert await talk.waits_for() == "confirmation"
    assert shop.cancellations() == []


async def test_who_changes_their_mind_before_the_decision_keeps_the_order(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await confirmed(desk, customer)

    await talk.says("never mind")

    assert [row.status for row in await talk.approvals()] == ["lapsed"]
    assert await talk.outcome() == "cancelled"
    assert shop.state() == start


# what members decide


async def test_a_rejection_sends_nothing_hands_over_and_keeps_its_reason(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await confirmed(desk, customer)

    answer = await talk.decides("reject", reason="He does this every week.")

    assert await talk.is_with_a_member()
    assert "every week" not in answer
    assert answer
    assert [row.status for row in await talk.journal("cancel")] == ["lapsed"]
    assert shop.state() == start
    assert shop.cancellations() == []


async def test_where_nobody_decides_in_time_nothing_is_sent_and_a_person_goes_on(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await confirmed(desk, customer)

    desk.clock.advance(hours=25)
    assert await Timers(desk.services).wake_due() == 1

    assert "Nobody could check this in time." in await talk.hears()
    assert await talk.is_with_a_member()
    assert [row.status for row in await talk.approvals()] == ["expired"]
    with pytest.raises(RuleError, match="no longer open"):
        await talk.approves((await talk.approvals())[0])
    assert shop.state() == start


async def test_of_two_members_who_approve_at_once_only_one_does(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await confirmed(desk, customer)

    done = await asyncio.gather(
        talk.decides("approve", by="Mia"), talk.decides("approve", by="Ben"), return_exceptions=True
    )

    assert [str(one) for one in done if isinstance(one, RuleError)] == ["This approval is no longer open."]
    assert shop.state() == after_cancelling(start, {customer.order: "no longer needed"})
    assert len(shop.cancellations()) == 1


async def test_an_order_that_somebody_else_cancelled_meanwhile_goes_to_a_person(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await confirmed(desk, customer)
    shop.cancel(customer.order)

    answer = await talk.decides("approve")

    assert f"Order {customer.order} could not be cancelled just now" in answer
    assert await talk.is_with_a_member()
    assert [call["status"] for call in shop.cancellations()] == [200, 409]
    assert shop.state() == after_cancelling(start, {customer.order: "ordered by mistake"})
