"""Tickets and leads over HTTP: found, worked on, taken along."""

import csv
from io import StringIO
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import TICKET, Desk, problem, publish, start, talk

LEAD: dict[str, Any] = {"email": "ada@example.com", "name": "Ada", "company": "=Acme", "message": "Call me"}


@pytest.fixture
async def ticket(owner: httpx2.AsyncClient) -> int:
    """An open ticket's number."""
    steps = [{**step} for step in TICKET["steps"]]
    del steps[1]["approval"]
    await publish(owner, {**TICKET, "steps": steps})
    await start(owner, await talk(owner), "complaint", complaint="The lamp is broken")
    number: int = (await owner.get("/v1/tickets")).json()["items"][0]["number"]
    return number


async def test_an_agent_works_on_a_ticket(desk: Desk, owner: httpx2.AsyncClient, ticket: int) -> None:
    invited = await owner.post("/v1/invitations", json={"email": "ana@example.com", "role": "agent"})
    ana = {"name": "Ana", "password": "a long sentence"}
    await owner.post(
        "/v1/join/" + invited.json()["link"].rpartition("=")[2], json=ana, headers={"x-deskhand": "dashboard"}
    )
    owner.cookies.clear()
    async with desk.client("agent") as agent:
        opened = (await agent.get(f"/v1/tickets/{ticket}")).json()
        assert (opened["status"], opened["assignee"], opened["updated_at"]) == ("open", None, None)
        taken = await agent.patch(f"/v1/tickets/{ticket}", json={"assignee": "ana@example.com"})
        assert (taken.json()["status"], taken.json()["assignee"]) == ("open", "ana@example.com")
        solved = await agent.patch(f"/v1/tickets/{ticket}", json={"status": "solved"})
        assert (solved.json()["status"], solved.json()["assignee"]) == ("solved", "ana@example.com")
        assert (await agent.patch(f"/v1/tickets/{ticket}", json={"assignee": None})).json()["assignee"] is None
        assert (await agent.get("/v1/tickets?status=open")).json()["items"] == []
    (entry, *_) = (await owner.get("/v1/audit?action=ticket.changed")).json()["items"]
    assert (entry["subject"], entry["body"]) == (str(ticket), {"status": "solved", "assignee": None})


async def test_what_cannot_be_said_of_a_ticket_is_told(owner: httpx2.AsyncClient, ticket: int) -> None:
    found = problem(await owner.patch(f"/v1/tickets/{ticket}", json={"assignee": "nobody@example.com"}), 409)
    assert "choose a member" in found["detail"]
    problem(await owner.patch(f"/v1/tickets/{ticket}", json={"status": "lost"}), 422)
    problem(await owner.patch("/v1/tickets/4711", json={"status": "solved"}), 404)


async def test_tickets_are_searched_and_lead_to_their_conversation(owner: httpx2.AsyncClient, ticket: int) -> None:
    (found,) = (await owner.get("/v1/tickets?q=LAMP&priority=MEDIUM")).json()["items"]
    assert found["number"] == ticket
    assert (await owner.get(f"/v1/conversations/{found['conversation']}")).status_code == 200
    assert (await owner.get("/v1/tickets?q=sofa")).json()["items"] == []
    rows = table(await owner.get("/v1/tickets/export?q=lamp"))
    assert [(row["number"], row["status"], row["subject"]) for row in rows] == [(str(ticket), "open", "Complaint")]


async def test_leads_are_searched_and_taken_along_without_formulas(owner: httpx2.AsyncClient) -> None:
    conversation = await talk(owner)
    await owner.post(f"/v1/conversations/{conversation}/lead", json=LEAD)
    (lead,) = (await owner.get("/v1/leads?q=acme&email=ADA@example.com")).json()["items"]
    assert (lead["conversation"], lead["run"]) == (conversation, None)
    assert (await owner.get(f"/v1/leads/{lead['id']}")).json() == lead
    (row,) = table(await owner.get("/v1/leads/export"))
    assert (row["company"], row["email"]) == ("'=Acme", "ada@example.com")


async def test_contacts_are_taken_along_with_their_attributes(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/contacts", json={"external_id": "17", "email": "a@b.example", "attributes": {"plan": "pro"}})
    await owner.post("/v1/contacts", json={"external_id": "18", "first_name": "Ben"})
    assert [row["id"] for row in table(await owner.get("/v1/contacts/export"))] == ["18", "17"]
    (row,) = table(await owner.get("/v1/contacts/export?q=b.example"))
    assert (row["id"], row["attributes"]) == ("17", '{"plan": "pro"}')


def table(answer: httpx2.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
