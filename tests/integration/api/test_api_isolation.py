"""No workspace sees or touches what belongs to another: every operation is tried as the other's owner."""

from typing import Any

import httpx2

from tests.integration.api.desk import GREETING, TICKET, Desk, start, talk, waiting_approval

BODIES: dict[str, dict[str, Any]] = {
    "send_message": {"text": "Hi"},
    "reply": {"text": "Hi"},
    "send_click": {"question": "choice", "choice": "yes"},
    "start_procedure": {"procedure": "complaint"},
    "send_form": {"question": "form", "values": {}},
    "send_browser_result": {"question": "script", "ok": True},
    "identify": {"contact": {"id": "ada"}},
    "give_lead": {"email": "ada@example.com"},
    "change_contact": {"first_name": "Eve"},
    "test_audience": {"context": {"medium": "web"}},
    "use_action": {"action": "shop"},
    "give_feedback": {"reaction": "negative"},
    "switch_topic": {"topic": None},
    "assist": {"agent": "sales", "text": "Hi"},
    "import_mcp": {"connection": "shop"},
    "search_knowledge": {"text": "When do you open?", "topic": "hours"},
    "reject": {"reason": "No"},
    "tell_outcome": {"decision": "happened"},
    "save_procedure": {"document": TICKET, "based_on": 1},
    "simulate_procedure": {"inputs": {"complaint": "x"}},
}
OWN_THINGS = {
    # these make or replace something in the caller's own workspace
    "open_conversation", "create_procedure", "create_key", "put_connection", "put_action", "put_secret",
    "put_internal_hosts", "simulate_document", "put_agent", "put_model", "try_document", "put_webhook",
    "list_operations", "import_openapi", "create_contact", "import_contacts", "put_audience", "import_curl",
    "import_json", "put_source", "put_topic", "put_channel",
}  # fmt: skip
SHARED = {
    "get_health",
    "get_me",
    "get_schema",
    "get_action_schema",
    "list_action_templates",
    "use_action_template",
    "list_templates",
    "follow_workspace",
}
"""These show nothing that belongs to a workspace but the caller's own; the streams' tests follow two workspaces."""


async def filled(client: httpx2.AsyncClient) -> dict[str, str]:
    """Put one of everything into a workspace; gives what stands for each name in a path."""
    approval = await waiting_approval(client)
    ticketed = await waiting_approval(client, {**TICKET, "name": "Second"})
    await client.post(f"/v1/approvals/{ticketed['id']}/approve")
    lead = {
        "id": "lead", "kind": "internal", "action": "create_lead", "parameters": {"email": "ada@example.com"},
    }  # fmt: skip
    mail = {
        "id": "mail", "kind": "internal", "action": "send_email",
        "parameters": {"to": "ada@example.com", "subject": "Hello", "body": "Hello"},
    }  # fmt: skip
    document = {**GREETING, "name": "Third", "steps": [lead, mail]}
    await client.post("/v1/procedures", json={"document": document})
    assert (await client.post("/v1/procedures/third/publish")).status_code == 200
    await start(client, await talk(client), "third")
    await client.put("/v1/connections/shop", json={"base_url": "https://shop.example"})
    await client.put("/v1/actions/shop", json={
        "slug": "shop", "name": "Shop", "description": "Looks an order up.", "request": {"url": "https://shop.example"},
    })  # fmt: skip
    model = {"provider": "compatible", "model": "m", "base_url": "http://10.0.0.1/v1", "key": "value"}
    await client.put("/v1/models/large", json=model)
    await client.put("/v1/agents/sales", json={"name": "Sales", "actions": ["shop"]})
    opening = [{"question": "When do you open?", "answer": "At nine."}]
    await client.put("/v1/sources/opening", json={"name": "Opening hours", "kind": "faq", "questions": opening})
    await client.put("/v1/topics/hours", json={"name": "Hours", "sources": ["opening"]})
    hook = {"url": "https://hooks.example", "events": ["run.completed"]}
    await client.put("/v1/webhooks/crm", json=hook)
    delivery = (await client.post("/v1/webhooks/crm/test")).json()["delivery"]
    await client.put("/v1/channels/whatsapp", json={"name": "WhatsApp", "url": "https://bridge.example"})
    contact = (await client.post("/v1/contacts", json={"external_id": "ada", "email": "ada@example.com"})).json()["id"]
    everybody = {"variable": "medium", "operator": "exists"}
    await client.put("/v1/audiences/everybody", json={"name": "Everybody", "rule": everybody})
    await client.put("/v1/secrets/TOKEN", json={"value": "value"})
    await client.put("/v1/settings/internal-hosts", json={"hosts": ["10.0.0.1"]})
    key = (await client.post("/v1/keys", json={"name": "Eve", "role": "agent"})).json()["id"]
    return {
        "/conversations/": approval["conversation"], "/runs/": approval["run"], "/approvals/": approval["id"],
        "/keys/": key, "/procedures/": "complaint", "/connections/": "shop", "/actions/": "shop", "/secrets/": "TOKEN",
        "/contacts/": contact, "/audiences/": "everybody",
        "/agents/": "sales", "/sources/": "opening", "/topics/": "hours", "/models/": "large", "/webhooks/": "crm",
        "/channels/": "whatsapp", "/deliveries/": delivery,
        "/executions/": approval["run"],
    }  # fmt: skip


def address(path: str, things: dict[str, str]) -> str:
    """The path with the first workspace's identifiers filled in."""
    for part, thing in things.items():
        if part in path:
            for name in ("{id}", "{slug}", "{name}"):
                path = path.replace(name, thing)
    return path.replace("{number}", "1")


async def test_every_operation_as_another_workspaces_owner_finds_nothing(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, any_desk.client("stranger") as stranger:
        things = await filled(owner)
        chat = {"model": "default", "messages": [{"role": "user", "content": "Hi"}]}
        chat |= {"metadata": {"conversation_id": things["/conversations/"]}}
        bodies = {**BODIES, "create_chat_completion": chat}
        before = await everything(owner)
        tried = 0
        for path, methods in any_desk.app.openapi()["paths"].items():
            for method, operation in methods.items():
                name = operation["operationId"]
                if name in OWN_THINGS | SHARED:
                    continue
                tried += 1
                query = "?from=1&to=draft" if name == "compare_versions" else ""
                place = address(path, things).replace("{workspace}", any_desk.workspace) + query
                answer = await stranger.request(method.upper(), place, json=bodies.get(name))
                assert "{" not in str(answer.url)
                if name == "take_channel_event":  # no key opens it, and what is not signed learns nothing
                    assert answer.status_code == 401
                elif "{" in path or name in ("import_mcp", "search_knowledge", "create_chat_completion"):
                    assert answer.status_code == 404, (name, answer.text)
                else:
                    check_own_list(name, answer)
        assert tried > 40
        assert await everything(owner) == before


def check_own_list(name: str, answer: httpx2.Response) -> None:
    assert answer.status_code == 200, (name, answer.text)
    body = answer.json()
    if name in ("list_audit", "list_keys"):  # the stranger's own key, and that it was made
        assert len(body["items"]) == 1
        assert "stranger" in str(body)
    elif name == "list_agents":
        assert [one["slug"] for one in body["items"]] == ["default"]
    elif name == "get_internal_hosts":
        assert body == {"hosts": []}
    else:
        assert body["items"] == [], name


LISTS = (
    "contacts", "audiences",
    "conversations", "procedures", "runs", "approvals?status=all", "connections", "actions", "secrets", "keys",
    "tickets", "leads", "mailbox", "audit", "settings/internal-hosts", "agents", "executions", "webhooks",
    "deliveries", "channels", "sources", "topics", "models",
)  # fmt: skip


async def everything(client: httpx2.AsyncClient) -> list[Any]:
    """All that the lists of a workspace show; none of them is empty."""
    found = [(await client.get(f"/v1/{name}")).json() for name in LISTS]
    assert all(body.get("items") or body.get("hosts") for body in found)
    return found


async def test_the_same_slug_in_two_workspaces_is_two_procedures(desk: Desk, owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    async with desk.client("stranger") as stranger:
        made = await stranger.post("/v1/procedures", json={"document": {**GREETING, "description": "Mine"}})
        assert made.status_code == 201
    assert (await owner.get("/v1/procedures/greeting")).json()["document"].get("description") is None
