"""Rules about how often: in a conversation, and for a value in all conversations together."""

import asyncio
from typing import Any

import pytest

from deskhand.application.trying import Sample, try_action
from deskhand.domain import events as e
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply, Shop

LIMIT = "That has been done already, and I can't do it again."
CANCEL = "POST /orders/1/cancel"
ONCE: dict[str, Any] = {"kind": "at_most", "times": 1}
ONCE_EACH: dict[str, Any] = {**ONCE, "per": "{{order_id}}"}
TWICE_EACH: dict[str, Any] = {**ONCE_EACH, "times": 2}


async def test_an_action_is_carried_out_so_often_in_a_conversation_and_no_more(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order({**ONCE, "times": 2})
    conversation = await desk.open()

    told = [await desk.use(conversation, "cancel-order", order_id=order) for order in "123"]

    assert told == [["Cancelled 1."], ["Cancelled 2."], [LIMIT]]
    assert await desk.guarded(conversation) == [("cancel-order", "at_most")]
    assert await desk.use(await desk.open(), "cancel-order", order_id="3") == ["Cancelled 3."]


async def test_an_action_is_carried_out_once_for_a_value_in_all_conversations_together(
    any_desk: Desk, shop: Shop
) -> None:
    await any_desk.cancel_order(ONCE_EACH)

    assert await any_desk.use(await any_desk.open(), "cancel-order", order_id="1") == ["Cancelled 1."]
    assert await any_desk.use(await any_desk.open(), "cancel-order", order_id="1") == [LIMIT]
    assert await any_desk.use(await any_desk.open(), "cancel-order", order_id="2") == ["Cancelled 2."]
    assert len(shop.at(CANCEL)) == 1


async def test_another_workspace_has_places_of_its_own(desk: Desk, shop: Shop) -> None:
    configuration = desk.running.services.configuration
    await desk.cancel_order(ONCE_EACH)
    other = Desk(desk.running, shop, desk.clock, (await configuration.create_workspace("Other")).id)
    await configuration.set_internal_hosts(other.workspace, [shop.host], "test")
    await other.cancel_order(ONCE_EACH)

    told = [await one.use(await one.open(), "cancel-order", order_id="1") for one in (desk, other)]

    assert told == [["Cancelled 1."], ["Cancelled 1."]]


@pytest.mark.parametrize("times", [1, 3])
async def test_of_many_that_come_at_the_same_moment_just_so_many_get_a_place(
    any_desk: Desk, shop: Shop, times: int
) -> None:
    await any_desk.cancel_order({**ONCE_EACH, "times": times})
    conversations = [await any_desk.open() for _ in range(times + 4)]

    told = await asyncio.gather(*(any_desk.use(one, "cancel-order", order_id="1") for one in conversations))

    assert sorted(told) == [["Cancelled 1."]] * times + [[LIMIT]] * 4
    assert len(shop.at(CANCEL)) == times


async def test_a_place_is_taken_while_the_call_is_under_way(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH)
    first, second = await desk.open(), await desk.open()
    release = shop.hold(CANCEL)
    asked = e.ActionRequested(action="cancel-order", arguments={"order_id": "1"})
    await desk.running.services.engine.handle(desk.workspace, first, asked)
    await shop.arrived.wait()

    assert await desk.use(second, "cancel-order", order_id="1") == [LIMIT]
    release.set()
    assert await desk.running.services.engine.settle(desk.workspace, first, 30)
    assert len(shop.at(CANCEL)) == 1


@pytest.mark.parametrize("rule", [ONCE, ONCE_EACH], ids=["per conversation", "per value"])
async def test_a_call_that_failed_for_certain_takes_no_place(any_desk: Desk, shop: Shop, rule: dict[str, Any]) -> None:
    await any_desk.cancel_order(rule)
    shop.answers[CANCEL] = Reply({"error": "locked"}, 409)
    conversation = await any_desk.open()

    assert await any_desk.use(conversation, "cancel-order", order_id="1") == ["That did not work."]
    del shop.answers[CANCEL]
    assert await any_desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    assert await any_desk.use(conversation, "cancel-order", order_id="1") == [LIMIT]


async def test_a_call_that_happened_and_is_no_success_keeps_its_place(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH, success=[{"variable": "response.cancelled", "operator": "equals", "value": "9"}])
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["That did not work."]
    assert await desk.use(conversation, "cancel-order", order_id="1") == [LIMIT]


@pytest.mark.parametrize("rule", [ONCE, ONCE_EACH], ids=["per conversation", "per value"])
async def test_a_call_of_unknown_outcome_keeps_its_place_until_a_member_has_it_sent_again(
    desk: Desk, shop: Shop, rule: dict[str, Any]
) -> None:
    await desk.cancel_order(rule)
    shop.answers[CANCEL] = Reply({"error": "crashed"}, 500)
    first = await desk.open()
    await desk.use(first, "cancel-order", order_id="1")
    assert await desk.waits_for(first) == "outcome"
    del shop.answers[CANCEL]

    told = await desk.decides(first, "retry")

    assert told == ["Cancelled 1."]
    assert await desk.use(first, "cancel-order", order_id="1") == [LIMIT]
    assert len(shop.at(CANCEL)) == 2
    assert {one.headers["Idempotency-Key"] for one in shop.at(CANCEL)} == {
        shop.at(CANCEL)[0].headers["Idempotency-Key"]
    }


@pytest.mark.parametrize("decision", ["happened", "take_over"])
async def test_a_call_that_may_have_happened_keeps_its_place(desk: Desk, shop: Shop, decision: str) -> None:
    await desk.cancel_order(ONCE_EACH)
    shop.answers[CANCEL] = Reply({"error": "crashed"}, 500)
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.decides(conversation, decision)

    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == [LIMIT]


async def test_a_retry_that_fails_for_certain_gives_the_place_back(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH)
    shop.answers[CANCEL] = Reply({"error": "crashed"}, 500)
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    shop.answers[CANCEL] = Reply({"error": "locked"}, 409)
    await desk.decides(conversation, "retry")
    del shop.answers[CANCEL]

    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["Cancelled 1."]


async def test_a_retry_that_is_refused_gives_the_place_back(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH)
    shop.answers[CANCEL] = Reply({"error": "crashed"}, 500)
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    never = {"kind": "holds", "conditions": [{"variable": "order_id", "operator": "equals", "value": "0"}]}
    await desk.cancel_order(ONCE_EACH, never)
    await desk.decides(conversation, "retry")
    del shop.answers[CANCEL]
    await desk.cancel_order(ONCE_EACH)

    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["Cancelled 1."]
    assert len(shop.at(CANCEL)) == 2


async def test_a_no_takes_no_place(desk: Desk) -> None:
    await desk.cancel_order(ONCE, ONCE_EACH, confirm="Cancel order {{order_id}}.")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.clicks(conversation, "no")
    await desk.use(conversation, "cancel-order", order_id="1")

    assert await desk.clicks(conversation, "yes") == ["Cancelled 1."]


async def test_of_two_who_are_asked_the_one_who_says_yes_first_gets_the_last_place(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH, confirm="Cancel order {{order_id}}.")
    first, second = await desk.open(), await desk.open()
    for one in (first, second):
        await desk.use(one, "cancel-order", order_id="1")

    assert await desk.clicks(second, "yes") == ["Cancelled 1."]
    assert await desk.clicks(first, "yes") == [LIMIT]
    assert len(shop.at(CANCEL)) == 1


async def test_a_limit_may_call_a_person_with_a_message_of_its_own(desk: Desk) -> None:
    await desk.cancel_order({**ONCE, "otherwise": "hand_over", "message": "Once was enough."})
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")

    told = await desk.use(conversation, "cancel-order", order_id="2")

    assert told[0] == "Once was enough."
    assert (await desk.state(conversation)).mode == "member"


async def test_a_limit_that_was_written_anew_after_publishing_takes_one_place_for_a_use(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(ONCE_EACH)
    slug = await desk.publish(
        "cancelling", {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}}
    )
    await desk.cancel_order({**ONCE_EACH, "message": "Once for each order."})

    await desk.event(await desk.open(), e.StartRequested(procedure=slug))
    told = await desk.event(await desk.open(), e.StartRequested(procedure=slug))

    assert len(shop.at(CANCEL)) == 1
    assert told == [LIMIT]


async def test_the_stricter_of_two_limits_counts(desk: Desk) -> None:
    await desk.cancel_order(TWICE_EACH, ONCE)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    assert await desk.use(conversation, "cancel-order", order_id="1") == [LIMIT]
    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["Cancelled 1."]
    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == [LIMIT]


async def test_limits_for_two_values_are_both_kept(desk: Desk, shop: Shop) -> None:
    per_reason = {**ONCE, "per": "{{reason}}"}
    await desk.cancel_order(ONCE_EACH, per_reason, variables=[{"name": "order_id"}, {"name": "reason"}])

    assert await desk.use(await desk.open(), "cancel-order", order_id="1", reason="late") == ["Cancelled 1."]
    assert await desk.use(await desk.open(), "cancel-order", order_id="2", reason="late") == [LIMIT]
    assert await desk.use(await desk.open(), "cancel-order", order_id="1", reason="broken") == [LIMIT]
    assert await desk.use(await desk.open(), "cancel-order", order_id="2", reason="broken") == ["Cancelled 2."]


async def test_a_limit_per_customer_needs_a_customer(desk: Desk) -> None:
    await desk.verify()
    await desk.cancel_order({**ONCE, "per": "{{identity}}"})

    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["I'm sorry, I can't do that here."]
    assert await desk.use(await desk.verified(), "cancel-order", order_id="1") == ["Cancelled 1."]
    assert await desk.use(await desk.verified(), "cancel-order", order_id="2") == [LIMIT]
    assert await desk.use(await desk.verified("bob@example.com"), "cancel-order", order_id="3") == ["Cancelled 3."]


async def test_trying_an_action_takes_no_place(desk: Desk) -> None:
    action = await desk.cancel_order(ONCE_EACH)
    tried = await try_action(desk.running.services, desk.workspace, action, Sample({"order_id": "1"}))

    assert tried.ok
    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["Cancelled 1."]


# what is read back about a call of unknown outcome


STATE = {"variable": "response.state", "operator": "equals"}
READ_BACK: dict[str, Any] = {
    "action": "get-order",
    "happened": [{**STATE, "value": "cancelled"}],
    "not_happened": [{**STATE, "value": "open"}],
}


def crashes(shop: Shop, state: str) -> None:
    """Let cancelling end in an error, after which the order is in that state."""

    def answer(_: Any) -> Reply:
        shop.states["1"] = state
        return Reply({"error": "crashed"}, 500)

    shop.answers[CANCEL] = answer


async def test_what_is_read_back_shows_that_it_happened(desk: Desk, shop: Shop) -> None:
    await desk.get_order()
    await desk.cancel_order(ONCE_EACH, read_back=READ_BACK)
    crashes(shop, "cancelled")
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    assert shop.places == [CANCEL, "GET /orders/1"]
    assert await desk.use(conversation, "cancel-order", order_id="1") == [LIMIT]


async def test_what_is_read_back_shows_that_it_did_not_happen_and_the_place_is_free(desk: Desk, shop: Shop) -> None:
    await desk.get_order()
    await desk.cancel_order(ONCE, ONCE_EACH, read_back=READ_BACK)
    crashes(shop, "open")
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["That did not work."]
    del shop.answers[CANCEL]
    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]


@pytest.mark.parametrize("reply", [
    Reply({"id": "1", "state": "shipping"}), Reply({"error": "down"}, 500), Reply({}, 404), Reply(b"<html>"),
], ids=["neither", "500", "404", "HTML"])  # fmt: skip
async def test_where_reading_back_shows_nothing_a_member_decides(desk: Desk, shop: Shop, reply: Reply) -> None:
    not_there = {"variable": "response.cancelled_at", "operator": "not_exists"}
    read_back = {**READ_BACK, "not_happened": [{**STATE, "value": "open"}, not_there]}
    await desk.get_order()
    await desk.cancel_order(read_back=read_back)
    crashes(shop, "open")
    shop.answers["GET /orders/1"] = reply
    conversation = await desk.open()

    await desk.use(conversation, "cancel-order", order_id="1")

    assert await desk.waits_for(conversation) == "outcome"


async def test_a_read_back_that_fails_does_not_show_that_something_is_missing(desk: Desk, shop: Shop) -> None:
    not_there = {"variable": "response.cancelled_at", "operator": "not_exists"}
    await desk.get_order()
    await desk.cancel_order(read_back={**READ_BACK, "not_happened": [not_there]})
    crashes(shop, "cancelled")
    shop.answers["GET /orders/1"] = Reply({"error": "down"}, 500)
    conversation = await desk.open()

    await desk.use(conversation, "cancel-order", order_id="1")

    assert await desk.waits_for(conversation) == "outcome"
    assert "GET /orders/1" in shop.places


async def test_a_status_can_show_that_it_did_not_happen(desk: Desk, shop: Shop) -> None:
    gone = {"variable": "status", "operator": "equals", "value": 404}
    await desk.get_order()
    await desk.cancel_order(read_back={**READ_BACK, "not_happened": [gone]})
    crashes(shop, "open")
    shop.answers["GET /orders/1"] = Reply({}, 404)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["That did not work."]


@pytest.mark.parametrize("why", ["switched off", "no arguments", "no call"])
async def test_a_call_whose_outcome_cannot_be_read_back_goes_to_a_member(desk: Desk, shop: Shop, why: str) -> None:
    variables = [{"name": "order_id"}, *([{"name": "other"}] if why == "no arguments" else [])]
    if why == "no call":
        await desk.put("get-order", kind="form", form={"fields": [{"name": "state"}]})
    else:
        await desk.get_order(enabled=why != "switched off", variables=variables)
    await desk.cancel_order(read_back=READ_BACK)
    crashes(shop, "open")
    conversation = await desk.open()

    await desk.use(conversation, "cancel-order", order_id="1")

    assert await desk.waits_for(conversation) == "outcome"
    [log] = await desk.executions(action="cancel-order")
    assert log.status == "unknown"


async def test_a_rule_that_counts_tries_counts_a_refusal_of_the_other_side(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order({**ONCE, "counts": "tried"})
    shop.answers[CANCEL] = Reply({"error": "wrong PIN"}, 401)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["That did not work."]
    assert await desk.use(conversation, "cancel-order", order_id="1") == [
        "That has been tried too often, so I can't try it again."
    ]
    assert len(shop.at(CANCEL)) == 1
