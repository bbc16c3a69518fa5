"""What a hostile visitor or page can say of themselves: it proves nothing, and starts nothing that is not for them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, problem, publish
from tests.integration.api.visitors import Browser, Company, open_company, page, visit

ORDER: dict[str, Any] = {
    "name": "Order status",
    "trigger": {"description": "The customer asks where an order is."},
    "variables": [
        {"name": "order", "type": "integer", "description": "The order's number", "required": True},
        {"name": "way", "type": "text", "description": "How to answer", "choices": ["mail", "phone"], "required": True},
    ],
    "steps": [
        {"id": "status", "kind": "set", "variable": "verified", "value": "no"},
        {"id": "tell", "kind": "message", "text": "Order {{order}} by {{way}}, verified: {{verified}}."},
    ],
}


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def owner(company: Company) -> AsyncIterator[httpx2.AsyncClient]:
    async with company.desk.client("owner") as opened:
        yield opened


@pytest.fixture
async def ada(company: Company) -> AsyncIterator[Browser]:
    async with page(company.desk) as client:
        yield await visit(client, company.agent)


async def entries(owner: httpx2.AsyncClient, conversation: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    return items


async def told(owner: httpx2.AsyncClient, conversation: str) -> list[str]:
    return [one["body"]["text"] for one in await entries(owner, conversation) if one["kind"] in ("say", "ask")]


async def test_values_of_the_page_need_not_be_asked_for(owner: httpx2.AsyncClient, ada: Browser) -> None:
    await publish(owner, ORDER)
    conversation = await ada.talk(variables={"order": 1001, "way": "mail"})
    await ada.say(conversation, "Where is my order?")
    assert (await told(owner, conversation))[-1] == "Order 1001 by mail, verified: no."


async def test_values_that_do_not_fit_or_are_nobodys_to_give_are_left_aside(
    owner: httpx2.AsyncClient, ada: Browser
) -> None:
    await publish(owner, ORDER)
    given = {
        "order": "a thousand; drop table",
        "way": "pigeon",
        "verified": "yes",
        "identity": "ada",
        "facts": {"x": 1},
    }
    conversation = await ada.talk(variables=given)
    await ada.say(conversation, "Where is my order?")
    assert (await told(owner, conversation))[-1] == "The order's number?"
    await ada.say(conversation, "1002")
    await ada.say(conversation, "mail")
    assert (await told(owner, conversation))[-1] == "Order 1002 by mail, verified: no."


async def test_what_the_customer_says_goes_before_what_the_page_says(owner: httpx2.AsyncClient, ada: Browser) -> None:
    await publish(owner, ORDER)
    conversation = await ada.talk(variables={"way": "mail", "order": 1})
    await ada.post(f"/{conversation}/variables", variables={"way": None, "order": 1003})
    picked = await ada.post(f"/{conversation}/start", procedure="order-status", arguments={"order": 7})
    assert picked.status_code == 200, picked.text
    await ada.say(conversation, "phone")
    assert (await told(owner, conversation))[-1] == "Order 7 by phone, verified: no."
    log = await entries(owner, conversation)
    assert [one["body"]["names"] for one in log if one["kind"] == "variables_given"] == [["order", "way"]]


async def test_values_of_the_page_change_nothing_that_is_going_on(owner: httpx2.AsyncClient, ada: Browser) -> None:
    await publish(owner, ORDER)
    conversation = await ada.talk(text="Where is my order?")
    await ada.say(conversation, "1004")
    await ada.post(f"/{conversation}/variables", variables={"order": 5, "way": "phone"})
    await ada.say(conversation, "mail")
    assert (await told(owner, conversation))[-1] == "Order 1004 by mail, verified: no."


@pytest.mark.parametrize("why", ["draft", "archived", "nobody", "audience", "agent", "direct"])
async def test_what_is_not_for_this_visitor_cannot_be_started_and_nobody_learns_why(
    company: Company, owner: httpx2.AsyncClient, ada: Browser, why: str
) -> None:
    conversation = await ada.talk()
    trigger = {"description": "Greets the customer by name."}
    match why:
        case "draft":
            await owner.post("/v1/procedures", json={"document": {**GREETING, "name": "Inner"}})
        case "archived":
            await publish(owner, {**GREETING, "name": "Inner"})
            await owner.post("/v1/procedures/inner/archive")
        case "audience":
            vip = {"variable": "contact.attributes.vip", "operator": "equals", "value": "yes"}
            await owner.put("/v1/audiences/vip", json={"name": "VIP", "rule": vip})
            await publish(owner, {**GREETING, "name": "Inner", "trigger": {**trigger, "audience": "vip"}})
        case "agent":
            await publish(owner, {**GREETING, "name": "Inner"})
            await owner.put("/v1/agents/default", json={"name": "Sam", "procedures": []})
    wanted = "action:inner" if why == "direct" else "inner"
    refused = await ada.post(f"/{conversation}/start", procedure=wanted, arguments={"amount": 1_000_000})
    if why == "direct":
        problem(refused, 422)
    else:
        assert problem(refused, 409)["detail"] == "That cannot be started here now."
    assert await told(owner, conversation) == []


async def test_what_a_page_says_of_its_visitor_makes_no_contact_and_no_audience(
    company: Company, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    vip = {"variable": "contact.attributes.vip", "operator": "equals", "value": "yes"}
    await owner.put("/v1/audiences/vip", json={"name": "VIP", "rule": vip})
    trigger = {"description": "Greets the customer.", "always": True, "audience": "vip"}
    await publish(owner, {**GREETING, "trigger": trigger})
    said = {"vip": "yes", "id": "boss", "email": "boss@example.com"}
    conversation = await ada.talk(attributes=said, page={"url": "https://www.shop.example", "title": "Shop"})
    assert (await ada.get(f"/{conversation}")).json()["menu"] == []
    stored = (await owner.get(f"/v1/conversations/{conversation}")).json()
    assert stored["contact"] is None
    assert (await owner.get("/v1/contacts")).json()["items"] == []
    (visited,) = [one for one in await entries(owner, conversation) if one["kind"] == "visited"]
    assert visited["visible_to"] == "members"
    assert visited["body"] == {"url": "https://www.shop.example", "title": "Shop", "attributes": said}
    proved = await visit(ada.client, company.agent, user=company.token("ada", attributes={"vip": "yes"}))
    assert proved.session["settings"]["menu"] == [{"procedure": "greeting", "name": "Greeting"}]


async def test_a_page_cannot_add_to_a_proved_customers_contact(
    company: Company, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    proved = await visit(ada.client, company.agent, user=company.token("ada"))
    await proved.talk(text="Hello", attributes={"vip": "yes"}, variables={"email": "ada@example.com"})
    (contact,) = (await owner.get("/v1/contacts")).json()["items"]
    assert (contact["attributes"], contact["email"]) == ({}, None)


async def test_a_lead_proves_nothing_and_finds_nobody(
    company: Company, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    await owner.post(
        "/v1/contacts", json={"external_id": "boss", "email": "boss@example.com", "attributes": {"vip": "y"}}
    )
    conversation = await ada.talk(text="Hello")
    problem(await ada.post(f"/{conversation}/lead", email="boss@example.com"), 409)
    form = {"fields": [{"name": "email"}, {"name": "name", "required": True}]}
    await owner.put("/v1/agents/default", json={"name": "Sam", "lead_form": form})
    assert "`name`" in problem(await ada.post(f"/{conversation}/lead", email="boss@example.com"), 409)["detail"]
    left = await ada.post(f"/{conversation}/lead", email="boss@example.com", name="Boss", company="not asked for")
    assert left.status_code == 200, left.text
    (lead,) = (await owner.get("/v1/leads")).json()["items"]
    assert (lead["email"], lead["name"], lead["company"]) == ("boss@example.com", "Boss", "")
    assert (await owner.get(f"/v1/conversations/{conversation}")).json()["contact"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"variables": {f"v{number}": 1 for number in range(60)}},
        {"variables": {"v": "x" * 20_000}},
        {"variables": {"": 1}},
        {"variables": {"x" * 200: 1}},
        {"variables": ["order"]},
        {"variables": {}, "trusted": True},
        {},
    ],
    ids=str,
)
async def test_too_much_of_the_page_is_refused(ada: Browser, body: dict[str, Any]) -> None:
    conversation = await ada.talk()
    problem(await ada.post(f"/{conversation}/variables", **body), 422)


async def test_values_of_the_page_do_not_pile_up(company: Company, ada: Browser) -> None:
    desk = company.desk
    conversation = await ada.talk()
    for batch in range(4):
        given = {f"v{batch}_{number}": number for number in range(50)}
        assert (await ada.post(f"/{conversation}/variables", variables=given)).status_code == 200
    row = await desk.running.services.stores.conversations.get(desk.workspace, conversation)
    assert [row.state.count(f'"v{batch}_') for batch in range(4)] == [0, 0, 0, 50]
    for batch in range(8):
        await ada.post(f"/{conversation}/variables", variables={f"long_{batch}": "x" * 10_000})
    row = await desk.running.services.stores.conversations.get(desk.workspace, conversation)
    assert len(row.state) < 20_000
    assert '"long_7"' in row.state


async def test_nobody_answers_for_a_member(owner: httpx2.AsyncClient, ada: Browser) -> None:
    await publish(owner, GREETING)
    conversation = await ada.talk(text="Hello")
    await owner.post(f"/v1/conversations/{conversation}/take-over")
    problem(await ada.post(f"/{conversation}/start", procedure="greeting"), 409)
    problem(await ada.post(f"/{conversation}/clicks", question="menu", choice="greeting"), 409)
    for path in ("reply", "take-over", "hand-back", "resolve", "identify", "note", "use", "topic", "assist", "entries"):
        assert (await ada.post(f"/{conversation}/{path}", text="I was here")).status_code in (404, 405)
    assert "I was here" not in str(await entries(owner, conversation))
    standing = (await ada.get(f"/{conversation}")).json()
    assert (standing["mode"], standing["member"]) == ("member", "the owner")


async def test_a_visitor_learns_who_talks_to_them_and_not_who_reads_along(
    company: Company, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    conversation = await ada.talk(text="Hello")
    await owner.post(f"/v1/conversations/{conversation}/presence", json={"state": "looking"})
    assert (await ada.get(f"/{conversation}")).json()["people"]["present"] == []
    await owner.post(f"/v1/conversations/{conversation}/take-over")
    present = [{"by": "the owner", "doing": "looking"}]
    assert (await ada.get(f"/{conversation}")).json()["people"]["present"] == present
    async with company.desk.client("agent") as other:
        await other.post(f"/v1/conversations/{conversation}/presence", json={"state": "typing"})
    assert {"by": "the agent", "doing": "typing"} in (await ada.get(f"/{conversation}")).json()["people"]["present"]
