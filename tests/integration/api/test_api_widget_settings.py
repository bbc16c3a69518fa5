"""The switch that stops every script in customers' pages, at once and everywhere."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import Desk, kinds, problem, publish, talk, texts

SCRIPT: dict[str, Any] = {"kind": "javascript", "source": "return 1", "button": "Run it"}
Client = httpx2.AsyncClient


@pytest.fixture
async def client(any_desk: Desk) -> AsyncIterator[Client]:
    async with any_desk.client() as one:
        yield one


def document(**step: Any) -> dict[str, Any]:
    return {
        "name": "Script",
        "trigger": {"description": "When the customer wants the script"},
        "steps": [{"id": "run", **SCRIPT, **step}, {"id": "bad", "kind": "message", "text": "It went wrong."}],
    }


async def switch(client: Client, scripts: bool) -> None:
    answer = await client.put("/v1/settings/widget", json={"scripts": scripts})
    assert answer.status_code == 200, answer.text
    assert answer.json()["scripts"] is scripts


async def post(client: Client, conversation: str, what: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/conversations/{conversation}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def shown(client: Client, slug: str) -> tuple[str, dict[str, Any]]:
    """A conversation in which the script's button stands before the customer."""
    conversation = await talk(client)
    got = await post(client, conversation, "start", procedure=slug)
    return conversation, next(one["body"] for one in got["entries"] if one["kind"] == "show_button")


def guarded(receipt: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (one["visible_to"], one["body"]["reason"]) for one in receipt["entries"] if one["kind"] == "guarded"
    ]  # fmt: skip


OFF = [("members", "Scripts in the customer's page are switched off for this workspace.")]


async def test_switched_off_no_script_is_offered_to_a_page(client: Client) -> None:
    slug = await publish(client, document())
    await switch(client, scripts=False)
    got = await post(client, await talk(client), "start", procedure=slug)
    assert guarded(got) == OFF
    assert texts(got) == ["I'm sorry, I can't do that right now."]
    assert not {"show_button", "run_in_browser"} & set(kinds(got))


async def test_switched_off_it_is_not_sent_to_a_page_after_the_click(client: Client) -> None:
    slug = await publish(client, document())
    conversation, button = await shown(client, slug)
    await switch(client, scripts=False)
    got = await post(client, conversation, "clicks", question=button["question"], choice=button["label"])
    assert guarded(got) == OFF
    assert "run_in_browser" not in kinds(got)


async def test_switched_off_no_agent_uses_a_script_by_itself(client: Client) -> None:
    action = {"kind": "javascript", "name": "Cart", "description": "Shows the customer's cart.",
              "script": {"source": "return 1"}}  # fmt: skip
    assert (await client.put("/v1/actions/cart", json=action)).status_code == 200
    await client.put("/v1/agents/default", json={"name": "Deskhand", "actions": ["cart"]})
    await switch(client, scripts=False)
    got = await post(client, await talk(client), "use", action="cart")
    assert guarded(got) == OFF
    assert "show_button" not in kinds(got)


async def test_it_goes_on_where_the_builder_says(client: Client) -> None:
    slug = await publish(client, document(on_error="bad", next="end"))
    await switch(client, scripts=False)
    got = await post(client, await talk(client), "start", procedure=slug)
    assert texts(got) == ["It went wrong."]


async def test_a_script_that_waits_already_is_not_there_for_the_page(client: Client) -> None:
    slug = await publish(client, document())
    conversation, button = await shown(client, slug)
    got = await post(client, conversation, "clicks", question=button["question"], choice=button["label"])
    address = next(one["body"]["script"] for one in got["entries"] if one["kind"] == "run_in_browser")
    assert (await client.get(address)).status_code == 200
    await switch(client, scripts=False)
    problem(await client.get(address), 404)
    await switch(client, scripts=True)
    assert (await client.get(address)).status_code == 200


async def test_a_script_is_there_as_long_as_one_workspace_lets_it_run(client: Client, any_desk: Desk) -> None:
    slug = await publish(client, document())
    conversation, button = await shown(client, slug)
    got = await post(client, conversation, "clicks", question=button["question"], choice=button["label"])
    address = next(one["body"]["script"] for one in got["entries"] if one["kind"] == "run_in_browser")
    async with any_desk.client("stranger") as stranger:
        await publish(stranger, document())
        await switch(client, scripts=False)
        assert (await client.get(address)).status_code == 200
        await switch(stranger, scripts=False)
        problem(await client.get(address), 404)


async def test_switched_on_again_scripts_run_again(client: Client) -> None:
    slug = await publish(client, document())
    await switch(client, scripts=False)
    await switch(client, scripts=True)
    conversation, button = await shown(client, slug)
    got = await post(client, conversation, "clicks", question=button["question"], choice=button["label"])
    assert "run_in_browser" in kinds(got)


async def test_admins_switch_it_and_the_audit_trail_tells_who(client: Client, any_desk: Desk) -> None:
    async with any_desk.client("agent") as agent, any_desk.client("admin") as admin:
        before = (await agent.get("/v1/settings/widget")).json()
        assert (before["scripts"], before["attachments"]) == (True, False)
        problem(await agent.put("/v1/settings/widget", json={"scripts": False}), 403)
        both = (await admin.put("/v1/settings/widget", json={"attachments": True})).json()
        assert (both["scripts"], both["attachments"]) == (True, True)
        await admin.put("/v1/settings/widget", json={"attachments": True})
    rows = (await client.get("/v1/audit")).json()["items"]
    changes = [(row["actor"], row["body"]) for row in rows if row["action"] == "widget.settings"]
    assert changes == [("the admin", {"scripts": True, "attachments": True})]
