"""Nobody answers past what was written meanwhile, and while a member answers the agent is silent."""

import asyncio

import pytest

from deskhand.application.knowledge import Given
from deskhand.domain import events as e
from deskhand.domain.knowledge import Faq, Source
from tests.fake_model import FakeModel, calls
from tests.integration.inbox.team import Team
from tests.integration.talk.conftest import with_model

ORDER = "GET /orders/1"
ANSWER = (
    "Yes, we sell bicycles. There are some for children of all sizes, with brakes that small hands can pull. "
    "Each of them comes with a bell of its own and with a basket."
)


async def seq(team: Team, conversation: str) -> int:
    return int((await team.get(f"conversations/{conversation}"))["seq"])


async def test_a_reply_past_the_customers_words_is_refused_with_what_they_were(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.post(team.ana, conversation, "take-over")
    seen = await seq(team, conversation)
    await team.says(conversation, "It is solved, thanks")

    answer = await team.ana.post(f"/v1/conversations/{conversation}/reply", json={"text": "Which?", "based_on": seen})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:deskhand:problem:crossed")
    assert answer.json()["detail"] == "The customer wrote in the meantime: read it, then send again."
    (entry,) = answer.json()["entries"]
    assert (entry["kind"], entry["body"], entry["seq"]) == ("said", {"text": "It is solved, thanks"}, seen + 1)
    assert ("Ana", "Which?") not in await team.read(conversation)

    await team.post(team.ana, conversation, "reply", text="Which?", based_on=entry["seq"])
    assert (await team.read(conversation))[-1] == ("Ana", "Which?")


async def test_of_two_members_who_reply_at_once_one_is_asked_to_look_again(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.post(team.ana, conversation, "take-over")
    seen = await seq(team, conversation)

    answers = await asyncio.gather(*(
        who.post(f"/v1/conversations/{conversation}/reply", json={"text": f"I am {name}", "based_on": seen})
        for name, who in (("Ana", team.ana), ("Ben", team.ben))
    ))  # fmt: skip
    assert sorted(one.status_code for one in answers) == [200, 409]
    refused = next(one.json() for one in answers if one.status_code == 409)
    kept = [(by, text) for by, text in await team.read(conversation) if text.startswith("I am")]
    assert len(kept) == 1
    assert [(one["body"]["by"], one["body"]["text"]) for one in refused["entries"]] == kept
    assert refused["detail"] == f"{kept[0][0]} wrote in the meantime: read it, then send again."


async def test_a_members_own_words_never_stand_in_their_way(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.post(team.ana, conversation, "take-over")
    seen = await seq(team, conversation)
    for text in ("One", "Two"):
        await team.post(team.ana, conversation, "reply", text=text, based_on=seen)
    await team.post(team.ben, conversation, "note", text="Well done")
    await team.post(team.ana, conversation, "reply", text="Three", based_on=seen)
    assert [text for by, text in await team.read(conversation) if by == "Ana"] == ["One", "Two", "Three"]


async def test_a_reply_that_got_through_is_known_however_often_it_is_sent(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.post(team.ana, conversation, "take-over")
    seen = await seq(team, conversation)
    body = {"text": "Hi", "based_on": seen, "event_id": "outbox-1"}
    first = await team.post(team.ana, conversation, "reply", **body)
    await team.says(conversation, "Hi Ana")
    again = await team.post(team.ana, conversation, "reply", **body)
    assert (first["duplicate"], again["duplicate"]) == (False, True)
    assert [text for by, text in await team.read(conversation) if by == "Ana"] == ["Hi"]


@pytest.mark.parametrize("what", ["take-over", "hand-back", "resolve"])
async def test_other_decisions_are_held_to_the_same(team: Team, what: str) -> None:
    conversation = await team.open("Hello")
    if what == "hand-back":
        await team.post(team.ana, conversation, "take-over")
    seen = await seq(team, conversation)
    await team.says(conversation, "Wait, there is more")
    answer = await team.ana.post(f"/v1/conversations/{conversation}/{what}", json={"based_on": seen})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:deskhand:problem:crossed")
    await team.post(team.ana, conversation, what, based_on=await seq(team, conversation))


async def test_what_a_call_in_flight_brings_is_not_said_past_a_member(team: Team) -> None:
    released = team.desk.shop.hold(ORDER)
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="status", arguments={"order_id": "1"}, wait=0)
    await team.says(conversation, "1", wait=0)
    await team.desk.shop.arrived.wait()
    await team.post(team.ana, conversation, "reply", text="I am looking myself", wait=0)
    released.set()
    assert await team.desk.running.services.engine.settle(team.desk.workspace, conversation, 10)
    assert (await team.read(conversation))[-1] == ("Ana", "I am looking myself")

    await team.post(team.ana, conversation, "hand-back")
    assert (await team.read(conversation))[-1] == ("agent", "Order 1 is open.")


async def test_what_a_model_thinks_is_neither_said_nor_streamed_past_a_member(team: Team, fake: FakeModel) -> None:
    await with_model(team.desk, fake)
    services, workspace = team.desk.running.services, team.desk.workspace
    faq = Source(slug="faq", name="Questions", kind="faq")
    questions = [Faq(question="Do you sell bicycles for children?", answer=ANSWER)]
    await services.sources.save(workspace, faq, Given(questions=questions), None, "test")
    conversation = await team.open()
    fake.say(calls(answer={"text": ANSWER, "cites": ["faq#1"]}, pauses=True))
    async with services.streams.listen(workspace, conversation) as listener:
        await team.says(conversation, "Do you sell bicycles for children?", wait=0)
        async with asyncio.timeout(10):
            while not services.streams.written(workspace, conversation):
                listener.clear()
                await listener.wait()
        await team.post(team.ana, conversation, "take-over", wait=0)
        assert services.streams.written(workspace, conversation) is None
        later: list[str | None] = []
        fake.goes_on.set()
        task = asyncio.create_task(services.engine.settle(workspace, conversation, 10))
        while not task.done():
            await asyncio.sleep(0)
            later.append(services.streams.written(workspace, conversation))
        assert await task
    assert set(later) <= {None}
    (first, _), (second, told) = await team.read(conversation)
    assert (first, second) == ("customer", "agent")
    assert "Ana" in told


async def test_nothing_makes_the_agent_speak_while_a_member_answers(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="complaint")
    await team.says(conversation, "The box was empty")
    (approval,) = (await team.get(f"approvals?conversation={conversation}"))["items"]
    await team.post(team.ben, conversation, "take-over")
    before = await team.read(conversation)

    await team.says(conversation, "Hello? I want a refund for order 1")
    await team.ana.post(f"/v1/approvals/{approval['id']}/reject", json={"reason": "No"})
    await team.post(team.ana, conversation, "feedback", reaction="negative", reason="Slow")
    await team.post(team.ana, conversation, "cancel")
    await team.ana.post(f"/v1/conversations/{conversation}/start", json={"procedure": "status"})
    await team.post(team.ana, conversation, "tags", add=["angry"])
    engine = team.desk.running.services.engine
    await engine.handle(team.desk.workspace, conversation, e.OfferLate(offer="offer_1"))

    after = await team.read(conversation)
    assert [one for one in after[len(before) :] if one[0] == "agent"] == []
