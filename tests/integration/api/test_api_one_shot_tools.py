"""What builders have drives the new steps as a live conversation does: simulation, try-out, preview, traces."""

from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import publish, start, talk

Client = httpx2.AsyncClient
SEATS = {"kind": "element", "name": "seat-map", "properties": {"hall": "A"}}
ADDRESS = {"kind": "flow", "pages": [{"title": "You", "fields": [{"name": "email", "type": "email"}]}]}
DOCUMENT: dict[str, Any] = {
    "name": "Tour",
    "trigger": {"description": "When the customer wants to book the tour"},
    "steps": [
        {"id": "seat", "kind": "component", "component": SEATS, "response_variable": "seat"},
        {"id": "you", "kind": "component", "component": ADDRESS},
        {"id": "page", "kind": "redirect", "url": "https://a.test/tour", "button": "See it"},
        {"id": "more", "kind": "suggest", "suggestions": ["How long does it take?"]},
        {"id": "topic", "kind": "switch_topic", "text": 'Ask me anything, {{email}}, row {{seat.row | default("?")}}.'},
        {"id": "chat", "kind": "live_chat", "on_unavailable": "bye"},
        {"id": "bye", "kind": "message", "text": "Bye."},
    ],
}
STEPS = ["seat", "you", "page", "more", "topic", "chat", "bye"]


@pytest.fixture
async def client(owner: Client) -> Client:
    answer = await owner.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": {}})
    assert answer.status_code == 200
    return owner


def asked(entries: list[dict[str, Any]]) -> str:
    """The question of what was shown last."""
    return str(next(one["body"]["question"] for one in reversed(entries) if "question" in one["body"]))


async def played(client: Client) -> str:
    """A run that went through all steps; nobody was there for live chat."""
    await publish(client, DOCUMENT)
    conversation = await talk(client)
    got = await start(client, conversation, "tour")
    for what, body in (
        ("components", {"value": {"row": 7}}),
        ("components", {"value": {"email": "nobody"}}),
        ("components", {"value": {"email": "ann@example.com"}}),
        ("clicks", {"choice": "See it"}),
    ):
        wanted = {"question": asked(got["entries"]), **body}
        answer = await client.post(f"/v1/conversations/{conversation}/{what}", json=wanted)
        assert answer.status_code == 200, answer.text
        got = answer.json()
    return conversation


async def run_of(client: Client, conversation: str) -> dict[str, Any]:
    (run,) = (await client.get("/v1/runs", params={"conversation": conversation})).json()["items"]
    assert run["status"] == "completed"
    found: dict[str, Any] = run
    return found


async def test_a_runs_way_is_painted(client: Client) -> None:
    run = await run_of(client, await played(client))
    paint = (await client.get(f"/v1/runs/{run['id']}/trace")).json()["paint"]
    assert [(one["step"], one["exit"], one["waited_for"]) for one in paint["visits"]] == [
        ("seat", "next", ["component"]), ("you", "next", ["component"]), ("page", "next", ["click"]),
        ("more", "next", []), ("topic", "next", []), ("chat", "on_unavailable", []), ("bye", "next", []),
    ]  # fmt: skip
    assert paint["visits"][0]["after"] == {"seat": {"row": 7}}
    said = [line["text"] for visit in paint["visits"] for line in visit["said"]]
    assert "You can also ask:" in said
    assert paint["never"] == []


async def test_a_run_becomes_a_script_that_goes_the_same_way(client: Client) -> None:
    run = await run_of(client, await played(client))
    found = (await client.get(f"/v1/runs/{run['id']}/script")).json()
    assert (found["same"], found["notes"]) == (True, [])
    assert found["script"]["inputs"] == {"email": ["nobody", "ann@example.com"]}
    assert found["script"]["responses"]["seat"]["body"] == {"row": 7}
    assert found["script"]["clicks"] == {"page": True}
    assert found["script"]["live_chat"] is False


async def test_the_timeline_shows_what_the_customer_got_and_gave(client: Client) -> None:
    conversation = await played(client)
    items = (await client.get(f"/v1/conversations/{conversation}/timeline")).json()["items"]
    groups = {one["kind"]: one["group"] for one in items}
    new = ("suggest", "show_component", "component_returned", "component_done", "topic_switched")
    assert [groups[kind] for kind in new] == ["messages"] * 4 + ["engine"]


async def test_a_simulation_answers_them_as_the_script_says(client: Client) -> None:
    script = {"inputs": {"email": "ann@example.com"}, "responses": {"seat": {"body": {"row": 2}}}}
    there = (await client.post("/v1/simulate", json={"document": DOCUMENT, "script": script})).json()
    assert (there["outcome"], there["steps"]) == ("escalated", STEPS[:-1])
    assert there["handed_over"] == "The customer wants to talk to a person."
    assert [line["text"] for line in there["transcript"]][:-1] == [
        "[element: seat-map]",
        "[pages: You]",
        "[button: See it]",
        "You can also ask: [suggestions: How long does it take?]",
        "Ask me anything, ann@example.com, row 2.",
    ]
    nobody = {**script, "live_chat": False}
    away = (await client.post("/v1/simulate", json={"document": DOCUMENT, "script": nobody})).json()
    assert (away["outcome"], away["steps"], away["unused"]) == ("completed", STEPS, [])


async def test_a_simulated_customer_may_lack_a_value_or_leave(client: Client) -> None:
    missing = (await client.post("/v1/simulate", json={"document": DOCUMENT, "script": {}})).json()
    assert (missing["outcome"], missing["missing"]) == ("waiting", "email")
    leaves = {"clicks": {"seat": False}}
    left = (await client.post("/v1/simulate", json={"document": DOCUMENT, "script": leaves})).json()
    assert (left["outcome"], left["steps"]) == ("cancelled", ["seat"])


async def test_a_test_of_a_procedure_tells_somebody_is_there_or_not(client: Client) -> None:
    await publish(client, DOCUMENT)
    script = {"inputs": {"email": "ann@example.com"}, "responses": {"seat": {"body": {"row": 2}}}, "live_chat": False}
    expected = {"outcome": "completed", "steps": STEPS, "said": ["row 2", "Bye."]}
    await client.post("/v1/procedures/tour/tests", json={"name": "Away", "script": script, "expected": expected})
    ran = (await client.post("/v1/procedures/tour/tests/run")).json()
    assert [(one["name"], one["passed"], one["differences"]) for one in ran["items"]] == [("Away", True, [])]


async def test_every_path_is_found(client: Client) -> None:
    found = (await client.post("/v1/paths", json={"document": DOCUMENT})).json()
    assert (found["covered"], found["branches"]) == (7, 7)


async def tried(client: Client, step: str, **sample: Any) -> dict[str, Any]:
    body = {"document": DOCUMENT, "step": step, "sample": sample}
    answer = await client.post("/v1/try-step", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_one_step_is_tried_by_itself(client: Client) -> None:
    seat = await tried(client, "seat", reply={"row": 3})
    assert seat["shown"]["name"] == "seat-map"
    assert (seat["after"], seat["next"], seat["exit"]) == ({"seat": {"row": 3}}, "you", "next")
    waits = await tried(client, "seat", click=False)
    assert (waits["waits_for"], waits["next"]) == ("component", None)
    wrong = await tried(client, "you", reply={"email": "nobody"})
    assert (wrong["waits_for"], wrong["next"]) == ("component", None)
    page = await tried(client, "page")
    assert (page["shown"]["url"], page["next"]) == ("https://a.test/tour", "more")
    more = await tried(client, "more")
    assert (more["said"], more["next"]) == (["You can also ask: [suggestions: How long does it take?]"], "topic")
    there = await tried(client, "chat")
    assert (there["ends"], there["handed_over"]) == ("escalated", "The customer wants to talk to a person.")
    away = await tried(client, "chat", live_chat=False)
    assert (away["next"], away["exit"]) == ("bye", "on_unavailable")


async def test_a_draft_is_previewed_with_them(client: Client) -> None:
    await client.post("/v1/procedures", json={"document": DOCUMENT})
    preview = (await client.post("/v1/procedures/tour/preview")).json()

    async def then(kind: str, **event: Any) -> dict[str, Any]:
        answer = await client.post(f"/v1/previews/{preview['id']}/events", json={"kind": kind, **event})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    shown = await then("start")
    shown = await then("component", question=shown["question"], value={"row": 1})
    shown = await then("component", question=shown["question"], value={"email": "ann@example.com"})
    shown = await then("click", question=shown["question"], choice="See it")
    assert shown["outcome"] == "completed"
    said = [one["body"]["text"] for one in shown["entries"] if one["kind"] == "say"]
    assert said == [
        "Ask me anything, ann@example.com, row 1.", "I'm sorry, nobody is there to chat right now.", "Bye.",
    ]  # fmt: skip
