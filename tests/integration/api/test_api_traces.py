"""The way of a real run, painted as a simulation's is."""

import httpx2

from tests.integration.api.desk import Desk, problem, start, talk
from tests.integration.api.shop import shop


async def test_a_runs_way_is_told_with_times_waits_and_branches(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, shop(owner):
        await owner.post("/v1/procedures/refund/publish")
        conversation = await talk(owner)
        await start(owner, conversation, "refund")
        await owner.post(f"/v1/conversations/{conversation}/messages", json={"text": "A1001"})
        run = (await owner.get("/v1/runs")).json()["items"][0]["id"]
        waiting = (await owner.get(f"/v1/runs/{run}/trace")).json()
        assert [(one["step"], one["outcome"]) for one in waiting["paint"]["visits"]][-1] == ("refund", "waiting")
        approval = (await owner.get("/v1/approvals")).json()["items"][0]["id"]
        await owner.post(f"/v1/approvals/{approval}/approve")
        found = (await owner.get(f"/v1/runs/{run}/trace")).json()
    visits = found["paint"]["visits"]
    assert (found["procedure"], found["version"]) == ("refund", 1)
    assert [(one["step"], one["exit"]) for one in visits][:3] == [
        ("ask_order", "next"), ("look_up", "next"), ("refundable", "then"),
    ]  # fmt: skip
    assert visits[0]["after"] == {"order_id": "A1001"}
    assert [line["who"] for line in visits[0]["said"]] == ["agent", "customer"]
    assert visits[1]["acts"][0].endswith("/orders/A1001: succeeded")
    assert visits[3]["waited_for"][0] == "approval"
    assert all(one["at"] <= (one["until"] or one["at"]) for one in visits)
    taken = {(one["step"], one["exit"]) for one in found["paint"]["taken"]}
    never = {(one["step"], one["exit"]) for one in found["paint"]["never"]}
    assert ("refundable", "then") in taken
    assert ("refundable", "else") in never


async def test_there_is_no_trace_of_what_never_ran(owner: httpx2.AsyncClient) -> None:
    problem(await owner.get("/v1/runs/run_" + "0" * 32 + "/trace"), 404)
