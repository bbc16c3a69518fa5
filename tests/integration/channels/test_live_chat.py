"""Live chat at an outside system: it is told of the conversation, of what the customer writes, and when it is over."""

from typing import Any

import pytest

from tests.integration.api.desk import Desk
from tests.integration.channels.line import Line, Platform

PERSON: dict[str, Any] = {
    "name": "Talk to us",
    "trigger": {"description": "The customer wants to talk to a person of the team."},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "about", "prompt": "What is it about?"},
        {"id": "chat", "kind": "live_chat"},
    ],
}


@pytest.fixture
async def conversation(line: Line) -> str:
    """A conversation that the outside system has."""
    await line.attach("helpdesk")
    async with line.desk.client() as owner:
        live_chat = {"to": "helpdesk", "hours": [{"days": ["mon"], "from": "08:00", "to": "10:00"}]}
        answer = await owner.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": live_chat})
        assert answer.status_code == 200, answer.text
        contact = {"id": "ada", "email": "ada@example.com"}
        opened = (await owner.post("/v1/conversations", json={"contact": contact})).json()["id"]
    await line.publish(PERSON)
    await line.start(opened, "talk-to-us")
    await act(line.desk, opened, "messages", text="My order")
    return str(opened)


async def act(desk: Desk, conversation: str, what: str, **body: Any) -> None:
    async with desk.client() as owner:
        answer = await owner.post(f"/v1/conversations/{conversation}/{what}", json=body)
    assert answer.status_code == 200, answer.text


async def told(line: Line, platform: Platform) -> list[dict[str, Any]]:
    """What the outside system was told since the last time."""
    await line.send()
    found, platform.seen = platform.messages, []
    return found


async def test_it_is_told_who_wants_what_and_what_was_said_so_far(
    line: Line, platform: Platform, conversation: str
) -> None:
    [asked] = await told(line, platform)
    assert asked.pop("seq") > 0
    messages = [(one["who"], one["text"]) for one in asked.pop("messages")]
    assert messages == [
        ("agent", "What is it about?"),
        ("customer", "My order"),
        ("agent", "I'm connecting you with a colleague, who will answer you here in a moment."),
    ]
    assert asked == {
        "channel": "helpdesk",
        "conversation_id": conversation,
        "reason": "The customer wants to talk to a person.",
        "available": True,
        "agent": "default",
        "language": "en",
        "contact": {"id": "ada", "email": "ada@example.com", "attributes": {}},
        "lead": None,
    }


async def test_it_is_told_what_the_customer_writes_until_a_member_takes_over(
    line: Line, platform: Platform, conversation: str
) -> None:
    await told(line, platform)
    await act(line.desk, conversation, "messages", text="Are you there?")
    await act(line.desk, conversation, "reply", text="Yes, I am.")
    await act(line.desk, conversation, "messages", text="Good.")
    messages = [(one["kind"], one["text"], one["body"].get("by")) for one in await told(line, platform)]
    assert messages == [
        ("said", "Are you there?", None),
        ("replied", "Yes, I am.", "the owner"),
        ("said", "Good.", None),
    ]

    await act(line.desk, conversation, "take-over")
    [over] = await told(line, platform)
    assert (over["why"], over["by"]) == ("taken_over", "the owner")
    await act(line.desk, conversation, "messages", text="Hello?")
    assert await told(line, platform) == []


@pytest.mark.parametrize("how", ["hand-back", "resolve"])
async def test_it_is_told_when_the_conversation_is_over_for_it(
    line: Line, platform: Platform, conversation: str, how: str
) -> None:
    await told(line, platform)
    await act(line.desk, conversation, how)
    [over] = await told(line, platform)
    assert over["why"] == {"hand-back": "handed_back", "resolve": "resolved"}[how]
    await act(line.desk, conversation, "messages", text="Thanks")
    assert await told(line, platform) == []


async def test_out_of_hours_it_gets_the_conversation_all_the_same(line: Line, platform: Platform) -> None:
    await line.attach("helpdesk")
    line.clock.advance(hours=5)
    async with line.desk.client() as owner:
        live_chat = {"to": "helpdesk", "hours": [{"days": ["mon"], "from": "08:00", "to": "10:00"}]}
        await owner.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": live_chat})
        opened = (await owner.post("/v1/conversations")).json()["id"]
    await line.publish(PERSON)
    await line.start(opened, "talk-to-us")
    await act(line.desk, opened, "messages", text="My order")
    [asked] = await told(line, platform)
    assert asked["available"] is False


async def test_where_its_channel_is_switched_off_the_inbox_takes_its_place(line: Line, platform: Platform) -> None:
    await line.attach("helpdesk")
    async with line.desk.client() as owner:
        await owner.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": {"to": "helpdesk"}})
        opened = (await owner.post("/v1/conversations")).json()["id"]
    await line.attach("helpdesk", enabled=False)
    await line.publish(PERSON)
    await line.start(opened, "talk-to-us")
    await act(line.desk, opened, "messages", text="My order")
    assert await told(line, platform) == []
    async with line.desk.client() as owner:
        assert (await owner.get(f"/v1/conversations/{opened}")).json()["mode"] == "member"
