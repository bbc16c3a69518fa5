"""A platform is attached: what customers bring there comes in signed, and what they are told goes out signed."""

import asyncio
import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from deskhand.bootstrap import build
from deskhand.settings import Settings
from deskhand.worker.deliveries import WAITS, Deliveries
from tests.clock import ScriptedClock
from tests.integration.api.conftest import open_desk
from tests.integration.api.desk import Desk, problem
from tests.integration.channels.line import BUTTON, CHOOSING, FORM, GREETING, Line, Platform


async def kinds(line: Line, conversation: str) -> list[str]:
    rows = await line.services.stores.conversations.entries(line.desk.workspace, conversation, members=False)
    return [row.kind for row in rows]


# coming in


async def test_a_customer_of_the_platform_gets_an_answer_there(line: Line, platform: Platform) -> None:
    await line.publish(GREETING)

    taken = await line.bring(message={"text": "hello, please greet me by name"}, contact={"id": "ada"})
    await line.send()

    assert not taken["duplicate"]
    [told] = platform.messages
    assert (told["channel"], told["conversation"], told["conversation_id"]) == (
        "whatsapp", "+49301", taken["conversation"],
    )  # fmt: skip
    assert (told["kind"], told["sender"], told["text"]) == ("ask", "agent", "What is your name?")
    assert told["body"]["question"].startswith("ask_")


async def test_the_conversation_is_the_channels_and_the_agents(line: Line) -> None:
    async with line.desk.client() as owner:
        await owner.put("/v1/agents/sales", json={"name": "Sales"})
        await line.attach("voice", agent="sales", language="de", medium="phone", direction="inbound")
        body = {"event_id": "1", "conversation": "call-7", "contact": {"phone_number": "+49 30 1"}}
        answer = await line.post(body, "voice")
        shown = (await owner.get(f"/v1/conversations/{answer.json()['conversation']}")).json()

    assert answer.status_code == 202
    assert (shown["channel"], shown["agent"], shown["language"]) == ("voice", "sales", "de")
    assert shown["contact"]["phone_number"] == "+49 30 1"


async def test_each_conversation_of_the_platform_is_one_here(line: Line) -> None:
    ada, bob, again = [await line.say("Hello", who) for who in ("ada", "bob", "ada")]

    assert ada == again != bob


async def test_first_messages_that_come_at_once_open_one_conversation(line: Line) -> None:
    said = [line.say(f"Hello {number}") for number in range(8)]
    (conversation,) = set(await asyncio.gather(*said))

    assert (await kinds(line, conversation)).count("said") == 8


async def test_an_event_that_is_sent_twice_is_one(line: Line) -> None:
    body = {"event_id": "wamid.1", "conversation": "ada", "message": {"text": "Hello"}}
    first, second = await line.post(body), await line.post(body)

    assert [one.json()["duplicate"] for one in (first, second)] == [False, True]
    assert (await kinds(line, first.json()["conversation"])).count("said") == 1


async def test_a_click_and_a_form_come_in_with_their_question(line: Line, platform: Platform) -> None:
    conversation = await line.say("Hello")
    await line.start(conversation, await line.publish(CHOOSING))
    await line.send()
    await line.bring(click={"question": platform.messages[-1]["body"]["question"], "choice": "Blue"})
    await line.start(conversation, await line.publish(FORM))
    await line.send()
    shown = platform.messages[-1]
    assert (shown["kind"], [one["name"] for one in shown["body"]["fields"]]) == ("show_form", ["street", "email"])
    values = {"street": "Elm Street 1", "email": "ada@example.com"}
    await line.bring(form={"question": shown["body"]["question"], "values": values})
    await line.send()

    assert [text for text in platform.texts if text[:2] in ("It", "To")] == [
        "It will be Blue.",
        "To Elm Street 1, ada@example.com.",
    ]


async def test_a_thumb_down_comes_in(line: Line) -> None:
    conversation = await line.say("Hello")
    await line.bring(feedback={"reaction": "negative", "reason": "That did not help"})

    assert "feedback" in await kinds(line, conversation)


async def test_a_click_on_what_no_longer_stands_is_refused(line: Line) -> None:
    await line.say("Hello")
    body = {"event_id": "9", "conversation": "+49301", "click": {"question": "ask_0", "choice": "yes"}}

    assert "no longer open" in problem(await line.post(body), 409)["detail"]


async def test_the_next_message_opens_a_resolved_conversation_again(line: Line) -> None:
    conversation = await line.say("Hello")
    async with line.desk.client() as owner:
        await owner.post(f"/v1/conversations/{conversation}/resolve")
        assert await line.say("One more thing") == conversation
        assert (await owner.get(f"/v1/conversations/{conversation}")).json()["status"] == "open"


async def test_a_contact_that_the_platform_learns_later_is_told_once(line: Line) -> None:
    conversation = await line.say("Hello")
    for _ in range(2):
        await line.bring(message={"text": "Hello"}, contact={"email": "ada@example.com"})
    async with line.desk.client() as owner:
        log = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
        shown = (await owner.get(f"/v1/conversations/{conversation}")).json()

    assert shown["contact"]["email"] == "ada@example.com"
    assert [entry["kind"] for entry in log].count("identified") == 1


async def test_a_contact_is_known_again_from_earlier_conversations(line: Line) -> None:
    async with line.desk.client() as owner:
        await owner.post("/v1/contacts", json={"external_id": "ada", "first_name": "Ada"})
        taken = await line.bring(message={"text": "Hello"}, contact={"id": "ada", "email": "Ada@Example.com"})
        shown = (await owner.get(f"/v1/conversations/{taken['conversation']}")).json()

    assert (shown["contact"]["first_name"], shown["contact"]["email"].lower()) == ("Ada", "ada@example.com")


# the signature


async def test_the_signature_is_the_one_of_standard_webhooks(line: Line, platform: Platform) -> None:
    await line.say("Hello")
    await line.send()
    seen = platform.seen[0]
    head = seen["headers"]
    key = base64.b64decode(line.secret.removeprefix("whsec_"))
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.{seen['raw']}".encode()

    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert head["webhook-signature"] == f"v1,{right}"
    assert json.loads(seen["raw"])["type"] == "channel.message"


HELLO = {"event_id": "1", "conversation": "ada", "message": {"text": "Hello"}}


WRONG: list[dict[str, Any]] = [
    {"secret": "whsec_AAAA"},
    {"webhook_signature": ""},
    {"webhook_signature": "v1,AAAA"},
    {"webhook_id": "msg-2"},
    {"webhook_timestamp": "never"},
    {"at": "old"},
    {"at": "early"},
    {"slug": "telegram"},
    {"workspace": "ws_" + "0" * 32},
    {"workspace": "nonsense"},
]


async def test_what_is_not_signed_right_learns_nothing(line: Line) -> None:
    now = line.clock.now() // 1000
    times = {"old": str(now - 301), "early": str(now + 301)}
    told = set()
    for wrong in WRONG:
        changed = {name: times.get(value, value) for name, value in wrong.items()}
        told.add(json.dumps(problem(await line.post(HELLO, **changed), 401)))

    assert len(told) == 1, "all are answered alike"
    async with line.desk.client() as owner:
        assert (await owner.get("/v1/conversations")).json()["items"] == []


async def test_the_body_is_not_read_before_it_is_signed(line: Line) -> None:
    for body in ("{no json", '{"event_id": 1}', "\x00"):
        assert (await line.post(body, secret="whsec_AAAA")).status_code == 401
        assert (await line.post(body)).status_code == 422


async def test_a_changed_body_is_not_taken(line: Line) -> None:
    async with line.desk.client(None) as client:
        sent = await line.post(HELLO)
        request = sent.request
        changed = request.content.replace(b"Hello", b"Refund")
        again = await client.post(request.url, content=changed, headers=request.headers)

    assert again.status_code == 401


async def test_one_of_several_signatures_is_enough(line: Line) -> None:
    sent = await line.post(HELLO)
    right = sent.request.headers["webhook-signature"]

    assert (await line.post(HELLO, webhook_signature=f"v1,AAAA {right}")).status_code == 202


async def test_another_channels_secret_does_not_fit(line: Line) -> None:
    other = line.secret
    await line.attach("telegram")

    assert (await line.post(HELLO, "telegram", secret=other)).status_code == 401
    assert (await line.post(HELLO, "telegram")).status_code == 202


async def test_a_replaced_secret_counts_no_longer(line: Line) -> None:
    async with line.desk.client() as owner:
        made = (await owner.post("/v1/channels/whatsapp/new-secret")).json()

    assert (await line.post(HELLO)).status_code == 401
    assert (await line.post(HELLO, secret=made["signing_secret"])).status_code == 202


async def test_a_signing_secret_cannot_be_written_over(line: Line) -> None:
    async with line.desk.client() as owner:
        answer = await owner.put("/v1/secrets/CHANNEL_WHATSAPP", json={"value": "known"})

    assert "A channel signs with" in problem(answer, 409)["detail"]


# going out


async def test_everything_arrives_once_and_in_its_order(line: Line, platform: Platform) -> None:
    conversation = await line.say("Hello")
    await line.start(conversation, await line.publish(GREETING))
    await line.say("Ada")
    async with line.desk.client() as owner:
        await owner.post(f"/v1/conversations/{conversation}/reply", json={"text": "Anna here."})
    await line.send()

    numbers = [one["seq"] for one in platform.messages]
    assert numbers == sorted(set(numbers))
    assert platform.texts[-4:-1] == ["What is your name?", "Hello Ada!", "Good to have you here."]
    assert (platform.messages[-1]["text"], platform.messages[-1]["sender"]) == ("Anna here.", "member")
    assert await line.waiting() == []


async def test_what_the_customer_wrote_is_not_sent_back(line: Line, platform: Platform) -> None:
    await line.say("Hello")
    await line.send()

    assert {one["kind"] for one in platform.messages} == {"say"}


async def test_a_message_that_was_refused_holds_the_next_ones_and_keeps_its_id(line: Line, platform: Platform) -> None:
    ada, bob = await line.say("Hello", "ada"), await line.say("Hello", "bob")
    await line.send()
    platform.seen.clear()
    procedure = await line.publish(GREETING)
    for conversation, who in ((ada, "ada"), (bob, "bob")):
        await line.start(conversation, procedure)
        await line.say("Zoe", who)
    platform.statuses = [503]

    await line.send()
    assert [one["text"] for one in platform.messages if one["conversation"] == "ada"] == ["What is your name?"]
    assert len([one for one in platform.messages if one["conversation"] == "bob"]) == 3
    line.clock.advance(WAITS[0])
    await line.send()

    of_ada = [one for one in platform.seen if json.loads(one["raw"])["data"]["conversation"] == "ada"]
    assert [json.loads(one["raw"])["data"]["text"] for one in of_ada] == [
        "What is your name?", "What is your name?", "Hello Zoe!", "Good to have you here.",
    ]  # fmt: skip
    assert of_ada[0]["headers"]["webhook-id"] == of_ada[1]["headers"]["webhook-id"]
    assert len({one["headers"]["webhook-id"] for one in of_ada}) == 3


async def test_a_platform_that_is_gone_switches_the_channel_off(line: Line, platform: Platform) -> None:
    await line.say("Hello")
    platform.statuses = [410]
    await line.send()

    refused = problem(await line.post({**HELLO, "event_id": "2"}), 409)
    assert "The channel `whatsapp` is switched off. The receiver answered 410" in refused["detail"]


async def test_other_channels_conversations_are_not_told_there(line: Line, platform: Platform) -> None:
    async with line.desk.client() as owner:
        for channel in ("api", "whatsapp"):  # a program may say so, but the platform knows nothing of it
            await owner.post("/v1/conversations", json={"channel": channel, "text": "Hello"})
    await line.send()

    assert platform.seen == []


async def test_what_was_committed_is_sent_by_the_next_process(
    platform: Platform, sqlite_url: str, tmp_path: Path
) -> None:
    clock = ScriptedClock()
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    line = Line(await open_desk(running), clock, platform)
    await running.services.configuration.set_internal_hosts(line.desk.workspace, [platform.host], "test")
    await line.attach()
    await line.say("Hello")
    await running.close()

    again = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=clock)
    assert platform.seen == []
    await Deliveries(again.services, again.http).send_due()
    await again.close()

    assert len(platform.seen) == 1


async def test_deliveries_of_a_channel_are_listed(line: Line) -> None:
    await line.say("Hello")
    async with line.desk.client() as owner:
        listed = (await owner.get("/v1/deliveries", params={"webhook": "channel:whatsapp"})).json()["items"]

    assert [(one["webhook"], one["event"], one["status"]) for one in listed] == [
        ("channel:whatsapp", "channel.message", "pending")
    ]


# platforms that carry text alone


async def test_choices_are_numbered_and_answered_by_number(line: Line, platform: Platform) -> None:
    conversation = await line.say("Hello")
    await line.start(conversation, await line.publish(CHOOSING))
    await line.send()
    assert platform.texts[-1] == "Which colour?\n1. Red\n2. Blue"

    await line.say("2")
    await line.send()
    assert platform.texts[-1] == "It will be Blue."


async def test_a_form_is_filled_in_line_by_line(line: Line, platform: Platform) -> None:
    conversation = await line.say("Hello")
    await line.start(conversation, await line.publish(FORM))
    await line.send()
    assert platform.texts[-1].splitlines()[0] == "Where to?"
    assert platform.texts[-1].splitlines()[-2:] == ["1. Street", "2. E-mail"]

    await line.say("Elm Street 1\nnot an address")
    await line.send()
    assert "E-mail: That doesn't look like an email address" in platform.texts[-1]
    await line.say("Street: Elm Street 1\nE-mail: ada@example.com")
    await line.send()
    assert platform.texts[-1] == "To Elm Street 1, ada@example.com."


async def test_a_button_is_pressed_by_what_stands_on_it(line: Line, platform: Platform) -> None:
    conversation = await line.say("Hello")
    await line.start(conversation, await line.publish(BUTTON))
    await line.send()
    assert platform.texts[-1] == "Ready?\nShow me: https://shop.example/parcel\nTo go on, please answer “Show me”."

    await line.say("show me!")
    await line.send()
    assert platform.texts[-1] == "Here it is."


# setting them up


async def test_a_channel_is_made_changed_and_removed(desk: Desk) -> None:
    async with desk.client() as owner:
        wanted = {"name": "WhatsApp", "url": "bridge.example.com/in"}
        made = (await owner.put("/v1/channels/whatsapp", json=wanted)).json()
        changed = (await owner.put("/v1/channels/whatsapp", json={**wanted, "language": "de"})).json()
        listed = (await owner.get("/v1/channels")).json()["items"]

        assert made["signing_secret"].startswith("whsec_")
        assert changed["signing_secret"] is None
        assert listed == [changed["channel"]]
        assert (changed["channel"]["url"], changed["channel"]["language"]) == ("https://bridge.example.com/in", "de")
        assert changed["channel"]["events"] == f"/v1/channels/{desk.workspace}/whatsapp/events"
        assert (await owner.delete("/v1/channels/whatsapp")).status_code == 204
        assert (await owner.get("/v1/channels/whatsapp")).status_code == 404
        assert (await owner.get("/v1/secrets")).json()["items"] == []


async def test_whoever_writes_to_a_channel_that_was_made_anew_begins_anew(line: Line) -> None:
    before = await line.say("Hello")
    async with line.desk.client() as owner:
        await owner.delete("/v1/channels/whatsapp")
    await line.attach()

    assert await line.say("Hello") != before


NO_CHANNELS: list[tuple[str, dict[str, str], int, str]] = [
    ("api", {}, 422, "a channel of Deskhand's own"),
    ("whatsapp", {"url": "ftp://example.com"}, 422, "must be an address such as"),
    ("whatsapp", {"url": "https://user:pass@example.com"}, 422, "without a password"),
    ("whatsapp", {"agent": "nobody"}, 404, ""),
]


async def test_what_cannot_be_a_channel_is_told(desk: Desk) -> None:
    async with desk.client() as owner:
        for slug, fields, status, said in NO_CHANNELS:
            wanted = {"name": "WhatsApp", "url": "https://bridge.example.com", **fields}
            answer = await owner.put(f"/v1/channels/{slug}", json=wanted)
            assert said in problem(answer, status)["detail"]


async def test_members_look_and_builders_build(desk: Desk) -> None:
    wanted = {"name": "WhatsApp", "url": "https://bridge.example.com"}
    async with desk.client("agent") as agent:
        assert (await agent.get("/v1/channels")).status_code == 200
        problem(await agent.put("/v1/channels/whatsapp", json=wanted), 403)


async def test_two_things_in_one_event_are_refused(line: Line) -> None:
    body = {**HELLO, "click": {"question": "a", "choice": "b"}}

    assert "one of `message`, `click`, `form` and `feedback`" in problem(await line.post(body), 422)["detail"]
