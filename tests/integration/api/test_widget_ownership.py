"""Whose a conversation is: every address of the visitor service, tried by everybody whom it does not belong to."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deskhand.application.identity import PREFIX
from tests.integration.api.desk import GREETING, Desk, problem, publish
from tests.integration.api.visitors import Browser, Company, fresh_conversation, open_company, page, visit

BODIES: dict[str, Any] = {
    "messages": {"text": "I was here"},
    "clicks": {"question": "menu", "choice": "greeting"},
    "forms": {"question": "ask_1", "values": {"a": "I was here"}},
    "browser-results": {"question": "ask_1", "ok": True},
    "components": {"question": "ask_1", "value": None},
    "feedback": {"reaction": "negative", "reason": "I was here"},
    "lead": {"email": "eve@example.com"},
    "typing": {},
    "start": {"procedure": "greeting"},
    "variables": {"variables": {"first_name": "Eve"}},
    "cancel": {},
}
FILE = "att_" + "0" * 32


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(company: Company) -> AsyncIterator[httpx2.AsyncClient]:
    async with page(company.desk) as opened:
        yield opened


@pytest.fixture
async def any_company(database_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    """The same once on SQLite and once on PostgreSQL."""
    async with open_company(database_url, tmp_path) as opened:
        yield opened


async def prepared(company: Company) -> None:
    """Another agent beside the usual one, which has a lead form; files are allowed."""
    async with company.desk.client("owner") as owner:
        await publish(owner, {**GREETING, "trigger": {"description": "Greets by name.", "always": True}})
        form = {"fields": [{"name": "email"}]}
        for slug in ("default", "sales"):
            stored = await owner.put(f"/v1/agents/{slug}", json={"name": "Sam", "lead_form": form})
            assert stored.status_code == 200, stored.text
        await owner.put("/v1/settings/widget", json={"attachments": True})


def paths(desk: Desk) -> list[tuple[str, str]]:
    """Every address of a conversation that the visitor service has."""
    found = [
        (method.upper(), path.removeprefix("/v1/widget/conversations"))
        for path, methods in desk.app.openapi()["paths"].items()
        for method in methods
        if path.startswith("/v1/widget/conversations/")
    ]
    assert len(found) >= 15
    return found


async def tried(client: httpx2.AsyncClient, desk: Desk, headers: dict[str, str], conversation: str) -> dict[str, Any]:
    """What every address answers to these headers."""
    answers = {}
    for method, path in paths(desk):
        address = "/v1/widget/conversations" + path.replace("{id}", conversation).replace("{file}", FILE)
        if path.endswith("/attachments"):
            answer = await client.post(address, content=b"I was here", headers={**headers, "x-deskhand-name": "a.txt"})
        else:
            body = BODIES[path.rpartition("/")[2]] if method == "POST" else None
            answer = await client.request(method, address, json=body, headers=headers)
        answers[method, path] = answer
    return answers


async def log_of(company: Company, conversation: str) -> list[Any]:
    async with company.desk.client("owner") as owner:
        items: list[Any] = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    return items


Stranger = Callable[[Company, httpx2.AsyncClient, Browser], Any]


async def another_visitor(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    return (await visit(client, company.agent)).headers


async def another_agents_visitor(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    return (await visit(client, f"{company.desk.workspace}.sales", visitor=ada.token)).headers


async def another_workspaces_visitor(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    async with company.desk.client("stranger") as stranger:
        workspace = (await stranger.get("/v1/me")).json()["workspace"]["id"]
    return (await visit(client, f"{workspace}.default", visitor=ada.token)).headers


async def another_customer(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    return (await visit(client, company.agent, user=company.token("eve"))).headers


async def nobody(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    return {}


async def a_key(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    return {"authorization": f"Bearer {company.desk.keys['owner']}"}


async def an_altered_token(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    last = "A" if ada.token[-2] != "A" else "B"
    return {"authorization": f"Bearer {ada.token[:-2]}{last}{ada.token[-1]}"}


async def an_old_token(company: Company, client: httpx2.AsyncClient, ada: Browser) -> dict[str, str]:
    company.clock.advance(days=91)
    return ada.headers


STRANGERS: dict[Stranger, int] = {
    another_visitor: 404, another_agents_visitor: 404, another_workspaces_visitor: 404, another_customer: 404,
    nobody: 401, a_key: 401, an_altered_token: 401, an_old_token: 401,
}  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: one.__name__)
async def test_nobody_else_finds_a_visitors_conversation(
    company: Company, client: httpx2.AsyncClient, stranger: Stranger
) -> None:
    await prepared(company)
    ada = await visit(client, company.agent)
    conversation = await ada.talk(text="Hello")
    before = await log_of(company, conversation)
    headers = await stranger(company, client, ada)
    for path, answer in (await tried(client, company.desk, headers, conversation)).items():
        assert answer.status_code == STRANGERS[stranger], (path, answer.text)
        problem(answer, STRANGERS[stranger])
        assert "Hello" not in answer.text
    assert await log_of(company, conversation) == before
    async with company.desk.client("owner") as owner:
        assert (await owner.get(f"/v1/conversations/{conversation}")).json()["present"] == []
        assert (await owner.get("/v1/leads")).json()["items"] == []


async def test_a_customers_conversation_is_theirs_alone_with_a_valid_token_in_every_call(
    company: Company, client: httpx2.AsyncClient
) -> None:
    await prepared(company)
    ada = await visit(client, company.agent, user=company.token("ada"))
    conversation = await ada.talk(text="Hello")
    before = await log_of(company, conversation)
    # the same browser, without the token: also whoever sits at it next, and whoever has stolen its visitor token
    for path, answer in (
        await tried(client, company.desk, Browser(client, ada.token, {}).headers, conversation)
    ).items():
        assert answer.status_code == 404, (path, answer.text)
    other = Browser(client, ada.token, {}, company.token("eve"))
    for path, answer in (await tried(client, company.desk, other.headers, conversation)).items():
        assert answer.status_code == 404, (path, answer.text)
    forged = Browser(client, ada.token, {}, company.token("ada", PREFIX + "0" * 64))
    for path, answer in (await tried(client, company.desk, forged.headers, conversation)).items():
        assert answer.status_code == 401, (path, answer.text)
        assert answer.json()["type"] == "urn:deskhand:problem:identity-refused"
    expired = ada.headers
    company.clock.advance(hours=2)
    for path, answer in (await tried(client, company.desk, expired, conversation)).items():
        assert answer.status_code == 401, (path, answer.text)
    assert await log_of(company, conversation) == before
    again = Browser(client, ada.token, {}, company.token("ada"))
    assert (await again.get(f"/{conversation}")).status_code == 200
    elsewhere = await visit(client, company.agent, user=company.token("ada"))
    assert elsewhere.session["conversation"]["id"] == conversation
    assert elsewhere.session["visitor"] != ada.session["visitor"]


async def test_a_conversation_that_began_before_signing_in_becomes_the_customers(any_company: Company) -> None:
    async with page(any_company.desk) as client:
        await began_before_signing_in(any_company, client)


async def began_before_signing_in(company: Company, client: httpx2.AsyncClient) -> None:
    ada = await visit(client, company.agent)
    conversation = await ada.talk(text="Hello")
    signed_in = await visit(
        client, company.agent, user=company.token("ada", email="ada@example.com"), visitor=ada.token
    )
    assert signed_in.session["conversation"]["id"] == conversation
    await signed_in.say(conversation, "It's me")
    assert (await ada.get(f"/{conversation}")).status_code == 404
    async with company.desk.client("owner") as owner:
        stored = (await owner.get(f"/v1/conversations/{conversation}")).json()
        assert stored["contact"] == {"id": "ada", "email": "ada@example.com", "attributes": {}}
        (contact,) = (await owner.get("/v1/contacts")).json()["items"]
        assert contact["external_id"] == "ada"
    eve = await visit(client, company.agent, user=company.token("eve"), visitor=signed_in.token)
    assert eve.session["conversation"] is None
    assert (await eve.get(f"/{conversation}")).status_code == 404


async def test_opening_with_anothers_id_opens_nothing_and_tells_nothing(
    company: Company, client: httpx2.AsyncClient
) -> None:
    ada, eve = await visit(client, company.agent), await visit(client, company.agent)
    conversation = await ada.talk(text="Hello")
    before = await log_of(company, conversation)
    problem(await eve.post("", id=conversation, text="I was here"), 404)
    problem(await eve.post("", id=conversation), 404)
    assert await log_of(company, conversation) == before
    again = await visit(client, company.agent, visitor=eve.token)
    assert again.session["conversation"] is None


async def test_a_conversation_of_another_channel_is_nobodys_here(company: Company, client: httpx2.AsyncClient) -> None:
    async with company.desk.client("owner") as owner:
        id = fresh_conversation()
        await owner.post("/v1/conversations", json={"id": id, "contact": {"id": "ada"}, "text": "Hello"})
    ada = await visit(client, company.agent, user=company.token("ada"))
    assert ada.session["conversation"] is None
    problem(await ada.get(f"/{id}"), 404)
    problem(await ada.post("", id=id, text="Hi"), 404)


async def test_an_agent_that_wants_to_know_who_talks_takes_nobody_else(
    company: Company, client: httpx2.AsyncClient
) -> None:
    before = await visit(client, company.agent)
    conversation = await before.talk(text="Hello")
    async with company.desk.client("owner") as owner:
        await owner.put("/v1/agents/default", json={"name": "Sam", "widget": {"require_identity": True}})
    refused = problem(await client.post("/v1/widget/sessions", json={"agent": company.agent}), 401)
    assert refused["type"] == "urn:deskhand:problem:identity-refused"
    problem(await before.get(f"/{conversation}"), 401)
    problem(await before.post(f"/{conversation}/messages", text="Hello?"), 401)
    ada = await visit(client, company.agent, user=company.token("ada"))
    await ada.talk(text="Hello")


async def test_a_removed_agents_visitors_are_known_no_longer(company: Company, client: httpx2.AsyncClient) -> None:
    await prepared(company)
    ada = await visit(client, f"{company.desk.workspace}.sales")
    conversation = await ada.talk(text="Hello")
    async with company.desk.client("owner") as owner:
        await owner.delete("/v1/agents/sales")
    problem(await ada.get(f"/{conversation}"), 401)
