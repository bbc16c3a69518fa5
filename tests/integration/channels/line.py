"""A platform that customers write over, on loopback, and what it signs."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2
from aiohttp import web

from deskhand.domain.webhook import signature
from deskhand.ports.stores import DeliveryRow
from deskhand.worker.deliveries import Deliveries
from tests.clock import ScriptedClock
from tests.integration.api.desk import Desk

GREETING: dict[str, Any] = {
    "name": "Greeting",
    "trigger": {"description": "The customer says hello and wants to be greeted by name."},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "first_name", "prompt": "What is your name?"},
        {"id": "greet", "kind": "message", "text": "Hello {{first_name}}!"},
        {"id": "more", "kind": "message", "text": "Good to have you here."},
    ],
}
CHOOSING: dict[str, Any] = {
    "name": "Colours",
    "trigger": {"description": "The customer wants to choose a colour for the parcel."},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "colour", "prompt": "Which colour?", "choices": ["Red", "Blue"]},
        {"id": "say", "kind": "message", "text": "It will be {{colour}}."},
    ],
}
FORM: dict[str, Any] = {
    "name": "Address",
    "trigger": {"description": "The customer wants to change the delivery address."},
    "steps": [
        {
            "id": "form", "kind": "form", "text": "Where to?",
            "fields": [
                {"name": "street", "label": "Street"},
                {"name": "email", "label": "E-mail", "type": "email"},
            ],
        },
        {"id": "say", "kind": "message", "text": "To {{street}}, {{email}}."},
    ],
}  # fmt: skip
BUTTON: dict[str, Any] = {
    "name": "Parcel",
    "trigger": {"description": "The customer wants to see where the parcel is."},
    "steps": [
        {"id": "go", "kind": "button", "button": "Show me", "url": "https://shop.example/parcel", "text": "Ready?"},
        {"id": "say", "kind": "message", "text": "Here it is."},
    ],
}


@dataclass
class Platform:
    """Takes messages for customers, and answers what it is told to."""

    statuses: list[int] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append({"raw": await request.text(), "headers": headers})
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The data of what was posted, in the order in which it came."""
        return [json.loads(one["raw"])["data"] for one in self.seen]

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.messages]


@dataclass
class Line:
    """A channel between a platform and a desk; what goes out is sent when a test says so."""

    desk: Desk
    clock: ScriptedClock
    platform: Platform
    secret: str = ""
    count: int = 0

    @property
    def services(self) -> Any:
        return self.desk.running.services

    async def attach(self, slug: str = "whatsapp", **fields: Any) -> dict[str, Any]:
        """Make the channel, or change it; keeps its secret."""
        wanted = {"name": "WhatsApp", "url": f"http://{self.platform.host}/deskhand", **fields}
        async with self.desk.client() as owner:
            answer = await owner.put(f"/v1/channels/{slug}", json=wanted)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        self.secret = made["signing_secret"] or self.secret
        return made["channel"]

    async def publish(self, document: dict[str, Any]) -> str:
        slug = (await self.services.authoring.create(self.desk.workspace, document, "test")).slug
        await self.services.authoring.publish(self.desk.workspace, slug, "test")
        return str(slug)

    async def post(self, body: dict[str, Any] | str, slug: str = "whatsapp", **changed: str) -> httpx2.Response:
        """Post a signed event; `changed` are headers, and `secret` and `workspace`."""
        text = body if isinstance(body, str) else json.dumps(body)
        seconds = int(changed.pop("at", "0")) or self.clock.now() // 1000
        secret, workspace = changed.pop("secret", self.secret), changed.pop("workspace", self.desk.workspace)
        headers = {
            "content-type": "application/json",
            "webhook-id": "msg-1",
            "webhook-timestamp": str(seconds),
            "webhook-signature": signature(secret, "msg-1", seconds, text),
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        async with self.desk.client(None) as client:
            return await client.post(f"/v1/channels/{workspace}/{slug}/events", content=text.encode(), headers=headers)

    async def bring(self, external: str = "+49301", **event: Any) -> dict[str, Any]:
        """Bring an event that must be taken."""
        self.count += 1
        body = {"event_id": f"event-{self.count}", "conversation": external, **event}
        answer = await self.post(body)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def say(self, text: str, external: str = "+49301") -> str:
        """Bring a message; gives the conversation."""
        return str((await self.bring(external, message={"text": text}))["conversation"])

    async def start(self, conversation: str, procedure: str) -> None:
        async with self.desk.client() as owner:
            answer = await owner.post(f"/v1/conversations/{conversation}/start", json={"procedure": procedure})
        assert answer.status_code == 200, answer.text

    async def send(self) -> int:
        """Send everything that is due."""
        return await Deliveries(self.services, self.desk.running.http).send_due()

    async def waiting(self) -> list[DeliveryRow]:
        """What is not delivered yet, the oldest first."""
        page = await self.services.stores.deliveries.page(self.desk.workspace, status="pending", limit=200)
        return list(reversed(page.items))
