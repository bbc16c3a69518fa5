"""What customers write while the shop is still at work is neither lost nor answered twice, whoever else is writing."""

import asyncio

import pytest

from deskhand.domain import events as e
from tests.integration.actions.desk import PATIENCE
from tests.integration.talk.shop_desk import Talk, talk_at

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORDER = "GET /orders/A1001"


async def writes(talk: Talk, *texts: str) -> None:
    """The customer writes without waiting for anything."""
    for text in texts:
        await talk.desk.running.services.engine.handle(talk.desk.workspace, talk.id, e.Said(text=text))


async def settled(talk: Talk) -> None:
    assert await talk.desk.running.services.engine.settle(talk.desk.workspace, talk.id, PATIENCE)


async def told(talk: Talk) -> list[str]:
    """Everything that the customer read."""
    return [body["text"] for kind, body in await talk.desk.entries(talk.id) if kind in ("say", "ask")]


async def test_answers_given_while_the_shop_is_asked_are_taken_together(talk: Talk) -> None:
    released = talk.desk.shop.hold(ORDER)
    await writes(talk, "I want a refund", "A1001")
    await talk.desk.shop.arrived.wait()
    await writes(talk, "it arrived broken", "oh and my email is jo@example.com")
    assert (await talk.state()).unread == ("it arrived broken", "oh and my email is jo@example.com")
    released.set()
    await settled(talk)
    assert await told(talk) == [
        "Which order?", "What is the reason?",
        "Refunded A1001 (open) to jo@example.com: it arrived broken.", "How many stars do you give us?",
    ]  # fmt: skip
    assert talk.sent == ['/refunds {"order":"A1001"}']
    assert (await talk.state()).unread == ()


async def test_asking_whether_anybody_is_there_meanwhile_is_answered_once(talk: Talk) -> None:
    released = talk.desk.shop.hold(ORDER)
    await writes(talk, "where is my order A1001")
    await talk.desk.shop.arrived.wait()
    await writes(talk, "hello?", "hello??", "anybody there?")
    released.set()
    await settled(talk)
    said = await told(talk)
    assert said[0] == "Order A1001 is open."
    assert len(said) == 2
    assert len(talk.desk.shop.seen) == 1


@pytest.mark.parametrize("text", ["stop", "never mind", "nvm"])
async def test_stopping_counts_at_once_and_what_comes_later_changes_nothing(talk: Talk, text: str) -> None:
    released = talk.desk.shop.hold(ORDER)
    await writes(talk, "refund A1001")
    await talk.desk.shop.arrived.wait()
    await writes(talk, text)
    assert await talk.open() == []
    released.set()
    await settled(talk)
    assert await talk.open() == []
    assert talk.sent == []


async def test_a_person_comes_at_once(talk: Talk) -> None:
    released = talk.desk.shop.hold(ORDER)
    await writes(talk, "refund A1001")
    await talk.desk.shop.arrived.wait()
    await writes(talk, "I want to talk to a human")
    assert (await talk.state()).mode == "member"
    released.set()
    await settled(talk)
    assert (await told(talk))[-1].startswith("I'm handing you over")


async def test_a_correction_while_the_shop_is_asked_is_made_afterwards(talk: Talk) -> None:
    released = talk.desk.shop.hold(ORDER)
    await writes(talk, "refund A1001")
    await talk.desk.shop.arrived.wait()
    await writes(talk, "sorry, I meant A1002")
    released.set()
    await settled(talk)
    assert await talk.knows() == {"order_id": "A1002"}
    assert [one.path for one in talk.desk.shop.seen] == ["/orders/A1001", "/orders/A1002"]


async def test_a_second_yes_while_the_first_is_at_work_does_nothing_twice(talk: Talk) -> None:
    released = talk.desk.shop.hold("POST /orders")
    await talk.says("I want to order more mugs", "two", "no")
    await writes(talk, "yes")
    await talk.desk.shop.arrived.wait()
    await writes(talk, "yes", "YES", "👍")
    released.set()
    await settled(talk)
    assert len(talk.sent) == 1
    assert (await told(talk)).count("Ordered 2 x mug.") == 1


async def test_an_answer_before_the_question_is_the_answer(talk: Talk) -> None:
    await writes(talk, "I want a refund", "A1001", "too small", "jo@example.com")
    await settled(talk)
    assert talk.sent == ['/refunds {"order":"A1001"}']
    assert (await told(talk))[-2] == "Refunded A1001 (open) to jo@example.com: too small."


async def test_many_customers_at_once_get_what_is_theirs(talk: Talk) -> None:
    orders = ["A1001", "A1002", "B2001"]
    talks = [await talk_at(talk.desk) for _ in range(12)]

    async def one(at: int) -> list[str]:
        await talks[at].says("i want a refund", orders[at % 3], f"reason {at}")
        return await talks[at].says(f"c{at}@example.com")

    answers = await asyncio.gather(*(one(at) for at in range(12)))
    assert [said[0] for said in answers] == [
        f"Refunded {orders[at % 3]} (open) to c{at}@example.com: reason {at}." for at in range(12)
    ]
    assert sorted(talk.sent) == sorted(f'/refunds {{"order":"{orders[at % 3]}"}}' for at in range(12))
