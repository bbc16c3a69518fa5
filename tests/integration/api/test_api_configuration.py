from typing import Any

import httpx2
import pytest

from deskhand.adapters.edge.allow_list import parse_allow_list
from deskhand.ports.http import Refused
from tests.integration.api.desk import Desk, problem

ACTION = {
    "slug": "look-up",
    "name": "Look up an order",
    "description": "Looks an order up in the shop.",
    "variables": [{"name": "order_id", "type": "text"}],
    "request": {"url": "/orders/{{order_id}}", "connection": "shop"},
}
CONNECTION: dict[str, Any] = {
    "name": "Shop",
    "base_url": "https://shop.example/v1",
    "auth": {"kind": "bearer", "secret": "TOKEN"},
}


async def test_a_connection_is_stored_shown_and_removed(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        stored = (await client.put("/v1/connections/shop", json=CONNECTION)).json()
        shown = {"kind": "http", "command": [], "test_auth": None, "auth": {**CONNECTION["auth"], "token": "•" * 8}}
        assert stored == {"slug": "shop", **CONNECTION, **shown}
        assert (await client.get("/v1/connections/shop")).json() == stored
        assert (await client.get("/v1/connections")).json() == {"items": [stored]}
        removed = await client.delete("/v1/connections/shop")
        assert (removed.status_code, removed.content) == (204, b"")
        problem(await client.get("/v1/connections/shop"), 404)
        problem(await client.delete("/v1/connections/shop"), 404)


@pytest.mark.parametrize(
    "base_url",
    ["", "ftp://shop.example", "http://", "https://{{host}}/", "https://me:secret@shop.example", "https://shop.example?k=1",
     "https://shop.example/#x", "https://shop.example:99999", "https://[::1", "https://shop example"],
)  # fmt: skip
async def test_a_connection_without_a_sound_address_is_refused(owner: httpx2.AsyncClient, base_url: str) -> None:
    refused = problem(await owner.put("/v1/connections/shop", json={"base_url": base_url}), 422)
    assert refused["problems"][0]["field"] == "base_url"


async def test_a_connections_credential_is_a_secrets_name(owner: httpx2.AsyncClient) -> None:
    auth = {"kind": "bearer", "secret": "sk-live-1234"}
    refused = await owner.put("/v1/connections/shop", json={**CONNECTION, "auth": auth})
    assert problem(refused, 422)["problems"][0]["field"] == "auth.secret"
    assert "sk-live" not in refused.text


async def test_address_and_body_name_the_same(owner: httpx2.AsyncClient) -> None:
    problem(await owner.put("/v1/connections/shop", json={**CONNECTION, "slug": "other"}), 422)
    problem(await owner.put("/v1/actions/other", json=ACTION), 422)
    problem(await owner.put("/v1/connections/Shop", json=CONNECTION), 404)


async def test_an_action_is_stored_shown_and_removed(owner: httpx2.AsyncClient) -> None:
    stored = (await owner.put("/v1/actions/look-up", json=ACTION)).json()
    assert stored["request"]["url"] == "/orders/{{order_id}}"
    assert (await owner.get("/v1/actions/look-up")).json() == stored
    assert (await owner.get("/v1/actions")).json()["items"] == [stored]
    assert (await owner.delete("/v1/actions/look-up")).status_code == 204
    problem(await owner.get("/v1/actions/look-up"), 404)


async def test_a_secret_is_listed_by_name_replaced_and_removed(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        stored = (await client.put("/v1/secrets/TOKEN", json={"value": "first"})).json()
        assert stored["name"] == "TOKEN"
        await client.put("/v1/secrets/TOKEN", json={"value": "second"})
        listed = (await client.get("/v1/secrets")).json()["items"]
        assert [secret["name"] for secret in listed] == ["TOKEN"]
        assert (await client.delete("/v1/secrets/TOKEN")).status_code == 204
        problem(await client.delete("/v1/secrets/TOKEN"), 404)


@pytest.mark.parametrize("value", ["", "a\nb", "a\0b", "x" * 10_001, None, 7])
async def test_a_secret_that_could_not_be_sent_is_refused_and_not_repeated(
    owner: httpx2.AsyncClient, value: object
) -> None:
    refused = await owner.put("/v1/secrets/TOKEN", json={"value": value})
    assert refused.status_code in (409, 422)
    assert str(value or "\0") not in refused.text or value == 7
    assert (await owner.get("/v1/secrets")).json()["items"] == []


async def test_internal_hosts_are_replaced_as_a_whole(owner: httpx2.AsyncClient, agent: httpx2.AsyncClient) -> None:
    hosts = {"hosts": ["127.0.0.1:9000", "10.0.0.0/8"]}
    assert (await owner.put("/v1/settings/internal-hosts", json=hosts)).json() == hosts
    assert (await agent.get("/v1/settings/internal-hosts")).json() == hosts
    problem(await owner.put("/v1/settings/internal-hosts", json={"hosts": ["http://x/"]}), 409)
    assert (await agent.get("/v1/settings/internal-hosts")).json() == hosts


@pytest.mark.parametrize(
    "host",
    ["10.0.0.5/8", "10.0.0.0/33", "127.0.0.1:99999", "shop:0", "1.2.3", "0x7f.1", "a..b", "shop/8"],
)
async def test_an_internal_host_that_the_edge_cannot_read_is_refused(owner: httpx2.AsyncClient, host: str) -> None:
    with pytest.raises(Refused):
        parse_allow_list(frozenset({host}))
    problem(await owner.put("/v1/settings/internal-hosts", json={"hosts": [host]}), 409)


async def test_every_form_of_an_internal_host_is_taken(owner: httpx2.AsyncClient) -> None:
    hosts = ["Shop_1.Internal:8443", "10.1.0.0/16:8080", "10.1.2.3", "::1", "fd00::/8", "[fd00::1]", "[fd00::/8]:443"]
    assert (await owner.put("/v1/settings/internal-hosts", json={"hosts": hosts})).status_code == 200
    assert parse_allow_list(frozenset(hosts)).networks


async def test_what_is_set_up_is_in_the_audit_trail_with_who_did_it(owner: httpx2.AsyncClient) -> None:
    await owner.put("/v1/connections/shop", json=CONNECTION)
    await owner.put("/v1/secrets/TOKEN", json={"value": "first"})
    rows = (await owner.get("/v1/audit", params={"limit": 2})).json()["items"]
    assert [(row["actor"], row["action"], row["subject"]) for row in rows] == [
        ("the owner", "secret.stored", "TOKEN"),
        ("the owner", "connection.stored", "shop"),
    ]
