"""Contacts over the API: known again in later conversations, kept, searched, imported and erased."""

from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import Desk, problem, publish, start, talk, texts

ASKED = {
    "name": "Who",
    "trigger": {"description": "The customer asks what is known of them."},
    "steps": [
        {
            "id": "tell",
            "kind": "message",
            "text": '{{contact.first_name | default("nobody")}} {{contact.plan | default("no plan")}} '
            '{{lead.email | default("no lead")}} {{lead.company | default("no company")}}',
        }
    ],
}
ADA = {"id": "17", "first_name": "Ada", "email": "ada@example.com", "attributes": {"plan": "business"}}


async def opened(client: httpx2.AsyncClient, contact: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await client.post("/v1/conversations", json={"contact": contact, **more})
    assert answer.status_code == 201, answer.text
    conversation: dict[str, Any] = answer.json()
    return conversation


async def told(client: httpx2.AsyncClient, conversation: str) -> str:
    [text] = texts(await start(client, conversation, "who"))
    return text


async def only(client: httpx2.AsyncClient, **query: Any) -> dict[str, Any]:
    [contact] = (await client.get("/v1/contacts", params=query)).json()["items"]
    found: dict[str, Any] = contact
    return found


@pytest.fixture
async def asking(any_desk: Desk) -> Any:
    async with any_desk.client() as client:
        await publish(client, ASKED)
        yield client


async def test_a_conversation_knows_what_earlier_ones_knew(asking: httpx2.AsyncClient) -> None:
    first = await opened(asking, ADA)
    second = await opened(asking, {"id": "17"})

    assert second["contact"] == ADA
    assert await told(asking, second["id"]) == "Ada business no lead no company"
    contact = await only(asking)
    assert (contact["external_id"], contact["attributes"]) == ("17", {"plan": "business"})
    listed = (await asking.get(f"/v1/contacts/{contact['id']}/conversations")).json()["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


async def test_saying_who_the_customer_is_brings_what_is_known(asking: httpx2.AsyncClient) -> None:
    await opened(asking, ADA)
    conversation = await talk(asking)
    assert await told(asking, conversation) == "nobody no plan no lead no company"

    answer = await asking.post(
        f"/v1/conversations/{conversation}/identify", json={"contact": {"email": "ADA@example.com"}}
    )

    assert answer.status_code == 200, answer.text
    assert await told(asking, conversation) == "Ada business no lead no company"
    listed = (await asking.get(f"/v1/contacts/{(await only(asking))['id']}/conversations")).json()["items"]
    assert conversation in [one["id"] for one in listed]


async def test_naming_the_same_customer_with_less_takes_nothing_away(asking: httpx2.AsyncClient) -> None:
    conversation = (await opened(asking, ADA))["id"]

    await asking.post(f"/v1/conversations/{conversation}/identify", json={"contact": {"id": "17"}})

    assert (await asking.get(f"/v1/conversations/{conversation}")).json()["contact"] == ADA


async def test_opening_the_same_conversation_again_changes_no_contact(asking: httpx2.AsyncClient) -> None:
    id = "conv_0195563fc2807000a1b2c3d4e5f60718"
    await opened(asking, ADA, id=id)

    again = await opened(asking, {"id": "17", "first_name": "Eve"}, id=id)

    assert again["contact"]["first_name"] == "Ada"
    assert (await only(asking))["first_name"] == "Ada"


async def test_a_contact_that_cannot_be_kept_opens_no_conversation(owner: httpx2.AsyncClient) -> None:
    contact = {"id": "17", "attributes": {f"a{n}": n for n in range(201)}}

    refused = problem(await owner.post("/v1/conversations", json={"contact": contact}), 422)

    assert refused["type"].endswith("unfit-contact")
    assert "at most 200 attributes" in refused["detail"]
    assert (await owner.get("/v1/conversations")).json()["items"] == []


async def test_identifying_in_no_conversation_stores_nobody(owner: httpx2.AsyncClient) -> None:
    nowhere = "conv_0195563fc2807000a1b2c3d4e5f60718"
    problem(await owner.post(f"/v1/conversations/{nowhere}/identify", json={"contact": ADA}), 404)
    assert (await owner.get("/v1/contacts")).json()["items"] == []


async def test_a_contact_is_made_changed_and_erased(desk: Desk, owner: httpx2.AsyncClient) -> None:
    async with desk.client("agent") as agent:
        made = await agent.post(
            "/v1/contacts", json={"external_id": "17", "first_name": "Ada", "attributes": {"a": 1, "b": 2}}
        )
        assert made.status_code == 201, made.text
        path = f"/v1/contacts/{made.json()['id']}"
        body = {"first_name": None, "email": "ada@example.com", "attributes": {"a": None, "c": [3]}}
        changed = await agent.patch(path, json=body)
        assert changed.status_code == 200, changed.text
        problem(await agent.delete(path), 403)

    shown = (await owner.get(path)).json()
    assert shown == changed.json()
    assert (shown["first_name"], shown["email"], shown["attributes"]) == (None, "ada@example.com", {"b": 2, "c": [3]})
    assert shown["last_seen_at"] is None
    assert (await owner.delete(path)).status_code == 204
    problem(await owner.get(path), 404)
    problem(await owner.patch(path, json={}), 404)
    problem(await owner.get(f"{path}/conversations"), 404)


async def test_erasing_leaves_what_conversations_logged(owner: httpx2.AsyncClient) -> None:
    conversation = await opened(owner, ADA)
    contact = await only(owner)

    assert (await owner.delete(f"/v1/contacts/{contact['id']}")).status_code == 204

    assert (await owner.get(f"/v1/conversations/{conversation['id']}")).json()["contact"] == ADA
    assert (await opened(owner, {"id": "17"}))["contact"] == {"id": "17", "attributes": {}}


async def test_a_contact_that_is_there_is_not_made_again(owner: httpx2.AsyncClient) -> None:
    for body in ({"external_id": "17"}, {"email": "bob@example.com"}):
        assert (await owner.post("/v1/contacts", json=body)).status_code == 201
        assert "Another contact has this id" in problem(await owner.post("/v1/contacts", json=body), 409)["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"email": "ada@"}, "`ada@` is no e-mail address: write it like ada@example.com."),
        ({"id": "17"}, "`id` is no field of this request: leave it out."),
        ({"attributes": None}, "`attributes` must be an object."),
        ({"attributes": {"": 1}}, "An attribute's name has 1 to 100 characters"),
        ({"first_name": "x" * 201}, "`first_name` may have at most 200 characters."),
    ],
)
async def test_a_contact_that_is_wrong_is_refused_with_a_sentence(
    owner: httpx2.AsyncClient, body: dict[str, Any], words: str
) -> None:
    assert words in problem(await owner.post("/v1/contacts", json=body), 422)["detail"]
    contact = (await owner.post("/v1/contacts", json={"external_id": "9"})).json()
    assert words in problem(await owner.patch(f"/v1/contacts/{contact['id']}", json=body), 422)["detail"]
    assert (await owner.get(f"/v1/contacts/{contact['id']}")).json() == contact


async def test_a_change_is_read_with_the_care_of_every_body(owner: httpx2.AsyncClient) -> None:
    contact = (await owner.post("/v1/contacts", json={"external_id": "9"})).json()
    path, kind = f"/v1/contacts/{contact['id']}", {"content-type": "application/json"}

    problem(await owner.patch(path, content=b'{"attributes": {"x": NaN}}', headers=kind), 422)
    problem(await owner.patch(path, content=b"first_name=Ada", headers={"content-type": "text/plain"}), 415)
    changed = await owner.patch(path, content=b'{"first_name": "A\\u0000da"}', headers=kind)
    assert changed.json()["first_name"] == "A\ufffdda"


async def test_contacts_are_searched_and_come_in_pages(owner: httpx2.AsyncClient) -> None:
    for number in range(3):
        await owner.post("/v1/contacts", json={"external_id": f"c-{number}", "last_name": "Lovelace"})
    await owner.post("/v1/contacts", json={"email": "bob@example.com"})

    assert (await only(owner, q="BOB@"))["email"] == "bob@example.com"
    page = (await owner.get("/v1/contacts", params={"q": "lovel", "limit": 2})).json()
    rest = (await owner.get("/v1/contacts", params={"q": "lovel", "limit": 2, "cursor": page["cursor"]})).json()
    assert [one["external_id"] for one in page["items"] + rest["items"]] == ["c-2", "c-1", "c-0"]
    assert rest["cursor"] is None


async def test_an_import_is_for_builders(desk: Desk, owner: httpx2.AsyncClient) -> None:
    body = {"contacts": [{"id": "17", "first_name": "Ada"}, {"first_name": "Nobody"}]}
    async with desk.client("agent") as agent:
        problem(await agent.post("/v1/contacts/import", json=body), 403)

    assert (await owner.post("/v1/contacts/import", json=body)).json() == {
        "created": 1, "updated": 0, "unchanged": 0,
        "refused": [{"index": 1, "reason": "It has neither `id` nor `email`: each import would store it anew."}],
    }  # fmt: skip
    assert (await only(owner))["first_name"] == "Ada"


async def test_a_lead_form_becomes_a_lead_and_fills_the_templates(asking: httpx2.AsyncClient) -> None:
    conversation = await talk(asking)
    form = {"email": "eve@EXAMPLE.com", "name": "Eve", "company": "Acme", "event_id": "form-1"}

    for _ in range(2):  # sent twice it is one lead
        answer = await asking.post(f"/v1/conversations/{conversation}/lead", json=form)
        assert answer.status_code == 200, answer.text
    assert await told(asking, conversation) == "nobody no plan eve@example.com Acme"
    [lead] = (await asking.get("/v1/leads")).json()["items"]
    assert (lead["email"], lead["name"], lead["company"], lead["run"]) == ("eve@example.com", "Eve", "Acme", None)
    entries = (await asking.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    assert [one["body"] for one in entries if one["kind"] == "lead"] == [
        {"lead": lead["id"], "email": "eve@example.com"}
    ]


async def test_what_is_typed_into_a_lead_form_makes_nobody_a_contact(asking: httpx2.AsyncClient) -> None:
    await opened(asking, ADA)
    conversation = await talk(asking)

    await asking.post(f"/v1/conversations/{conversation}/lead", json={"email": "ada@example.com"})

    assert await told(asking, conversation) == "nobody no plan ada@example.com no company"
    refused = problem(await asking.post(f"/v1/conversations/{conversation}/lead", json={"email": "x"}), 422)
    assert refused["detail"] == "`email` must be an e-mail address, like ada@example.com."
