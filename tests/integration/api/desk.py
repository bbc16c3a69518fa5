"""A Deskhand to talk to over HTTP: two workspaces, keys of every role, and what tests do again and again."""

from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI

from deskhand.bootstrap import Running

BASE = "http://127.0.0.1:8000"

GREETING: dict[str, Any] = {
    "name": "Greeting",
    "trigger": {"description": "The customer says hello and wants to be greeted by name."},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "first_name", "prompt": "What is your name?"},
        {"id": "greet", "kind": "message", "text": "Hello {{first_name}}!"},
    ],
}
TICKET: dict[str, Any] = {
    "name": "Complaint",
    "trigger": {"description": "The customer complains about something that went wrong."},
    "steps": [
        {"id": "what", "kind": "collect", "variable": "complaint", "prompt": "What went wrong?"},
        {
            "id": "open",
            "kind": "internal",
            "action": "create_ticket",
            "parameters": {"subject": "Complaint", "description": "{{complaint}}"},
            "approval": "require",
            "description": "Open a ticket for {{complaint}}",
        },
        {"id": "done", "kind": "message", "text": "A colleague will look at it."},
    ],
}


@dataclass(frozen=True)
class Desk:
    """A running Deskhand with its application."""

    running: Running
    app: FastAPI
    workspace: str
    keys: dict[str, str]
    """API keys by role; `stranger` is the owner of another workspace."""

    def client(self, role: str | None = "owner", **headers: str) -> httpx2.AsyncClient:
        """A client with the key of this role, or without one."""
        if role is not None:
            headers["authorization"] = f"Bearer {self.keys[role]}"
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=self.app), base_url=BASE, headers=headers)


async def publish(client: httpx2.AsyncClient, document: dict[str, Any]) -> str:
    """Create and publish a procedure; gives its slug."""
    made = await client.post("/v1/procedures", json={"document": document})
    assert made.status_code == 201, made.text
    slug: str = made.json()["slug"]
    published = await client.post(f"/v1/procedures/{slug}/publish")
    assert published.status_code == 200, published.text
    return slug


async def talk(client: httpx2.AsyncClient) -> str:
    """Open a conversation."""
    made = await client.post("/v1/conversations")
    assert made.status_code == 201, made.text
    conversation: str = made.json()["id"]
    return conversation


async def start(client: httpx2.AsyncClient, conversation: str, procedure: str, **arguments: Any) -> dict[str, Any]:
    """Start a procedure; gives the receipt."""
    wanted = {"procedure": procedure, "arguments": arguments}
    answer = await client.post(f"/v1/conversations/{conversation}/start", json=wanted)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def waiting_approval(client: httpx2.AsyncClient, document: dict[str, Any] = TICKET) -> dict[str, Any]:
    """Bring a conversation to where a member has to decide; gives the approval."""
    slug = await publish(client, document)
    conversation = await talk(client)
    await start(client, conversation, slug)
    await client.post(f"/v1/conversations/{conversation}/messages", json={"text": "The box was empty"})
    listed = await client.get("/v1/approvals", params={"conversation": conversation})
    (approval,) = listed.json()["items"]
    found: dict[str, Any] = approval
    return found


def kinds(receipt: dict[str, Any]) -> list[str]:
    """The kinds of a receipt's entries."""
    return [entry["kind"] for entry in receipt["entries"]]


def texts(receipt: dict[str, Any]) -> list[str]:
    """What the customer was told or asked."""
    return [entry["body"]["text"] for entry in receipt["entries"] if entry["kind"] in ("say", "ask")]


def problem(answer: httpx2.Response, status: int) -> dict[str, Any]:
    """The problem of an answer that must be one of this status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:deskhand:problem:")
    assert body["title"]
    assert body["detail"]
    return body
