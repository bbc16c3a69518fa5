"""What lies beside a draft and between its versions: positions, pins, notes, differences, copies, tests."""

from copy import deepcopy
from typing import Any

import httpx2

from tests.integration.api.desk import GREETING, Desk, problem, publish
from tests.integration.api.shop import shop


async def saved(client: httpx2.AsyncClient, document: dict[str, Any]) -> dict[str, Any]:
    """Save the draft of the greeting."""
    row = (await client.get("/v1/procedures/greeting")).json()
    wanted = {"document": document, "based_on": row["revision"]}
    answer = await client.put("/v1/procedures/greeting", json=wanted)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def greeting(text: str = "Hello {{first_name}}!", **more: Any) -> dict[str, Any]:
    document = deepcopy(GREETING)
    document["steps"][1]["text"] = text
    return {**document, **more}


async def test_positions_change_no_revision_and_go_with_a_version(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner:
        await publish(owner, GREETING)
        layout = {"ask": {"x": 10, "y": 20}, "greet": {"x": 10, "y": 200}}
        answer = await owner.put("/v1/procedures/greeting/layout", json={"positions": layout})
        assert answer.json() == {"positions": layout}
        await saved(owner, greeting("Hi {{first_name}}!"))
        note = {"note": "Shorter"}
        assert (await owner.post("/v1/procedures/greeting/publish", json=note)).json()["version"] == 2
        moved = {"positions": {"ask": None, "greet": {"x": 0, "y": 0}}}
        await owner.put("/v1/procedures/greeting/layout", json=moved)
        shown = (await owner.get("/v1/procedures/greeting")).json()
        assert (shown["layout"], shown["revision"]) == ({"greet": {"x": 0, "y": 0}}, 2)
        assert (await owner.get("/v1/procedures/greeting/versions/2")).json()["layout"] == layout
        versions = (await owner.get("/v1/procedures/greeting/versions")).json()["items"]
        assert [(one["version"], one["note"]) for one in versions] == [(2, "Shorter"), (1, "")]


async def test_a_draft_tells_who_saved_it_last_and_when(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, any_desk.client("admin") as admin:
        made = (await owner.post("/v1/procedures", json={"document": GREETING})).json()
        assert (made["saved_by"], made["saved_at"]) == ("the owner", made["created_at"])
        edited = await saved(admin, greeting("Hi {{first_name}}!"))
        assert edited["saved_by"] == "the admin"
        assert edited["saved_at"] >= made["saved_at"]
        published = await owner.post("/v1/procedures/greeting/publish")
        assert published.status_code == 200
        shown = (await owner.get("/v1/procedures/greeting")).json()
        assert (shown["saved_by"], shown["saved_at"]) == ("the admin", edited["saved_at"])
        restored = (await owner.post("/v1/procedures/greeting/versions/1/restore")).json()
        assert restored["procedure"]["saved_by"] == "the owner"


async def test_a_position_beyond_all_measure_is_refused(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    for place in ({"x": 10**9, "y": 0}, {"x": 1.5, "y": 0}, {"x": 1}):
        problem(await owner.put("/v1/procedures/greeting/layout", json={"positions": {"ask": place}}), 422)


async def test_what_changed_is_told_step_by_step(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    ask, greet = GREETING["steps"]
    bye = {"id": "bye", "kind": "message", "text": "Bye"}
    await saved(owner, greeting(steps=[{**greet, "text": "Hi"}, ask, bye], description="For the team"))
    answer = await owner.get("/v1/procedures/greeting/changes?from=1&form=steps")
    found = answer.json()["differences"]
    assert found["fields"] == [{"field": "description", "before": None, "after": "For the team"}]
    assert [(one["step"], one["change"], one["moved"]) for one in found["steps"]] == [
        ("greet", "changed", True), ("bye", "added", False),
    ]  # fmt: skip
    assert found["steps"][0]["fields"] == [{"field": "text", "before": "Hello {{first_name}}!", "after": "Hi"}]
    await saved(owner, greeting(steps=[{"id": "greet", "kind": "message"}]))
    unfinished = (await owner.get("/v1/procedures/greeting/changes?from=1&form=steps")).json()["differences"]
    assert [(one["step"], one["change"]) for one in unfinished["steps"]] == [("greet", "changed"), ("ask", "removed")]


async def test_a_restored_version_can_be_undone(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    draft = await saved(owner, greeting("Mine"))
    restored = (await owner.post("/v1/procedures/greeting/versions/1/restore")).json()
    assert restored["procedure"]["document"]["steps"][1]["text"] == "Hello {{first_name}}!"
    assert restored["before"] == {"revision": draft["revision"], "document": draft["document"]}
    undone = await saved(owner, restored["before"]["document"])
    assert undone["document"] == draft["document"]
    stale = {"based_on": draft["revision"]}
    problem(await owner.post("/v1/procedures/greeting/versions/1/restore", json=stale), 409)
    problem(await owner.post("/v1/procedures/greeting/versions/7/restore"), 404)


async def test_only_what_was_never_published_can_be_removed(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": {**GREETING, "name": "Try"}})
    assert (await owner.delete("/v1/procedures/try")).status_code == 204
    problem(await owner.get("/v1/procedures/try"), 404)
    await publish(owner, GREETING)
    assert "archive" in problem(await owner.delete("/v1/procedures/greeting"), 409)["detail"]


async def test_a_copy_has_a_name_of_its_own_and_everything_else(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    await owner.put("/v1/procedures/greeting/layout", json={"positions": {"ask": {"x": 1, "y": 2}}})
    await owner.post("/v1/procedures/greeting/tests", json={"name": "Ada"})
    first = (await owner.post("/v1/procedures/greeting/duplicate")).json()
    second = (await owner.post("/v1/procedures/greeting/duplicate")).json()
    assert (first["slug"], second["slug"]) == ("greeting-copy", "greeting-copy-2")
    assert (first["name"], first["status"], first["layout"]) == ("Greeting (copy)", "draft", {"ask": {"x": 1, "y": 2}})
    assert first["document"]["steps"] == GREETING["steps"]
    tests = (await owner.get("/v1/procedures/greeting-copy/tests")).json()["items"]
    assert [one["name"] for one in tests] == ["Ada"]
    problem(await owner.post("/v1/procedures/greeting/duplicate", json={"name": "Greeting"}), 409)


async def test_pins_are_kept_but_never_what_nobody_may_read(owner: httpx2.AsyncClient) -> None:
    pin = {"name": "pin", "type": "text", "sensitive": True, "prompt": "Your PIN?"}
    await owner.post("/v1/procedures", json={"document": {**GREETING, "variables": [pin]}})
    wanted = {"values": {"first_name": "Ada", "pin": "8461"}, "reply": "My PIN is 8461"}
    kept = (await owner.put("/v1/procedures/greeting/pins/greet", json=wanted)).json()["pin"]
    assert kept["values"] == {"first_name": "Ada", "pin": "••••••"}
    listed = await owner.get("/v1/procedures/greeting/pins")
    assert "8461" not in listed.text
    assert (await owner.delete("/v1/procedures/greeting/pins/greet")).status_code == 204
    assert (await owner.get("/v1/procedures/greeting/pins")).json()["items"] == []


ADA = {"name": "Ada", "script": {"inputs": {"first_name": "Ada"}}, "expected": {"outcome": "completed"}}


async def test_tests_say_what_came_out_differently_and_what_nobody_tried(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, shop(owner):
        tests = "/v1/procedures/refund/tests"
        refunded = {
            "name": "Refunded",
            "script": {"inputs": {"order_id": "A1001"}},
            "expected": {
                "outcome": "completed", "said": ["Which order?", "98.9 EUR"], "called": ["look_up", "refund"],
                "approvals": ["refund"], "variables": {"order_id": "A1001"},
            },
        }  # fmt: skip
        wrong = {
            "name": "Wrong",
            "script": {"inputs": {"order_id": "A9"}, "responses": {"look_up": {"status": 404}}},
            "expected": {"outcome": "completed", "steps": ["ask_order", "look_up", "done"], "said": ["Bye"]},
        }
        for test in (refunded, wrong):
            assert (await owner.post(tests, json=test)).status_code == 201
        found = (await owner.post(f"{tests}/run")).json()
        passed, failed = found["items"]
        assert (passed["passed"], passed["differences"]) == (True, [])
        assert failed["differences"] == [
            "It ended as escalated, not as completed.",
            "Step 3 was `sorry`, not `done`: it went ask_order → look_up → sorry.",
            "“Bye” was never said.",
        ]
        assert (found["covered"], found["branches"]) == (6, 8)
        assert {(one["step"], one["exit"]) for one in found["never"]} == {
            ("refundable", "else"),
            ("refund", "on_error"),
        }
        published = (await owner.post("/v1/procedures/refund/publish")).json()
        assert [one["code"] for one in published["problems"] if one["code"] == "failing-test"] == ["failing-test"]
        assert (published["version"], "Wrong" in str(published["problems"])) == (1, True)


async def test_a_test_is_changed_removed_and_has_a_name_of_its_own(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    tests = "/v1/procedures/greeting/tests"
    made = (await owner.post(tests, json=ADA)).json()
    assert "“Ada”" in problem(await owner.post(tests, json=ADA), 409)["detail"]
    changed = await owner.put(f"{tests}/{made['id']}", json={**ADA, "expected": {"not_said": ["Ada"]}})
    assert changed.json()["expected"]["outcome"] is None
    found = (await owner.post(f"{tests}/run", json={"only": [made["id"]]})).json()
    assert found["items"][0]["differences"] == ["“Ada” was said."]
    assert (await owner.delete(f"{tests}/{made['id']}")).status_code == 204
    assert (await owner.get(tests)).json()["items"] == []
    problem(await owner.delete(f"{tests}/{made['id']}"), 404)


async def test_tests_run_on_a_document_that_is_not_saved_and_refuse_one_with_errors(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    await owner.post("/v1/procedures/greeting/tests", json={**ADA, "expected": {"said": ["Hi Ada"]}})
    run = "/v1/procedures/greeting/tests/run"
    assert (await owner.post(run)).json()["items"][0]["passed"] is False
    unsaved = {"document": {**greeting("Hi {{first_name}}"), "slug": "greeting"}}
    assert (await owner.post(run, json=unsaved)).json()["items"][0]["passed"] is True
    broken = {"document": greeting("Hi {{nobody}}")}
    assert problem(await owner.post(run, json=broken), 422)["problems"][0]["code"] == "unknown-variable"


async def test_an_agent_looks_but_changes_nothing(desk: Desk, owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    async with desk.client("agent") as agent:
        for path in ("tests", "pins", "versions"):
            assert (await agent.get(f"/v1/procedures/greeting/{path}")).status_code == 200
        place = {"positions": {"ask": {"x": 1, "y": 1}}}
        refused = [
            await agent.put("/v1/procedures/greeting/layout", json=place),
            await agent.put("/v1/procedures/greeting/pins/ask", json={}),
            await agent.post("/v1/procedures/greeting/tests", json=ADA),
            await agent.post("/v1/procedures/greeting/tests/run"),
            await agent.post("/v1/procedures/greeting/duplicate"),
            await agent.post("/v1/procedures/greeting/preview"),
            await agent.delete("/v1/procedures/greeting"),
        ]
    assert [one.status_code for one in refused] == [403] * len(refused)
