"""A visitor talks over the widget: sessions, conversations, what they send and what they are told."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.api.desk import GREETING, TICKET, Desk, problem, publish
from tests.integration.api.live import Live, following_with, serving, take
from tests.integration.api.visitors import Browser, fresh_conversation, page, visit


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with page(desk) as opened:
        yield opened


@pytest.fixture
async def ada(desk: Desk, client: httpx2.AsyncClient) -> Browser:
    return await visit(client, f"{desk.workspace}.default")


async def told(desk: Desk, conversation: str) -> list[str]:
    async with desk.client("owner") as owner:
        items = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    return [one["body"]["text"] for one in items if one["kind"] in ("say", "ask")]


async def test_a_visitor_opens_a_conversation_and_is_answered(
    desk: Desk, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    await publish(owner, GREETING)
    conversation = await ada.talk(
        text="Please greet me by name", page={"url": "https://www.shop.example/a", "title": "A"}
    )
    taken = await ada.say(conversation, "Ada")
    assert taken["duplicate"] is False
    assert (await told(desk, conversation))[-1] == "Hello Ada!"
    stored = (await owner.get(f"/v1/conversations/{conversation}")).json()
    assert (stored["channel"], stored["contact"], stored["agent"]) == ("widget", None, "default")
    standing = (await ada.get(f"/{conversation}")).json()
    assert (standing["id"], standing["status"], standing["mode"]) == (conversation, "open", "agent")
    assert standing["seq"] == stored["seq"]


async def test_a_session_tells_how_the_widget_looks_in_the_visitors_language(
    desk: Desk, owner: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    look = {
        "title": {"en": "Ask us", "de": "Fragen Sie uns"}, "greeting": "Hi!", "color": "#aa0000", "position": "left",
        "suggestions": [{"en": "Where is my order?", "de": "Wo ist meine Bestellung?"}],
    }  # fmt: skip
    form = {"text": {"en": "Leave your address", "de": "Ihre Adresse"}, "fields": [{"name": "name"}, {"name": "email"}]}
    stored = await owner.put("/v1/agents/sales", json={"name": "Sam", "widget": look, "lead_form": form})
    assert stored.status_code == 200, stored.text
    menu = {**GREETING, "trigger": {"description": "Greets.", "always": True}}
    await publish(owner, menu)
    session = (await visit(client, f"{desk.workspace}.sales", locale="de-AT")).session
    settings = session["settings"]
    assert session["conversation"] is None
    assert settings["agent"] == {"name": "Sam"}
    assert (settings["title"], settings["greeting"], settings["language"]) == ("Fragen Sie uns", "Hi!", "de")
    assert (settings["color"], settings["position"]) == ("#aa0000", "left")
    assert settings["suggestions"] == ["Wo ist meine Bestellung?"]
    assert settings["lead_form"] == {
        "text": "Ihre Adresse", "fields": [{"name": "name", "required": False}, {"name": "email", "required": True}],
    }  # fmt: skip
    assert settings["menu"] == [{"procedure": "greeting", "name": "Greeting"}]
    assert (await visit(client, f"{desk.workspace}.sales", locale="fr")).session["settings"]["language"] == "en"


async def test_a_visitor_who_comes_back_goes_on_where_they_left_off(ada: Browser, desk: Desk) -> None:
    await ada.talk(text="Old one")
    conversation = await ada.talk(text="Hello")
    again = await visit(ada.client, f"{desk.workspace}.default", visitor=ada.token)
    assert again.session["visitor"] == ada.session["visitor"]
    assert again.session["conversation"]["id"] == conversation
    assert (await again.get(f"/{conversation}")).status_code == 200


async def test_what_was_resolved_is_not_where_a_visitor_goes_on(
    desk: Desk, owner: httpx2.AsyncClient, ada: Browser
) -> None:
    conversation = await ada.talk(text="Hello")
    await owner.post(f"/v1/conversations/{conversation}/resolve")
    again = await visit(ada.client, f"{desk.workspace}.default", visitor=ada.token)
    assert again.session["conversation"] is None


async def test_a_conversation_goes_on_in_the_language_of_the_page(ada: Browser, desk: Desk) -> None:
    conversation = await ada.talk(text="Hello", language="en-GB")
    for locale, language in (("en", "en-GB"), ("de_AT", "de-AT"), ("de", "de-AT"), ("zh-Hant-TW", "zh-Hant")):
        again = await visit(ada.client, f"{desk.workspace}.default", visitor=ada.token, locale=locale)
        assert again.session["conversation"]["language"] == language
    async with desk.client("owner") as owner:
        items = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    given = [one["body"] for one in items if one["kind"] == "variables_given"]
    assert given == [{"names": [], "language": "de-AT"}, {"names": [], "language": "zh-Hant"}]


async def test_what_the_page_says_of_the_visitor_later_is_for_members(ada: Browser, desk: Desk) -> None:
    conversation = await ada.talk(text="Hello", attributes={"plan": "silver"})
    for plan in ("silver", "gold", "gold"):
        assert (await ada.post(f"/{conversation}/variables", attributes={"plan": plan})).status_code == 200
    async with desk.client("agent") as member:
        await member.post(f"/v1/conversations/{conversation}/resolve")
        assert (await ada.post(f"/{conversation}/variables", attributes={"plan": "none"})).json()["duplicate"] is True
        items = (await member.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    (given,) = [one for one in items if one["kind"] == "variables_given"]
    assert (given["body"], given["visible_to"]) == ({"names": [], "attributes": {"plan": "gold"}}, "members")


@pytest.mark.parametrize("earlier", ["nonsense", "dhv1.a.b", "é", ""])
async def test_whoever_comes_with_a_broken_token_begins_anew(
    desk: Desk, client: httpx2.AsyncClient, earlier: str
) -> None:
    one = await visit(client, f"{desk.workspace}.default", visitor=earlier)
    other = await visit(client, f"{desk.workspace}.default", visitor=earlier)
    assert one.session["visitor"] != other.session["visitor"]


@pytest.mark.parametrize(
    "name", ["", "default", "ws_1.default", "ws_{0}.default", "{own}.nobody", "{own}.", "{own}.Default"]
)
async def test_an_agent_that_is_not_there_has_no_widget(desk: Desk, client: httpx2.AsyncClient, name: str) -> None:
    agent = name.format("0" * 32, own=desk.workspace)
    problem(await client.post("/v1/widget/sessions", json={"agent": agent}), 404)


async def test_an_agent_of_the_team_has_no_widget(
    desk: Desk, owner: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    await owner.put("/v1/agents/desk", json={"name": "Desk", "kind": "team"})
    problem(await client.post("/v1/widget/sessions", json={"agent": f"{desk.workspace}.desk"}), 404)


async def test_everything_sent_twice_happens_once(desk: Desk, owner: httpx2.AsyncClient, ada: Browser) -> None:
    id = fresh_conversation()
    first = (await ada.post("", id=id, event_id="a", text="Hello")).json()
    again = (await ada.post("", id=id, event_id="a", text="Hello")).json()
    assert (first["duplicate"], again["duplicate"], again["conversation"]) == (False, True, id)
    seqs = [(await ada.post(f"/{id}/messages", event_id="b", text="Again")).json() for _ in range(2)]
    assert [one["duplicate"] for one in seqs] == [False, True]
    log = (await owner.get(f"/v1/conversations/{id}/entries")).json()["items"]
    assert [one["body"]["text"] for one in log if one["kind"] == "said"] == ["Hello", "Again"]
    assert [one["kind"] for one in log].count("visited") == 1


async def test_a_visitor_follows_what_is_for_customers_and_nothing_else(desk: Desk, owner: httpx2.AsyncClient) -> None:
    await publish(owner, TICKET)
    async with (
        serving(create_app(desk.running.services, heartbeat=0.05)) as live,
        httpx2.AsyncClient(base_url=live.address, trust_env=False) as client,
    ):
        ada = await visit(client, f"{desk.workspace}.default")
        conversation = await ada.talk(text="I want to complain about something")
        await ada.say(conversation, "It broke")
        await owner.post(f"/v1/conversations/{conversation}/note", json={"text": "A difficult one"})
        await owner.post(f"/v1/conversations/{conversation}/reply", json={"text": "I'll look at it"})
        entries = await followed(live, ada, conversation, 5)
        assert [one["kind"] for one in entries][-1] == "replied"
        assert {one["kind"] for one in entries} == {"said", "ask", "say", "replied"}
        assert all(set(one) == {"seq", "kind", "at", "body"} for one in entries)
        assert "difficult" not in str(entries)
        last = entries[1]["seq"]
        later = await followed(live, ada, conversation, 3, {"last-event-id": str(last)})
        assert later == entries[2:]


async def followed(
    live: Live, browser: Browser, conversation: str, most: int, headers: dict[str, str] | None = None
) -> list[dict[str, object]]:
    path = f"/v1/widget/conversations/{conversation}/events"
    async with following_with(live, path, {**browser.headers, **(headers or {})}) as events:
        return [event.data for event in await take(events, most)]
