"""A preview: talking to a draft as a customer would, with nothing stored and nothing sent that changes anything."""

from copy import deepcopy
from typing import Any

import httpx2

from tests.integration.api.desk import Desk, problem
from tests.integration.api.shop import REFUND, shop


async def opened(client: httpx2.AsyncClient, **wanted: Any) -> dict[str, Any]:
    answer = await client.post("/v1/procedures/refund/preview", json=wanted)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def then(client: httpx2.AsyncClient, preview: dict[str, Any], kind: str, **event: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/previews/{preview['id']}/events", json={"kind": kind, **event})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def said(preview: dict[str, Any]) -> list[str]:
    return [one["body"]["text"] for one in preview["entries"] if one["kind"] in ("say", "ask", "said")]


async def decided(client: httpx2.AsyncClient, preview: dict[str, Any], decision: str) -> dict[str, Any]:
    (approval,) = preview["approvals"]
    return await then(client, preview, "decision", approval=approval["id"], decision=decision, reason="No")


async def test_a_draft_is_talked_to_from_the_request_to_its_end(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, shop(owner) as served:
        preview = await opened(owner)
        preview = await then(owner, preview, "message", text="I want a refund for order A1001")
        assert "understood" in [one["kind"] for one in preview["entries"]]
        assert preview["variables"]["order"]["total"] == 98.9
        assert preview["approvals"][0]["card"]["request"]["method"] == "POST"
        preview = await decided(owner, preview, "approve")
        assert said(preview)[-1] == "98.9 EUR are on the way."
        assert (preview["outcome"], served.asked) == ("completed", [])
        assert [(one["step"], one["how"], one["status"]) for one in preview["done"]] == [
            ("look_up", "mock", "succeeded"), ("refund", "mock", "succeeded"),
        ]  # fmt: skip
        assert [one["step"] for one in preview["paint"]["visits"]] == [
            "ask_order", "look_up", "refundable", "refund", "done",
        ]  # fmt: skip
        for path in ("conversations", "runs", "approvals?status=all", "executions", "tickets", "leads"):
            assert (await owner.get(f"/v1/{path}")).json()["items"] == []
        assert (await owner.get("/v1/procedures/refund")).json()["status"] == "draft"


async def test_reads_are_really_made_where_that_was_chosen_and_nothing_else(owner: httpx2.AsyncClient) -> None:
    async with shop(owner) as served:
        preview = await opened(owner, calls="read")
        preview = await then(owner, preview, "start", arguments={})
        preview = await then(owner, preview, "message", text="A1001")
        assert preview["variables"]["order"]["total"] == 42.5
        preview = await decided(owner, preview, "approve")
        assert served.asked == ["GET /orders/A1001"]
        assert [one["how"] for one in preview["done"]] == ["sent", "mock"]


async def test_a_call_waits_for_the_answer_that_is_chosen(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        preview = await opened(owner, calls="ask")
        preview = await then(owner, await then(owner, preview, "start"), "message", text="A1001")
        (call,) = preview["done"]
        assert (call["status"], call["sample"]["total"]) == ("waiting", 98.9)
        answer = {"run": call["run"], "seq": call["seq"], "response": {"failure": "timeout"}}
        preview = await then(owner, preview, "call", **answer)
        assert (preview["outcome"], preview["mode"]) == ("escalated", "member")
        assert preview["paint"]["visits"][1]["exit"] == "on_error"
        again = await owner.post(f"/v1/previews/{preview['id']}/events", json={"kind": "call", **answer})
        assert "not waiting" in problem(again, 409)["detail"]


async def test_mocks_are_chosen_by_step_and_changed_on_the_way(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        preview = await opened(owner, mocks={"look_up": {"body": {"refundable": False}}})
        preview = await then(owner, await then(owner, preview, "start"), "message", text="A1001")
        assert preview["outcome"] == "escalated"
        other = await opened(owner)
        changed = await owner.put(f"/v1/previews/{other['id']}", json={"mocks": {"refund": {"status": 500}}})
        assert changed.json()["mocks"] == {"refund": {"status": 500, "body": None, "failure": None}}
        other = await then(owner, await then(owner, other, "start"), "message", text="A1001")
        other = await decided(owner, other, "approve")
        assert [(one["about"], one["status"]) for one in other["approvals"]] == [("outcome", "pending")]
        other = await decided(owner, other, "happened")
        assert other["outcome"] == "completed"


async def test_a_rejection_hands_over_and_the_conversation_can_be_handed_back(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        preview = await opened(owner)
        preview = await then(owner, await then(owner, preview, "start"), "message", text="A1001")
        preview = await decided(owner, preview, "reject")
        assert (preview["outcome"], preview["mode"]) == ("escalated", "member")
        assert (await then(owner, preview, "hand_back"))["mode"] == "agent"


async def test_tickets_and_mails_are_only_made_up(owner: httpx2.AsyncClient) -> None:
    document = deepcopy(REFUND)
    ticket = {"id": "ticket", "kind": "internal", "action": "create_ticket",
              "parameters": {"subject": "S", "description": "D"}}  # fmt: skip
    mail = {"id": "mail", "kind": "internal", "action": "send_email",
            "parameters": {"to": "ada@example.com", "subject": "S", "body": "B"}}  # fmt: skip
    lead = {"id": "lead", "kind": "internal", "action": "create_lead", "approval": "require",
            "parameters": {"email": "ada@example.com"}}  # fmt: skip
    document["steps"] = [ticket, mail, lead, {"id": "tell", "kind": "message", "text": "Ticket {{ticketId}}"}]
    async with shop(owner):
        preview = await then(owner, await opened(owner, document=document), "start")
        preview = await decided(owner, preview, "approve")
    assert said(preview)[-1] == "Ticket 1"
    assert [(one["kind"], one["how"]) for one in preview["done"]] == [
        ("create_ticket", "pretended"), ("send_email", "pretended"), ("create_lead", "pretended"),
    ]  # fmt: skip
    for path in ("tickets", "mailbox", "leads"):
        assert (await owner.get(f"/v1/{path}")).json()["items"] == []


async def test_a_thumbs_down_brings_the_draft_that_comes_after_one(owner: httpx2.AsyncClient) -> None:
    document = {**REFUND, "trigger": {"on_negative_feedback": True}}
    async with shop(owner):
        preview = await then(owner, await opened(owner, document=document), "message", text="Is it raining?")
        answer = preview["entries"][-1]["seq"]
        preview = await then(owner, preview, "feedback", reaction="positive", about=answer)
        assert preview["offers"] == []
        preview = await then(owner, preview, "feedback", reaction="negative", about=answer, reason="No help at all")
        rated = [one["body"] for one in preview["entries"] if one["kind"] == "feedback"]
        assert rated[-1] == {"reaction": "negative", "about": answer, "reason": "No help at all"}
        (offer,) = preview["offers"]
        assert (offer["procedure"], offer["why"]) == ("refund", "feedback")
        preview = await then(owner, preview, "click", question=offer["offer"], choice="accept")
        assert (said(preview)[-1], preview["offers"]) == ("Which order?", [])
        itself = {**document, "trigger": {"on_negative_feedback": True, "start": "agent"}}
        preview = await then(owner, await opened(owner, document=itself), "feedback", reaction="negative")
        assert said(preview) == ["Which order?"]


async def test_the_menu_has_the_draft_that_is_always_there(owner: httpx2.AsyncClient) -> None:
    document = {**REFUND, "trigger": {"always": True}}
    async with shop(owner):
        assert (await opened(owner))["menu"] == []
        preview = await opened(owner, document=document)
        assert preview["menu"] == [{"procedure": "refund", "name": "Refund"}]
        preview = await then(owner, preview, "click", question="menu", choice="refund")
        assert said(preview) == ["Which order?"]


async def test_a_preview_is_for_the_customer_and_the_agent_that_were_chosen(owner: httpx2.AsyncClient) -> None:
    vip = {"name": "VIP", "rule": {"variable": "contact.attributes.plan", "operator": "equals", "value": "gold"}}
    assert (await owner.put("/v1/audiences/vip", json=vip)).status_code == 200
    assert (await owner.put("/v1/agents/sales", json={"name": "Sam", "procedures": []})).status_code == 200
    text = {"en": "{{contact.first_name}}, this is {{agent_name}}.", "de": "Hier ist {{agent_name}}."}
    hello = {"id": "hello", "kind": "message", "text": text}
    document = {**REFUND, "trigger": {"always": True, "audience": "vip"}, "steps": [hello]}
    ada = {"first_name": "Ada", "email": "ada@example.com", "attributes": {"plan": "gold"}}
    async with shop(owner):
        nobody = await opened(owner, document=document)
        assert nobody["menu"] == []
        assert nobody["not_for"] == (
            "“Refund” is not for this customer: they are not in the audience “VIP”. "
            "`contact.attributes.plan` is not known, but must be `gold`."
        )
        path = f"/v1/previews/{nobody['id']}"
        german = await owner.get(path, headers={"accept-language": "de"})
        assert german.json()["not_for"].startswith("„Refund“ ist nicht für diesen Kunden: der Kunde gehört nicht")
        refused = await owner.post(f"{path}/events", json={"kind": "click", "question": "menu", "choice": "refund"})
        assert "not in the menu" in problem(refused, 409)["detail"]
        preview = await opened(owner, document=document, contact=ada, agent="sales")
        assert (preview["not_for"], preview["agent"]) == (None, "sales")
        preview = await then(owner, preview, "click", question="menu", choice="refund")
        assert said(preview) == ["Ada, this is Sam."]
        preview = await opened(owner, document=document, contact=ada, agent="sales", language="de")
        assert said(await then(owner, preview, "start")) == ["Hier ist Sam."]


async def test_a_draft_with_errors_is_not_previewed(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        broken = {**REFUND, "steps": [{"id": "a", "kind": "message", "text": "{{nobody}}"}]}
        answer = await owner.post("/v1/procedures/refund/preview", json={"document": broken})
        assert problem(answer, 422)["problems"][0]["step"] == "a"
        unknown = await owner.post("/v1/procedures/refund/preview", json={"agent": "nobody"})
        assert "nobody" in problem(unknown, 409)["detail"]


async def test_a_preview_ends_when_it_is_closed(owner: httpx2.AsyncClient, desk: Desk) -> None:
    async with shop(owner):
        preview = await opened(owner)
    path = f"/v1/previews/{preview['id']}"
    async with desk.client("stranger") as stranger:
        problem(await stranger.get(path), 404)
        problem(await stranger.delete(path), 404)
    assert (await owner.get(path)).status_code == 200
    assert (await owner.delete(path)).status_code == 204
    problem(await owner.get(path), 404)
    problem(await owner.post(f"{path}/events", json={"kind": "start"}), 404)
