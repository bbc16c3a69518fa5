import pytest

from tests.integration.api.desk import problem
from tests.integration.approvals.office import Office, complaint


async def found(office: Office, **asked: str) -> list[str]:
    answer = await office["Ben"].get("/v1/approvals", params=asked)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_approvals_are_found_by_what_they_are_about_and_when(office: Office) -> None:
    await office.publish(complaint())
    await office.publish({**complaint(), "name": "Other"})
    first = await office.asked()
    office.town.clock.advance(3600)
    second = await office.asked("other")
    await office.decides("Ben", first, "reject", reason="No")
    assert await found(office) == [second["id"]]
    assert await found(office, status="all") == [second["id"], first["id"]]
    assert await found(office, status="decided") == [first["id"]]
    assert await found(office, status="rejected") == [first["id"]]
    assert await found(office, status="all", procedure="other") == [second["id"]]
    assert await found(office, status="all", procedure="complaint") == [first["id"]]
    assert await found(office, about="outcome") == []
    assert await found(office, status="all", since=second["requested_at"]) == [second["id"]]
    assert await found(office, status="all", until=second["requested_at"]) == [first["id"]]


@pytest.mark.parametrize("asked", [{"status": "open"}, {"about": "x"}, {"since": "tomorrow"}, {"mine": "maybe"}])
async def test_what_cannot_be_asked_for_is_told(office: Office, asked: dict[str, str]) -> None:
    problem(await office["Ben"].get("/v1/approvals", params=asked), 422)


async def test_pages_follow_each_other(office: Office) -> None:
    await office.publish(complaint())
    wanted: list[str] = []
    for _ in range(3):
        office.town.clock.advance(1)
        wanted.insert(0, (await office.asked())["id"])
    page = (await office["Ben"].get("/v1/approvals", params={"limit": 2, "mine": "true"})).json()
    assert [one["id"] for one in page["items"]] == wanted[:2]
    rest = (await office["Ben"].get("/v1/approvals", params={"mine": "true", "cursor": page["cursor"]})).json()
    assert ([one["id"] for one in rest["items"]], rest["cursor"]) == (wanted[2:], None)


async def test_a_card_tells_who_asks_for_whom_and_where(office: Office) -> None:
    await office.publish(complaint(expires_hours=2, on_expiry="end"))
    ana = office["Ana"]
    about = {"contact": {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}}
    conversation = (await ana.post("/v1/conversations", json=about)).json()["id"]
    await ana.post(f"/v1/conversations/{conversation}/start", json={"procedure": "complaint"})
    for text in ("The box was empty", "50"):
        await office.says(conversation, text)
    (approval,) = (await ana.get("/v1/approvals")).json()["items"]
    card = approval["card"]
    assert card["contact"] == {"id": None, "name": "Ada Byron", "email": "ada@example.com"}
    assert (card["agent"], card["channel"], card["version"], card["why"]) == ("default", "api", 1, "required")
    assert (card["goes_to"], card["after_expiry"]) == ("end", "The run ends.")
    log = (await ana.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    assert [one["kind"] for one in log if one["seq"] == card["entry"]] == ["approval_requested"]
    assert approval["slug"] == "complaint"


async def test_a_member_in_the_conversation_is_told_of(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    assert approval["conversation_with"] == "agent"
    await office["Cleo"].post(f"/v1/conversations/{approval['conversation']}/take-over")
    assert (await office.look("Ben", approval))["conversation_with"] == "member"
    refused = problem(await office.decides("Ben", approval), 409)
    assert "hand it back to the agent first" in refused["detail"]
    assert (await office.decides("Ben", approval, "reject", reason="No")).status_code == 200


async def test_what_has_lapsed_tells_why(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    await office.says(approval["conversation"], "cancel")
    lapsed = await office.look("Ben", approval)
    assert (lapsed["status"], lapsed["lapsed"], lapsed["reason"]) == (
        "lapsed", "run_ended", "The run ended before a decision.",
    )  # fmt: skip
    assert lapsed["act"] == "lapsed"
    assert not lapsed["may_decide"]
