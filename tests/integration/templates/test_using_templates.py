"""Using a template over HTTP: what is stored, what is left alone, what has to be filled in."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.bootstrap import build
from deskhand.settings import Settings
from deskhand.templates import action_template_names


@pytest.fixture
async def owner(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    running = await build(Settings(data=tmp_path))
    setup = running.services.configuration
    workspace = (await setup.create_workspace("Acme")).id
    key = (await setup.create_key(workspace, "owner", "owner", "test"))[1]
    transport = httpx2.ASGITransport(app=create_app(running.services))
    headers = {"authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", headers=headers) as client:
        yield client
    await running.close()


async def use(owner: httpx2.AsyncClient, name: str, **wanted: object) -> dict:
    answer = await owner.post(f"/v1/action-templates/{name}/use", json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_templates_are_listed_with_what_they_need(owner: httpx2.AsyncClient) -> None:
    items = (await owner.get("/v1/action-templates")).json()["items"]

    assert tuple(one["name"] for one in items) == action_template_names()
    by_name = {one["name"]: one for one in items}
    assert by_name["zendesk-ticket"]["secrets"] == ["ZENDESK_TOKEN"]
    assert list(by_name["zendesk-ticket"]["fill_in"]) == ["username"]
    assert by_name["verified-orders"]["procedure"]["name"] == "my-orders"
    assert by_name["account-look-up"]["procedure"] is None


@pytest.mark.parametrize("name", action_template_names())
async def test_using_one_stores_connection_actions_and_draft(owner: httpx2.AsyncClient, name: str) -> None:
    used = await use(owner, name, base_url="https://api.acme.example")

    (connection,) = (await owner.get("/v1/connections")).json()["items"]
    assert connection["base_url"] == "https://api.acme.example"
    stored = (await owner.get("/v1/actions")).json()["items"]
    assert {one["slug"] for one in stored} == {one["slug"] for one in used["actions"]}
    drafts = (await owner.get("/v1/procedures")).json()["items"]
    assert [(one["slug"], one["status"]) for one in drafts] == ([(used["procedure"], "draft")] if drafts else [])
    for draft in drafts:
        published = await owner.post(f"/v1/procedures/{draft['slug']}/publish")
        assert published.status_code == 200, published.text
    enabled = (await owner.get("/v1/agents/default")).json()["actions"]
    assert set(enabled) <= {one["slug"] for one in stored}
    assert enabled


async def test_tokens_are_fetched_where_the_system_is(owner: httpx2.AsyncClient) -> None:
    await use(owner, "salesforce-look-up", base_url="https://acme.my.salesforce.com", fill_in={"client_id": "3MVG9x"})

    auth = (await owner.get("/v1/connections/salesforce")).json()["auth"]
    assert auth["token_url"] == "https://acme.my.salesforce.com/services/oauth2/token"
    assert auth["client_id"] == "3MVG9x"


async def test_what_is_still_to_be_done_is_told(owner: httpx2.AsyncClient) -> None:
    notes = (await use(owner, "zendesk-ticket"))["notes"]

    assert "Store the secret `ZENDESK_TOKEN`." in notes
    assert any(note.startswith("Put your own `username` into the connection:") for note in notes)
    assert "Look at the draft `open-a-ticket` and publish it." in notes


async def test_two_templates_share_what_they_have_in_common(owner: httpx2.AsyncClient) -> None:
    await use(owner, "verified-orders")
    second = await use(owner, "refund")

    assert second["refused"] == []
    assert "The action `verify-customer` is there already and stays as it is." in second["notes"]
    connections = (await owner.get("/v1/connections")).json()["items"]
    assert [one["slug"] for one in connections] == ["shop"]


async def test_what_was_changed_is_not_overwritten(owner: httpx2.AsyncClient) -> None:
    await use(owner, "inventory-check")
    action = (await owner.get("/v1/actions/check-inventory")).json()
    await owner.put("/v1/actions/check-inventory", json={**action, "name": "Our own"})
    again = await use(owner, "inventory-check")

    assert [one["what"] for one in again["refused"]] == ["check-inventory", "product-availability"]
    assert again["procedure"] is None
    assert (await owner.get("/v1/actions/check-inventory")).json()["name"] == "Our own"


@pytest.mark.parametrize(
    ("fill_in", "sentence"),
    [
        ({"token": "x"}, "The template `zendesk-ticket` has no `token` to fill in, but only `username`."),
        ({"username": "a:b"}, "`username` cannot be filled in like this"),
    ],
)
async def test_what_cannot_be_filled_in_is_refused_and_nothing_is_stored(
    owner: httpx2.AsyncClient, fill_in: dict[str, str], sentence: str
) -> None:
    answer = await owner.post("/v1/action-templates/zendesk-ticket/use", json={"fill_in": fill_in})

    assert answer.status_code == 409
    assert sentence in answer.json()["detail"]
    assert (await owner.get("/v1/actions")).json()["items"] == []


async def test_an_unknown_template_names_those_there_are(owner: httpx2.AsyncClient) -> None:
    answer = await owner.post("/v1/action-templates/nothing/use", json={})

    assert answer.status_code == 404
    assert "verified-orders" in answer.json()["detail"]
