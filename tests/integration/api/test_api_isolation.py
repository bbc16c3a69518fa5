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
    "change_ticket": {"status": "solved"},
    "test_audience": {"context": {"medium": "web"}},
    "use_action": {"action": "shop"},
    "add_note": {"text": "Hi"},
    "assign": {"member": "Eve"},
    "change_tags": {"add": ["mine"]},
    "say_presence": {"state": "looking"},
    "say_typing": {"typing": True},
    "mark_read": {"seq": 1},
    "give_feedback": {"reaction": "negative"},
    "switch_topic": {"topic": None},
    "send_component": {"question": "ask_0"},
    "assist": {"agent": "sales", "text": "Hi"},
    "import_mcp": {"connection": "shop"},
    "search_knowledge": {"text": "When do you open?", "topic": "hours"},
    "reject": {"reason": "No"},
    "change_role": {"role": "admin"},
    "tell_outcome": {"decision": "happened"},
    "save_procedure": {"document": TICKET, "based_on": 1},
    "simulate_procedure": {"inputs": {"complaint": "x"}},
    "save_layout": {"positions": {"what": {"x": 1, "y": 1}}},
    "put_pin": {"values": {}},
    "add_test": {"name": "Mine"},
    "save_test": {"name": "Mine"},
    "change_preview": {"calls": "ask"},
    "send_preview_event": {"kind": "start"},
}
OWN_THINGS = {
    # these make or replace something in the caller's own workspace
    "open_conversation", "create_procedure", "create_key", "put_connection", "put_action", "put_secret",
    "invite", "change_settings", "put_internal_hosts", "simulate_document",
    "check_document", "get_scope", "try_step", "find_paths", "put_agent", "put_model", "try_document", "put_webhook",
    "list_operations", "import_openapi", "create_contact", "import_contacts", "put_audience", "import_curl",
    "import_json", "try_transform", "put_approvals_settings", "change_widget_settings", "put_source", "put_topic",
    "replace_identity_secret",
    "put_channel",
}  # fmt: skip
OF_PERSONS = {
    # of whoever is signed in; keys are refused, see the members' tests
    "change_me", "switch_workspace", "list_sessions", "end_other_sessions", "end_session",
    # these take neither a key nor a cookie
    "get_ways_in", "sign_in", "sign_in_to_demo", "sign_up", "sign_out", "get_offer", "accept_invitation",
    "ask_for_reset", "get_reset", "reset_password",
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
    link = (await client.post("/v1/invitations", json={"email": "eve@example.com"})).json()["link"]
    eve = {"name": "Eve", "password": "a long sentence"}
    await client.post("/v1/join/" + link.rpartition("=")[2], json=eve, headers={"x-deskhand": "dashboard"})
    member = (await client.get("/v1/members")).json()["items"][0]["id"]
    client.cookies.clear()
    invitation = (await client.post("/v1/invitations", json={"email": "max@example.com"})).json()["id"]
    tested = (await client.post("/v1/procedures/complaint/tests", json={"name": "A"})).json()["id"]
    preview = (await client.post("/v1/procedures/complaint/preview")).json()["id"]
    await client.put("/v1/procedures/complaint/pins/what", json={"values": {}})
    kept_lead = (await client.get("/v1/leads")).json()["items"][0]["id"]
    return {
        "/tests/": tested, "/previews/": preview, "/pins/": "complaint",
        "/conversations/": approval["conversation"], "/runs/": approval["run"], "/approvals/": approval["id"],
        "/keys/": key, "/members/": member, "/invitations/": invitation,
        "/procedures/": "complaint", "/steps/": "complaint", "/connections/": "shop", "/actions/": "shop",
        "/secrets/": "TOKEN",
        "/contacts/": contact, "/audiences/": "everybody",
        "/agents/": "sales", "/sources/": "opening", "/topics/": "hours", "/models/": "large", "/webhooks/": "crm",
        "/channels/": "whatsapp", "/deliveries/": delivery,
        "/executions/": approval["run"], "/leads/": kept_lead,
    }  # fmt: skip


def address(path: str, things: dict[str, str]) -> str:
    """The path with the first workspace's identifiers filled in."""
    for part, thing in things.items():
        for name in ("{id}", "{slug}", "{name}", "{step}"):
            path = path.replace(part + name, part + thing)
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
                if name in OWN_THINGS | SHARED | OF_PERSONS or path.startswith("/v1/widget/"):  # see the widget's own
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
    if name.startswith(("report_", "export_")):  # figures and tables, which have no items
        assert "complaint" not in answer.text
        assert "empty" not in answer.text
        return
    body = answer.json()
    if name in ("list_audit", "list_keys"):  # the stranger's own key, and that it was made
        assert len(body["items"]) == 1
        assert "stranger" in str(body)
    elif name == "list_agents":
        assert [one["slug"] for one in body["items"]] == ["default"]
    elif name == "get_settings":
        assert body["name"] == "Other"
    elif name == "count_approvals":
        assert body == {"pending": 0, "outcomes": 0, "others": 0}
    elif name == "count_conversations":
        assert body == {"count": 0, "capped": False}
    elif name == "get_approval_settings":
        assert body == {"four_eyes": False}
    elif name == "get_widget_settings":
        assert body["identity_secret_set_at"] is None
        assert (body["scripts"], body["attachments"]) == (True, False)
    elif name == "get_internal_hosts":
        assert body == {"hosts": []}
    else:
        assert body["items"] == [], name


LISTS = (
    "contacts", "audiences",
    "conversations", "procedures", "runs", "approvals?status=all", "connections", "actions", "secrets", "keys",
    "tickets", "leads", "mailbox", "audit", "settings/internal-hosts", "agents", "executions", "webhooks",
    "members", "invitations", "deliveries", "channels", "sources", "topics", "models",
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
