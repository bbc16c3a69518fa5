"""Actions as files: what is exported is stored again as the same action, for every kind."""

import json
from typing import Any

import httpx2
import pytest

from deskhand.domain.documents import parse_yaml
from tests.integration.api.desk import Desk
from tests.integration.imports.importing import ask, get

WORDS = "Line one: “x”\n\n  - not a list\n# no comment\t\"quoted\" 'single' {{order_id}} ünïcödé 🙂"
COMMON: dict[str, Any] = {
    "name": "yes: no",
    "description": "Does everything that an action can do.",
    "when_not_to_use": WORDS,
    "skip_when": [{"variable": "contact.email", "operator": "not_exists"}],
    "variables": [
        {"name": "order_id", "description": "null", "example": "007", "max_length": 12},
        {"name": "count", "type": "integer", "required": False, "default": 3},
        {"name": "pin", "sensitive": True, "required": False, "prompt": {"en": "PIN?", "de": "PIN: ja?"}},
        {
            "name": "box",
            "type": "json",
            "required": False,
            "schema": {"type": "object", "properties": {"on": {"type": "boolean"}}},
        },
    ],
    "approval": "notify",
    "confirm": {"en": "Really?", "de": "Wirklich?"},
    "preconditions": [
        {"kind": "succeeded", "actions": ["verify"], "start": True, "otherwise": "hand_over", "message": "First: who?"},
        {"kind": "at_most", "times": 2, "per": "{{order_id}}"},
    ],
    "messages": {
        "success": "Done: {{response.id}}",
        "404": "Unknown.",
        "4xx": "No.",
        "timeout": "Late.",
        "error": "Sorry.",
    },
    "hand_over_on_error": True,
    "then": {"success": "after-it"},
    "transform": "function transform(r) {\n  return { a: 1 };  // yes\n}\n",
}
SPECIFIC: dict[str, dict[str, Any]] = {
    "http": {
        "irreversible": True,
        "success": [{"variable": "response.ok", "operator": "equals", "value": True}],
        "identity": "customer.id",
        "request": {
            "method": "POST",
            "url": "https://api.example.com/orders/{{order_id}}",
            "auth": {
                "kind": "oauth2_refresh_token",
                "token_url": "https://login.example.com/t",
                "client_id": "id",
                "secret": "A",
                "refresh_secret": "B",
            },
            "headers": {"X-Number": "1", "on": "off"},
            "query": {"n": "{{count}}", "null": "~"},
            "body": '{"id": "{{order_id}}", "n": {{count}}, "key": "{{secrets.A}}"}',
            "idempotent": False,
            "timeout": 12.5,
            "definite_statuses": [503],
        },
        "read_back": {
            "action": "find-order",
            "happened": [{"variable": "response.state", "operator": "equals", "value": "done"}],
        },
    },
    "mcp": {
        "call": {
            "connection": "crm",
            "tool": "find",
            "fingerprint": "abc",
            "arguments": '{"id": "{{order_id}}"}',
            "timeout": 5,
        }
    },
    "form": {
        "form": {
            "text": {"en": "Tell: us"},
            "submit": "Go",
            "fields": [{"name": "why", "label": "Why?", "choices": ["yes", "no"]}],
        }
    },
    "button": {
        "button": {"label": "Open", "text": "Here:", "url": "https://example.com/{{order_id}}", "new_tab": False}
    },
    "javascript": {
        "script": {
            "label": "Run",
            "source": "return {a: inputs.x}\n// yes",
            "inputs": '{"x": "{{order_id}}"}',
            "timeout": 7,
        }
    },
}


async def put(client: httpx2.AsyncClient, slug: str, document: dict[str, Any]) -> dict[str, Any]:
    answer = await client.put(f"/v1/actions/{slug}", json=document)
    assert answer.status_code == 200, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def document_of(kind: str) -> dict[str, Any]:
    left_out = set() if kind in ("http", "mcp") else {"transform"}
    common = {name: value for name, value in COMMON.items() if name not in left_out}
    return {"kind": kind, "slug": f"my-{kind}", **common, **SPECIFIC[kind]}


@pytest.mark.parametrize("kind", SPECIFIC)
async def test_yaml_goes_both_ways(desk: Desk, admin: httpx2.AsyncClient, kind: str) -> None:
    slug = f"my-{kind}"
    await put(admin, slug, document_of(kind))
    configuration = desk.running.services.configuration
    before = await configuration.action(desk.workspace, slug)

    text = (await get(admin, f"actions/{slug}/export"))["text"]
    await admin.delete(f"/v1/actions/{slug}")
    await put(admin, slug, parse_yaml(text, "file"))

    assert await configuration.action(desk.workspace, slug) == before
    assert (await get(admin, f"actions/{slug}/export"))["text"] == text


@pytest.mark.parametrize("kind", ["http", "form", "button"])
async def test_the_json_of_other_products_keeps_what_it_has_fields_for(admin: httpx2.AsyncClient, kind: str) -> None:
    slug = f"my-{kind}"
    await put(admin, slug, document_of(kind))
    text = (await get(admin, f"actions/{slug}/export?form=json"))["text"]
    imported = await ask(admin, "json", text=text, replace=True)

    assert imported["refused"] == []
    (action,) = imported["actions"]
    again = (await get(admin, f"actions/{action['slug']}/export?form=json"))["text"]
    left_out = ("auth",)  # ours has more ways of authenticating than it has fields
    assert {key: one for key, one in json.loads(again).items() if key not in left_out} == json.loads(text)


@pytest.mark.parametrize("kind", ["mcp", "javascript"])
async def test_what_other_products_do_not_know_is_told(admin: httpx2.AsyncClient, kind: str) -> None:
    await put(admin, f"my-{kind}", document_of(kind))
    answer = await admin.get(f"/v1/actions/my-{kind}/export?form=json")

    assert answer.status_code == 422
    assert f"no actions of the kind `{kind}`: export YAML" in answer.json()["detail"]
