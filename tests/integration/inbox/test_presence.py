"""Who looks and who types is told at once, and forgotten by itself."""

from typing import Any

from tests.integration.api.live import Event, following, serving, take
from tests.integration.inbox.team import Team


async def beat(team: Team, conversation: str, state: str, who: str = "Ana", **body: Any) -> list[dict[str, Any]]:
    answer = await team.clients[who].post(f"/v1/conversations/{conversation}/presence", json={"state": state, **body})
    assert answer.status_code == 200, answer.text
    return [{name: one[name] for name in ("by", "side", "doing")} for one in answer.json()["items"]]


async def present(team: Team, conversation: str) -> list[tuple[str, str]]:
    return [(one["by"], one["doing"]) for one in (await team.get(f"conversations/{conversation}"))["present"]]


async def test_members_see_each_other_once_however_many_tabs_they_have(team: Team) -> None:
    conversation = await team.open()
    await beat(team, conversation, "looking", tab="a")
    await beat(team, conversation, "typing", tab="b")
    assert await beat(team, conversation, "looking", "Ben") == [
        {"by": "Ana", "side": "member", "doing": "typing"}, {"by": "Ben", "side": "member", "doing": "looking"},
    ]  # fmt: skip
    await beat(team, conversation, "gone", tab="b")
    assert await present(team, conversation) == [("Ana", "looking"), ("Ben", "looking")]
    assert (await team.item(conversation))["present"][0]["by"] == "Ana"


async def test_who_is_not_heard_of_is_forgotten(team: Team) -> None:
    conversation = await team.open()
    await beat(team, conversation, "looking", "Ben")
    await beat(team, conversation, "typing")
    team.desk.clock.advance(seconds=9)
    assert await present(team, conversation) == [("Ben", "looking")]
    team.desk.clock.advance(seconds=25)
    assert await present(team, conversation) == []


async def test_the_customer_types_until_they_have_written(team: Team) -> None:
    conversation = await team.open()
    answer = await team.ana.post(f"/v1/conversations/{conversation}/typing", json={"typing": True})
    assert answer.json()["items"][0]["side"] == "customer"
    assert await present(team, conversation) == [("customer", "typing")]
    await team.says(conversation, "Hello")
    assert await present(team, conversation) == []


async def test_streams_tell_who_came_and_who_is_typing(team: Team) -> None:
    conversation = await team.open()
    key = team.ana.headers["authorization"].removeprefix("Bearer ")
    async with (
        serving(team.app) as live,
        following(live, key, "/v1/events") as hints,
        following(live, key, f"/v1/conversations/{conversation}/events") as own,
    ):
        await anext(hints)
        await beat(team, conversation, "looking", "Ben")
        (hint,) = await take(hints, 1)
        assert (hint.kind, hint.data["conversation"]) == ("presence", conversation)
        assert [(one["by"], one["doing"]) for one in hint.data["people"]] == [("Ben", "looking")]
        await beat(team, conversation, "typing", "Ben")
        await take(hints, 1)
        (typing,) = await take(own, 1)
        assert typing == Event("typing", None, {"by": ["Ben"]})
        await beat(team, conversation, "gone", "Ben")
        (stopped,) = await take(own, 1)
        assert stopped == Event("typing", None, {"by": []})


async def test_presence_is_written_nowhere(team: Team) -> None:
    conversation = await team.open()
    before = await team.get(f"conversations/{conversation}")
    await beat(team, conversation, "typing")
    after = await team.get(f"conversations/{conversation}")
    assert (after["seq"], after["version"]) == (before["seq"], before["version"])


async def test_nobody_looks_into_anothers_workspace(team: Team) -> None:
    conversation = await team.open()
    for what, body in (("presence", {"state": "looking"}), ("typing", {})):
        answer = await team.clients["Eve"].post(f"/v1/conversations/{conversation}/{what}", json=body)
        assert answer.status_code == 404
    assert await present(team, conversation) == []
