"""One-shot procedures over HTTP: the customer picks them, and what they do stands in the log and the state."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import Desk, kinds, problem, publish, talk

TRIGGER = {"description": "When the customer wants to know more about the tour", "phrases": ["Show me the tour"]}
VIDEO = {"kind": "video", "url": "https://a.test/tour.mp4", "title": "A tour"}
FLOW = {
    "kind": "flow",
    "pages": [
        {"title": "Welcome", "text": "Two questions."},
        {"fields": [{"name": "email", "type": "email"}, {"name": "pin", "sensitive": True}]},
    ],
}
Client = httpx2.AsyncClient


@pytest.fixture
async def client(any_desk: Desk) -> AsyncIterator[Client]:
    async with any_desk.client() as one:
        yield one


def one_shot(**step: Any) -> dict[str, Any]:
    return {"name": "The tour", "trigger": TRIGGER, "steps": [{"id": "it", **step}]}


async def post(client: Client, conversation: str, what: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/conversations/{conversation}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def picked(client: Client, document: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A conversation in which the customer was offered the procedure and picked it; what they then got."""
    await publish(client, document)
    conversation = await talk(client)
    asked = await post(client, conversation, "messages", text="Show me the tour")
    [offer] = [entry["body"] for entry in asked["entries"] if entry["kind"] == "offer"]
    return conversation, await post(client, conversation, "clicks", question=offer["offer"], choice="accept")


def body(receipt: dict[str, Any], kind: str) -> dict[str, Any]:
    """The body of the one entry of this kind that the customer sees."""
    [found] = [one["body"] for one in receipt["entries"] if one["kind"] == kind and one["visible_to"] == "all"]
    shown: dict[str, Any] = found
    return shown


async def runs_of(client: Client, conversation: str) -> list[tuple[str, str]]:
    listed = (await client.get("/v1/runs", params={"conversation": conversation})).json()["items"]
    return [(run["procedure"], run["status"]) for run in listed]


async def test_questions_are_suggested(client: Client) -> None:
    step = one_shot(
        kind="suggest", text="You may ask:", suggestions=["How long?", {"en": "How much?", "de": "Wie viel?"}]
    )
    conversation, got = await picked(client, step)
    assert body(got, "suggest") == {"text": "You may ask:", "suggestions": ["How long?", "How much?"]}
    assert await runs_of(client, conversation) == [("the-tour", "completed")]


async def test_a_redirect_waits_for_the_click(client: Client) -> None:
    conversation, got = await picked(client, one_shot(kind="redirect", url="example.com/tour", text="Here:"))
    shown = body(got, "show_button")
    assert (shown["url"], shown["label"], shown["new_tab"]) == ("https://example.com/tour", "Open the page", False)
    await post(client, conversation, "clicks", question=shown["question"], choice=shown["label"])
    assert await runs_of(client, conversation) == [("the-tour", "completed")]


async def test_a_video_is_done_when_the_customer_says_so(client: Client) -> None:
    conversation, got = await picked(client, one_shot(kind="component", component=VIDEO, text="Look:"))
    shown = body(got, "show_component")
    assert shown == {"question": shown["question"], "text": "Look:", "component": VIDEO}
    standing = (await client.get(f"/v1/conversations/{conversation}")).json()
    assert standing["runs"][0]["waiting"] == "component"
    event = {"question": shown["question"], "value": None, "event_id": "seen-1"}
    done = await post(client, conversation, "components", **event)
    assert body(done, "component_done") == {"question": shown["question"]}
    assert (await post(client, conversation, "components", **event))["duplicate"]
    late = await client.post(f"/v1/conversations/{conversation}/components", json={"question": shown["question"]})
    assert "no longer open" in problem(late, 409)["detail"]
    assert await runs_of(client, conversation) == [("the-tour", "completed")]


async def test_the_fields_of_a_flow_are_checked_and_masked(client: Client) -> None:
    document = one_shot(kind="component", component=FLOW)
    document["steps"].append({"id": "say", "kind": "message", "text": "Thanks, {{email}}."})
    await publish(client, document)
    conversation = await talk(client)
    got = await post(client, conversation, "start", procedure="the-tour")
    question = body(got, "show_component")["question"]
    wrong = await post(client, conversation, "components", question=question, value={"email": "x", "pin": "4711"})
    assert body(wrong, "show_component")["errors"].keys() == {"email"}
    value = {"email": "ann@example.com", "pin": "4711"}
    good = await post(client, conversation, "components", question=question, value=value)
    assert "component_done" in kinds(good)
    assert body(good, "say")["text"] == "Thanks, ann@example.com."
    whole = (await client.get(f"/v1/conversations/{conversation}/entries")).text
    assert "4711" not in whole


async def test_an_elements_value_is_a_strangers(client: Client) -> None:
    element = {"kind": "element", "name": "seat-map", "properties": {"hall": "{{hall}}"}}
    document = one_shot(kind="component", component=element, response_variable="seat")
    document |= {"variables": [{"name": "hall"}]}
    document["steps"].append({"id": "say", "kind": "message", "text": "Row {{seat.row}}."})
    await publish(client, document)
    conversation = await talk(client)
    got = await post(client, conversation, "start", procedure="the-tour", arguments={"hall": "A"})
    shown = body(got, "show_component")
    assert shown["component"] == {"kind": "element", "name": "seat-map", "properties": {"hall": "A"}}
    done = await post(client, conversation, "components", question=shown["question"], value={"row": 7, "x": "\x00"})
    assert body(done, "say")["text"] == "Row 7."
    returned = [one["body"] for one in done["entries"] if one["kind"] == "component_returned"]
    assert returned == [{"question": shown["question"], "value": {"row": 7, "x": "\ufffd"}}]


async def test_the_topic_is_switched(client: Client) -> None:
    opening = [{"question": "When do you open?", "answer": "At nine."}]
    await client.put("/v1/sources/opening", json={"name": "Hours", "kind": "faq", "questions": opening})
    await client.put("/v1/topics/hours", json={"name": "Opening hours", "sources": ["opening"]})
    conversation, got = await picked(client, one_shot(kind="switch_topic", topic="hours"))
    assert body(got, "say")["text"] == "Let's talk about Opening hours."
    switched = [one["body"] for one in got["entries"] if one["kind"] == "topic_switched"]
    assert switched == [{"topic": "hours", "by": "agent"}]
    assert (await client.get(f"/v1/conversations/{conversation}")).json()["topic"] == "hours"


# live chat


async def with_live_chat(client: Client, **fields: Any) -> None:
    answer = await client.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": fields})
    assert answer.status_code == 200, answer.text
    assert answer.json()["live_chat"] == {"to": "inbox", "hours": [], "time_zone": "", **fields}


async def test_live_chat_hands_over_to_whoever_is_there(client: Client, any_desk: Desk) -> None:
    await with_live_chat(client)
    await any_desk.running.services.attendance.here(any_desk.workspace)
    conversation, got = await picked(client, {**one_shot(kind="live_chat"), "escalation": True})
    assert body(got, "handed_over") == {"available": True}
    reasons = [one["body"] for one in got["entries"] if one["kind"] == "handed_over" and one["visible_to"] != "all"]
    assert reasons == [{"reason": "The customer wants to talk to a person.", "available": True}]
    assert (await client.get(f"/v1/conversations/{conversation}")).json()["mode"] == "member"
    assert await runs_of(client, conversation) == [("the-tour", "escalated")]
    report = (await client.get("/v1/reports/escalations", params={"zone": "UTC"})).json()
    assert (report["count"], report["procedures"][0]["reasons"]) == (1, {"flagged": 1})


async def test_out_of_hours_live_chat_says_so_and_hands_over_all_the_same(client: Client, any_desk: Desk) -> None:
    never = [{"days": ["mon"], "from": "03:00", "to": "03:01"}]
    await with_live_chat(client, hours=never, time_zone="Europe/Berlin")
    await any_desk.running.services.attendance.here(any_desk.workspace)
    conversation, got = await picked(client, one_shot(kind="live_chat", away_text="We are back at nine."))
    assert body(got, "say")["text"] == "We are back at nine."
    assert body(got, "handed_over") == {"available": False}
    assert (await client.get(f"/v1/conversations/{conversation}")).json()["mode"] == "member"


async def test_where_nobody_is_there_live_chat_goes_on_as_the_builder_says(client: Client) -> None:
    await with_live_chat(client)
    document = one_shot(kind="live_chat", on_unavailable="later")
    document["steps"].append({"id": "later", "kind": "message", "text": "Please write to us."})
    await publish(client, document)
    conversation = await talk(client)
    got = await post(client, conversation, "start", procedure="the-tour")
    said = [one["body"]["text"] for one in got["entries"] if one["kind"] == "say"]
    assert said == ["I'm sorry, nobody is there to chat right now.", "Please write to us."]
    assert "handed_over" not in kinds(got)
    assert await runs_of(client, conversation) == [("the-tour", "completed")]


async def test_without_live_chat_on_any_agent_publishing_refuses_it(client: Client) -> None:
    await client.post("/v1/procedures", json={"document": one_shot(kind="live_chat")})
    refused = problem(await client.post("/v1/procedures/the-tour/publish"), 422)
    assert "live-chat-off" in [one["code"] for one in refused["problems"]]
    await client.put("/v1/agents/team", json={"name": "Team", "kind": "team", "live_chat": {}})
    await client.put("/v1/agents/other", json={"name": "Other", "procedures": [], "live_chat": {}})
    assert (await client.post("/v1/procedures/the-tour/publish")).status_code == 422
    await client.put("/v1/agents/other", json={"name": "Other", "procedures": ["the-tour"], "live_chat": {}})
    assert (await client.post("/v1/procedures/the-tour/publish")).status_code == 200


@pytest.mark.parametrize(("given", "sentence"), [
    ({"to": "whatsapp"}, "There is no channel `whatsapp`"),
    ({"time_zone": "Mars/Base"}, "is no time zone"),
    ({"hours": [{"days": [], "from": "09:00", "to": "17:00"}]}, "days"),
    ({"hours": [{"days": ["mon"], "from": "9", "to": "17:00"}]}, "from"),
    ({"hours": [{"days": ["mon"], "from": "09:00", "to": "09:00"}]}, "no stretch of time"),
])  # fmt: skip
async def test_wrong_settings_of_live_chat_are_refused_with_a_sentence(
    client: Client, given: dict[str, Any], sentence: str
) -> None:
    answer = await client.put("/v1/agents/default", json={"name": "Deskhand", "live_chat": given})
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
