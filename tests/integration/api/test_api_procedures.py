import httpx2
import pytest

from deskhand.domain.documents import json_schema
from deskhand.templates import template_names
from tests.integration.api.desk import GREETING, TICKET, Desk, problem, publish, start, talk

YAML = """
name: Opening hours
trigger:
  description: The customer asks when the shop is open.
steps:
  - id: tell
    kind: message
    text: We are open from 9 to 18.
"""


async def test_a_draft_is_written_checked_published_and_edited(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        made = (await client.post("/v1/procedures", json={"yaml": YAML})).json()
        assert (made["slug"], made["status"], made["revision"], made["active_version"]) == (
            "opening-hours", "draft", 1, None,
        )  # fmt: skip
        assert made["trigger"] == "The customer asks when the shop is open."
        checked = (await client.post("/v1/procedures/opening-hours/check")).json()
        assert {problem["severity"] for problem in checked["problems"]} == {"warning"}

        published = (await client.post("/v1/procedures/opening-hours/publish")).json()
        assert published["version"] == 1
        assert [found["code"] for found in published["problems"]] == ["never-simulated"]

        edit = {"yaml": YAML.replace("18", "20"), "based_on": 1}
        saved = (await client.put("/v1/procedures/opening-hours", json=edit)).json()
        assert (saved["revision"], saved["active_version"]) == (2, 1)
        drafted = (await client.get("/v1/procedures/opening-hours/changes?from=1&to=draft")).json()
        assert "-    text: We are open from 9 to 18." in drafted["diff"].splitlines()
        assert (drafted["from"], drafted["to"]) == ("1", "draft")

        await client.post("/v1/procedures/opening-hours/publish", json={"based_on": 2})
        versions = (await client.get("/v1/procedures/opening-hours/versions")).json()["items"]
        assert [version["version"] for version in versions] == [2, 1]
        assert versions[0]["published_by"] == "the owner"
        first = (await client.get("/v1/procedures/opening-hours/versions/1")).json()
        assert "9 to 18" in first["yaml"]
        assert first["document"]["steps"][0]["text"] == "We are open from 9 to 18."


async def test_an_edit_that_somebody_overtook_is_refused(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    edit = {"document": GREETING, "based_on": 1}
    assert (await owner.put("/v1/procedures/greeting", json=edit)).status_code == 200
    problem(await owner.put("/v1/procedures/greeting", json=edit), 409)
    problem(await owner.post("/v1/procedures/greeting/publish", json={"based_on": 1}), 409)


async def test_a_slug_is_taken_once(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    problem(await owner.post("/v1/procedures", json={"document": GREETING}), 409)


async def test_a_draft_may_be_incomplete_but_is_not_published(owner: httpx2.AsyncClient) -> None:
    draft = {"name": "Half", "trigger": {"description": 7}, "steps": [{"id": "a", "kind": "nonsense"}]}
    made = await owner.post("/v1/procedures", json={"document": draft})
    assert made.status_code == 201
    assert made.json()["yaml"] is None
    assert made.json()["trigger"] == ""
    refused = problem(await owner.post("/v1/procedures/half/publish"), 422)
    assert "a" in {found["step"] for found in refused["problems"]}
    assert (await owner.get("/v1/procedures/half")).json()["status"] == "draft"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"document": GREETING, "yaml": YAML},
        {"document": {"steps": []}},
        {"document": []},
        {"yaml": "name: [unclosed"},
        {"yaml": "- a list"},
        {"document": GREETING, "more": 1},
    ],
)
async def test_a_document_that_cannot_be_read_is_refused(owner: httpx2.AsyncClient, body: dict[str, object]) -> None:
    problem(await owner.post("/v1/procedures", json=body), 422)
    assert (await owner.get("/v1/procedures")).json()["items"] == []


async def test_simulating_the_stored_draft_takes_its_warning_away(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    waiting = (await owner.post("/v1/procedures/greeting/simulate", json={})).json()
    assert (waiting["outcome"], waiting["missing"]) == ("waiting", "first_name")
    assert "never-simulated" in await codes(owner)

    report = (await owner.post("/v1/procedures/greeting/simulate", json={"inputs": {"first_name": "Ada"}})).json()
    assert report["outcome"] == "completed"
    assert {"who": "agent", "text": "Hello Ada!"} in report["transcript"]
    assert "never-simulated" not in await codes(owner)


async def codes(client: httpx2.AsyncClient) -> list[str]:
    checked = (await client.post("/v1/procedures/greeting/check")).json()
    return [found["code"] for found in checked["problems"]]


async def test_a_simulation_does_nothing(owner: httpx2.AsyncClient) -> None:
    script = {"inputs": {"complaint": "Too late"}, "decisions": {"open": "approve"}}
    report = (await owner.post("/v1/simulate", json={"document": TICKET, "script": script})).json()
    assert report["outcome"] == "completed"
    assert report["acts"][0]["kind"] == "create_ticket"
    assert (await owner.get("/v1/tickets")).json()["items"] == []
    assert (await owner.get("/v1/procedures")).json()["items"] == []


async def test_a_procedure_with_errors_is_not_simulated(owner: httpx2.AsyncClient) -> None:
    broken = {**GREETING, "steps": [{"id": "a", "kind": "message", "text": "{{unknown}}", "next": "nowhere"}]}
    refused = problem(await owner.post("/v1/simulate", json={"document": broken}), 422)
    assert {found["step"] for found in refused["problems"]} == {"a"}


async def test_a_simulation_uses_active_procedures_and_the_actions_of_the_workspace(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    action = {
        "slug": "look-up",
        "name": "Look up",
        "description": "Looks an order up in the shop.",
        "request": {"url": "https://shop.example/orders/1"},
    }
    assert (await owner.put("/v1/actions/look-up", json=action)).status_code == 200
    caller = {
        **GREETING,
        "name": "Caller",
        "steps": [
            {"id": "child", "kind": "procedure", "procedure": "greeting"},
            {"id": "call", "kind": "call", "action": "look-up", "response_variable": "order"},
        ],
    }
    script = {"inputs": {"first_name": "Ada"}, "responses": {"call": {"body": {"id": 1}}}}
    report = (await owner.post("/v1/simulate", json={"document": caller, "script": script})).json()
    assert report["outcome"] == "completed"
    assert report["variables"]["order"] == {"id": 1}
    assert {"who": "agent", "text": "Hello Ada!"} in report["transcript"]


async def test_archiving_lets_open_runs_finish_unless_they_are_to_be_stopped(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    conversations = [await talk(owner) for _ in range(3)]
    for conversation in conversations:
        await start(owner, conversation, "greeting")
    archived = (await owner.post("/v1/procedures/greeting/archive")).json()
    assert archived["status"] == "archived"
    running = {"status": "running"}
    assert len((await owner.get("/v1/runs", params=running)).json()["items"]) == 3

    await owner.post("/v1/procedures/greeting/restore")
    assert (await owner.get("/v1/procedures/greeting")).json()["status"] == "active"
    await owner.post("/v1/procedures/greeting/archive", json={"stop_runs": True})
    assert (await owner.get("/v1/runs", params=running)).json()["items"] == []
    ended = (await owner.get("/v1/runs")).json()["items"]
    assert {run["status"] for run in ended} == {"cancelled"}


async def test_procedures_are_listed_by_status(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    await owner.post("/v1/procedures", json={"document": TICKET})
    active = (await owner.get("/v1/procedures", params={"status": "active"})).json()["items"]
    assert [item["slug"] for item in active] == ["greeting"]
    assert len((await owner.get("/v1/procedures")).json()["items"]) == 2
    refused = problem(await owner.get("/v1/procedures", params={"status": "gone"}), 422)
    assert refused["problems"][0]["sentence"] == "`status` must be 'draft', 'active' or 'archived'."


async def test_versions_that_do_not_exist_are_not_found(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    for number in ("2", "0", "-1", "x", "99999999999999999999"):
        problem(await owner.get(f"/v1/procedures/greeting/versions/{number}"), 404)
    problem(await owner.get("/v1/procedures/greeting/changes?from=1&to=2"), 404)
    problem(await owner.get("/v1/procedures/Greeting%00"), 404)
    problem(await owner.get("/v1/procedures/greeting/changes?to=draft"), 422)


async def test_the_schema_and_the_templates_are_served(agent: httpx2.AsyncClient) -> None:
    assert (await agent.get("/v1/schema")).json() == json_schema()
    templates = (await agent.get("/v1/templates")).json()["items"]
    assert [template["name"] for template in templates] == list(template_names())
    assert all(template["title"] and template["yaml"] for template in templates)
