"""A conversation's page: each entry with its request, its approval, and how long what took."""

from typing import Any

from tests.integration.actions.shop import Reply
from tests.integration.inbox.team import Team


async def timeline(team: Team, conversation: str, query: str = "") -> dict[str, Any]:
    return await team.get(f"conversations/{conversation}/timeline{query}")


def of_kind(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in found["items"] if one["kind"] == kind]


async def looked_up(team: Team) -> str:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="status")
    team.desk.clock.advance(seconds=40)
    await team.says(conversation, "1")
    return conversation


async def test_every_entry_has_a_name_to_link_to_and_a_group(team: Team) -> None:
    conversation = await looked_up(team)
    await team.post(team.ana, conversation, "note", text="All is well")
    found = await timeline(team, conversation)
    log = await team.entries(conversation)

    assert [one["id"] for one in found["items"]] == [f"e{one['seq']}" for one in log]
    assert [{name: one[name] for name in log[0]} for one in found["items"]] == log
    groups = {one["kind"]: one["group"] for one in found["items"]}
    assert groups == {
        "start_requested": "engine", "steps": "engine", "ask": "messages", "said": "messages", "understood": "engine",
        "call_http": "calls", "say": "messages", "run_ended": "engine", "note": "people",
    }  # fmt: skip


async def test_a_call_shows_its_request_and_its_answer(team: Team) -> None:
    found = await timeline(team, await looked_up(team))
    (call,) = of_kind(found, "call_http")

    assert (call["act"]["step"], call["act"]["status"]) == ("look", "succeeded")
    assert call["act"]["request"]["url"].endswith("/orders/1")
    assert call["act"]["response"]["body"]["state"] == "open"
    (run,) = found["runs"]
    assert (run["name"], run["procedure"], run["status"], run["id"]) == ("status", "status", "completed", call["run"])


async def test_a_call_that_is_under_way_is_told(team: Team) -> None:
    released = team.desk.shop.hold("GET /orders/1")
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="status")
    await team.says(conversation, "1", wait=0)
    await team.desk.shop.arrived.wait()
    assert [one["step"] for one in (await timeline(team, conversation))["under_way"]] == ["look"]
    released.set()
    assert await team.desk.running.services.engine.settle(team.desk.workspace, conversation, 10)
    assert (await timeline(team, conversation))["under_way"] == []


async def test_an_approval_stands_where_it_was_asked_for_and_where_it_was_decided(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="complaint")
    await team.says(conversation, "The box was empty")
    (approval,) = (await team.get(f"approvals?conversation={conversation}"))["items"]
    team.desk.clock.advance(minutes=3)
    await team.ben.post(f"/v1/approvals/{approval['id']}/reject", json={"reason": "Not again"})
    found = await timeline(team, conversation)

    (asked,), (closed,) = of_kind(found, "approval_requested"), of_kind(found, "approval_closed")
    assert asked["approval"] == closed["approval"]
    assert (closed["approval"]["decided_by"], closed["approval"]["reason"]) == ("Ben", "Not again")
    (part,) = [one for span in found["spans"] for one in span["parts"] if one["kind"] == "approval"]
    assert (part["entry"], part["began_at"], part["ended_at"]) == (
        asked["id"], approval["requested_at"], closed["approval"]["decided_at"],
    )  # fmt: skip


async def test_a_ticket_is_joined_though_its_entry_does_not_number_it(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="complaint")
    await team.says(conversation, "The box was empty")
    (approval,) = (await team.get(f"approvals?conversation={conversation}"))["items"]
    await team.ben.post(f"/v1/approvals/{approval['id']}/approve")
    (ticket,) = of_kind(await timeline(team, conversation), "ticket")
    assert (ticket["act"]["kind"], ticket["act"]["request"]["description"]) == ("create_ticket", "The box was empty")


async def test_spans_tell_what_the_time_went_into(team: Team) -> None:
    found = await timeline(team, await looked_up(team))
    asked, answered = found["spans"]

    assert [part["kind"] for part in asked["parts"]] == ["customer"]
    assert asked["parts"][0]["ended_at"] == answered["began_at"]
    assert {part["kind"] for part in answered["parts"]} == {"understanding", "call", "customer"}
    assert next(part for part in answered["parts"] if part["kind"] == "call")["label"] == "look"
    assert answered["parts"][-1]["ended_at"] is None


async def test_waiting_for_a_member_is_a_part_of_its_own(team: Team) -> None:
    conversation = await team.open("I want to talk to a human")
    team.desk.clock.advance(minutes=2)
    await team.post(team.ana, conversation, "reply", text="Here I am")
    (span,) = (await timeline(team, conversation))["spans"]
    (waited,) = [part for part in span["parts"] if part["kind"] == "member"]
    assert waited["label"] == "Ana"
    assert (await timeline(team, conversation))["items"][-1]["at"] == waited["ended_at"]


async def test_secrets_stay_out_of_it(team: Team) -> None:
    team.desk.shop.answers["GET /orders/1"] = lambda seen: Reply({"echo": dict(seen.headers), "state": "open"})
    setup = team.desk.running.services.configuration
    await setup.put_own_secret(team.desk.workspace, "TOKEN", "canary-4711-secret", "test")
    step = {
        "id": "look", "kind": "call", "url": f"{team.desk.shop.url}/orders/1",
        "headers": {"x-token": "{{secrets.TOKEN}}"}, "response_variable": "order",
    }  # fmt: skip
    await team.desk.publish("secretive", step)
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="secretive")
    found = await timeline(team, conversation)
    assert of_kind(found, "call_http")[0]["act"]["status"] == "succeeded"
    assert "canary-4711-secret" not in str(found)


async def test_a_long_timeline_comes_in_stretches(team: Team) -> None:
    conversation = await looked_up(team)
    whole = (await timeline(team, conversation))["items"]
    found: list[Any] = []
    more, last = True, 0
    while more:
        page = await timeline(team, conversation, f"?after={last}&limit=3")
        found += page["items"]
        more, last = page["more"], page["last"]
    assert found == whole


async def test_nobody_reads_anothers(team: Team) -> None:
    conversation = await looked_up(team)
    (run,) = (await timeline(team, conversation))["runs"]
    for path in (f"conversations/{conversation}/timeline", f"runs/{run['id']}/script"):
        assert (await team.clients["Eve"].get(f"/v1/{path}")).status_code == 404
