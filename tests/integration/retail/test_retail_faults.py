"""The cancelling of orders while the shop has a bad day: nothing is done twice, and nobody is left alone."""

from pathlib import Path

import pytest

from tests.integration.retail.asking import ask, confirmed
from tests.integration.retail.customers import Customer
from tests.integration.retail.desk import BY, SECRET, Desk, Talk, at_work, open_desk
from tests.integration.retail.shop import Data, Shop, after_cancelling


@pytest.mark.parametrize("operation", ["find_user_id_by_email", "get_order_details"])
@pytest.mark.parametrize("kind", ["status", "drop_before", "drop_after"])
async def test_a_look_up_that_fails_for_a_moment_is_repeated_unnoticed(
    desk: Desk, shop: Shop, customer: Customer, operation: str, kind: str
) -> None:
    shop.fault(operation, kind)

    await ask(desk, customer)

    assert [call["fault"] for call in shop.calls(operation)] == [kind, None]


@pytest.mark.parametrize("kind", ["status", "drop_before"])
async def test_a_look_up_that_keeps_failing_is_handed_over_kindly(
    desk: Desk, shop: Shop, start: Data, customer: Customer, kind: str
) -> None:
    shop.fault("get_order_details", kind, times=10)
    talk = await desk.talk()

    answer = await talk.says(f"Cancel {customer.order}, {customer.email}, no longer needed")

    assert answer.startswith("I can't reach our order system right now. A colleague will help you")
    assert await talk.is_with_a_member()
    assert len(shop.calls("get_order_details")) == 3
    assert shop.state() == start


@pytest.mark.parametrize("kind", ["malformed", "non_json"])
async def test_a_look_up_whose_answer_cannot_be_read_is_handed_over_kindly(
    desk: Desk, shop: Shop, start: Data, customer: Customer, kind: str
) -> None:
    shop.fault("get_order_details", kind)
    talk = await desk.talk()

    answer = await talk.says(f"Cancel {customer.order}, {customer.email}, no longer needed")

    assert answer.startswith("I can't reach our order system right now. A colleague will help you")
    assert await talk.is_with_a_member()
    assert shop.state() == start


async def test_a_look_up_that_takes_too_long_is_repeated_and_then_handed_over(
    hasty_desk: Desk, shop: Shop, customer: Customer
) -> None:
    shop.fault("find_user_id_by_email", "delay", ms=1000)
    await ask(hasty_desk, customer)
    shop.fault("get_order_details", "delay", ms=1000, times=3)
    talk = await hasty_desk.talk()

    answer = await talk.says(f"Cancel {customer.order}, {customer.email}, no longer needed")

    assert answer.startswith("I can't reach our order system right now.")
    assert await talk.is_with_a_member()


async def test_a_shop_that_refuses_the_token_is_handed_over_kindly(desk: Desk, customer: Customer) -> None:
    await desk.services.configuration.put_secret(desk.workspace, SECRET, "an-old-token", BY)
    talk = await desk.talk()

    answer = await talk.says(f"Cancel {customer.order}, {customer.email}")

    assert answer.startswith("I can't reach our order system right now.")
    assert await talk.is_with_a_member()


# nobody knows whether it happened


async def unknown(desk: Desk, shop: Shop, customer: Customer, kind: str, **more: int) -> Talk:
    """The approved call went wrong on the wire: a person has to find out, the machine sends nothing more."""
    talk = await confirmed(desk, customer)
    shop.fault("cancel_pending_order", kind, **more)
    answer = await talk.decides("approve")
    assert "A colleague is checking this for you" in answer
    assert await talk.waits_for() == "outcome"
    assert [row.status for row in await talk.journal("cancel")] == ["unknown"]
    assert len(shop.cancellations()) == 1
    return talk


async def test_a_lost_answer_goes_to_a_person_and_happened_goes_on(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await unknown(desk, shop, customer, "drop_after")

    assert f"Done: order {customer.order} is cancelled." in await talk.decides("happened")

    assert await talk.outcome() == "completed"
    assert [row.status for row in await talk.journal("cancel")] == ["succeeded"]
    assert len(shop.cancellations()) == 1
    assert shop.state() == after_cancelling(start, {customer.order: "no longer needed"})


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status"])
async def test_a_retry_sends_the_same_key_so_that_it_happens_once(
    desk: Desk, shop: Shop, start: Data, customer: Customer, kind: str
) -> None:
    talk = await unknown(desk, shop, customer, kind)

    assert f"Done: order {customer.order} is cancelled." in await talk.decides("retry")

    first, second = shop.cancellations()
    assert first["idempotency_key"] == second["idempotency_key"]
    assert first["body"] == second["body"]
    assert second["replayed"] is (kind == "drop_after")
    assert [row.status for row in await talk.journal("cancel")] == ["succeeded"]
    assert shop.state() == after_cancelling(start, {customer.order: "no longer needed"})


async def test_a_call_that_did_not_happen_can_be_taken_over(
    desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await unknown(desk, shop, customer, "drop_before")

    assert "handing you over to a colleague" in await talk.decides("take_over")

    assert await talk.is_with_a_member()
    assert shop.state() == start


async def test_a_call_without_an_answer_in_time_goes_to_a_person(
    hasty_desk: Desk, shop: Shop, start: Data, customer: Customer
) -> None:
    talk = await unknown(hasty_desk, shop, customer, "delay", ms=500)
    await shop.has_answered("cancel_pending_order")

    assert f"Done: order {customer.order} is cancelled." in await talk.decides("happened")

    assert shop.state() == after_cancelling(start, {customer.order: "no longer needed"})


@pytest.mark.parametrize("kind", ["malformed", "non_json"])
async def test_a_success_whose_answer_cannot_be_read_is_a_success(
    desk: Desk, shop: Shop, start: Data, customer: Customer, kind: str
) -> None:
    talk = await confirmed(desk, customer)
    shop.fault("cancel_pending_order", kind)

    assert f"Done: order {customer.order} is cancelled." in await talk.decides("approve")

    assert await talk.approvals("pending") == []
    assert len(shop.cancellations()) == 1
    assert shop.state() == after_cancelling(start, {customer.order: "no longer needed"})


async def test_a_stop_in_the_middle_waits_for_what_is_under_way_and_what_follows(
    shop: Shop, sqlite_url: str, tmp_path: Path, customer: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    shop.fault("find_user_id_by_email", "delay", ms=200)
    async with open_desk(shop, sqlite_url, tmp_path) as desk:
        talk = await desk.talk()
        await talk.writes(f"Cancel {customer.order}, {customer.email}, no longer needed")

    async with at_work(sqlite_url, tmp_path) as services:
        talk = Talk(services, desk.workspace, talk.id)
        assert await talk.waits_for() == "confirmation"
    assert caplog.records == []
