import httpx2
import pytest

from deskhand.application.configuration import KEY_PREFIX
from tests.integration.api.desk import GREETING, Desk, problem, publish, talk

BUILDING = [
    ("POST", "/v1/procedures", {"document": GREETING}),
    ("PUT", "/v1/procedures/greeting", {"document": GREETING, "based_on": 1}),
    ("POST", "/v1/procedures/greeting/publish", None),
    ("POST", "/v1/procedures/greeting/archive", None),
    ("POST", "/v1/procedures/greeting/restore", None),
    ("POST", "/v1/procedures/greeting/simulate", {}),
    ("PUT", "/v1/connections/shop", {"base_url": "https://shop.example"}),
    ("DELETE", "/v1/connections/shop", None),
    ("DELETE", "/v1/actions/shop", None),
    ("GET", "/v1/secrets", None),
    ("PUT", "/v1/secrets/TOKEN", {"value": "x"}),
    ("DELETE", "/v1/secrets/TOKEN", None),
    ("PUT", "/v1/settings/internal-hosts", {"hosts": []}),
    ("GET", "/v1/keys", None),
    ("POST", "/v1/keys", {"name": "Eve", "role": "owner"}),
    ("DELETE", "/v1/keys/key_" + "0" * 32, None),
]


@pytest.mark.parametrize(("method", "path", "body"), BUILDING)
async def test_an_agents_key_builds_nothing(
    owner: httpx2.AsyncClient, agent: httpx2.AsyncClient, method: str, path: str, body: object
) -> None:
    await publish(owner, GREETING)
    refused = problem(await agent.request(method, path, json=body), 403)
    assert "has the role `agent`" in refused["detail"]
    assert (await owner.get("/v1/procedures/greeting")).json()["revision"] == 1


async def test_an_agents_key_reads_and_talks(agent: httpx2.AsyncClient) -> None:
    conversation = await talk(agent)
    said = await agent.post(f"/v1/conversations/{conversation}/messages", json={"text": "Hello"})
    assert said.status_code == 200
    for path in ("procedures", "runs", "approvals", "connections", "actions", "audit", "settings/internal-hosts", "me"):
        assert (await agent.get(f"/v1/{path}")).status_code == 200, path


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic dh_x", "Bearer dh_unknown", f"Bearer {KEY_PREFIX}{'0' * 500}", "Bearer sk-1"],
)
async def test_without_a_valid_key_nothing_is_answered(desk: Desk, authorization: str) -> None:
    async with desk.client(None, authorization=authorization) as client:
        refused = await client.post("/v1/conversations", content=b"{no json", headers={"content-type": "text/plain"})
        problem(refused, 401)
        assert refused.headers["www-authenticate"].startswith("Bearer")
        problem(await client.get("/v1/conversations/not-an-id"), 401)


async def test_a_revoked_key_is_refused_at_once(desk: Desk, owner: httpx2.AsyncClient) -> None:
    made = (await owner.post("/v1/keys", json={"name": "Eve", "role": "admin"})).json()
    assert made["key"].startswith(KEY_PREFIX)
    headers = {"authorization": f"Bearer {made['key']}"}
    assert (await owner.get("/v1/me", headers=headers)).json()["key"] == {
        "id": made["id"], "name": "Eve", "role": "admin",
    }  # fmt: skip
    assert (await owner.delete(f"/v1/keys/{made['id']}")).status_code == 204
    problem(await owner.get("/v1/me", headers=headers), 401)
    listed = {key["id"]: key for key in (await owner.get("/v1/keys")).json()["items"]}
    assert listed[made["id"]]["revoked_at"] is not None
    assert made["key"] not in str(listed)


async def test_the_last_owners_key_stays(owner: httpx2.AsyncClient) -> None:
    own = (await owner.get("/v1/me")).json()["key"]["id"]
    problem(await owner.delete(f"/v1/keys/{own}"), 409)


async def test_an_admin_makes_and_ends_no_owner(desk: Desk, owner: httpx2.AsyncClient) -> None:
    own = (await owner.get("/v1/me")).json()["key"]["id"]
    async with desk.client("admin") as admin:
        problem(await admin.post("/v1/keys", json={"name": "Eve", "role": "owner"}), 403)
        problem(await admin.delete(f"/v1/keys/{own}"), 403)
        assert (await admin.post("/v1/keys", json={"name": "Eve", "role": "agent"})).status_code == 201


async def test_a_key_that_does_not_exist_cannot_be_revoked(owner: httpx2.AsyncClient) -> None:
    problem(await owner.delete("/v1/keys/key_" + "0" * 32), 404)
