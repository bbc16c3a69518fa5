"""What an answer leads to: what is said, what comes after, what a transformer makes of it."""

from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply, Shop

HANDED_OVER = "I'm handing you over to a colleague, who will answer you here."
FAILED = "Something went wrong on our side. I'm handing you over to a colleague, who will answer you here."
CHECKING = "A colleague is checking this for you. I'll write here as soon as they have decided."
MESSAGES = {
    "success": "It is {{response.state}}.",
    "404": "There is no order {{order_id}}: {{response.error}}.",
    "4xx": "It said {{status}}.",
    "5xx": "It is down.",
    "timeout": "It took too long.",
    "error": "It failed.",
}


async def looking(desk: Desk, **fields: Any) -> str:
    """A conversation with an agent who can look an order up."""
    await desk.get_order(**fields)
    return await desk.open()


# messages


@pytest.mark.parametrize(("reply", "said"), [
    (Reply({"state": "open"}), "It is open."),
    (Reply({"error": "no such thing"}, 404), "There is no order 1: no such thing."),
    (Reply({}, 409), "It said 409."),
    (Reply({}, 500), "It is down."),
    (Reply({}, 302), "It failed."),
    (Reply(b"<html>", kind="text/html"), "It failed."),
])  # fmt: skip
async def test_the_most_precise_message_is_said(desk: Desk, shop: Shop, reply: Reply, said: str) -> None:
    conversation = await looking(desk, messages=MESSAGES)
    shop.answers["GET /orders/1"] = reply

    assert await desk.use(conversation, "get-order", order_id="1") == [said]
    assert (await desk.state(conversation)).mode == "agent"


async def test_an_answer_that_does_not_come_in_time_has_its_message(desk: Desk, shop: Shop) -> None:
    request = {"url": f"{shop.url}/orders/{{{{order_id}}}}", "timeout": 0.05, "idempotent": False}
    conversation = await looking(desk, messages=MESSAGES, request=request)
    shop.answers["GET /orders/1"] = Reply(hang=True)

    assert await desk.use(conversation, "get-order", order_id="1") == ["It took too long."]


async def test_an_error_without_a_message_calls_a_person(desk: Desk, shop: Shop) -> None:
    conversation = await looking(desk)
    assert await desk.use(conversation, "get-order", order_id="404") == [FAILED]
    assert (await desk.state(conversation)).mode == "member"


async def test_a_person_can_be_called_although_a_message_is_said(desk: Desk) -> None:
    conversation = await looking(desk, messages=MESSAGES, hand_over_on_error=True)
    told = await desk.use(conversation, "get-order", order_id="404")
    assert told == ["There is no order 404: no such thing.", HANDED_OVER]
    assert (await desk.state(conversation)).mode == "member"


async def test_without_a_message_the_answer_is_told_in_plain_lines(desk: Desk) -> None:
    conversation = await looking(desk)
    assert await desk.use(conversation, "get-order", order_id="1") == ["Id: 1\nUser id: C1\nState: open"]


async def test_an_answer_cannot_bring_a_placeholder_along(desk: Desk, shop: Shop) -> None:
    conversation = await looking(desk, messages=MESSAGES)
    shop.answers["GET /orders/1"] = Reply({"state": "{{secrets.TOKEN}} {{order_id}}"})
    told = await desk.use(conversation, "get-order", order_id="1")
    assert told == ["It is {{secrets.TOKEN}} {{order_id}}."]


async def test_a_message_comes_in_the_customers_language(desk: Desk) -> None:
    await desk.get_order(messages={"success": {"en": "It is {{response.state}}.", "de": "Sie ist {{response.state}}."}})
    engine = desk.running.services.engine
    conversation = (await engine.open(desk.workspace, language="de")).conversation
    assert await desk.use(conversation, "get-order", order_id="1") == ["Sie ist open."]


async def test_a_write_whose_message_needs_an_answer_that_was_not_readable_has_happened_all_the_same(
    desk: Desk, shop: Shop
) -> None:
    await desk.cancel_order(messages={"success": "Done: {{response.cancelled}}"})
    shop.answers["POST /orders/1/cancel"] = Reply(b"<html>", kind="text/html")
    conversation = await desk.open()

    told = await desk.use(conversation, "cancel-order", order_id="1")

    assert len(told) == 1
    assert "cancel-order" in (await desk.state(conversation)).facts
    assert (await desk.state(conversation)).mode == "agent"


async def test_an_outcome_that_nobody_knows_is_found_out_by_a_member(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order()
    shop.answers["POST /orders/1/cancel"] = Reply({}, 502)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == [CHECKING]
    assert await desk.decides(conversation, "happened") == ["Cancelled 1."]


async def test_a_status_that_says_for_certain_that_nothing_was_done_is_a_failure(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(request={"definite_statuses": [503]})
    shop.answers["POST /orders/1/cancel"] = Reply({}, 503)
    assert await desk.use(await desk.open(), "cancel-order", order_id="1") == ["That did not work."]


async def test_a_status_can_count_as_success(desk: Desk, shop: Shop) -> None:
    free = [{"variable": "status", "operator": "equals", "value": 404}]
    conversation = await looking(
        desk, success=free, messages={"success": "It is free.", "404": "Oh.", "error": "Taken."}
    )

    assert await desk.use(conversation, "get-order", order_id="404") == ["It is free."]
    assert await desk.use(conversation, "get-order", order_id="1") == ["Taken."]
    assert "get-order" in (await desk.state(conversation)).facts


async def test_an_unreadable_answer_is_no_success_whatever_its_status(desk: Desk, shop: Shop) -> None:
    any_answer = [{"variable": "status", "operator": "equals", "value": 200}]
    conversation = await looking(desk, success=any_answer, messages=MESSAGES)
    shop.answers["GET /orders/1"] = Reply(b"<html>sign in</html>", kind="text/html")

    assert await desk.use(conversation, "get-order", order_id="1") == ["It failed."]
    assert (await desk.state(conversation)).facts == {}


# in a procedure


async def test_a_step_keeps_the_answer_and_says_no_message_of_the_action(desk: Desk) -> None:
    await desk.get_order(messages=MESSAGES)
    slug = await desk.publish(
        "look",
        {"id": "get", "kind": "call", "action": "get-order", "arguments": {"order_id": "1"}, "response_variable": "o"},
        {"id": "say", "kind": "message", "text": "State: {{o.state}}"},
    )
    assert await desk.event(await desk.open(), e.StartRequested(procedure=slug)) == ["State: open"]


async def test_a_step_can_say_the_actions_messages(desk: Desk) -> None:
    await desk.get_order(messages=MESSAGES)
    step = {"id": "get", "kind": "call", "action": "get-order", "speak": True}
    slug = await desk.publish("look", step, variables=[{"name": "order_id"}])
    conversation = await desk.open()
    for order, said in (("1", "It is open."), ("404", "There is no order 404: no such thing.")):
        start = e.StartRequested(procedure=slug, arguments={"order_id": order})
        assert await desk.event(conversation, start) == [said]


# what comes after


@pytest.fixture
async def followed(desk: Desk) -> Desk:
    """A desk where a procedure follows success, another one an error."""
    variables = [{"name": "order_id", "required": False}]
    for name, text in (("survey", "How was it, {{order_id}}?"), ("sorry", "Sorry about {{order_id}}.")):
        await desk.publish(name, {"id": "say", "kind": "message", "text": text.replace("}}", ' | default("you")}}')},
                           variables=variables)  # fmt: skip
    return desk


async def test_a_procedure_follows_success_and_another_one_an_error(followed: Desk) -> None:
    conversation = await looking(followed, messages=MESSAGES, then={"success": "survey", "error": "sorry"})

    good = await followed.use(conversation, "get-order", order_id="1")
    bad = await followed.use(conversation, "get-order", order_id="404")

    assert good == ["It is open.", "How was it, 1?"]
    assert bad == ["There is no order 404: no such thing.", "Sorry about 404."]
    assert (await followed.state(conversation)).runs == ()


async def test_nothing_follows_where_nothing_is_named_for_it(followed: Desk) -> None:
    conversation = await looking(followed, messages=MESSAGES, then={"error": "sorry"})
    assert await followed.use(conversation, "get-order", order_id="1") == ["It is open."]


async def test_a_no_to_the_confirmation_is_followed_by_nothing(followed: Desk, shop: Shop) -> None:
    await followed.cancel_order(confirm="Cancel.", then={"success": "survey", "error": "sorry"})
    conversation = await followed.open()
    await followed.use(conversation, "cancel-order", order_id="1")
    assert await followed.clicks(conversation, "no") == ["All right, I won't do that."]
    assert shop.seen == []


async def test_a_procedure_that_is_not_there_calls_a_person(desk: Desk) -> None:
    conversation = await looking(desk, messages=MESSAGES, then={"success": "nothing"})
    told = await desk.use(conversation, "get-order", order_id="1")
    assert told == ["It is open.", FAILED]
    assert (await desk.state(conversation)).mode == "member"


# asking again


async def test_asking_again_voids_the_yes_that_was_not_given(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(confirm="Cancel order {{order_id}}.")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    old = await desk.question(conversation)

    await desk.use(conversation, "cancel-order", order_id="2")

    with pytest.raises(RuleError, match="no longer open"):
        await desk.clicks(conversation, "yes", old)
    assert shop.seen == []
    assert await desk.clicks(conversation, "yes") == ["Cancelled 2."]
    assert shop.places == ["POST /orders/2/cancel"]
    assert {one.status for one in await desk.executions()} == {"lapsed", "succeeded"}


async def test_asking_again_while_a_value_is_asked_for_takes_the_new_ones(desk: Desk) -> None:
    await desk.cancel_order(variables=[{"name": "order_id"}, {"name": "reason"}])
    conversation = await desk.open()
    assert await desk.use(conversation, "cancel-order", order_id="1") == ["reason?"]
    assert await desk.use(conversation, "cancel-order", order_id="2", reason="late") == ["Cancelled 2."]


async def test_asking_again_while_a_member_decides_is_refused(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(approval="require")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    with pytest.raises(RuleError, match="running in this conversation already"):
        await desk.use(conversation, "cancel-order", order_id="2")
    await desk.decides(conversation, "approve")
    assert shop.places == ["POST /orders/1/cancel"]


async def test_asking_again_while_the_call_is_under_way_is_refused(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order()
    conversation = await desk.open()
    release = shop.hold("POST /orders/1/cancel")
    engine = desk.running.services.engine
    asked = e.ActionRequested(action="cancel-order", arguments={"order_id": "1"})
    await engine.handle(desk.workspace, conversation, asked)
    await shop.arrived.wait()
    with pytest.raises(RuleError, match="running in this conversation already"):
        await engine.handle(desk.workspace, conversation, asked)
    release.set()
    assert await engine.settle(desk.workspace, conversation, 30)
    assert len(shop.seen) == 1


# values


async def test_what_is_required_is_asked_for_and_what_is_optional_is_not(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "send",
        variables=[
            {"name": "count", "type": "integer", "prompt": "How many?"},
            {"name": "note", "required": False},
            {"name": "size", "default": "M"},
        ],
        request={
            "method": "POST",
            "url": f"{shop.url}/x",
            "query": {"note": "{{note}}"},
            "headers": {"X-Note": "{{note}}"},
            "body": '{"count": {{count}}, "note": "{{note}}", "size": "{{size}}"}',
        },
        messages={"success": "Sent."},
    )
    shop.answers["POST /x"] = Reply({})
    conversation = await desk.open()

    assert await desk.use(conversation, "send") == ["How many?"]
    [again] = await desk.says(conversation, "2.5")
    assert again.startswith("Please give a whole number")
    assert shop.seen == []
    assert await desk.says(conversation, "3") == ["Sent."]

    [sent] = shop.seen
    assert sent.json == {"count": 3, "size": "M"}
    assert sent.query == {}
    assert "X-Note" not in sent.headers


async def test_a_value_that_is_no_good_is_asked_for_in_place_of_being_sent(desk: Desk, shop: Shop) -> None:
    await desk.verify()
    conversation = await desk.open()
    assert await desk.use(conversation, "verify", email="not an address") == ["email?"]
    assert shop.seen == []


async def test_an_empty_text_is_sent_where_it_is_a_value(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "address",
        variables=[{"name": "line1"}, {"name": "line2", "allow_empty": True}],
        request={"method": "POST", "url": f"{shop.url}/x", "body": '{"one": "{{line1}}", "two": "{{line2}}"}'},
        messages={"success": "Changed."},
    )
    shop.answers["POST /x"] = Reply({})
    conversation = await desk.open()

    assert await desk.use(conversation, "address", line1="", line2="") == ["line1?"]
    assert await desk.use(conversation, "address", line1="Main Street 1", line2="") == ["Changed."]
    assert shop.seen[0].json == {"one": "Main Street 1", "two": ""}


# transformers


SUM = "function transform(r) { return {state: r.lines.map(l => l.n).reduce((a, b) => a + b, 0)} }"


async def test_what_a_transformer_makes_of_an_answer_is_kept_compared_and_said(desk: Desk, shop: Shop) -> None:
    success = [{"variable": "response.state", "operator": "gt", "value": 2}]
    conversation = await looking(desk, transform=SUM, success=success, messages=MESSAGES)
    shop.answers["GET /orders/1"] = Reply({"lines": [{"n": 1}, {"n": 2}]})
    shop.answers["GET /orders/2"] = Reply({"lines": [{"n": 1}]})

    assert await desk.use(conversation, "get-order", order_id="1") == ["It is 3."]
    assert (await desk.state(conversation)).facts["get-order"].response == {"state": 3}
    assert await desk.use(conversation, "get-order", order_id="2") == ["It failed."]
    assert {"lines": [{"n": 1}]} in [one.response for one in await desk.executions()]


@pytest.mark.parametrize("success", [[], [{"variable": "status", "operator": "equals", "value": 200}]])
async def test_a_transformer_that_fails_makes_a_read_fail(desk: Desk, success: list[dict[str, Any]]) -> None:
    conversation = await looking(desk, transform=SUM, messages=MESSAGES, success=success)

    assert await desk.use(conversation, "get-order", order_id="1") == ["It failed."]
    assert (await desk.state(conversation)).facts == {}
    [log] = await desk.executions()
    assert log.problem is not None
    assert log.problem.startswith("The transformer failed: ")


async def test_a_transformer_that_fails_undoes_no_write(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(transform=SUM)
    conversation = await desk.open()

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]
    fact = (await desk.state(conversation)).facts["cancel-order"]
    assert fact.response is None
    [log] = await desk.executions()
    assert (log.status, log.response) == ("succeeded", {"cancelled": "1"})
    assert log.problem is not None


async def test_a_fetch_whose_transformer_fails_meets_no_precondition(desk: Desk, shop: Shop) -> None:
    await desk.get_order(transform="function transform(r) { throw new Error('no') }")
    absent = {"variable": "fetched.locked", "operator": "not_exists"}
    await desk.cancel_order({"kind": "holds", "fetch": "get-order", "conditions": [absent]})
    told = await desk.use(await desk.open(), "cancel-order", order_id="1")
    assert told == ["I'm sorry, I can't do that right now."]
    assert "POST /orders/1/cancel" not in shop.places
