import httpx2
import pytest

from tests.integration.api.desk import Desk, kinds, problem, texts, waiting_approval


async def test_an_approval_is_shown_with_its_card_and_approved(any_desk: Desk) -> None:
    async with any_desk.client("owner") as owner, any_desk.client("agent") as agent:
        approval = await waiting_approval(owner)
        assert (approval["about"], approval["status"], approval["decided_by"]) == ("approval", "pending", None)
        assert approval["card"]["description"] == "Open a ticket for The box was empty"
        assert approval["card"]["variables"] == {"complaint": "The box was empty"}
        assert approval["card"]["request"]["subject"] == "Complaint"
        one = (await agent.get(f"/v1/approvals/{approval['id']}")).json()
        assert one == approval | {"began_with": one["began_with"]}

        receipt = (await agent.post(f"/v1/approvals/{approval['id']}/approve")).json()
        assert receipt["conversation"] == approval["conversation"]
        assert texts(receipt)[-1] == "A colleague will look at it."
        (ticket,) = (await agent.get("/v1/tickets")).json()["items"]
        assert (ticket["subject"], ticket["description"]) == ("Complaint", "The box was empty")

        decided = (await agent.get(f"/v1/approvals/{approval['id']}")).json()
        assert (decided["status"], decided["decided_by"]) == ("approved", "the agent")
        assert decided["decided_at"].endswith("Z")
        assert (await agent.get("/v1/approvals")).json()["items"] == []
        assert len((await agent.get("/v1/approvals", params={"status": "all"})).json()["items"]) == 1


async def test_a_rejection_hands_over_and_keeps_its_reason_from_the_customer(owner: httpx2.AsyncClient) -> None:
    approval = await waiting_approval(owner)
    path = f"/v1/approvals/{approval['id']}/reject"
    receipt = (await owner.post(path, json={"reason": "He is a known cheat"})).json()
    assert "handed_over" in kinds(receipt)
    seen = [entry for entry in receipt["entries"] if entry["visible_to"] == "all"]
    assert seen
    assert "cheat" not in str(seen)
    assert (await owner.get(f"/v1/approvals/{approval['id']}")).json()["reason"] == "He is a known cheat"
    assert (await owner.get("/v1/tickets")).json()["items"] == []


@pytest.mark.parametrize("body", [None, {}, {"reason": ""}, {"reason": "  "}])
async def test_a_rejection_needs_a_reason(owner: httpx2.AsyncClient, body: dict[str, str] | None) -> None:
    approval = await waiting_approval(owner)
    problem(await owner.post(f"/v1/approvals/{approval['id']}/reject", json=body), 422)
    assert (await owner.get(f"/v1/approvals/{approval['id']}")).json()["status"] == "pending"


async def test_a_decision_that_is_sent_twice_is_one(owner: httpx2.AsyncClient) -> None:
    approval = await waiting_approval(owner)
    path = f"/v1/approvals/{approval['id']}/approve"
    first = (await owner.post(path, json={"event_id": "d-1"})).json()
    second = (await owner.post(path, json={"event_id": "d-1"})).json()
    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert second["entries"] == first["entries"]
    assert len((await owner.get("/v1/tickets")).json()["items"]) == 1


async def test_what_was_decided_cannot_be_decided_again(owner: httpx2.AsyncClient) -> None:
    approval = await waiting_approval(owner)
    await owner.post(f"/v1/approvals/{approval['id']}/approve")
    problem(await owner.post(f"/v1/approvals/{approval['id']}/approve"), 409)
    problem(await owner.post(f"/v1/approvals/{approval['id']}/reject", json={"reason": "No"}), 409)


async def test_an_approval_is_not_answered_as_an_outcome(owner: httpx2.AsyncClient) -> None:
    approval = await waiting_approval(owner)
    problem(await owner.post(f"/v1/approvals/{approval['id']}/outcome", json={"decision": "happened"}), 409)
    problem(await owner.post(f"/v1/approvals/{approval['id']}/outcome", json={"decision": "approve"}), 422)
    problem(await owner.post("/v1/approvals/appr_" + "0" * 32 + "/approve"), 404)
