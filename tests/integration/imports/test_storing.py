"""What an import leaves behind: actions, connections and secrets, and nothing of what was there before is harmed."""

import asyncio
import json
from typing import Any

import httpx2

from tests.integration.api.desk import Desk, problem
from tests.integration.imports.importing import BEARER, PLAIN, ask, describe, get, secrets, secured, slugs

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


async def test_a_dry_import_shows_everything_and_stores_nothing(admin: httpx2.AsyncClient) -> None:
    shown = await describe(admin, secured(BEARER), dry=True)

    assert not shown["stored"]
    assert [one["slug"] for one in shown["actions"]] == ["list-orders"]
    assert shown["notes"] == ["The connection `shop` has to be filled in: store the secret `SHOP_TOKEN`."]
    assert await slugs(admin, "actions") == []
    assert await slugs(admin, "connections") == []


async def test_only_who_may_configure_may_import(desk: Desk) -> None:
    async with desk.client("agent") as agent:
        for kind in ("openapi", "openapi/operations", "curl", "json", "mcp"):
            problem(await agent.post(f"/v1/import/{kind}", json={}), 403)


async def test_an_import_is_usable_once_its_secret_is_stored(admin: httpx2.AsyncClient) -> None:
    await describe(admin, secured(BEARER))

    connection = await get(admin, "connections/shop")
    assert connection["base_url"] == "https://api.shop.example"
    assert connection["auth"]["secret"] == "SHOP_TOKEN"
    assert await secrets(admin) == []
    tried = await admin.post("/v1/actions/list-orders/try", json={"dry": True})
    assert tried.json()["request"]["url"] == "https://api.shop.example/orders"


async def test_a_second_import_leaves_what_is_there_alone(admin: httpx2.AsyncClient) -> None:
    await describe(admin, PLAIN)
    changed = {
        "kind": "http",
        "name": "Mine",
        "description": "Changed by a member.",
        "request": {"url": "https://a.example"},
    }
    await admin.put("/v1/actions/list-orders", json=changed)
    again = await describe(admin, PLAIN)

    assert again["actions"] == []
    assert again["refused"] == [
        {
            "what": "list-orders",
            "reason": "there is an action of that name already: import it as a replacement, or remove it.",
        }
    ]
    assert (await get(admin, "actions/list-orders"))["name"] == "Mine"


async def test_a_replacing_import_takes_its_place_over_the_same_connection(admin: httpx2.AsyncClient) -> None:
    await describe(admin, secured(BEARER))
    own = {
        "base_url": "https://api.shop.example",
        "name": "Ours",
        "auth": {"kind": "header", "name": "X-Own", "value": "v"},
    }
    await admin.put("/v1/connections/shop", json=own)
    await admin.put(
        "/v1/actions/list-orders",
        json={"name": "Mine", "description": "Changed by a member.", "request": {"url": "https://a.example"}},
    )
    again = await describe(admin, secured(BEARER), replace=True)

    assert [one["name"] for one in again["actions"]] == ["List orders"]
    assert again["connections"] == []
    assert again["notes"] == []  # what is there is filled in already
    assert (await get(admin, "actions/list-orders"))["request"]["connection"] == "shop"
    connection = await get(admin, "connections/shop")
    assert (connection["name"], connection["auth"]["kind"]) == ("Ours", "header")
    assert await slugs(admin, "connections") == ["shop"]


async def test_another_address_is_another_connection(admin: httpx2.AsyncClient) -> None:
    await admin.put("/v1/connections/shop", json={"base_url": "https://old.shop.example"})
    imported = await describe(admin, PLAIN)

    assert [one["slug"] for one in imported["connections"]] == ["shop-2"]
    assert imported["actions"][0]["request"]["connection"] == "shop-2"
    assert (await get(admin, "connections/shop"))["base_url"] == "https://old.shop.example"


async def test_two_ways_of_authenticating_at_one_address_stay_two(admin: httpx2.AsyncClient) -> None:
    paths = {
        "/a": {"get": {"operationId": "getA", "security": [{"key": []}]}},
        "/b": {"get": {"operationId": "getB", "security": [{"own": []}]}},
    }
    data = {**PLAIN, "paths": paths, "components": {"securitySchemes": {"own": BEARER, "key": KEY}}}
    for replace in (False, True):
        await describe(admin, data, replace=replace)
        kinds = {}
        for slug in ("get-a", "get-b"):
            connection = (await get(admin, f"actions/{slug}"))["request"]["connection"]
            kinds[slug] = (await get(admin, f"connections/{connection}"))["auth"]["kind"]
        assert kinds == {"get-a": "header", "get-b": "bearer"}
    assert await slugs(admin, "connections") == ["shop", "shop-2"]


async def test_a_strangers_description_does_not_get_a_secret_by_naming_it(admin: httpx2.AsyncClient) -> None:
    await admin.put("/v1/secrets/SHOP_TOKEN", json={"value": "the-real-shops-token"})
    await admin.put("/v1/secrets/SHOP_X_KEY", json={"value": "the-real-shops-key"})
    schemes = {"own": BEARER, "key": KEY}
    hostile = {**PLAIN, "servers": [{"url": "https://evil.example"}], "security": [{"own": [], "key": []}]}
    imported = await describe(admin, {**hostile, "components": {"securitySchemes": schemes}})

    (connection,) = imported["connections"]
    assert connection["auth"]["secret"] == "SHOP_TOKEN_2"
    assert imported["actions"][0]["request"]["headers"] == {"X-Key": "{{secrets.SHOP_X_KEY_2}}"}
    assert (await get(admin, f"connections/{connection['slug']}"))["auth"]["secret"] == "SHOP_TOKEN_2"
    assert (await get(admin, "actions/list-orders"))["request"]["headers"] == {"X-Key": "{{secrets.SHOP_X_KEY_2}}"}
    assert "`SHOP_TOKEN_2`" in imported["notes"][0]


async def test_credentials_of_two_commands_never_replace_each_other(admin: httpx2.AsyncClient, desk: Desk) -> None:
    for token in ("first-token", "second-token"):
        command = f"curl https://api.example/orders -H 'Authorization: Bearer {token}'"
        await ask(admin, "curl", command=command, slug=token.replace("-token", "-orders"))
        command = f"curl https://api.example/x -H 'Authorization: Bearer {token}'"
        await ask(admin, "curl", command=command, slug="same", replace=True)

    services = desk.running.services
    kept = {name: await services.catalogues.stored_secret(desk.workspace, name) for name in await secrets(admin)}
    assert kept == {
        "FIRST_ORDERS_TOKEN": "first-token",
        "SECOND_ORDERS_TOKEN": "second-token",
        "SAME_TOKEN": "first-token",
        "SAME_TOKEN_2": "second-token",
    }
    assert (await get(admin, "actions/same"))["request"]["auth"]["secret"] == "SAME_TOKEN_2"


async def test_an_action_that_is_refused_leaves_no_secret_behind(admin: httpx2.AsyncClient) -> None:
    command = "curl https://api.example/orders -H 'X-Api-Key: {}'"
    await ask(admin, "curl", command=command.format("one"), slug="orders")
    again = await ask(admin, "curl", command=command.format("two"), slug="orders")

    assert [one["what"] for one in again["refused"]] == ["orders"]
    assert again["secrets"] == []
    assert await secrets(admin) == ["ORDERS_X_API_KEY"]


async def test_operations_are_listed_and_chosen(admin: httpx2.AsyncClient) -> None:
    paths: dict[str, Any] = {
        "/orders": {"get": {"operationId": "listOrders", "tags": ["orders"], "summary": "All orders"}, "delete": {}},
        "/x": {"get": {"tags": ["other"]}},
    }
    answer = await admin.post("/v1/import/openapi/operations", json={"text": json.dumps({**PLAIN, "paths": paths})})
    assert answer.status_code == 200, answer.text
    assert [(one["id"], one["tags"], one["summary"]) for one in answer.json()["items"]] == [
        ("listOrders", ["orders"], "All orders"),
        ("DELETE /orders", [], "Delete orders"),
        ("GET /x", ["other"], "Get x"),
    ]
    chosen = await describe(admin, {**PLAIN, "paths": paths}, tags=["orders"], operations=["GET /x", "nope"])
    assert [one["slug"] for one in chosen["actions"]] == ["list-orders", "get-x"]
    assert chosen["refused"] == [{"what": "nope", "reason": "the description has no such operation."}]


async def test_conversations_go_on_while_a_large_description_is_read(desk: Desk) -> None:
    paths = {f"/x{number}": {"get": {}} for number in range(3000)}
    text = json.dumps({**PLAIN, "paths": paths})
    reading = asyncio.create_task(desk.running.services.importing.openapi(text))
    await asyncio.sleep(0)

    assert not reading.done()
    assert len((await reading).actions) == 3000
