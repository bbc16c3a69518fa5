"""Credentials that come in clear become secrets, and no secret is lost, shared or overwritten by mistake."""

from typing import Any

import httpx2
import pytest

from deskhand.domain.authentication import MASKED
from tests.integration.api.desk import Desk, problem

BASE = "https://api.shop.example"
CLEAR: dict[str, dict[str, Any]] = {
    "bearer": {"token": "one"},
    "basic": {"username": "me", "password": "one"},
    "header": {"name": "X-Key", "value": "one"},
    "query": {"name": "key", "value": "one"},
    "body": {"name": "key", "value": "one"},
    "oauth2_client_credentials": {"token_url": "https://l.example/t", "client_id": "me", "client_secret": "one"},
    "oauth2_refresh_token": {
        "token_url": "https://l.example/t", "client_id": "me", "client_secret": "one", "refresh_token": "two",
    },
}  # fmt: skip


async def connect(client: httpx2.AsyncClient, slug: str, **fields: Any) -> dict[str, Any]:
    answer = await client.put(f"/v1/connections/{slug}", json={"base_url": BASE, **fields})
    assert answer.status_code == 200, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


async def kept(office: Desk) -> dict[str, str]:
    """All secrets in clear."""
    services = office.running.services
    rows = await services.stores.settings.secrets(office.workspace)
    return {name: await services.catalogues.stored_secret(office.workspace, name) for name, _ in rows}


@pytest.mark.parametrize("kind", CLEAR)
async def test_a_credential_in_clear_is_kept_by_its_name_and_shown_as_dots(
    office: Desk, admin: httpx2.AsyncClient, kind: str
) -> None:
    stored = await connect(admin, "shop", auth={"kind": kind, **CLEAR[kind]})

    expected = {f"SHOP_{field.upper()}": value for field, value in CLEAR[kind].items() if value in ("one", "two")}
    assert await kept(office) == expected
    for answer in (stored, (await admin.get("/v1/connections/shop")).json()):
        shown = answer["auth"]
        assert {name for name in shown.values() if name in expected} == set(expected)
        assert [value for value in shown.values() if value == MASKED] == [MASKED] * len(expected)
        assert "one" not in shown.values()

    # what was shown can be sent back as it is
    await connect(admin, "shop", auth={name: value for name, value in shown.items() if value is not None})
    assert await kept(office) == expected


async def test_a_new_credential_of_one_connection_leaves_those_that_share_the_old_one(
    office: Desk, admin: httpx2.AsyncClient
) -> None:
    await admin.put("/v1/secrets/SHARED", json={"value": "shared"})
    for slug in ("one", "two"):
        await connect(admin, slug, auth={"kind": "bearer", "secret": "SHARED"})
    changed = await connect(admin, "one", auth={"kind": "bearer", "secret": "SHARED", "token": "own"})

    assert changed["auth"]["secret"] == "ONE_TOKEN"
    assert await kept(office) == {"SHARED": "shared", "ONE_TOKEN": "own"}
    assert (await admin.get("/v1/connections/two")).json()["auth"]["secret"] == "SHARED"


async def test_a_made_up_name_that_is_taken_gets_a_number(office: Desk, admin: httpx2.AsyncClient) -> None:
    await admin.put("/v1/secrets/SHOP_TOKEN", json={"value": "somebody else's"})
    stored = await connect(
        admin, "shop", auth={"kind": "bearer", "token": "own"}, test_auth={"kind": "bearer", "token": "for tests"}
    )

    assert stored["auth"]["secret"] == "SHOP_TOKEN_2"
    assert await kept(office) == {
        "SHOP_TOKEN": "somebody else's", "SHOP_TOKEN_2": "own", "SHOP_TEST_TOKEN": "for tests",
    }  # fmt: skip


async def test_the_credential_for_tests_and_the_real_one_are_told_apart(
    office: Desk, admin: httpx2.AsyncClient
) -> None:
    await admin.put("/v1/secrets/BOTH", json={"value": "both"})
    both = {"kind": "bearer", "secret": "BOTH"}
    await connect(admin, "shop", auth=both, test_auth=both)
    stored = await connect(admin, "shop", auth=both, test_auth={**both, "token": "for tests"})

    assert (stored["auth"]["secret"], stored["test_auth"]["secret"]) == ("BOTH", "SHOP_TEST_TOKEN")
    assert (await kept(office))["BOTH"] == "both"


async def test_another_kind_of_authentication_keeps_no_credential(admin: httpx2.AsyncClient) -> None:
    await connect(admin, "shop", auth={"kind": "bearer", "token": "one"})
    asked = {"base_url": BASE, "auth": {"kind": "basic", "username": "me", "password": MASKED}}
    answer = await admin.put("/v1/connections/shop", json=asked)

    assert "only the dots that are shown for a credential" in problem(answer, 422)["detail"]
    assert (await admin.get("/v1/connections/shop")).json()["auth"]["kind"] == "bearer"


@pytest.mark.parametrize("value", ["two\nlines", "nul\x00", "", "x" * 10_001])
async def test_what_can_be_no_credential_is_refused_and_not_shown(
    office: Desk, admin: httpx2.AsyncClient, value: str
) -> None:
    answer = await admin.put(
        "/v1/connections/shop", json={"base_url": BASE, "auth": {"kind": "bearer", "token": value}}
    )

    told = problem(answer, 422)
    assert "token" in str(told)
    assert not value or value not in answer.text
    assert await kept(office) == {}


async def test_an_actions_credential_is_kept_too_and_dots_keep_it(office: Desk, admin: httpx2.AsyncClient) -> None:
    auth: dict[str, Any] = {"kind": "header", "name": "X-Key", "value": "one"}
    document = {"name": "Look up", "description": "Looks something up.", "request": {"url": BASE, "auth": auth}}
    stored = await admin.put("/v1/actions/look-up", json=document)
    assert stored.json()["request"]["auth"] == {
        "kind": "header", "name": "X-Key", "secret": "LOOK_UP_VALUE", "value": MASKED,
    }  # fmt: skip
    again = await admin.put("/v1/actions/look-up", json=stored.json())

    assert again.status_code == 200, again.text
    assert await kept(office) == {"LOOK_UP_VALUE": "one"}


async def use(client: httpx2.AsyncClient, where: str) -> str:
    """Have something use the secret SHOP; gives how that is called."""
    if where == "connection":
        await connect(client, "shop", auth={"kind": "bearer", "secret": "SHOP"})
        return "the connection `shop`"
    if where == "refresh token":
        auth = {**CLEAR["oauth2_refresh_token"], "kind": "oauth2_refresh_token", "refresh_secret": "SHOP"}
        await connect(client, "shop", auth={name: one for name, one in auth.items() if name != "refresh_token"})
        return "the connection `shop`"
    if where == "test account":
        await connect(client, "shop", test_auth={"kind": "bearer", "secret": "SHOP"})
        return "the connection `shop`"
    request = {"url": BASE, "method": "POST", "headers": {"X-Key": "{{ secrets.SHOP }}"}}
    if where == "body":
        request = {"url": BASE, "method": "POST", "body": '{"key": "{{secrets.SHOP}}"}'}  # type: ignore[dict-item]
    document = {"name": "Call", "description": "Calls the shop.", "request": request}
    stored = await client.put("/v1/actions/call-it", json=document)
    assert stored.status_code == 200, stored.text
    return "the action `call-it`"


@pytest.mark.parametrize("where", ["connection", "refresh token", "test account", "header", "body"])
async def test_a_secret_in_use_is_not_removed_unless_by_force(
    office: Desk, admin: httpx2.AsyncClient, where: str
) -> None:
    await admin.put("/v1/secrets/SHOP", json={"value": "one"})
    await admin.put("/v1/secrets/SHO", json={"value": "part of the name"})
    user = await use(admin, where)

    told = problem(await admin.delete("/v1/secrets/SHOP"), 409)["detail"]
    assert told.startswith(f"The secret `SHOP` is used by {user}: calls would fail without it.")
    assert (await admin.delete("/v1/secrets/SHO")).status_code == 204
    assert "SHOP" in await kept(office)
    assert (await admin.delete("/v1/secrets/SHOP", params={"force": True})).status_code == 204
    assert "SHOP" not in await kept(office)


async def test_a_webhooks_secret_is_in_use(admin: httpx2.AsyncClient) -> None:
    await admin.put("/v1/webhooks/crm", json={"url": "https://crm.example/hook", "events": ["run.completed"]})

    assert "the webhook `crm`" in problem(await admin.delete("/v1/secrets/WEBHOOK_CRM"), 409)["detail"]


async def test_a_published_procedure_still_uses_what_its_action_used(admin: httpx2.AsyncClient) -> None:
    await admin.put("/v1/secrets/SHOP", json={"value": "one"})
    await use(admin, "header")
    steps = [{"id": "call", "kind": "call", "action": "call-it"}]
    document = {"name": "Flow", "trigger": {"description": "When a test wants it to run"}, "steps": steps}
    await admin.post("/v1/procedures", json={"document": document})
    assert (await admin.post("/v1/procedures/flow/publish")).status_code == 200
    await admin.put(
        "/v1/actions/call-it", json={"name": "Call", "description": "Calls the shop.", "request": {"url": BASE}}
    )

    assert "the procedure `flow`" in problem(await admin.delete("/v1/secrets/SHOP"), 409)["detail"]
