"""What the list of procedures tells at a glance."""

from typing import Any

import httpx2

from tests.integration.api.desk import GREETING, Desk

PAY: dict[str, Any] = {
    "name": "Pay back",
    "trigger": {"description": "The customer wants money back.", "always": True, "audience": "business"},
    "escalation": True,
    "steps": [{"id": "pay", "kind": "call", "url": "https://shop.example/pay", "method": "POST", "irreversible": True}],
}


async def test_a_draft_that_differs_from_what_customers_get_says_so(any_desk: Desk) -> None:
    async with any_desk.client() as owner:
        await owner.post("/v1/procedures", json={"document": GREETING})
        assert (await listed(owner, "greeting"))["differs"] is False
        await owner.post("/v1/procedures/greeting/publish")
        assert (await listed(owner, "greeting"))["differs"] is False
        await owner.put("/v1/procedures/greeting", json={"document": GREETING, "based_on": 1})
        assert (await listed(owner, "greeting"))["differs"] is False
        renamed = {**GREETING, "name": "Say hello"}
        await owner.put("/v1/procedures/greeting", json={"document": renamed, "based_on": 2})
        assert (await listed(owner, "greeting"))["differs"] is True
        assert (await owner.get("/v1/procedures/greeting")).json()["differs"] is True
        await owner.put("/v1/procedures/greeting", json={"document": {"name": "Say hello"}, "based_on": 3})
        assert (await listed(owner, "greeting"))["differs"] is True


async def test_the_list_tells_what_brings_a_procedure_and_what_it_may_do(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": PAY})
    found = await listed(owner, "pay-back")
    told = {name: found[name] for name in ("ways", "kind", "irreversible", "escalation", "approval", "audience")}
    assert told == {
        "ways": ["request", "always"],
        "kind": "call",
        "irreversible": True,
        "escalation": True,
        "approval": True,
        "audience": "business",
    }


async def test_a_draft_of_nothing_but_a_name_is_listed(owner: httpx2.AsyncClient) -> None:
    odd = {"name": "Odd", "trigger": "soon", "steps": ["no step", {"kind": 7}]}
    await owner.post("/v1/procedures", json={"document": odd})
    found = await listed(owner, "odd")
    assert (found["ways"], found["kind"], found["irreversible"], found["approval"]) == ([], "flow", False, False)


async def listed(client: httpx2.AsyncClient, slug: str) -> dict[str, Any]:
    items = (await client.get("/v1/procedures")).json()["items"]
    return next(one for one in items if one["slug"] == slug)
