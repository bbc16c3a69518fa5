"""Which pages may use the widget: every origin or those of a list, never with cookies, and only what is for them."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.api.desk import BASE, Desk, problem
from tests.integration.api.visitors import PAGE, Browser, page, visit

EVIL = "https://evil.example"
ASKED = {"access-control-request-method": "POST", "access-control-request-headers": "authorization, x-deskhand-user"}


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with page(desk) as opened:
        yield opened


async def only_for(owner: httpx2.AsyncClient, *origins: str) -> None:
    stored = await owner.put("/v1/agents/default", json={"name": "Sam", "widget": {"origins": list(origins)}})
    assert stored.status_code == 200, stored.text


@pytest.mark.parametrize(
    "path", ["/v1/widget/sessions", "/v1/widget/conversations", "/v1/widget/conversations/x/events"]
)
async def test_a_browser_that_asks_first_may_send_what_the_widget_sends(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.options(f"/v1/widget/{path}", headers=ASKED)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert set(allowed) == {
        "authorization", "content-type", "last-event-id", "x-deskhand-name", "x-deskhand-user",
    }  # fmt: skip
    assert "access-control-allow-credentials" not in answer.headers


async def test_answers_and_problems_can_be_read_from_any_page_and_never_with_credentials(
    desk: Desk, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, f"{desk.workspace}.default")
    good = await client.post("/v1/widget/sessions", json={"agent": f"{desk.workspace}.default"})
    refused = [
        await client.post("/v1/widget/sessions", json={"agent": "nobody"}),
        await client.post("/v1/widget/sessions", content=b"{", headers={"content-type": "application/json"}),
        await client.get("/v1/widget/conversations/conv_1", headers=ada.headers),
        await client.get("/v1/widget/nothing"),
        await client.put("/v1/widget/sessions"),
        await client.get(f"/scripts/{'0' * 64}.mjs"),
    ]
    assert good.status_code == 200
    for answer in (good, *refused):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    assert [one.status_code for one in refused] == [404, 422, 404, 404, 405, 404]


@pytest.mark.parametrize(
    "path",
    ["/v1/me", "/v1/conversations", "/v1/settings/widget", "/v1/widgets", "/v1/widget", "/v1/openapi.json", "/",
     "/inbox", "/session.json", "/talk/ws_1.default", "/v1/widget%2Fsessions/../../me", "/widget"],
)  # fmt: skip
async def test_everything_else_stays_closed_to_other_pages(desk: Desk, client: httpx2.AsyncClient, path: str) -> None:
    for answer in (await client.get(path), await client.options(path, headers=ASKED)):
        problem(answer, 403)
        assert "access-control-allow-origin" not in answer.headers
    open_app = create_app(desk.running.services, loopback_only=False)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=open_app), base_url=BASE) as elsewhere:
        answer = await elsewhere.get(path, headers={"origin": EVIL})
        assert "access-control-allow-origin" not in answer.headers
        assert (await elsewhere.options(path, headers={"origin": EVIL, **ASKED})).status_code != 204


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a@localhost"])
async def test_a_name_that_was_made_to_point_here_finds_no_widget(desk: Desk, host: str) -> None:
    async with desk.client(None, host=host, origin=f"http://{host or 'evil.example'}") as client:
        answers = [
            await client.post("/v1/widget/sessions", json={"agent": f"{desk.workspace}.default"}),
            await client.options("/v1/widget/sessions", headers=ASKED),
            await client.get("/widget.js"),
            await client.get(f"/talk/{desk.workspace}.default"),
        ]
    for answer in answers:
        problem(answer, 403)


async def test_an_agent_with_a_list_of_origins_serves_no_other_page(
    desk: Desk, owner: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    ada = await visit(client, f"{desk.workspace}.default")
    conversation = await ada.talk(text="Hello")
    await only_for(owner, "https://WWW.shop.example/", "http://localhost:3000")
    assert (await owner.get("/v1/agents/default")).json()["widget"]["origins"] == [PAGE, "http://localhost:3000"]
    await ada.say(conversation, "Still here")
    for origin in (EVIL, "null", "https://www.shop.example.evil.example", "http://www.shop.example", PAGE + ":8443"):
        async with page(desk, origin) as elsewhere:
            begun = await elsewhere.post("/v1/widget/sessions", json={"agent": f"{desk.workspace}.default"})
            assert problem(begun, 403)["type"] == "urn:deskhand:problem:foreign-origin"
            stolen = Browser(elsewhere, ada.token, {})
            problem(await stolen.get(f"/{conversation}"), 403)
            problem(await stolen.post(f"/{conversation}/messages", text="I was here"), 403)
            problem(await stolen.get(f"/{conversation}/events"), 403)
    said = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    assert "I was here" not in str(said)


async def test_whoever_says_no_origin_may_only_read(desk: Desk, owner: httpx2.AsyncClient) -> None:
    async with page(desk) as client:
        ada = await visit(client, f"{desk.workspace}.default")
        conversation = await ada.talk(text="Hello")
    await only_for(owner, PAGE)
    async with desk.client(None) as quiet:
        silent = Browser(quiet, ada.token, {})
        assert (await silent.get(f"/{conversation}")).status_code == 200
        problem(await silent.post(f"/{conversation}/messages", text="Hello"), 403)


async def test_the_full_page_of_this_server_may_always(desk: Desk, owner: httpx2.AsyncClient) -> None:
    await only_for(owner, PAGE)
    async with page(desk, BASE) as own:
        await (await visit(own, f"{desk.workspace}.default")).talk(text="Hello")
    behind = create_app(desk.running.services, loopback_only=False, public_url="https://desk.example.com")
    transport = httpx2.ASGITransport(app=behind)
    async with httpx2.AsyncClient(
        transport=transport, base_url=BASE, headers={"origin": "https://desk.example.com"}
    ) as people:
        await (await visit(people, f"{desk.workspace}.default")).talk(text="Hello")


@pytest.mark.parametrize(
    "origin", ["*", "null", "www.shop.example", "https://*.shop.example", "https://a.example/path", "ftp://a", ""]
)
async def test_what_is_no_origin_is_refused_with_a_sentence(owner: httpx2.AsyncClient, origin: str) -> None:
    refused = problem(await owner.put("/v1/agents/default", json={"name": "Sam", "widget": {"origins": [origin]}}), 422)
    assert "is no origin" in refused["detail"]


async def test_cookies_and_keys_mean_nothing_to_the_visitor_service(desk: Desk, client: httpx2.AsyncClient) -> None:
    ada = await visit(client, f"{desk.workspace}.default")
    conversation = await ada.talk(text="Hello")
    for name in ("deskhand_session", "__Host-deskhand"):
        client.cookies.set(name, desk.keys["owner"])
    problem(await client.get(f"/v1/widget/conversations/{conversation}"), 401)
    assert (await ada.get(f"/{conversation}")).status_code == 200
