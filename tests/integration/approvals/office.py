"""A shop's office with members of every role, who decide in their browsers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.integration.members.people import Town, sign_in

COMPLAINT: dict[str, Any] = {
    "name": "Complaint",
    "trigger": {"description": "The customer complains about something that went wrong."},
    "steps": [
        {"id": "what", "kind": "collect", "variable": "complaint", "prompt": "What went wrong?"},
        {"id": "worth", "kind": "collect", "variable": "amount", "prompt": "How much was it?", "validation": "number"},
        {
            "id": "open",
            "kind": "internal",
            "action": "create_ticket",
            "parameters": {"subject": "Complaint over {{amount}}", "description": "{{complaint}}"},
            "approval": "require",
            "description": "Open a ticket over {{amount}}",
        },
        {"id": "done", "kind": "message", "text": "Ticket {{ticketId}} over {{amount}}."},
    ],
}


def complaint(**fields: Any) -> dict[str, Any]:
    """The procedure, with other fields of the step that asks for an approval."""
    steps = [{**step, **fields} if step["id"] == "open" else step for step in COMPLAINT["steps"]]
    return {**COMPLAINT, "steps": steps}


@dataclass
class Office:
    """The office, with a browser for each member."""

    town: Town
    browsers: dict[str, httpx2.AsyncClient] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def opened(cls, town: Town) -> AsyncIterator["Office"]:
        async with AsyncExitStack() as stack:
            office = cls(town)
            office.browsers["Ana"] = await stack.enter_async_context(town.signed_in("Ana"))
            for name, role in (("Ben", "agent"), ("Cleo", "agent"), ("Dora", "admin")):
                await town.join(office["Ana"], name, role)
                office.browsers[name] = await stack.enter_async_context(town.browser())
                await sign_in(office.browsers[name], name)
            yield office

    def __getitem__(self, name: str) -> httpx2.AsyncClient:
        return self.browsers[name]

    async def publish(self, document: dict[str, Any], by: str = "Ana") -> str:
        """Create and publish a procedure; gives its slug."""
        made = await self[by].post("/v1/procedures", json={"document": document})
        assert made.status_code == 201, made.text
        slug: str = made.json()["slug"]
        published = await self[by].post(f"/v1/procedures/{slug}/publish")
        assert published.status_code == 200, published.text
        return slug

    async def asked(self, slug: str = "complaint", *says: str) -> dict[str, Any]:
        """A customer comes as far as a member has to decide; gives the approval."""
        ana = self["Ana"]
        conversation = (await ana.post("/v1/conversations")).json()["id"]
        await ana.post(f"/v1/conversations/{conversation}/start", json={"procedure": slug})
        for text in says or ("The box was empty", "50"):
            await self.says(conversation, text)
        (approval,) = (await ana.get("/v1/approvals", params={"conversation": conversation})).json()["items"]
        found: dict[str, Any] = approval
        return found

    async def says(self, conversation: str, text: str) -> dict[str, Any]:
        """The customer writes; gives the receipt."""
        answer = await self["Ana"].post(f"/v1/conversations/{conversation}/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    async def decides(self, name: str, approval: dict[str, Any], what: str = "approve", **body: Any) -> httpx2.Response:
        """A member decides, as their browser would."""
        return await self[name].post(f"/v1/approvals/{approval['id']}/{what}", json=body)

    async def look(self, name: str, approval: dict[str, Any]) -> dict[str, Any]:
        """The approval as a member sees it now."""
        found: dict[str, Any] = (await self[name].get(f"/v1/approvals/{approval['id']}")).json()
        return found

    async def tickets(self) -> list[tuple[str, str]]:
        """Subject and description of what was opened."""
        items = (await self["Ana"].get("/v1/tickets")).json()["items"]
        return [(one["subject"], one["description"]) for one in items]
