"""What another page in a member's browser can do: nothing."""

import httpx2
import pytest

from tests.integration.api.desk import problem
from tests.integration.members.people import PASSWORD, Town, email_of

CHANGES = [
    ("POST", "/v1/conversations"),
    ("PUT", "/v1/secrets/TOKEN"),
    ("PATCH", "/v1/me"),
    ("DELETE", "/v1/me/sessions"),
    ("POST", "/v1/sign-out"),
    ("POST", "/v1/invitations"),
    ("POST", "/v1/keys"),
]
FOREIGN: list[dict[str, str]] = [
    {"x-deskhand": ""},
    {"x-deskhand": "other"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_change_from_another_page_is_refused(
    town: Town, ana: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    before = await town.audit()
    for method, path in CHANGES:
        refused = await ana.request(method, path, json={"value": "x", "name": "Eve"}, headers=headers)
        assert problem(refused, 403)["type"].endswith("foreign-origin"), path
    assert await town.audit() == before
    assert (await ana.get("/v1/me")).json()["name"] == "Ana"


async def test_a_form_of_another_page_changes_nothing(ana: httpx2.AsyncClient) -> None:
    # a plain form sends the cookie where a browser knows no SameSite, but neither JSON nor a header
    del ana.headers["x-deskhand"]
    sent = await ana.post("/v1/invitations", data={"email": "eve@example.com", "role": "owner"})
    problem(sent, 403)
    assert (await ana.get("/v1/invitations")).json()["items"] == []


async def test_the_own_page_changes_things(ana: httpx2.AsyncClient) -> None:
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert (await ana.put("/v1/secrets/TOKEN", json={"value": "x"}, headers=own)).status_code == 200


async def test_nobody_is_signed_in_by_another_page(town: Town) -> None:
    for headers in FOREIGN:
        async with town.browser(**headers) as browser:
            given = {"email": email_of("Ana"), "password": PASSWORD}
            refused = await browser.post("/v1/sign-in", json=given)
            problem(refused, 403)
            assert "set-cookie" not in refused.headers


async def test_a_program_with_a_key_needs_no_header(town: Town) -> None:
    async with town.browser() as program:
        del program.headers["x-deskhand"]
        made = await program.post("/v1/conversations", headers=await town.key("agent"))
        assert made.status_code == 201


async def test_behind_a_proxy_the_public_address_is_the_origin(town: Town) -> None:
    app = town.app_with(loopback_only=False, public_url="https://desk.example.com")
    async with town.browser(app, "http://10.0.0.1:8000") as browser:
        given = {"email": email_of("Ana"), "password": PASSWORD}
        for origin, status in (("https://desk.example.com", 200), ("http://10.0.0.1:8000", 403)):
            assert (await browser.post("/v1/sign-in", json=given, headers={"origin": origin})).status_code == status
