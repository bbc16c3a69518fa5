"""What an editor asks while a document is written: problems with their place, what can be used, one step, all paths."""

from copy import deepcopy
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, problem
from tests.integration.api.shop import REFUND, shop


async def checked(client: httpx2.AsyncClient, **written: Any) -> dict[str, Any]:
    answer = await client.post("/v1/check", json=written)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refund(**changes: dict[str, Any]) -> dict[str, Any]:
    """The refund with some steps changed; a value of None takes a field away."""
    document = deepcopy(REFUND)
    for step in document["steps"]:
        step |= changes.get(step["id"], {})
    return document


async def test_a_problem_is_told_with_its_place_and_the_way_that_shows_it(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        found = await checked(owner, document=refund(done={"text": "Because of {{reason}}"}, sorry={"reason": ""}))
        unset = (await checked(owner, document=refund(ask_order={"next": "refundable"})))["problems"]
    places = {(one["step"], one["code"]): one["place"] for one in found["problems"]}
    assert places["done", "unknown-variable"] == ["steps", 4, "text"]
    assert places["sorry", "required"] == ["steps", 5, "reason"]
    ways = [one["path"] for one in unset if one["code"] == "unset-variable"]
    assert ways[0] == ["ask_order", "refundable"]


async def test_both_forms_of_a_document_are_the_same_thing(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        written = await checked(owner, document=REFUND)
        again = await checked(owner, yaml=written["yaml"])
    assert written["problems"] == again["problems"]
    assert again["yaml"] == written["yaml"]
    lines = written["yaml"].splitlines()
    assert {step: lines[line - 1] for step, line in again["lines"].items()} == {
        step["id"]: f"  - id: {step['id']}" for step in REFUND["steps"]
    }


async def test_a_draft_that_is_not_complete_is_yaml_all_the_same(owner: httpx2.AsyncClient) -> None:
    found = await checked(owner, document={"name": "Half", "steps": [{"id": "ask", "kind": "collect"}]})
    assert "id: ask" in found["yaml"]
    assert found["lines"] == {"ask": 3}
    assert ["steps", 0, "variable"] in [one["place"] for one in found["problems"]]


async def test_yaml_that_cannot_be_read_says_where(owner: httpx2.AsyncClient) -> None:
    found = await checked(owner, yaml="name: A\nsteps:\n  - {")
    assert (found["document"], found["yaml"]) == (None, None)
    assert found["problems"][0]["sentence"].startswith("line 4, column 1: ")


GARBAGE: list[dict[str, Any]] = [
    {}, {"steps": 5}, {"steps": [None, 1, "x", [], {}]}, {"steps": [{"id": 5, "kind": []}]}, {"name": {"a": 1}},
    {"steps": [{"id": "a", "kind": "nothing"}], "variables": 7}, {"trigger": [], "steps": {}},
    {"steps": [{"id": "a", "kind": "message", "text": "{{"}] * 3, "slug": "A B"},
    {"name": "x", "steps": [{"id": "a", "kind": "call", "url": "{{x", "headers": {"": None}}], "variables": [{}, 1]},
    {"steps": [{"id": "a", "kind": "condition", "then": {}, "else": 7}]},
]  # fmt: skip


@pytest.mark.parametrize("document", GARBAGE, ids=str)
async def test_no_garbage_breaks_the_check_or_the_scope(owner: httpx2.AsyncClient, document: dict[str, Any]) -> None:
    assert (await checked(owner, document=document))["problems"]
    scope = await owner.post("/v1/scope", json={"document": document, "step": "a"})
    assert scope.status_code == 200, scope.text


async def test_a_step_can_use_what_every_way_to_it_sets_and_what_some_do(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        answer = (await owner.post("/v1/scope", json={"document": REFUND, "step": "sorry"})).json()
    known = {one["name"]: one for one in answer["variables"]}
    assert (known["order_id"]["always"], known["order_id"]["example"]) == (True, "A1001")
    assert (known["order"]["always"], known["order"]["set_by"]) == (False, ["look_up"])
    assert {"path": "order.total", "example": "98.9"} in known["order"]["fields"]
    assert {one["path"] for one in known["error"]["fields"]} == {"error.status", "error.message", "error.body"}
    assert "contact.email" in [one["name"] for one in answer["context"]]


async def test_an_unfinished_step_still_hands_on_what_it_will_set(owner: httpx2.AsyncClient) -> None:
    document = refund(look_up={"url": None, "method": 5})
    answer = (await owner.post("/v1/scope", json={"document": document, "step": "refundable"})).json()
    assert [one["name"] for one in answer["variables"]] == ["order_id", "order"]


async def test_only_builders_are_told_the_names_of_secrets(desk: Desk, owner: httpx2.AsyncClient) -> None:
    await owner.put("/v1/secrets/TOKEN", json={"value": "value"})
    asked = {"document": GREETING, "step": "greet"}
    assert (await owner.post("/v1/scope", json=asked)).json()["secrets"] == ["TOKEN"]
    async with desk.client("agent") as agent:
        assert (await agent.post("/v1/scope", json=asked)).json()["secrets"] == []
        problem(await agent.post("/v1/try-step", json=asked), 403)
        problem(await agent.post("/v1/paths", json={"document": GREETING}), 403)


async def tried(client: httpx2.AsyncClient, step: str, document: dict[str, Any] = REFUND, **sample: Any) -> Any:
    answer = await client.post("/v1/try-step", json={"document": document, "step": step, "sample": sample})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_call_is_rendered_mocked_or_really_sent(owner: httpx2.AsyncClient) -> None:
    async with shop(owner) as served:
        dry = await tried(owner, "look_up", values={"order_id": "A1001"})
        assert dry["request"]["url"].endswith("/orders/A1001")
        assert (dry["sent"], dry["next"], dry["waits_for"], served.asked) == (False, None, "effect", [])
        mock = await tried(owner, "look_up", values={"order_id": "A1001"}, mode="mock")
        assert (mock["after"]["order"]["total"], mock["next"], mock["exit"]) == (98.9, "refundable", "next")
        missing = await tried(
            owner, "look_up", values={"order_id": "A1001"}, mode="mock", response={"status": 401}
        )  # fmt: skip
        assert (missing["ok"], missing["next"], missing["exit"]) == (False, "sorry", "on_error")
        assert missing["hints"]
        assert served.asked == []
        sent = await tried(owner, "look_up", values={"order_id": "A1001"}, mode="send")
        assert (sent["sent"], sent["status"], sent["after"]["order"]["total"]) == (True, 200, 42.5)
        assert served.asked == ["GET /orders/A1001"]
        log = (await owner.get("/v1/executions")).json()["items"]
        assert [one["test"] for one in log] == [True]


async def test_a_step_says_what_is_missing_and_what_it_would_ask(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        nothing = await tried(owner, "look_up")
        assert (nothing["ok"], "order_id" in nothing["problem"]) == (False, True)
        asked = await tried(owner, "ask_order")
        assert (asked["question"], asked["waits_for"]) == ("Which order?", "answer")
        answered = await tried(owner, "ask_order", reply="A1001")
        assert (answered["after"], answered["next"]) == ({"order_id": "A1001"}, "look_up")
        approved = await tried(
            owner, "refund", mode="mock", values={"order_id": "A1001", "order": {"total": 5, "currency": "EUR"}}
        )  # fmt: skip
        assert approved["approval"] == "This step is marked as irreversible."
        assert (approved["next"], approved["request"]["body"]) == ("done", '{"total":5}')


async def test_a_step_is_tried_in_a_draft_that_is_not_complete(owner: httpx2.AsyncClient) -> None:
    half = {"name": "Half", "steps": [{"id": "tell", "kind": "message", "text": "Hello {{name}}"}, {"id": "next"}]}
    found = await tried(owner, "tell", half, values={"name": "Ada"})
    assert (found["said"], found["next"]) == (["Hello Ada"], "next")
    broken = await owner.post("/v1/try-step", json={"document": half, "step": "next"})
    assert problem(broken, 422)["problems"][0]["step"] == "next"
    problem(await owner.post("/v1/try-step", json={"document": half, "step": "nowhere"}), 409)


async def test_every_path_is_found_with_answers_that_lead_there(owner: httpx2.AsyncClient) -> None:
    async with shop(owner) as served:
        found = (await owner.post("/v1/paths", json={"document": REFUND})).json()
        assert (found["covered"], found["branches"], found["cut"]) == (8, 8, None)
        assert all(one["reached"] for one in found["items"])
        ways = [one["steps"][-1] for one in found["items"]]
        assert sorted(ways) == ["done", "sorry", "sorry", "sorry"]
        few = (await owner.post("/v1/paths", json={"document": REFUND, "most": 2})).json()
        assert len(few["items"]) == 2
        assert few["cut"]
        assert served.asked == []


async def test_a_step_and_a_flow_are_tried_as_the_customer_and_the_agent_that_were_chosen(
    owner: httpx2.AsyncClient,
) -> None:
    assert (await owner.put("/v1/agents/sales", json={"name": "Sam"})).status_code == 200
    text = {"en": "Hello", "de": "{{contact.first_name}} ({{contact.plan}}), hier ist {{agent_name}}."}
    document = {**GREETING, "slug": "hello", "steps": [{"id": "hello", "kind": "message", "text": text}]}
    ada = {"id": "17", "first_name": "Ada", "attributes": {"plan": "gold"}}
    who = {"contact": ada, "agent": "sales", "language": "de"}
    assert (await tried(owner, "hello", document, **who))["said"] == ["Ada (gold), hier ist Sam."]
    report = (await owner.post("/v1/simulate", json={"document": document, "script": who})).json()
    assert [one["text"] for one in report["transcript"]] == ["Ada (gold), hier ist Sam."]
    await owner.post("/v1/procedures", json={"document": document})
    expected = {"said": ["Ada (gold), hier ist Sam."]}
    test = {"name": "Ada is greeted", "script": who, "expected": expected}
    assert (await owner.post("/v1/procedures/hello/tests", json=test)).status_code == 201
    verdicts = (await owner.post("/v1/procedures/hello/tests/run")).json()["items"]
    assert [one["passed"] for one in verdicts] == [True]

    assert (await owner.delete("/v1/agents/sales")).status_code == 204
    (verdict,) = (await owner.post("/v1/procedures/hello/tests/run")).json()["items"]
    assert (verdict["passed"], verdict["differences"][0]) == (False, "There is no agent `sales`.")
    for refused in (
        await owner.post("/v1/simulate", json={"document": document, "script": who}),
        await owner.post("/v1/try-step", json={"document": document, "step": "hello", "sample": who}),
    ):
        assert "no agent `sales`" in problem(refused, 409)["detail"]


async def test_a_simulation_tells_its_way_with_values_and_branches(owner: httpx2.AsyncClient) -> None:
    async with shop(owner):
        script = {"inputs": {"order_id": "A1001"}, "responses": {"refund": {"status": 422}}}
        report = (await owner.post("/v1/procedures/refund/simulate", json=script)).json()
    visits = report["paint"]["visits"]
    assert [(one["step"], one["exit"]) for one in visits] == [
        ("ask_order", "next"), ("look_up", "next"), ("refundable", "then"), ("refund", "on_error"), ("sorry", None),
    ]  # fmt: skip
    assert (visits[0]["before"], visits[0]["after"]) == ({}, {"order_id": "A1001"})
    assert visits[3]["waited_for"] == ["approval", "effect"]
    assert visits[3]["acts"][0].startswith("POST http")
    assert (visits[-1]["outcome"], report["outcome"]) == ("escalated", "escalated")
    never = {(one["step"], one["exit"]) for one in report["paint"]["never"]}
    assert never == {("look_up", "on_error"), ("refundable", "else"), ("refund", "next"), ("done", "next")}
