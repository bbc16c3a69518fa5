"""What each role may do, by direct calls: the server decides, not the page."""

import httpx2
import pytest

from tests.integration.api.desk import problem
from tests.integration.members.people import Town, email_of, invite, token_of

BUILDING = [
    ("POST", "/v1/procedures", {"document": {}}),
    ("PUT", "/v1/connections/shop", {"base_url": "https://shop.example"}),
    ("GET", "/v1/secrets", None),
    ("POST", "/v1/keys", {"name": "Eve", "role": "owner"}),
    ("PATCH", "/v1/settings", {"name": "Eve's"}),
    ("GET", "/v1/invitations", None),
    ("POST", "/v1/invitations", {"email": "eve@example.com", "role": "agent"}),
]


async def members(browser: httpx2.AsyncClient) -> dict[str, str]:
    """Everybody's role."""
    return {one["name"]: one["role"] for one in (await browser.get("/v1/members")).json()["items"]}


async def ids(browser: httpx2.AsyncClient) -> dict[str, str]:
    return {one["name"]: one["id"] for one in (await browser.get("/v1/members")).json()["items"]}


@pytest.mark.parametrize(("method", "path", "body"), BUILDING)
async def test_an_agent_builds_nothing(
    town: Town, ana: httpx2.AsyncClient, method: str, path: str, body: object
) -> None:
    await town.join(ana, "Bob", "agent")
    async with town.signed_in("Bob") as bob:
        refused = problem(await bob.request(method, path, json=body), 403)
        assert "You have the role `agent`" in refused["detail"]


async def test_an_agent_sees_talks_and_decides(town: Town, ana: httpx2.AsyncClient) -> None:
    await town.join(ana, "Bob", "agent")
    async with town.signed_in("Bob") as bob:
        for path in ("procedures", "runs", "approvals", "members", "settings", "audit", "me", "me/sessions"):
            assert (await bob.get(f"/v1/{path}")).status_code == 200, path
        assert (await bob.post("/v1/conversations")).status_code == 201


@pytest.mark.parametrize("role", ["agent", "admin"])
async def test_nobody_makes_themselves_more(town: Town, ana: httpx2.AsyncClient, role: str) -> None:
    own = await town.join(ana, "Bob", role)
    async with town.signed_in("Bob") as bob:
        attempts = [
            await bob.patch(f"/v1/members/{own}", json={"role": "owner"}),
            await bob.post("/v1/invitations", json={"email": "eve@example.com", "role": "owner"}),
            await bob.post("/v1/keys", json={"name": "Eve", "role": "owner"}),
        ]
        assert [answer.status_code for answer in attempts] == [403] * 3
        for field in ("role", "member", "workspace"):
            problem(await bob.patch("/v1/me", json={field: "owner"}), 422)
    assert await members(ana) == {"Ana": "owner", "Bob": role}


@pytest.mark.parametrize("role", ["agent", "admin"])
async def test_a_key_makes_nobody_an_owner(town: Town, ana: httpx2.AsyncClient, role: str) -> None:
    bob = await town.join(ana, "Bob", "agent")
    headers = await town.key(role)
    async with town.browser(**headers) as program:
        problem(await program.patch(f"/v1/members/{bob}", json={"role": "owner"}), 403)
        problem(await program.post("/v1/invitations", json={"email": "eve@example.com", "role": "owner"}), 403)
        problem(await program.delete(f"/v1/members/{(await ids(ana))['Ana']}"), 403)
    assert await members(ana) == {"Ana": "owner", "Bob": "agent"}


async def test_an_admin_leaves_owners_alone(town: Town, ana: httpx2.AsyncClient) -> None:
    await town.join(ana, "Bob", "admin")
    owned = (await ana.post("/v1/invitations", json={"email": email_of("Olga"), "role": "owner"})).json()["id"]
    owner = (await ids(ana))["Ana"]
    async with town.signed_in("Bob") as bob:
        problem(await bob.patch(f"/v1/members/{owner}", json={"role": "agent"}), 403)
        problem(await bob.delete(f"/v1/members/{owner}"), 403)
        problem(await bob.post(f"/v1/invitations/{owned}/resend"), 403)
        problem(await bob.delete(f"/v1/invitations/{owned}"), 403)
        problem(await bob.post("/v1/invitations", json={"email": email_of("Olga"), "role": "agent"}), 403)
        # and does what an admin is for
        await town.join(bob, "Cem", "agent")
        cem = (await ids(bob))["Cem"]
        assert (await bob.patch(f"/v1/members/{cem}", json={"role": "admin"})).json()["role"] == "admin"
        assert (await bob.delete(f"/v1/members/{cem}")).status_code == 204


async def test_a_role_changes_at_once(town: Town, ana: httpx2.AsyncClient) -> None:
    bob_id = await town.join(ana, "Bob", "admin")
    async with town.signed_in("Bob") as bob:
        assert (await bob.get("/v1/secrets")).status_code == 200
        await ana.patch(f"/v1/members/{bob_id}", json={"role": "agent"})
        problem(await bob.get("/v1/secrets"), 403)
        assert (await bob.get("/v1/me")).json()["role"] == "agent"
    assert (await town.audit())[0] == ("Ana", "member.role_changed")


async def test_a_removed_member_is_out_at_once(town: Town, ana: httpx2.AsyncClient) -> None:
    bob_id = await town.join(ana, "Bob", "agent")
    async with town.signed_in("Bob") as bob, town.browser() as later:
        assert (await bob.get("/v1/me")).status_code == 200
        assert (await ana.delete(f"/v1/members/{bob_id}")).status_code == 204
        problem(await bob.get("/v1/me"), 401)
        given = {"email": email_of("Bob"), "password": "correct horse battery"}
        refused = problem(await later.post("/v1/sign-in", json=given), 403)
        assert "no workspace" in refused["detail"]
    problem(await ana.delete(f"/v1/members/{bob_id}"), 404)
    await invite(ana, "Bob")


async def test_the_last_owner_stays(ana: httpx2.AsyncClient) -> None:
    own = (await ids(ana))["Ana"]
    for answer in (
        await ana.delete(f"/v1/members/{own}"),
        await ana.patch(f"/v1/members/{own}", json={"role": "admin"}),
    ):
        assert "needs an owner" in problem(answer, 409)["detail"]
    assert await members(ana) == {"Ana": "owner"}


async def test_the_last_owners_key_may_go_where_a_member_is_an_owner(town: Town, ana: httpx2.AsyncClient) -> None:
    headers = await town.key("owner")
    own = (await ana.get("/v1/me", headers=headers)).json()["key"]["id"]
    assert (await ana.delete(f"/v1/keys/{own}")).status_code == 204


async def test_a_key_may_no_more_than_who_made_it_and_ends_with_them(town: Town, ana: httpx2.AsyncClient) -> None:
    bob_id = await town.join(ana, "Bob", "admin")
    async with town.signed_in("Bob") as bob, town.browser() as program:
        first = await bob.post("/v1/keys", json={"name": "ci", "role": "admin"})
        program.headers["authorization"] = f"Bearer {first.json()['key']}"
        second = await program.post("/v1/keys", json={"name": "ci's own", "role": "admin"})
        theirs = {"authorization": f"Bearer {second.json()['key']}"}
        invited = await program.post("/v1/invitations", json={"email": "max@example.com"})
        shown = {one["name"]: one["made_by"] for one in (await ana.get("/v1/keys")).json()["items"]}
        assert shown == {"ci": bob_id, "ci's own": bob_id}
        await ana.patch(f"/v1/members/{bob_id}", json={"role": "agent"})
        assert (await program.get("/v1/me")).json()["role"] == "agent"
        problem(await program.get("/v1/keys", headers=theirs), 403)
        await ana.delete(f"/v1/members/{bob_id}")
        problem(await program.get("/v1/me"), 401)
        problem(await program.get("/v1/me", headers=theirs), 401)
        link = token_of(invited.json()["link"])
        problem(await program.get(f"/v1/join/{link}"), 403)
    assert (await ana.get("/v1/invitations")).json()["items"] == []


async def test_a_role_that_there_is_not_is_told(town: Town, ana: httpx2.AsyncClient) -> None:
    own = (await ids(ana))["Ana"]
    problem(await ana.patch(f"/v1/members/{own}", json={"role": "king"}), 422)
    problem(await ana.patch("/v1/members/member_" + "0" * 32, json={"role": "agent"}), 404)
    problem(await ana.patch("/v1/members/x", json={"role": "agent"}), 404)
