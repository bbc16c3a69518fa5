"""Two members and a customer at one desk, over the REST service."""

from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI

from tests.integration.actions.desk import Desk

BASE = "http://127.0.0.1:8000"
STATUS = (
    {"id": "order", "kind": "collect", "variable": "order_id", "prompt": "Which order?", "example": "1"},
    {"id": "look", "kind": "call", "url": "{shop}/orders/{{order_id}}", "response_variable": "order"},
    {"id": "done", "kind": "message", "text": "Order {{order_id}} is {{order.state}}."},
)
TICKET = (
    {"id": "what", "kind": "collect", "variable": "complaint", "prompt": "What went wrong?"},
    {
        "id": "open", "kind": "internal", "action": "create_ticket", "approval": "require",
        "parameters": {"subject": "Complaint", "description": "{{complaint}}"}, "description": "Open a ticket",
    },
    {"id": "done", "kind": "message", "text": "A colleague will look at it."},
)  # fmt: skip


@dataclass
class Team:
    """A desk with clients for Ana and Ben, who are agents, and for a stranger."""

    desk: Desk
    app: FastAPI
    clients: dict[str, httpx2.AsyncClient]

    @property
    def ana(self) -> httpx2.AsyncClient:
        return self.clients["Ana"]

    @property
    def ben(self) -> httpx2.AsyncClient:
        return self.clients["Ben"]

    async def publish(self) -> None:
        """Order status and complaints, as procedures."""
        url = self.desk.shop.url
        steps = [{**step, "url": step["url"].replace("{shop}", url)} if "url" in step else step for step in STATUS]
        await self.desk.publish("status", *steps)
        await self.desk.publish("complaint", *TICKET)

    async def open(self, text: str | None = None, **about: Any) -> str:
        """A customer opens a conversation."""
        body = {**({"text": text} if text else {}), **about}
        made = await self.ana.post("/v1/conversations", json=body)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def says(self, conversation: str, text: str, wait: float = 10) -> dict[str, Any]:
        """The customer writes."""
        return await self.post(self.ana, conversation, "messages", wait=wait, text=text)

    async def post(self, who: httpx2.AsyncClient, id: str, what: str, wait: float = 10, **body: Any) -> dict[str, Any]:
        answer = await who.post(f"/v1/conversations/{id}/{what}?wait={wait:g}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def get(self, path: str, who: str = "Ana") -> dict[str, Any]:
        answer = await self.clients[who].get(f"/v1/{path}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def queue(self, name: str, who: str = "Ana") -> list[str]:
        return [one["conversation"] for one in (await self.get(f"inbox?queue={name}", who))["items"]]

    async def item(self, conversation: str, who: str = "Ana", queue: str = "all") -> dict[str, Any]:
        items = (await self.get(f"inbox?queue={queue}", who))["items"]
        return next(one for one in items if one["conversation"] == conversation)

    async def entries(self, conversation: str) -> list[dict[str, Any]]:
        return list((await self.get(f"conversations/{conversation}/entries"))["items"])

    async def read(self, conversation: str) -> list[tuple[str, str]]:
        """What the customer has before them: who wrote it, and what."""
        who = {"said": "customer", "say": "agent", "ask": "agent"}
        shown = [
            one for one in await self.entries(conversation) if one["visible_to"] == "all" and "text" in one["body"]
        ]
        return [(who.get(one["kind"], one["body"].get("by", "")), one["body"]["text"]) for one in shown]
