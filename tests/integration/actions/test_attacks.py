"""Ways around the guard, and places where a sensitive value could be read."""

from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.actions import read_action
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing import Imported
from deskhand.ports.stores import BadCursor
from tests.integration.actions.desk import OWN_ORDER, Desk
from tests.integration.actions.shop import Reply, Shop

PIN = "77441199"
REQUEST: dict[str, Any] = {"url": "https://shop.example/x"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"variables": [{"name": "identity"}], "request": REQUEST}, "`identity` is a built-in name"),
        ({"variables": [{"name": "secrets"}], "request": REQUEST}, "`secrets` is a built-in name"),
        ({"variables": [{"name": "host"}], "request": {"url": "https://{{host}}/x"}}, "the host of the address"),
        ({"request": {"url": "https://shop.example/{{nothing}}"}}, "neither a variable"),
        ({"request": {"url": "https://shop.example", "method": "POST", "body": "{bad"}}, "JSON"),
        ({"kind": "form", "form": {"fields": [{"name": "id"}]}, "identity": "id"}, "`identity` is what a system"),
        ({"kind": "javascript", "script": {"source": "return 1"}, "identity": "id"}, "`identity` is what a system"),
    ],
    ids=["identity", "secrets", "host", "placeholder", "body", "a form's word", "a script's word"],
)
async def test_an_action_that_would_open_a_way_around_is_not_stored(
    desk: Desk, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DocumentError) as told:
        await desk.put("trick", **fields)

    assert sentence in told.value.sentence


async def test_a_variable_of_the_run_is_no_identity(desk: Desk, shop: Shop) -> None:
    await desk.get_order()
    await desk.cancel_order(OWN_ORDER)
    slug = await desk.publish(
        "trick",
        {"id": "set", "kind": "set", "variable": "user_id", "value": "u1"},
        {"id": "cancel", "kind": "call", "action": "cancel-order", "arguments": {"order_id": "1"}},
    )
    conversation = await desk.open()
    await desk.event(conversation, e.StartRequested(procedure=slug, arguments={"identity": "u1"}))

    assert shop.at("POST /orders/1/cancel") == []


async def test_another_customer_has_proved_nothing(desk: Desk) -> None:
    await desk.verify()
    for before, after in (
        (Contact(phone_number="+491111"), Contact(phone_number="+492222")),
        (Contact(first_name="Ann"), Contact(first_name="Bob")),
        (Contact(id="1"), Contact(id="2")),
    ):
        conversation = await desk.open(contact=before)
        await desk.use(conversation, "verify", email="ada@example.com")
        assert (await desk.state(conversation)).identity is not None
        await desk.event(conversation, e.Identified(contact=after))
        assert (await desk.state(conversation)).identity is None


async def test_a_removed_action_is_switched_off_for_every_agent(desk: Desk) -> None:
    await desk.put("old", request=REQUEST)
    configuration = desk.running.services.configuration
    await configuration.remove(desk.workspace, "action", "old", "test")

    assert (await configuration.agent(desk.workspace, "default")).actions == []


async def test_a_changing_call_whose_answer_nobody_can_read_goes_to_a_member_and_not_out_again(
    desk: Desk, shop: Shop
) -> None:
    await desk.cancel_order(success=[{"variable": "response.ok", "operator": "equals", "value": True}])
    shop.answers["POST /orders/1/cancel"] = Reply("<html>done</html>", 200, "text/html")
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")

    assert await desk.waits_for(conversation) == "outcome"
    assert len(shop.at("POST /orders/1/cancel")) == 1


async def test_a_refused_try_keeps_the_place_of_the_rule_that_counts_tries_alone(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(
        {"kind": "at_most", "times": 1, "per": "{{order_id}}"},
        {"kind": "at_most", "times": 9, "counts": "tried"},
    )
    shop.answers["POST /orders/1/cancel"] = Reply({"error": "locked"}, 422)
    conversation = await desk.open()
    await desk.use(conversation, "cancel-order", order_id="1")
    del shop.answers["POST /orders/1/cancel"]

    assert await desk.use(conversation, "cancel-order", order_id="1") == ["Cancelled 1."]


async def test_a_sensitive_value_that_a_server_quotes_is_read_nowhere(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "check-pin",
        variables=[{"name": "pin", "sensitive": True}],
        request={"method": "POST", "url": f"{shop.url}/pin", "body": '{"pin": "{{pin}}"}'},
    )
    shop.answers["POST /pin"] = Reply({"error": f"PIN {PIN} is wrong"}, 400)
    conversation = await desk.open()
    await desk.use(conversation, "check-pin", pin=PIN)

    view = await desk.run_view(conversation)
    seen = [await desk.entries(conversation), await desk.executions(), view.variables, view.timeline, view.acts]
    assert shop.at("POST /pin")
    assert [text[max(0, text.find(PIN) - 120) :] for text in map(str, seen) if PIN in text] == []


async def test_a_sensitive_answer_to_a_question_is_not_in_the_log(desk: Desk) -> None:
    slug = await desk.publish(
        "ask",
        {"id": "pin", "kind": "collect", "variable": "pin", "prompt": "Your PIN?"},
        {"id": "done", "kind": "message", "text": "Thanks."},
        variables=[{"name": "pin", "sensitive": True, "required": False}],
    )
    conversation = await desk.open()
    await desk.event(conversation, e.StartRequested(procedure=slug))
    await desk.says(conversation, PIN)

    assert PIN not in str(await desk.entries(conversation))


async def test_a_sensitive_value_that_is_volunteered_is_not_in_the_log(desk: Desk) -> None:
    await desk.publish(
        "verify-me",
        {"id": "done", "kind": "message", "text": "Thanks."},
        trigger={"description": "When a customer wants to verify who they are", "phrases": ["verify me please"]},
        variables=[{"name": "pin_number", "type": "integer", "sensitive": True, "prompt": "Your PIN?"}],
    )
    conversation = await desk.open()
    await desk.says(conversation, f"verify me please, my pin number is {PIN}")

    assert any(kind == "said" for kind, _ in await desk.entries(conversation))
    assert PIN not in str(await desk.entries(conversation))


async def test_a_cursor_of_the_log_that_nobody_gave_is_refused(desk: Desk) -> None:
    with pytest.raises(BadCursor):
        await desk.running.services.stores.conversations.executions(desk.workspace, cursor="_" * 43)


async def test_what_follows_an_action_is_not_handed_what_nobody_may_read(desk: Desk, shop: Shop) -> None:
    await desk.publish(
        "follow-up",
        {"id": "done", "kind": "collect", "variable": "more", "prompt": "Anything else?"},
        variables=[{"name": "pin", "required": False}, {"name": "order_id", "required": False}],
    )
    await desk.put(
        "check-pin",
        variables=[{"name": "pin", "sensitive": True}, {"name": "order_id"}],
        request={"method": "POST", "url": f"{shop.url}/pin", "body": '{"pin": "{{pin}}"}'},
        then={"success": "follow-up"},
    )
    shop.answers["POST /pin"] = Reply({"ok": True})
    conversation = await desk.open()
    await desk.use(conversation, "check-pin", pin=PIN, order_id="1")

    top = (await desk.state(conversation)).top
    assert top is not None
    assert top.procedure == "follow-up"
    assert top.variables.get("order_id") == "1"
    assert "pin" not in top.variables


async def test_an_imported_action_that_cannot_be_stored_keeps_no_other_from_it(desk: Desk) -> None:
    good, bad = (
        read_action({"slug": slug, "name": slug, "description": "Reads the shop.", "request": {"url": url}})
        for slug, url in (("good", "https://shop.example/x"), ("bad", "https://shop.example/{{nothing}}"))
    )
    stored = await desk.running.services.importing.store(desk.workspace, Imported([bad, good]), "test")

    assert [one.slug for one in stored.actions] == ["good"]
    assert [one.what for one in stored.refused] == ["bad"]
