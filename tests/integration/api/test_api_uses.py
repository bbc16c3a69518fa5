"""What uses actions, connections and secrets; transformers and credentials on their own."""

import httpx2

from tests.integration.api.desk import Desk, problem

ACTION = {
    "name": "Look up", "description": "Looks an order up.", "slug": "look-up",
    "request": {"url": "/orders", "connection": "shop"},
}  # fmt: skip
CALLS = {
    "name": "Status",
    "description": "Tells the status of an order.",
    "steps": [
        {"id": "look", "kind": "call", "action": "look-up", "save_as": "order"},
        {"id": "tag", "kind": "internal", "action": "resolve"},
    ],
}


async def test_an_action_knows_the_agents_procedures_and_actions_that_use_it(any_desk: Desk) -> None:
    async with any_desk.client() as owner:
        await owner.put("/v1/connections/shop", json={"base_url": "https://shop.example"})
        await owner.put("/v1/actions/look-up", json=ACTION)
        rule = {"kind": "succeeded", "actions": ["look-up"]}
        builds = {**ACTION, "slug": "refund", "name": "Refund", "preconditions": [rule]}
        await owner.put("/v1/actions/refund", json=builds)
        await owner.put("/v1/agents/sales", json={"name": "Sales", "actions": ["look-up"]})
        await owner.post("/v1/procedures", json={"document": CALLS})
        assert (await owner.get("/v1/actions/look-up/uses")).json()["items"] == [
            {"kind": "action", "slug": "refund", "name": "Refund"},
            {"kind": "agent", "slug": "sales", "name": "Sales"},
            {"kind": "procedure", "slug": "status", "name": "Status"},
        ]
        assert (await owner.get("/v1/actions/refund/uses")).json()["items"] == []
        over = (await owner.get("/v1/connections/shop/uses")).json()["items"]
        assert [one["slug"] for one in over] == ["look-up", "refund"]
        problem(await owner.get("/v1/actions/nothing/uses"), 404)


async def test_a_built_in_act_of_a_step_is_no_use_of_an_action_of_the_same_name(owner: httpx2.AsyncClient) -> None:
    await owner.put("/v1/actions/resolve", json={**ACTION, "slug": "resolve", "request": {"url": "https://a.example"}})
    await owner.post("/v1/procedures", json={"document": CALLS})
    assert (await owner.get("/v1/actions/resolve/uses")).json()["items"] == []


async def test_a_secret_tells_what_uses_it(owner: httpx2.AsyncClient) -> None:
    stored = (await owner.put("/v1/secrets/TOKEN", json={"value": "first"})).json()
    assert stored["used_by"] == []
    auth = {"kind": "bearer", "secret": "TOKEN"}
    await owner.put("/v1/connections/shop", json={"base_url": "https://shop.example", "auth": auth})
    listed = (await owner.get("/v1/secrets")).json()["items"]
    assert [one["used_by"] for one in listed] == [["the connection `shop`"]]


async def test_a_transformer_is_tried_with_an_answer(owner: httpx2.AsyncClient, agent: httpx2.AsyncClient) -> None:
    source = "function transform(response, context) { return response.total * context.variables.times; }"
    wanted = {"transform": source, "response": {"total": 4}, "variables": {"times": 3}}
    assert (await owner.post("/v1/try-transform", json=wanted)).json() == {"ok": True, "value": 12, "problem": None}
    failed = (await owner.post("/v1/try-transform", json={**wanted, "response": None})).json()
    assert failed["ok"] is False
    assert failed["problem"]
    problem(await agent.post("/v1/try-transform", json=wanted), 403)


async def test_the_credentials_of_a_curl_command_are_kept_without_its_action(owner: httpx2.AsyncClient) -> None:
    command = "curl https://api.example.com/customers -H 'Authorization: Bearer sk-live-1234567890abcdef'"
    asked = {"command": command, "only_secrets": True}
    kept = (await owner.post("/v1/import/curl", json=asked)).json()
    assert kept["stored"] is False
    assert "sk-live" not in str(kept)
    [name] = kept["secrets"]
    assert kept["actions"][0]["request"]["auth"]["secret"] == name
    assert [one["name"] for one in (await owner.get("/v1/secrets")).json()["items"]] == [name]
    assert (await owner.get("/v1/actions")).json()["items"] == []
