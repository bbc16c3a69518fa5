"""Audiences over the API: stored, tried, and kept while a procedure is for them."""

from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, problem, publish

BUSINESS: dict[str, Any] = {
    "name": "Business customers",
    "rule": {
        "all": [
            {"variable": "contact.attributes.plan", "operator": "in", "value": ["business", "enterprise"]},
            {"not": {"variable": "medium", "operator": "equals", "value": "phone"}},
        ]
    },
}


@pytest.fixture
async def stored(owner: httpx2.AsyncClient) -> httpx2.AsyncClient:
    answer = await owner.put("/v1/audiences/business", json=BUSINESS)
    assert answer.status_code == 200, answer.text
    return owner


async def tried(client: httpx2.AsyncClient, **customer: Any) -> tuple[bool, str]:
    answer = await client.post("/v1/audiences/business/test", json=customer)
    assert answer.status_code == 200, answer.text
    return answer.json()["matches"], answer.json()["why"]


async def test_an_audience_is_shown_as_it_was_stored(stored: httpx2.AsyncClient) -> None:
    shown = (await stored.get("/v1/audiences/business")).json()

    assert shown == {**BUSINESS, "slug": "business", "description": "", "used_by": []}
    assert (await stored.get("/v1/audiences")).json() == {"items": [shown]}
    assert (await stored.put("/v1/audiences/business", json={**BUSINESS, "name": "Big"})).json()["name"] == "Big"


async def test_who_is_in_an_audience_can_be_tried(stored: httpx2.AsyncClient) -> None:
    contact = (await stored.post("/v1/contacts", json={"external_id": "1", "attributes": {"plan": "free"}})).json()

    assert await tried(stored, contact={"attributes": {"plan": "business"}}) == (True, "The rule holds.")
    why = "`contact.attributes.plan` is `free`, but must be one of business, enterprise."
    assert await tried(stored, contact_id=contact["id"]) == (False, why)
    context = {"contact.attributes.plan": "business", "medium": "phone"}
    assert await tried(stored, context=context) == (False, "This holds, and must not: medium equals phone.")
    assert (await tried(stored))[0] is False


async def test_a_trial_that_is_wrong_is_refused(stored: httpx2.AsyncClient) -> None:
    path = "/v1/audiences/business/test"
    unknown = problem(await stored.post(path, json={"context": {"contact.plan": "x"}}), 422)
    assert "did you mean `contact.attributes.plan`?" in unknown["detail"]
    problem(await stored.post(path, json={"contact_id": "contact_" + "0" * 32}), 404)
    problem(await stored.post("/v1/audiences/nobody/test", json={}), 404)


async def test_all_that_is_wrong_is_said_with_its_place(owner: httpx2.AsyncClient) -> None:
    rule = {"any": [{"variable": "contact.emial", "operator": "exists"}, {"variable": "medium", "operator": "gt"}]}

    refused = problem(await owner.put("/v1/audiences/wrong", json={"name": "Wrong", "rule": rule}), 422)

    assert refused["type"].endswith("invalid-audience")
    assert [one["field"] for one in refused["problems"]] == ["rule.any.0.variable", "rule.any.1.operator"]
    assert "did you mean `contact.email`?" in refused["detail"]
    problem(await owner.get("/v1/audiences/wrong"), 404)


async def test_an_audience_that_a_procedure_is_for_stays(stored: httpx2.AsyncClient) -> None:
    document = {**GREETING, "trigger": {**GREETING["trigger"], "audience": "business"}}
    slug = await publish(stored, document)

    refused = problem(await stored.delete("/v1/audiences/business"), 409)
    assert refused["detail"] == "The audience `business` is used by `Greeting`: take it out there first."
    assert (await stored.get("/v1/audiences/business")).json()["used_by"] == ["Greeting"]

    # the draft no longer names it, the version that customers have does
    saved = await stored.put(f"/v1/procedures/{slug}", json={"document": GREETING, "based_on": 1})
    assert saved.status_code == 200, saved.text
    problem(await stored.delete("/v1/audiences/business"), 409)

    await stored.post(f"/v1/procedures/{slug}/publish")
    assert (await stored.delete("/v1/audiences/business")).status_code == 204
    problem(await stored.delete("/v1/audiences/business"), 404)


async def test_audiences_are_stored_and_removed_by_builders(desk: Desk, stored: httpx2.AsyncClient) -> None:
    async with desk.client("agent") as agent:
        problem(await agent.put("/v1/audiences/other", json=BUSINESS), 403)
        problem(await agent.delete("/v1/audiences/business"), 403)
        assert (await tried(agent, context={"contact.attributes.plan": "enterprise"}))[0]


async def test_contacts_who_are_in_an_audience_are_counted_and_shown(stored: httpx2.AsyncClient) -> None:
    for number, plan in enumerate(("business", "free", "enterprise")):
        known = {"external_id": str(number), "first_name": "Ada", "last_name": plan, "attributes": {"plan": plan}}
        await stored.post("/v1/contacts", json=known)

    found = (await stored.get("/v1/audiences/business/contacts")).json()

    assert (found["matching"], found["looked_at"], found["more"]) == (2, 3, False)
    assert [one["name"] for one in found["items"]] == ["Ada enterprise", "Ada business"]
    problem(await stored.get("/v1/audiences/nobody/contacts"), 404)


async def test_why_somebody_is_not_in_an_audience_is_told_in_german(stored: httpx2.AsyncClient) -> None:
    german = {"Accept-Language": "de"}
    tried = await stored.post("/v1/audiences/business/test", json={"contact": {}}, headers=german)
    assert tried.json()["why"] == (
        "`contact.attributes.plan` ist nicht bekannt, müsste aber eines von business, enterprise sein."
    )
    rule = {"variable": "contact.emial", "operator": "equals", "value": "a"}
    wrong = await stored.put("/v1/audiences/wrong", json={"name": "Wrong", "rule": rule}, headers=german)
    assert problem(wrong, 422)["title"] == "Die Zielgruppe hat Fehler"
    assert "; meinten Sie `contact.email`?" in wrong.json()["detail"]
