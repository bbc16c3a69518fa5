"""A shop's API that counts what it is asked, and a procedure that refunds orders there."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

REFUND: dict[str, Any] = {
    "name": "Refund",
    "slug": "refund",
    "trigger": {
        "description": "When a customer asks for a refund or mentions returning a product",
        "phrases": ["I want a refund", "can I get my money back"],
    },
    "steps": [
        {"id": "ask_order", "kind": "collect", "variable": "order_id", "prompt": "Which order?", "example": "A1001"},
        {
            "id": "look_up", "kind": "call", "connection": "shop", "url": "/orders/{{order_id}}",
            "response_variable": "order", "on_error": "sorry",
            "sample_response": {"total": 98.9, "currency": "EUR", "refundable": True},
        },
        {
            "id": "refundable", "kind": "condition", "variable": "order.refundable", "operator": "equals",
            "value": True, "then": "refund", "else": "sorry",
        },
        {
            "id": "refund", "kind": "call", "method": "POST", "connection": "shop",
            "url": "/orders/{{order_id}}/refunds", "body": '{"total": {{order.total}}}',
            "description": "Refund {{order.total}} {{order.currency}}", "irreversible": True, "on_error": "sorry",
        },
        {"id": "done", "kind": "message", "text": "{{order.total}} {{order.currency}} are on the way.", "next": "end"},
        {"id": "sorry", "kind": "escalate", "reason": "A colleague will look into it."},
    ],
}  # fmt: skip
ANSWERS = {"A1001": {"total": 42.5, "currency": "EUR", "refundable": True}}


class Shop:
    """Answers orders, and notes each request."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, path, _ = head.split(" ", 2)
        self.asked.append(f"{method} {path}")
        found = ANSWERS.get(path.split("/")[2])
        body = json.dumps(found or {"error": "There is no such order"}).encode()
        status = "200 OK" if found else "404 Not Found"
        kind = "content-type: application/json\r\nconnection: close"
        writer.write(f"HTTP/1.1 {status}\r\n{kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def shop(client: httpx2.AsyncClient) -> AsyncIterator[Shop]:
    """The shop with a connection to it, and the refund as a draft."""
    served = Shop()
    server = await asyncio.start_server(served.handle, "127.0.0.1", 0)
    async with server:
        host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await client.put("/v1/connections/shop", json={"base_url": f"http://{host}"})
        await client.put("/v1/settings/internal-hosts", json={"hosts": [host]})
        made = await client.post("/v1/procedures", json={"document": REFUND})
        assert made.status_code == 201, made.text
        yield served
