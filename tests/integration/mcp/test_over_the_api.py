"""A shop's MCP server, from its connection to a call in a conversation, over the REST service."""

import asyncio
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import kinds, problem, publish, start, talk, texts
from tests.integration.mcp.scripted import token_server
from tests.integration.mcp.shop import Shop

FIND = {
    "name": "Where is it",
    "trigger": {"description": "When a customer asks where an order is"},
    "variables": [{"name": "number", "type": "text", "description": "The order's number"}],
    "steps": [
        {
            "id": "find",
            "kind": "tool",
            "connection": "shop",
            "tool": "find_order",
            "read_only": True,
            "arguments": '{"order_id": {{number}}}',
            "response_variable": "order",
        },
        {"id": "tell", "kind": "message", "text": "It is {{order.status}}."},
    ],
}


async def connect(owner: httpx2.AsyncClient, shop: Shop, *more: str, **document: Any) -> None:
    await owner.put("/v1/settings/internal-hosts", json={"hosts": [shop.host, *more]})
    wanted = {"kind": "mcp", "base_url": f"http://{shop.host}/mcp", **document}
    made = await owner.put("/v1/connections/shop", json=wanted)
    assert made.status_code == 200, made.text


async def bring_in(owner: httpx2.AsyncClient, *tools: str) -> dict[str, dict[str, Any]]:
    """Import tools, switch them on for the agent; the actions by slug."""
    answer = await owner.post("/v1/import/mcp", json={"connection": "shop", "tools": list(tools)})
    assert answer.status_code == 200, answer.text
    actions = {one["slug"]: one for one in answer.json()["actions"]}
    await owner.put("/v1/agents/default", json={"name": "Sam", "actions": list(actions)})
    return actions


async def use(owner: httpx2.AsyncClient, action: str, **arguments: Any) -> dict[str, Any]:
    """Use an action directly in a fresh conversation; the receipt."""
    conversation = await talk(owner)
    wanted = {"action": action, "arguments": arguments}
    answer = await owner.post(f"/v1/conversations/{conversation}/use", json=wanted)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def outcomes(receipt: dict[str, Any]) -> list[str]:
    return [entry["body"]["outcome"] for entry in receipt["entries"] if entry["kind"] == "call_tool"]


async def test_a_servers_tools_are_listed_in_its_own_words(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)

    listed = await owner.get("/v1/connections/shop/tools")

    assert listed.status_code == 200
    assert [(one["name"], one["description"]) for one in listed.json()["items"]] == [
        ("find_order", "Finds an order by its number, with its status."),
        ("cancel_order", "Cancels an order that was not sent yet."),
    ]


async def test_only_chosen_tools_come_in_typed_from_their_schema(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)

    actions = await bring_in(owner, "find_order")

    action = actions["find-order"]
    assert list(actions) == ["find-order"]
    assert action["call"]["tool"] == "find_order"
    assert [(one["name"], one.get("type", "text"), one.get("required", True)) for one in action["variables"]] == [
        ("order_id", "text", True),
        ("with_items", "boolean", False),
    ]
    assert not shop.cancelled


async def test_a_tool_that_the_server_does_not_have_is_refused_by_name(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)

    answer = await owner.post("/v1/import/mcp", json={"connection": "shop", "tools": ["find_order", "fly"]})

    assert answer.json()["refused"] == [{"what": "fly", "reason": "the server has no such tool."}]


async def test_a_step_of_a_procedure_calls_a_tool(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    slug = await publish(owner, FIND)

    receipt = await start(owner, await talk(owner), slug, number="A1")

    assert "It is shipped." in texts(receipt)
    assert outcomes(receipt) == ["succeeded"]


async def test_an_action_that_is_used_directly_calls_its_tool_once(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    await bring_in(owner)

    receipt = await use(owner, "cancel-order", order_id="A1")

    assert outcomes(receipt) == ["succeeded"]
    assert shop.cancelled == ["A1"]
    logged = (await owner.get("/v1/executions")).json()["items"]
    assert [(one["action"], one["kind"], one["status"]) for one in logged] == [
        ("cancel-order", "call_tool", "succeeded")
    ]


async def test_an_error_that_a_tool_answers_hands_over(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    await bring_in(owner)

    receipt = await use(owner, "find-order", order_id="A9")

    assert outcomes(receipt) == ["failed"]
    assert "handed_over" in kinds(receipt)


@pytest.mark.parametrize(("reads", "outcome"), [(True, "failed"), (False, "unknown")], ids=["reading", "changing"])
async def test_a_tool_that_is_too_slow_fails_where_it_reads_and_asks_a_member_where_it_changes(
    owner: httpx2.AsyncClient, shop: Shop, reads: bool, outcome: str
) -> None:
    released = asyncio.Event()

    async def wait(order_id: str) -> str:
        await released.wait()
        return "done"

    shop.mcp.add_tool(wait, "wait", description="Waits until it is released.")
    await connect(owner, shop)
    action = (await bring_in(owner, "wait"))["wait"]
    action["call"] |= {"timeout": 0.2, "read_only": reads}
    assert (await owner.put("/v1/actions/wait", json=action)).status_code == 200

    receipt = await use(owner, "wait", order_id="A1")
    released.set()

    asked = await owner.get("/v1/approvals", params={"conversation": receipt["conversation"]})
    assert outcomes(receipt) == [outcome]
    assert [one["about"] for one in asked.json()["items"]] == ([] if reads else ["outcome"])


async def test_a_bearer_token_goes_with_every_request_and_into_no_record(owner: httpx2.AsyncClient, shop: Shop) -> None:
    shop.token = "shop-token-never-shown"
    await connect(owner, shop, auth={"kind": "bearer", "token": shop.token})
    await bring_in(owner)

    receipt = await use(owner, "find-order", order_id="A1")

    assert outcomes(receipt) == ["succeeded"]
    assert set(shop.seen) == {f"Bearer {shop.token}"}
    for path in ("/v1/executions", "/v1/connections", "/v1/audit"):
        assert shop.token not in (await owner.get(path)).text


async def test_oauth_client_credentials_fetch_a_token_and_a_new_one_when_it_is_refused(
    owner: httpx2.AsyncClient, shop: Shop
) -> None:
    async with token_server() as (token_url, tokens):
        shop.token = "token-1"
        auth = {"kind": "oauth2_client_credentials", "token_url": token_url, "client_id": "desk", "client_secret": "s"}
        await connect(owner, shop, token_url.split("/")[2], auth=auth)
        await bring_in(owner)
        shop.token = "token-2"

        receipt = await use(owner, "cancel-order", order_id="A1")

    assert outcomes(receipt) == ["succeeded"]
    assert tokens == ["token-1", "token-2"]
    assert shop.cancelled == ["A1"]


async def test_a_connection_whose_credentials_are_refused_says_so_and_asks_once(
    owner: httpx2.AsyncClient, shop: Shop
) -> None:
    shop.token = "another"
    await connect(owner, shop, auth={"kind": "bearer", "token": "wrong"})

    answer = await owner.get("/v1/connections/shop/tools")

    assert "refused the credentials (401)" in answer.json()["detail"]
    assert len(shop.seen) == 2  # whether it speaks the newest version, and the handshake of the older ones


async def test_a_server_that_was_restarted_is_spoken_to_at_once(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    await bring_in(owner)
    assert outcomes(await use(owner, "find-order", order_id="A1")) == ["succeeded"]

    await shop.restart()

    assert outcomes(await use(owner, "find-order", order_id="A1")) == ["succeeded"]
    assert outcomes(await use(owner, "cancel-order", order_id="A2")) == ["succeeded"]
    assert shop.cancelled == ["A2"]


async def test_a_server_that_is_down_fails_a_change_for_certain(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    await bring_in(owner)
    await use(owner, "find-order", order_id="A1")
    await shop.stop()
    shop.close()

    receipt = await use(owner, "cancel-order", order_id="A1")

    assert outcomes(receipt) == ["failed"]
    assert "was not reached" in str(receipt["entries"])


async def test_a_tool_that_changed_is_not_called_until_a_member_has_looked_at_it(
    owner: httpx2.AsyncClient, shop: Shop
) -> None:
    await connect(owner, shop)
    await bring_in(owner)
    await use(owner, "cancel-order", order_id="A1")

    def cancel_order(order_id: str, refund: bool, note: str = "") -> str:
        shop.cancelled.append(f"{order_id} {refund} {note}")
        return "cancelled"

    shop.change("cancel_order", cancel_order, "Cancels an order, and pays it back if you like.")
    receipt = await use(owner, "cancel-order", order_id="A2")

    assert outcomes(receipt) == ["failed"]
    assert shop.cancelled == ["A1"]
    off = (await owner.get("/v1/actions/cancel-order")).json()
    assert off["enabled"] is False
    assert "has changed" in off["disabled_reason"]

    accepted = await owner.post("/v1/actions/cancel-order/accept-tool")

    on = accepted.json()
    assert accepted.status_code == 200
    assert on.get("enabled", True) is True
    assert [(one["name"], one.get("type", "text")) for one in on["variables"]] == [
        ("order_id", "text"),
        ("refund", "boolean"),
        ("note", "text"),
    ]
    assert outcomes(await use(owner, "cancel-order", order_id="A2", refund=True)) == ["succeeded"]
    assert shop.cancelled == ["A1", "A2 True "]


async def test_a_tool_that_is_gone_switches_its_action_off_and_cannot_be_accepted(
    owner: httpx2.AsyncClient, shop: Shop
) -> None:
    await connect(owner, shop)
    await bring_in(owner)
    shop.mcp.remove_tool("cancel_order")

    receipt = await use(owner, "cancel-order", order_id="A1")

    assert outcomes(receipt) == ["failed"]
    off = (await owner.get("/v1/actions/cancel-order")).json()
    assert (off["enabled"], "no tool `cancel_order` any more" in off["disabled_reason"]) == (False, True)
    told = await owner.post("/v1/actions/cancel-order/accept-tool")
    assert "has no tool `cancel_order` any more" in problem(told, told.status_code)["detail"]
    assert 400 <= told.status_code < 500


async def test_what_a_member_wrote_for_an_argument_outlives_the_tools_change(
    owner: httpx2.AsyncClient, shop: Shop
) -> None:
    await connect(owner, shop)
    action = (await bring_in(owner, "cancel_order"))["cancel-order"]
    action["call"]["arguments"] = '{"order_id": {{order_id}}, "reason": "on behalf of {{conversation.channel}}"}'
    action["variables"] = [{"name": "order_id", "sensitive": True, "prompt": "Which one?"}]
    stored = await owner.put("/v1/actions/cancel-order", json=action)
    assert stored.status_code == 200, stored.text

    def cancel_order(order_id: str, reason: str, note: str = "") -> str:
        return "cancelled"

    shop.change("cancel_order", cancel_order, "Cancels an order that was not sent yet, with a reason.")
    on = (await owner.post("/v1/actions/cancel-order/accept-tool")).json()

    written = on["call"]["arguments"]
    assert '"reason": "on behalf of {{conversation.channel}}"' in written
    assert '"note": {{note}}' in written
    variables = {one["name"]: one for one in on["variables"]}
    assert sorted(variables) == ["note", "order_id"]
    assert (variables["order_id"]["sensitive"], variables["order_id"]["prompt"]) == (True, "Which one?")


async def test_a_private_address_is_refused_until_the_list_opens_it(owner: httpx2.AsyncClient, shop: Shop) -> None:
    await connect(owner, shop)
    await owner.put("/v1/settings/internal-hosts", json={"hosts": []})

    closed = await owner.get("/v1/connections/shop/tools")
    await owner.put("/v1/settings/internal-hosts", json={"hosts": [shop.host]})
    opened = await owner.get("/v1/connections/shop/tools")

    assert 400 <= closed.status_code < 500
    assert opened.status_code == 200


@pytest.mark.parametrize("path", ["/v1/connections/web/tools", "/v1/connections/nothing/tools"])
async def test_what_is_no_mcp_server_is_told(owner: httpx2.AsyncClient, path: str) -> None:
    await owner.put("/v1/connections/web", json={"base_url": "https://api.example.com"})

    answer = await owner.get(path)

    assert problem(answer, answer.status_code)["detail"]
    assert 400 <= answer.status_code < 500
