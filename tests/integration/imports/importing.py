"""What tests of imports do again and again over the API."""

import json
from typing import Any

import httpx2

PLAIN: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop"},
    "servers": [{"url": "https://api.shop.example"}],
    "paths": {"/orders": {"get": {"operationId": "listOrders", "tags": ["orders"]}}},
}


def secured(scheme: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The description with a security scheme for everything."""
    return {**PLAIN, "security": [{"own": []}], "components": {"securitySchemes": {"own": scheme}}, **more}


BEARER = {"type": "http", "scheme": "bearer"}


async def ask(client: httpx2.AsyncClient, kind: str, status: int = 200, **body: Any) -> dict[str, Any]:
    """The answer to an import."""
    answer = await client.post(f"/v1/import/{kind}", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def describe(client: httpx2.AsyncClient, data: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Import a description."""
    return await ask(client, "openapi", text=json.dumps(data), **body)


async def refusal(client: httpx2.AsyncClient, kind: str, **body: Any) -> str:
    """Why nothing was imported."""
    return str((await ask(client, kind, 422, **body))["detail"])


async def get(client: httpx2.AsyncClient, path: str) -> Any:
    answer = await client.get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def slugs(client: httpx2.AsyncClient, what: str) -> list[str]:
    """The slugs of all actions or connections."""
    return [one["slug"] for one in (await get(client, what))["items"]]


async def secrets(client: httpx2.AsyncClient) -> list[str]:
    return [one["name"] for one in (await get(client, "secrets"))["items"]]
