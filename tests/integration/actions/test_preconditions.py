"""Preconditions: what has to be true first, whoever asks, checked afresh right before anything is sent."""

import asyncio
from typing import Any

import pytest

from deskhand.application.trying import Sample, try_as_agent
from deskhand.domain import events as e
from deskhand.domain.contact import Contact
from deskhand.domain.errors import RuleError
from tests.integration.actions.desk import OWN_ORDER, VERIFIED, Desk
from tests.integration.actions.shop import Reply, Shop

VERIFY_FIRST = "I have to verify who you are before I can do that."
NOT_ALLOWED = "I'm sorry, I can't do that here."
NOT_POSSIBLE = "I'm sorry, I can't do that right now."
HANDED_OVER = "I'm handing you over to a colleague, who will answer you here."
CANCEL = "POST /orders/1/cancel"


async def cancelling(desk: Desk, *preconditions: dict[str, Any], **fields: Any) -> None:
    """A desk with all three actions."""
    await desk.verify()
    await desk.get_order()
    await desk.cancel_order(*preconditions, **fields)


# succeeded


async def test_an_action_is_refused_before_the_one_that_it_needs_has_succeeded(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED)
    conversation = await desk.open()

    told = await desk.use(conversation, "cancel-order", order_id="1")

    assert told == [VERIFY_FIRST]
    assert await desk.guarded(conversation) == [("cancel-order", "succeeded")]
    assert shop.seen == []


async def test_an_answer_of_200_that_is_no_success_by_the_actions_own_condition_proves_nothing(
    desk: Desk, shop: Shop
) -> None:
    await cancelling(desk, VERIFIED)
    conversation = await desk.open()

    told = await desk.use(conversation, "verify", email="mallory@example.com")
    refused = await desk.use(conversation, "cancel-order", order_id="1")

    assert told == ["I could not verify you."]
    assert refused == [VERIFY_FIRST]
    assert shop.places == ["POST /verify"]
    assert (await desk.state(conversation)).identity is None


async def test_a_verified_customer_gets_what_they_ask_for(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER)
    conversation = await desk.verified()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    assert shop.places == ["POST /verify", "GET /orders/1", CANCEL]


async def test_what_was_proved_in_one_conversation_counts_in_no_other(desk: Desk) -> None:
    await cancelling(desk, VERIFIED)
    await desk.verified()

    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == [VERIFY_FIRST]


async def test_an_action_that_is_needed_first_is_started_by_itself(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, {**VERIFIED, "start": True})
    conversation = await desk.open()

    asked = await desk.use(conversation, "cancel-order", order_id="1")
    told = await desk.event(conversation, e.Said(text="ada@example.com"))

    assert asked == ["email?"]
    assert told == ["You are verified.", "Cancelled 1."]
    assert shop.places == ["POST /verify", CANCEL]


async def test_an_action_that_was_started_first_and_fails_leaves_the_other_undone(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, {**VERIFIED, "start": True})
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")

    told = await desk.says(conversation, "mallory@example.com")

    assert told == ["I could not verify you.", VERIFY_FIRST]
    assert shop.places == ["POST /verify"]


async def test_two_actions_that_are_needed_first_are_both_started(desk: Desk, shop: Shop) -> None:
    await desk.put("accept-terms", request={"method": "POST", "url": f"{shop.url}/terms"})
    shop.answers["POST /terms"] = Reply({"accepted": True})
    terms = {"kind": "succeeded", "actions": ["accept-terms"], "start": True}
    await cancelling(desk, {**VERIFIED, "start": True}, terms)
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")

    told = await desk.says(conversation, "ada@example.com")

    assert told[-1] == "Cancelled 1."
    assert shop.places == ["POST /verify", "POST /terms", CANCEL]


async def test_a_request_that_names_the_identity_is_made_once_the_customer_is_verified(desk: Desk, shop: Shop) -> None:
    await desk.verify()
    shop.answers["GET /customers/C1"] = Reply({"name": "Ada"})
    await desk.put(
        "my-profile",
        request={"url": f"{shop.url}/customers/{{{{identity}}}}"},
        preconditions=[{**VERIFIED, "start": True}],
        messages={"success": "Hello {{response.name}}."},
    )
    conversation = await desk.open()
    asked = await desk.use(conversation, "my-profile")

    assert asked == ["email?"]
    assert await desk.says(conversation, "ada@example.com") == ["You are verified.", "Hello Ada."]


async def test_two_actions_that_need_each_other_end_with_a_person(desk: Desk, shop: Shop) -> None:
    for one, other in (("first", "second"), ("second", "first")):
        rule = {"kind": "succeeded", "actions": [other], "start": True}
        await desk.put(one, request={"url": f"{shop.url}/{one}"}, preconditions=[rule])
    conversation = await desk.open()

    await desk.use(conversation, "first")

    assert (await desk.state(conversation)).mode == "member"
    assert shop.seen == []


# holds


async def test_another_customers_order_is_refused(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER)
    conversation = await desk.verified()

    assert await desk.use(conversation, "cancel-order", order_id="3") == [NOT_ALLOWED]
    assert await desk.guarded(conversation) == [("cancel-order", "holds")]
    assert shop.places == ["POST /verify", "GET /orders/3"]


@pytest.mark.parametrize("owner", [None, ""])
async def test_two_values_that_are_both_missing_are_not_equal(desk: Desk, shop: Shop, owner: Any) -> None:
    await cancelling(desk, OWN_ORDER)
    shop.owners["1"] = owner
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_ALLOWED]
    assert shop.places == ["GET /orders/1"]


@pytest.mark.parametrize("condition", [
    {"variable": "fetched.user_id", "operator": "equals", "value": "C1"},
    {"variable": "fetched.locked", "operator": "not_exists"},
    {"variable": "order_id", "operator": "equals", "value": "1"},
])  # fmt: skip
@pytest.mark.parametrize("reply", [
    Reply({"error": "down"}, 500),
    Reply({"error": "unknown"}, 404),
    Reply(b"<html>sign in</html>", kind="text/html"),
    Reply(b"{"),
], ids=["500", "404", "HTML", "broken"])  # fmt: skip
async def test_an_action_is_refused_where_what_it_depends_on_cannot_be_fetched(
    desk: Desk, shop: Shop, condition: dict[str, Any], reply: Reply
) -> None:
    await cancelling(desk, {"kind": "holds", "fetch": "get-order", "conditions": [condition]})
    shop.answers["GET /orders/1"] = reply
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_POSSIBLE]
    assert await desk.guarded(conversation) == [("cancel-order", "holds")]
    assert CANCEL not in shop.places


async def test_a_fetched_answer_that_is_no_success_by_its_own_condition_is_not_used(desk: Desk, shop: Shop) -> None:
    unlocked = {"variable": "fetched.locked", "operator": "not_exists"}
    await cancelling(desk, {"kind": "holds", "fetch": "get-order", "conditions": [unlocked]})
    await desk.get_order(success=[{"variable": "response.id", "operator": "exists"}])
    shop.answers["GET /orders/1"] = Reply({"error": "try later"})
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_POSSIBLE]
    assert CANCEL not in shop.places


async def test_an_action_is_refused_where_what_fetches_is_switched_off(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, OWN_ORDER)
    await desk.get_order(enabled=False)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_POSSIBLE]
    assert shop.seen == []


@pytest.mark.parametrize("other", [
    {"form": {"fields": [{"name": "user_id"}]}},
    {"button": {"label": "Open", "url": "https://example.com/{{order_id}}"}},
    {"script": {"source": "return 1"}},
])  # fmt: skip
async def test_what_fetches_has_to_be_a_call_that_reads(desk: Desk, shop: Shop, other: dict[str, Any]) -> None:
    [kind] = ["javascript" if "script" in other else next(iter(other))]
    await desk.put("get-order", kind=kind, variables=[{"name": "order_id"}], **other)
    await desk.cancel_order(OWN_ORDER)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_POSSIBLE]
    assert shop.seen == []


async def test_a_fetch_takes_the_arguments_that_the_rule_names(desk: Desk, shop: Shop) -> None:
    rule = {**OWN_ORDER, "arguments": {"order_id": "{{number}}"}}
    await desk.verify()
    await desk.get_order()
    await desk.put(
        "cancel-order",
        variables=[{"name": "number"}],
        request={"method": "POST", "url": f"{shop.url}/orders/{{{{number}}}}/cancel"},
        preconditions=[rule],
    )
    conversation = await desk.verified()

    await desk.use(conversation, "cancel-order", number="2")

    assert shop.places == ["POST /verify", "GET /orders/2", "POST /orders/2/cancel"]


async def test_earlier_answers_and_arguments_can_be_compared_with(desk: Desk, shop: Shop) -> None:
    looked_at = [
        {"variable": "facts.get-order.arguments.order_id", "operator": "equals", "value": "{{order_id}}"},
        {"variable": "facts.get-order.response.state", "operator": "equals", "value": "open"},
    ]
    await cancelling(desk, {"kind": "holds", "conditions": looked_at})
    conversation = await desk.open()
    await desk.use(conversation, "get-order", order_id="1")

    assert await desk.use(conversation, "cancel-order", order_id="2") == [NOT_ALLOWED]
    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    assert shop.places == ["GET /orders/1", CANCEL]


async def test_a_value_that_somebody_calls_identity_is_not_who_the_customer_proved_to_be(
    desk: Desk, shop: Shop
) -> None:
    await cancelling(desk, OWN_ORDER)
    conversation = await desk.open()

    told = await desk.use(
        conversation, "cancel-order", order_id="1", identity="C1", fetched={"user_id": "C1"}, facts={"verify": {}}
    )

    assert told == [NOT_ALLOWED]
    assert CANCEL not in shop.places


async def test_a_contact_attribute_does_not_pass_for_the_identity(desk: Desk) -> None:
    await cancelling(desk, OWN_ORDER)
    contact = Contact(id="C1", email="ada@example.com", attributes={"identity": "C1"})
    conversation = await desk.open(contact=contact)

    assert await desk.use(conversation, "cancel-order", order_id="1") == [NOT_ALLOWED]


# what a refusal leads to


async def test_a_rule_says_its_own_message(desk: Desk) -> None:
    await cancelling(desk, {**VERIFIED, "message": "Please sign in before you cancel {{order_id}}."})
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Please sign in before you cancel 1."]
    assert (await desk.state(conversation)).mode == "agent"


async def test_a_rule_may_call_a_person(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, {**VERIFIED, "otherwise": "hand_over", "message": "One moment."})
    conversation = await desk.open()

    told = await desk.use(conversation, "cancel-order", order_id="1")

    assert told == ["One moment.", "I'm handing you over to a colleague, who will answer you here."]
    assert (await desk.state(conversation)).mode == "member"
    assert shop.seen == []


async def test_a_rules_message_is_said_before_the_procedure_that_follows_an_error(desk: Desk) -> None:
    await desk.publish("sorry", {"id": "say", "kind": "message", "text": "Let us look at that."})
    await cancelling(desk, {**VERIFIED, "message": "Please sign in."}, then={"error": "sorry"})

    told = await desk.use(await desk.open(), "cancel-order", order_id="1")

    assert told == ["Please sign in.", "Let us look at that."]


# checked again


async def test_it_is_checked_again_after_the_customers_yes(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER, confirm="Cancel order {{order_id}}.")
    conversation = await desk.verified()
    await desk.use(conversation, "cancel-order", order_id="1")
    shop.owners["1"] = "C2"

    told = await desk.clicks(conversation, "yes")

    assert told == [NOT_ALLOWED]
    assert CANCEL not in shop.places
    assert [one.status for one in await desk.executions(action="cancel-order")] == ["lapsed"]


async def test_it_is_checked_again_after_a_members_approval(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER, approval="require")
    conversation = await desk.verified()
    await desk.use(conversation, "cancel-order", order_id="1")
    shop.owners["1"] = "C2"

    told = await desk.decides(conversation, "approve")

    assert told == [NOT_ALLOWED]
    assert CANCEL not in shop.places


async def test_a_yes_and_an_approval_let_it_through_where_nothing_has_changed(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER, approval="require", confirm="Cancel order {{order_id}}.")
    conversation = await desk.verified()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.clicks(conversation, "yes")

    assert await desk.decides(conversation, "approve") == ["Cancelled 1."]
    assert shop.at(CANCEL)


async def test_a_fact_that_was_forgotten_since_it_was_asked_for_stops_the_yes(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, confirm="Cancel order {{order_id}}.")
    conversation = await desk.verified()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.event(conversation, e.Identified(contact=Contact(id="first")))
    await desk.event(conversation, e.Identified(contact=Contact(id="second")))

    assert await desk.clicks(conversation, "yes") == [VERIFY_FIRST]
    assert CANCEL not in shop.places


async def test_a_rule_that_was_added_since_it_was_asked_for_is_checked_too(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, confirm="Cancel order {{order_id}}.")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.cancel_order(VERIFIED, confirm="Cancel order {{order_id}}.")

    assert await desk.clicks(conversation, "yes") == [VERIFY_FIRST]
    assert shop.seen == []


async def test_facts_that_are_void_while_something_is_fetched_stop_the_action(desk: Desk, shop: Shop) -> None:
    is_open = {"variable": "fetched.state", "operator": "equals", "value": "open"}
    await cancelling(desk, VERIFIED, {"kind": "holds", "fetch": "get-order", "conditions": [is_open]})
    conversation = await desk.verified()
    await desk.event(conversation, e.Identified(contact=Contact(id="first")))
    release = shop.hold("GET /orders/1")
    engine = desk.running.services.engine
    await engine.handle(
        desk.workspace, conversation, e.ActionRequested(action="cancel-order", arguments={"order_id": "1"})
    )
    await shop.arrived.wait()
    await engine.handle(desk.workspace, conversation, e.Identified(contact=Contact(id="second")))
    release.set()
    assert await engine.settle(desk.workspace, conversation, 30)

    assert await desk.guarded(conversation) == [("cancel-order", "succeeded")]
    assert CANCEL not in shop.places


async def test_a_yes_of_one_customer_is_none_of_the_next_one(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, confirm="Cancel order {{order_id}}.")
    conversation = await desk.verified("ada@example.com")
    await desk.use(conversation, "cancel-order", order_id="1")
    agreed = await desk.question(conversation)
    assert await desk.use(conversation, "verify", email="bob@example.com") == [
        "You are verified.", "Back to: Cancel-order.", "Cancel order 1. Shall I go ahead? Please answer yes or no."
    ]  # fmt: skip

    told = await desk.clicks(conversation, "yes", agreed)

    assert told != ["Cancelled 1."]
    assert CANCEL not in shop.places


# who asks


async def test_a_procedure_that_uses_the_action_is_bound_by_its_preconditions(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER)
    slug = await desk.publish(
        "cancelling",
        {"id": "cancel", "kind": "call", "action": "cancel-order"},
        variables=[{"name": "order_id"}],
    )
    conversation = await desk.open()
    start = e.StartRequested(procedure=slug, arguments={"order_id": "1"})

    assert await desk.event(conversation, start) == [VERIFY_FIRST]
    assert shop.seen == []
    conversation = await desk.verified()
    await desk.event(conversation, start)
    assert shop.at(CANCEL)


async def test_a_refusal_takes_a_procedures_branch_for_errors(desk: Desk) -> None:
    await cancelling(desk, VERIFIED)
    slug = await desk.publish(
        "cancelling",
        {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}, "on_error": "no"},
        {"id": "done", "kind": "message", "text": "Done.", "next": "end"},
        {"id": "no", "kind": "message", "text": "{{error.message}}"},
    )

    told = await desk.event(await desk.open(), e.StartRequested(procedure=slug))

    assert told == ["“Cancel-order” needs `verify` to have succeeded in this conversation."]


async def test_a_step_that_describes_its_own_call_establishes_no_fact(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED)
    slug = await desk.publish(
        "pretend",
        {"id": "verify", "kind": "call", "method": "POST", "url": f"{shop.url}/verify", "body": '{"email": "x@y.de"}'},
    )
    conversation = await desk.open()
    await desk.event(conversation, e.StartRequested(procedure=slug))

    assert shop.places == ["POST /verify"]
    assert await desk.use(conversation, "cancel-order", order_id="1") == [VERIFY_FIRST]


async def test_using_an_action_as_the_agent_is_bound_too(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED)

    made = await try_as_agent(desk.running.services, desk.workspace, "cancel-order", Sample({"order_id": "1"}))

    assert await desk.guarded(made) == [("cancel-order", "succeeded")]
    assert shop.seen == []


async def test_an_action_that_is_not_switched_on_for_the_agent_is_refused(desk: Desk, shop: Shop) -> None:
    await cancelling(desk)
    await desk.enable("verify")
    conversation = await desk.open()

    with pytest.raises(RuleError, match="not switched on"):
        await desk.use(conversation, "cancel-order", order_id="1")
    await desk.says(conversation, "cancel-order please")
    assert shop.seen == []


async def test_an_action_that_is_switched_off_for_the_agent_meanwhile_is_not_carried_out(
    desk: Desk, shop: Shop
) -> None:
    await cancelling(desk, confirm="Cancel order {{order_id}}.")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.enable("verify")

    assert await desk.clicks(conversation, "yes") == [NOT_POSSIBLE, HANDED_OVER]
    assert shop.seen == []


@pytest.mark.parametrize("how", ["switched off", "a draft", "removed"])
async def test_an_action_that_is_switched_off_stops_procedures_that_are_published(
    desk: Desk, shop: Shop, how: str
) -> None:
    await cancelling(desk)
    slug = await desk.publish(
        "cancelling", {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}}
    )
    if how == "removed":
        await desk.running.services.configuration.remove(desk.workspace, "action", "cancel-order", "test")
    else:
        off: dict[str, Any] = {"draft": True} if how == "a draft" else {"enabled": False}
        await desk.cancel_order(**off)
    conversation = await desk.open()

    told = await desk.event(conversation, e.StartRequested(procedure=slug))

    assert told == [NOT_POSSIBLE, HANDED_OVER]
    assert await desk.guarded(conversation) == [("cancel-order", "enabled")]
    assert shop.seen == []


async def test_an_action_that_is_switched_off_while_a_member_thinks_about_it_is_not_sent(
    desk: Desk, shop: Shop
) -> None:
    await cancelling(desk, approval="require")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    await desk.cancel_order(approval="require", enabled=False)

    assert await desk.decides(conversation, "approve") == [NOT_POSSIBLE, HANDED_OVER]
    assert shop.seen == []


# when not to use it


async def test_the_agent_leaves_an_action_alone_where_its_conditions_say_so_and_it_is_logged(
    desk: Desk, shop: Shop
) -> None:
    unwanted = [{"variable": "order_id", "operator": "equals", "value": "1"}]
    await cancelling(desk, skip_when=unwanted)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == []
    guarded = await desk.last(conversation, "guarded")
    assert (guarded["action"], guarded["rule"]) == ("cancel-order", "when_not_to_use")
    assert "order_id equals 1" in guarded["reason"]
    assert shop.seen == []
    assert await desk.use(conversation, "cancel-order", order_id="2") == ["Cancelled 2."]


async def test_a_procedure_may_do_what_the_agent_may_not_by_itself(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, skip_when=[{"variable": "order_id", "operator": "exists"}])
    slug = await desk.publish(
        "cancelling", {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}}
    )

    await desk.event(await desk.open(), e.StartRequested(procedure=slug))

    assert shop.at(CANCEL)


# forms, links and buttons


@pytest.mark.parametrize("what", [
    {"kind": "form", "form": {"fields": [{"name": "reason"}]}},
    {"kind": "button", "button": {"label": "Your invoice", "url": "https://example.com/invoices/{{order_id}}"}},
    {"kind": "button", "button": {"label": "Go", "request": {"url": "https://example.com/{{order_id}}"}}},
    {"kind": "javascript", "script": {"source": "return inputs.order_id"}},
])  # fmt: skip
async def test_what_is_shown_to_the_customer_is_bound_by_preconditions_before_it_is_shown(
    desk: Desk, what: dict[str, Any]
) -> None:
    await desk.verify()
    await desk.get_order()
    await desk.put("shown", variables=[{"name": "order_id"}], preconditions=[VERIFIED, OWN_ORDER], **what)
    stranger, ada = await desk.open(), await desk.verified()

    assert await desk.use(stranger, "shown", order_id="1") == [VERIFY_FIRST]
    assert await desk.use(ada, "shown", order_id="3") == [NOT_ALLOWED]
    assert [kind for kind, _ in await desk.entries(stranger) if kind.startswith("show_")] == []
    assert [kind for kind, _ in await desk.entries(ada) if kind.startswith("show_")] == []
    await desk.use(ada, "shown", order_id="1")
    assert await desk.waits_for(ada) in ("form", "click")


async def test_a_form_is_not_taken_once_what_it_needs_is_void(desk: Desk) -> None:
    await desk.verify()
    await desk.put("ask", kind="form", form={"fields": [{"name": "reason"}]}, preconditions=[VERIFIED])
    conversation = await desk.verified()
    await desk.use(conversation, "ask")
    desk.clock.advance(minutes=31)

    assert await desk.submits(conversation, reason="broken") == [VERIFY_FIRST]
    assert "ask" not in (await desk.state(conversation)).facts


async def test_a_link_is_shown_at_most_as_often_as_its_rule_allows(desk: Desk) -> None:
    once = {"kind": "at_most", "times": 1}
    await desk.put("gift", kind="button", button={"label": "Gift", "url": "https://example.com"}, preconditions=[once])
    conversation = await desk.open()
    await desk.use(conversation, "gift")
    await desk.clicks(conversation, "Gift")

    assert await desk.use(conversation, "gift") == ["That has been done already, and I can't do it again."]


async def test_nothing_waits_for_ever_where_two_conversations_ask_at_the_same_moment(desk: Desk, shop: Shop) -> None:
    await cancelling(desk, VERIFIED, OWN_ORDER)
    both = [await desk.verified(), await desk.verified()]

    told = await asyncio.gather(*(desk.use(one, "cancel-order", order_id="1") for one in both))

    assert told == [["Cancelled 1."], ["Cancelled 1."]]
